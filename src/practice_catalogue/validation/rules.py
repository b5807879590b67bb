"""Validation rules across fields and across fiches, one function per rule."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from practice_catalogue.model.diagnostics import Path, Severity
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


def terms_are_named_once(fiche: Fiche, vocabularies: Vocabularies) -> Iterator[Finding]:
    for name in (
        "communes",
        "domaines",
        "publics",
        "types",
        "themes",
        "etapes_pci",
        "orientations",
        "freins",
        "leviers",
    ):
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
        if mailbox.rpartition("@")[2].lower() in PRIVATE_MAILBOXES:
            yield Finding("courriel-prive", ("contacts", position, "courriel"), Severity.WARNING, {"valeur": mailbox})
        phone = contact.telephone or ""
        if MOBILE.fullmatch(re.sub(r"[^0-9+]", "", phone)):
            yield Finding("mobile-prive", ("contacts", position, "telephone"), Severity.WARNING, {"valeur": phone})


def somebody_can_be_reached(fiche: Fiche, _: Vocabularies) -> Iterator[Finding]:
    reachable = any(contact.telephone or contact.courriel or contact.adresse for contact in fiche.contacts)
    if fiche.contacts and not reachable:
        yield Finding("contact-injoignable", ("contacts",), Severity.WARNING)


def news_is_of_the_past(fiche: Fiche, _: Vocabularies) -> Iterator[Finding]:
    """The only rule that asks the clock: what nobody can know yet was mistyped."""
    today = date.today().isoformat()  # noqa: DTZ011  # the day where the owner is
    begin = fiche.calendrier.debut if fiche.calendrier else None
    for position, news in enumerate(fiche.nouvelles):
        if news.le > today:
            yield Finding("nouvelle-future", ("nouvelles", position, "le"), details={"date": news.le})
        elif begin and news.le[: len(begin)] < begin:
            details = {"date": news.le, "debut": begin}
            yield Finding("nouvelle-avant-le-debut", ("nouvelles", position, "le"), details=details)


FICHE_RULES: tuple[Callable[[Fiche, Vocabularies], Iterator[Finding]], ...] = (
    communal_practices_name_their_communes,
    terms_are_named_once,
    the_end_follows_the_beginning,
    the_range_of_the_cost_goes_up,
    contacts_are_professional,
    somebody_can_be_reached,
    news_is_of_the_past,
)


def titles_are_told_apart(fiches: Iterable[Fiche]) -> Iterator[tuple[str, Finding]]:
    by_title: dict[str, list[str]] = defaultdict(list)
    for fiche in fiches:
        by_title[fold(fiche.titre)].append(fiche.id)
    for title, ids in by_title.items():
        for fiche_id in ids if title and len(ids) > 1 else ():
            others = ", ".join(other for other in ids if other != fiche_id)
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


def what_is_taken_up_is_another_fiche(fiches: Iterable[Fiche]) -> Iterator[tuple[str, Finding]]:
    taken_up = {fiche.id: fiche.reprise_de.fiche if fiche.reprise_de else "" for fiche in fiches}
    for fiche_id, origin in taken_up.items():
        if origin and origin not in taken_up:
            yield fiche_id, Finding("reprise-inconnue", ("reprise_de", "fiche"), details={"id": origin})
        elif origin and _comes_back_to(fiche_id, taken_up):
            yield fiche_id, Finding("reprise-en-cercle", ("reprise_de", "fiche"), details={"id": origin})


def _comes_back_to(fiche_id: str, taken_up: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    current = taken_up[fiche_id]
    while current and current not in seen:
        seen.add(current)
        current = taken_up.get(current, "")
    return fiche_id in seen


CATALOGUE_RULES: tuple[Callable[[Iterable[Fiche]], Iterator[tuple[str, Finding]]], ...] = (
    titles_are_told_apart,
    an_old_id_leads_to_one_fiche,
    what_is_taken_up_is_another_fiche,
)
