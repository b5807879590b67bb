"""Finds dates and amounts of money in the words of a reply."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from practice_catalogue.model.formatting import MONTHS
from practice_catalogue.model.vocabulary import fold

_MONTHS = {fold(name): number for number, name in enumerate(MONTHS, start=1)}
_NUMBERS = r"(?:(?P<day>\d{1,2})[./-])?(?P<month>\d{1,2})[./-](?P<year>(?:19|20)\d{2})(?![./-]?\d)"
_ISO = r"(?P<iso>(?:19|20)\d{2}-\d{2}(?:-\d{2})?)(?!\d)"
_WORDS = rf"(?:(?P<day_>\d{{1,2}})(?:er)?\s)?(?P<name>{'|'.join(_MONTHS)})\s(?P<year_>(?:19|20)\d{{2}})(?!\d)"
_YEAR = r"(?P<only>(?:19|20)\d{2})(?![\d€]|\s?(?:€|euro|eur\b|personne|participant))"
_DATE = re.compile(rf"(?<!\d)(?:{_ISO}|{_NUMBERS}|\b{_WORDS}|{_YEAR})")
_UNTIL = re.compile(r"jusqu|\b(?:fin|bis|until|au)\b\W*$")
_AMOUNT = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[ .\u00a0\u202f']\d{3})+|\d{1,9})(?:,\d{1,2}|,-)?"
    r"(?=\s*(?:€|euros?\b|eur\b|(?:à|et|-|–|bis)\s*\d))",
    re.IGNORECASE,
)


class Period(NamedTuple):
    """The beginning and the end that a text names, as ISO dates, months or years; empty if it does not."""

    debut: str = ""
    fin: str = ""


def dates_in(text: str) -> list[str]:
    """Returns the dates in a text in their order; what cannot be a date is none.

    >>> dates_in("depuis le 1er mars 2024, jusqu'en 12/2025 ou 31.12.2026"), dates_in("31.02.2024, 2000 €")
    (['2024-03-01', '2025-12', '2026-12-31'], [])
    """
    return [found for found, _ in _dates(text)]


def period_in(text: str) -> Period:
    """Returns the period in a text.

    >>> period_in("de mars 2024 à juin 2025"), period_in("jusqu'en 2027"), period_in("bientôt")
    (Period(debut='2024-03', fin='2025-06'), Period(debut='', fin='2027'), Period(debut='', fin=''))
    """
    dates = _dates(text)
    if len(dates) == 2:  # noqa: PLR2004  # beginning and end
        return Period(dates[0][0], dates[1][0])
    if len(dates) != 1:
        return Period()
    iso, before = dates[0]
    return Period(fin=iso) if _UNTIL.search(before) else Period(debut=iso)


def amounts_in(text: str) -> list[int]:
    """Returns the amounts in euros in a text.

    >>> amounts_in("5 000 € par an"), amounts_in("entre 3.000 et 4.500 euros"), amounts_in("trois fois rien, 2 salles")
    ([5000], [3000, 4500], [])
    """
    found = [int(re.sub(r"\D", "", amount)) for amount in _AMOUNT.findall(text)]
    return found if re.search(r"€|\beuros?\b|\beur\b", text, re.IGNORECASE) else []


def _dates(text: str) -> list[tuple[str, str]]:
    """Returns the dates in a text, each with the words before it."""
    plain = _without_accents(text)
    made = [(_iso(found), plain[max(0, found.start() - 25) : found.start()]) for found in _DATE.finditer(plain)]
    return [(iso, before) for iso, before in made if iso]


def _iso(found: re.Match[str]) -> str:
    if found["iso"] or found["only"]:
        parts = (found["iso"] or found["only"]).split("-")
    elif found["name"]:
        parts = [found["year_"], str(_MONTHS[found["name"]]), found["day_"] or ""]
    else:
        parts = [found["year"], found["month"], found["day"] or ""]
    numbers = [int(part) for part in parts if part]
    try:
        date(*(*numbers, 1, 1)[:3])
    except ValueError:
        return ""
    return "-".join(f"{number:02}" for number in numbers)


def _without_accents(text: str) -> str:
    """Returns a text in lower case without the accents of the names of months; its length may change."""
    for name in ("février", "août", "décembre"):
        text = re.sub(name, fold(name), text, flags=re.IGNORECASE)
    return re.sub(r"\s+", " ", text.lower())
