"""An address → the dark modules of its QR code."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

import segno

MASK = 3
"""Each of the eight masks is read alike, and choosing the prettiest takes nine tenths of the time."""


@lru_cache(maxsize=2000)  # the site makes several books of the same fiches
def modules(address: str) -> dict[str, Any]:
    """`{"size": modules a side, "path": the dark modules as an SVG path}`, without the quiet zone.

    The path is a rectangle a run of dark modules, `M<x> <y>h<length>v1h-<length>z`, and nothing else.
    """
    rows = [bytes(row) for row in segno.make_qr(address, error="m", boost_error=False, mask=MASK).matrix]
    runs = [f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _runs(row)]
    return {"size": len(rows), "path": "".join(runs)}


def _runs(row: bytes) -> Iterator[tuple[int, int]]:
    """Where dark modules begin, and how many follow.

    >>> list(_runs(bytes([0, 1, 1, 0, 1])))
    [(1, 2), (4, 1)]
    """
    x = 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            yield x, length
        x += length
