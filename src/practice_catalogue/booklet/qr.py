"""An address → the shape of its QR code."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import zxingcpp

_DRAWN = re.compile(r'<svg width="(\d+)".*<path d="([^"]+?) *"', re.DOTALL)


@lru_cache(maxsize=2000)  # the site makes several books of the same fiches
def qr_modules(address: str) -> dict[str, Any]:
    """`{"size": modules a side, "path": the dark modules as an SVG path}`, without the quiet zone.

    The path is made of rectangles, `M<x> <y>h<width>v<height>h-<width>Z`, and nothing else.
    """
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    drawn = _DRAWN.search(code.to_svg(add_quiet_zones=False))
    assert drawn, "zxing-cpp draws its codes in another way"  # noqa: S101  # for whoever updates it
    return {"size": int(drawn[1]), "path": drawn[2]}
