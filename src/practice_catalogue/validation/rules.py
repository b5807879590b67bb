"""Validation rules across fields and across fiches, one function per rule."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from practice_catalogue.model.characters import mixed_word, plain_signs
from practice_catalogue.model.diagnostics import Mark, Path, Severity
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.vocabulary import Vocabularies, fold

PRIVATE_MAILBOXES = frozenset(
    {
        *(
            "gmail.com",
            "googlemail.com",
            "outlook.com",
            "live.com",
            "icloud.com",
            "me.com",
            "proton.me",
            "protonmail.com",
        ),
        *("hotmail.com", "hotmail.fr", "yahoo.com", "yahoo.fr", "orange.fr", "free.fr", "gmx.net", "gmx.de", "web.de"),
        *("pt.lu", "internet.lu", "tango.lu", "vo.lu"),
    }
)
"""Domains of e-mail providers for private persons."""

MOBILE = re.compile(r"(?:(?:\+|00)?352)?6[0-9]{8}")
"""Luxembourg mobile numbers without separators: nine digits that start with 6, with or without country code."""

_COMMENT = re.compile(r"(?:^|\s)#.*")
_MAILBOX_IN_TEXT = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?P<domain>[A-Za-z0-9.-]{3,30}[A-Za-z0-9])")
_MOBILE_IN_TEXT = re.compile(
    r"(?<![0-9])(?<![0-9][.-])(?:\(?(?:\+|00)?352\)?[ ./-]{0,2})?6(?:[ ./()-]{0,2}[0-9]){8}(?![.-]?[0-9])"
)

NAMED_AT_MOST = 3
"""Maximum number of other fiches that a message names."""


@dataclass(frozen=True)
class Finding:
    """A violation of a rule in a fiche; the loader turns it into a Diagnostic with a position in the file."""

    code: str
    path: Path
    severity: Severity = Severity.ERROR
    details: Mapping[str, object] = field(default_factory=dict)


def communal_practices_name_their_communes(fiche: Fiche, _: Vocabularies) -> Iterator[Finding]:
    if fiche.territoire in {"communal", "intercommunal"} and not fiche.communes:
        yield Finding("communes-manquantes", ("communes",))


def titles_keep_to_one_alphabet(fiche: Fiche, _: Vocabularies) -> Iterator[Finding]:
    if word := mixed_word(fiche.titre):
        yield Finding("alphabets-meles", ("titre",), details={"mot": word})


def terms_are_named_once(fiche: Fiche, vocabularies: Vocabularies) -> Iterator[Finding]:
    for name in ("communes", "domaines", "publics", "etapes_pci", "orientations", "freins", "leviers"):
        terms = getattr(fiche, name)
        for position, term_id in enumerate(terms):
            if term_id in terms[:position]:
                libelle = vocabularies[name][term_id].libelle
                yield Finding("terme-en-double", (name, position), Severity.WARNING, {"libelle": libelle})


def the_end_follows_the_beginning(fiche: Fiche, _: Vocabularies) -> Iterator[Finding]:
    when = fiche.calendrier
    if when and when.debut and when.fin:
        precision = min(len(when.debut), len(when.fin))
        if when.fin[:precision] < when.debut[:precision]:
            yield Finding("dates-inversees", ("calendrier", "fin"), details={"debut": when.debut, "fin": when.fin})


def the_range_of_the_cost_goes_up(fiche: Fiche, _: Vocabularies) -> Iterator[Finding]:
    if not fiche.couts or fiche.couts.montant_max is None:
        return
    if fiche.couts.montant is None:
        yield Finding("montant-sans-minimum", ("couts", "montant_max"))
    elif fiche.couts.montant_max < fiche.couts.montant:
        yield Finding("montants-inverses", ("couts", "montant_max"))


def contacts_are_professional(fiche: Fiche, _: Vocabularies) -> Iterator[Finding]:
    for position, contact in enumerate(fiche.contacts):
        mailbox = contact.courriel or ""
        if _is_private(mailbox.rpartition("@")[2]):
            yield Finding("courriel-prive", ("contacts", position, "courriel"), Severity.WARNING, {"valeur": mailbox})
        phone = contact.telephone or ""
        if _is_mobile(phone):
            yield Finding("mobile-prive", ("contacts", position, "telephone"), Severity.WARNING, {"valeur": phone})


def private_details_in_comments(text: str) -> Iterator[tuple[Mark, Finding]]:
    """Yields the private numbers and mailboxes in the comments of a file, which is public as a whole."""
    for number, line in enumerate(text.split("\n"), start=1):
        comment = _COMMENT.search(line) if "#" in line else None
        if not comment:
            continue
        said = plain_signs(comment[0])
        found = [(one, "courriel-prive") for one in _MAILBOX_IN_TEXT.finditer(said) if _is_private(one["domain"])]
        found += [(one, "mobile-prive") for one in _MOBILE_IN_TEXT.finditer(said)]
        for one, code in found:
            mark = (number, comment.start() + one.start() + 1)
            yield mark, Finding(code, (), Severity.WARNING, {"valeur": one[0]})


def _is_private(domain: str) -> bool:
    return domain.lower() in PRIVATE_MAILBOXES


def _is_mobile(number: str) -> bool:
    return MOBILE.fullmatch(re.sub(r"[^0-9+]", "", number)) is not None


def somebody_can_be_reached(fiche: Fiche, _: Vocabularies) -> Iterator[Finding]:
    reachable = any(contact.telephone or contact.courriel or contact.adresse for contact in fiche.contacts)
    if fiche.contacts and not reachable:
        yield Finding("contact-injoignable", ("contacts",), Severity.WARNING)


FICHE_RULES: tuple[Callable[[Fiche, Vocabularies], Iterator[Finding]], ...] = (
    communal_practices_name_their_communes,
    titles_keep_to_one_alphabet,
    terms_are_named_once,
    the_end_follows_the_beginning,
    the_range_of_the_cost_goes_up,
    contacts_are_professional,
    somebody_can_be_reached,
)


def titles_are_told_apart(fiches: Iterable[Fiche]) -> Iterator[tuple[str, Finding]]:
    by_title: dict[str, list[str]] = defaultdict(list)
    for fiche in fiches:
        by_title[fold(fiche.titre)].append(fiche.id)
    for title, ids in by_title.items():
        for fiche_id in ids if title and len(ids) > 1 else ():
            named = [other for other in ids[: NAMED_AT_MOST + 1] if other != fiche_id][:NAMED_AT_MOST]
            more = len(ids) - 1 - len(named)
            others = ", ".join(named) + (f" et {more} {'autre' if more == 1 else 'autres'}" if more else "")
            yield fiche_id, Finding("titre-en-double", ("titre",), details={"autre": others})


def an_old_id_leads_to_one_fiche(fiches: Iterable[Fiche]) -> Iterator[tuple[str, Finding]]:
    fiches = list(fiches)
    owners = {fiche.id: fiche.id for fiche in fiches}
    for fiche in fiches:
        for position, old in enumerate(fiche.anciens_ids):
            owner = owners.setdefault(old, fiche.id)
            if owner != fiche.id or old == fiche.id:
                yield (
                    fiche.id,
                    Finding("ancien-id-occupe", ("anciens_ids", position), details={"id": old, "autre": owner}),
                )


CATALOGUE_RULES: tuple[Callable[[Iterable[Fiche]], Iterator[tuple[str, Finding]]], ...] = (
    titles_are_told_apart,
    an_old_id_leads_to_one_fiche,
)
