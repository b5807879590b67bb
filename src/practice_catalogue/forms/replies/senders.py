"""Says who answers for a fiche: one of its contacts, a colleague of theirs, or a stranger."""

from __future__ import annotations

from typing import Literal, NamedTuple

from practice_catalogue.model.fiche import Fiche
from practice_catalogue.validation.rules import PRIVATE_MAILBOXES


class Sender(NamedTuple):
    """How an address is related to a fiche; `contact` is the position of the contact, or None.

    `untold` means that no contact of the fiche has an address, so that nobody can tell.
    """

    relation: Literal["contact", "colleague", "untold", "stranger"]
    contact: int | None = None


def sender_of(address: str, fiche: Fiche) -> Sender:
    """Compares an address, in lower case, with the contacts of a fiche."""
    mailboxes = [(contact.courriel or "").lower() for contact in fiche.contacts]
    if address in mailboxes:
        return Sender("contact", mailboxes.index(address))
    domain = address.rpartition("@")[2]
    if domain and domain not in PRIVATE_MAILBOXES:
        for position, mailbox in enumerate(mailboxes):
            if mailbox.rpartition("@")[2] == domain:
                return Sender("colleague", position)
    return Sender("stranger") if any(mailboxes) else Sender("untold")
