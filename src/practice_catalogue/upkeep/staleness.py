"""Finds stale information in a Catalogue on a given day, with one function per rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from practice_catalogue.model import formatting, richtext
from practice_catalogue.model.addresses import is_web_address
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.diagnostics import Diagnostic, Path, Report, Severity
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.introspection import has_markup
from practice_catalogue.model.similarity import Similarity
from practice_catalogue.validation import messages
from practice_catalogue.validation.rules import Finding

YEARS_OF_TRUST = 2
"""Number of years after which a confirmed contact must be confirmed again."""


Findings = Iterator[tuple[str, Finding]]
"""Pairs of a fiche id and a finding."""


def contacts_are_confirmed(catalogue: Catalogue, today: date) -> Findings:
    """Finds contacts to confirm; contacts of a fiche that were last confirmed on the same day give one finding."""
    trusted = f"{today.year - YEARS_OF_TRUST:04}{today.isoformat()[4:]}"
    for fiche in catalogue:
        doubtful: dict[str, list[int]] = defaultdict(list)
        for position, contact in enumerate(fiche.contacts):
            known = formatting.last_known(contact, fiche, catalogue.vocabularies)
            if known < trusted:
                doubtful[known].append(position)
        for known, positions in doubtful.items():
            code = "contact-a-confirmer" if known else "contact-jamais-confirme"
            who = ", ".join(dict.fromkeys(_who(fiche, position) for position in positions))
            details = {"qui": who, "depuis": known[:4], "jour": today.isoformat()}
            yield fiche.id, _finding(code, ("contacts", positions[0]), **details)


def _who(fiche: Fiche, position: int) -> str:
    contact = fiche.contacts[position]
    return contact.nom or contact.organisation


def projects_go_on(catalogue: Catalogue, today: date) -> Findings:
    for fiche in catalogue:
        end = fiche.calendrier.fin if fiche.calendrier else None
        if end and end < today.isoformat()[: len(end)]:
            yield fiche.id, _finding("projet-termine", ("calendrier", "fin"), fin=formatting.day(end))


def communes_still_exist(catalogue: Catalogue, _: date) -> Findings:
    communes = catalogue.vocabularies.communes
    for fiche in catalogue:
        for position, commune in enumerate(fiche.communes):
            if communes[commune].devenue:
                today = catalogue.vocabularies.commune_of_today(commune).libelle
                details = {"ancienne": communes[commune].libelle, "aujourdhui": today}
                yield fiche.id, _finding("commune-fusionnee", ("communes", position), **details)


def practices_are_told_once(catalogue: Catalogue, _: date) -> Findings:
    near = Similarity(catalogue)
    for fiche in catalogue:
        for other in near.duplicates_of(fiche):
            if fiche.id < other.id:
                yield fiche.id, _finding("doublon-possible", ("titre",), autre=other.id)


RULES: tuple[Callable[[Catalogue, date], Findings], ...] = (
    contacts_are_confirmed,
    projects_go_on,
    communes_still_exist,
    practices_are_told_once,
)


def findings(
    catalogue: Catalogue, today: date, dead: Mapping[str, str], silent: Mapping[str, str] | None = None
) -> Findings:
    """Yields the findings of all rules.

    `dead` maps addresses that no longer answer to the code of the reason, `silent` those that failed on one day only.
    """
    for rule in RULES:
        yield from rule(catalogue, today)
    for fiche in catalogue:
        for path, address in addresses_of(fiche):
            for code, failures in (("lien-mort", dead), ("lien-sans-reponse", silent or {})):
                if address in failures:
                    reason = messages.link_failure(failures[address])
                    yield fiche.id, _finding(code, path, adresse=address, raison=reason)


def addresses_of(fiche: Fiche) -> Iterator[tuple[Path, str]]:
    """Yields the web addresses of a fiche, including those in its long texts, with their paths."""
    yield from _addresses((), fiche, marked=False)


def _addresses(path: Path, value: Any, *, marked: bool) -> Iterator[tuple[Path, str]]:
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from _addresses((*path, name), getattr(value, name), marked=has_markup(field))
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _addresses((*path, position), item, marked=marked)
    elif isinstance(value, str):
        links = richtext.links(value) if marked else [value] if is_web_address(value) else []
        yield from ((path, address) for address in links)


def group_by_urgency(report: Report) -> dict[str, Report]:
    """Groups a report by heading, most urgent first, without empty headings."""
    found: dict[str, list[Diagnostic]] = {heading: [] for heading in messages.REVIEW_HEADINGS.values()}
    for diagnostic in report:
        found[messages.REVIEW_HEADINGS[diagnostic.code]].append(diagnostic)
    return {heading: Report(tuple(diagnostics)) for heading, diagnostics in found.items() if diagnostics}


def _finding(code: str, path: Path, **details: object) -> Finding:
    return Finding(code, path, Severity.WARNING, details)
