"""An address → the dark modules of its QR code."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import Any

import segno


@lru_cache(maxsize=2000)  # the site makes several books of the same fiches
def modules(address: str) -> dict[str, Any]:
    """`{"size": modules a side, "rows": [{"start", "dashes": [dark, light, dark, …]}, …]}`, without the quiet zone.

    A row is drawn as one dashed line: a hundred times fewer shapes than one a module.
    """
    rows = [bytes(row) for row in segno.make_qr(address, error="m", boost_error=False).matrix]
    return {"size": len(rows), "rows": [_row(row) for row in rows]}


def _row(row: bytes) -> dict[str, Any]:
    """Where the first dark module stands, and how many follow, dark and light by turns.

    >>> _row(bytes([0, 1, 1, 0, 1]))
    {'start': 1, 'dashes': [2, 1, 1]}
    """
    lengths = [len(list(group)) for _, group in groupby(row)]
    start = 0 if row[0] else lengths[0]
    dashes = lengths if row[0] else lengths[1:]
    return {"start": start, "dashes": dashes if len(dashes) % 2 else dashes[:-1]}
