"""Remembers since which day links fail, so that one is called dead only after failing on two days."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date


def parse_memory(text: str, today: date) -> dict[str, date]:
    """Returns address → day of the first failure, from lines « day address »; all other lines are ignored.

    >>> parse_memory("2026-11-03 https://a.lu", date(2026, 11, 20))
    {'https://a.lu': datetime.date(2026, 11, 3)}
    """
    found = (line.partition(" ") for line in text.splitlines())
    days = {address: _day(day) for day, _, address in found if address}
    return {address: day for address, day in days.items() if day and day <= today}


def memory_text(since: Mapping[str, date]) -> str:
    """Returns the lines that `parse_memory` reads, sorted."""
    return "".join(sorted(f"{day.isoformat()} {address}\n" for address, day in since.items()))


def update_memory(
    since: Mapping[str, date], failed: Collection[str], unasked: Collection[str], today: date
) -> dict[str, date]:
    """Returns address → day of the first failure, after a review of `today`; an address that answers is forgotten.

    >>> known = {"https://a.lu": date(2026, 11, 3), "https://b.lu": date(2026, 11, 3)}
    >>> memory_text(update_memory(known, ["https://a.lu", "https://c.lu"], [], date(2026, 11, 4))).splitlines()
    ['2026-11-03 https://a.lu', '2026-11-04 https://c.lu']
    """
    kept = {address: day for address, day in since.items() if address in unasked}
    return kept | {address: since.get(address, today) for address in failed}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
