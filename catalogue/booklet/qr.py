"""An address → the dark modules of its QR code."""

from __future__ import annotations

from typing import Any

import segno


def modules(address: str) -> dict[str, Any]:
    """`{"size": modules a side, "runs": [[x, y, length], …]}`: rows of dark modules, without the quiet zone."""
    rows = [bytes(row) for row in segno.make_qr(address, error="m", boost_error=False).matrix]
    return {"size": len(rows), "runs": [[x, y, length] for y, row in enumerate(rows) for x, length in _runs(row)]}


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Where dark modules begin, and how many follow.

    >>> _runs(bytes([0, 1, 1, 0, 1]))
    [(1, 2), (4, 1)]
    """
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((x, 1))
    return found
