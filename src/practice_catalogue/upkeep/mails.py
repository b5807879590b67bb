"""Writes the mails that ask the holders whether their fiches still hold, one per mailbox, ready to be sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.fiche import Contact, Fiche
from practice_catalogue.model.settings import Settings
from practice_catalogue.model.vocabulary import fold
from practice_catalogue.upkeep import staleness
from practice_catalogue.validation import reply_form

RULES = (staleness.contacts_are_confirmed, staleness.projects_go_on, staleness.ends_are_explained)
"""A fiche is asked about if one of these rules finds something in it."""


@dataclass(frozen=True)
class Mail:
    """A mail as a file; `mailbox` is empty if no contact has an address, `who` names whom to ask."""

    name: str
    content: bytes
    mailbox: str
    who: str


@dataclass
class _Recipient:
    """A mailbox, or an organisation without one, with its contacts and the fiches to ask about."""

    mailbox: str
    contacts: list[Contact] = field(default_factory=list)
    fiches: list[Fiche] = field(default_factory=list)

    @property
    def who(self) -> str:
        names = dict.fromkeys(contact.nom for contact in self.contacts)
        only = next(iter(names)) if len(names) == 1 else None
        return only or self.contacts[0].organisation


def mails(catalogue: Catalogue, today: date, settings: Settings) -> list[Mail]:
    """Returns the mails in the order of their file names."""
    asked = {fiche_id for rule in RULES for fiche_id, _ in rule(catalogue, today)}
    recipients: dict[str, _Recipient] = {}
    for fiche in catalogue:
        for contact in _askable(fiche) if fiche.id in asked else ():
            mailbox = contact.courriel or ""
            key = mailbox.lower() or fold(contact.organisation)
            recipient = recipients.setdefault(key, _Recipient(mailbox))
            recipient.contacts.append(contact)
            recipient.fiches += [fiche] if fiche not in recipient.fiches else []
    named = zip(_file_names(sorted(recipients)), sorted(recipients), strict=True)
    return [_mail(name, recipients[key], catalogue, today, settings) for name, key in named]


def _askable(fiche: Fiche) -> list[Contact]:
    """Returns the contacts with a mailbox; if there are none, all, so that somebody can find out the address."""
    return [contact for contact in fiche.contacts if contact.courriel] or list(fiche.contacts)


def _file_names(keys: list[str]) -> Iterator[str]:
    """Yields a file name for each key; keys that differ only in signs get a number."""
    taken: dict[str, int] = {}
    for key in keys:
        stem = re.sub(r"[^a-z0-9]+", "-", key).strip("-")[:80] or "contact"
        number = taken[stem] = taken.get(stem, 0) + 1
        yield f"{stem}.eml" if number == 1 else f"{stem}-{number}.eml"


def _mail(name: str, recipient: _Recipient, catalogue: Catalogue, today: date, settings: Settings) -> Mail:
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"  # mail programs open it as a draft
    if settings.courriel_des_contributions:
        message["From"] = Address(settings.nom, addr_spec=settings.courriel_des_contributions)
    if recipient.mailbox:
        message["To"] = Address(recipient.who, addr_spec=recipient.mailbox)
    message["Subject"] = reply_form.subject(recipient.fiches, settings)
    text = reply_form.mail_text(recipient.fiches, catalogue.vocabularies, settings, today.isoformat())
    message.set_content(text, charset="utf-8", cte="quoted-printable")
    return Mail(name, message.as_bytes(), recipient.mailbox, recipient.who)
