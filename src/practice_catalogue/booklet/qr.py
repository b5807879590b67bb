"""Makes the QR code of an address as a vector path."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import zxingcpp

_DRAWN = re.compile(r'<svg width="(\d+)".*<path d="([^"]+?) *"', re.DOTALL)


@lru_cache(maxsize=2000)  # several booklets of the site have the same fiches
def qr_modules(address: str) -> dict[str, Any]:
    """Returns `{"size": modules per side, "path": dark modules as an SVG path}`, without the quiet zone.

    The path consists of rectangles only: `M<x> <y>h<width>v<height>h-<width>Z`.
    """
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    drawn = _DRAWN.search(code.to_svg(add_quiet_zones=False))
    assert drawn, "zxing-cpp draws its codes in another way"  # noqa: S101  # detects a changed output after an update
    return {"size": int(drawn[1]), "path": drawn[2]}
