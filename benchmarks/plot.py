"""Lines over the size of the catalogue, both axes logarithmic, as SVG that is legible on light and on dark pages."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

WIDTH, HEIGHT = 760, 430
LEFT, RIGHT, TOP, BOTTOM = 62, 218, 46, 50
LABEL = 17
"""Pixels between two names at the ends of lines."""

COLOURS = (
    ("#1d4f91", "#8ab8f5"),
    ("#b3480c", "#f4a261"),
    ("#1b7a4b", "#6fd3a0"),
    ("#8a2f7c", "#e29ad6"),
    ("#6b6b6b", "#b5b5b5"),
    ("#8a6d00", "#e0c34d"),
)
"""On light and on dark, in the order of the sides; each side has a mark of its own too."""

MARKS = ("circle", "square", "triangle", "diamond", "cross", "ring")

STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#222}.title{font-size:15px;font-weight:600}.axis{fill:#555}"
    ".grid{stroke:#000;stroke-opacity:.13}.line{fill:none;stroke-width:1.8}.first{stroke-width:3.2}"
)
DARK = "text{fill:#eee}.axis{fill:#bbb}.grid{stroke:#fff;stroke-opacity:.18}"

Point = tuple[float, float]


class _Axis(NamedTuple):
    """Maps values between two powers to pixels."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        share = (math.log10(value) - math.log10(self.low)) / (math.log10(self.high) - math.log10(self.low))
        return round(self.start + share * (self.end - self.start), 1)


def plot(title: str, unit: str, lines: Mapping[str, Sequence[Point]]) -> str:
    """A picture of these lines; those without points are left out, the first of all is drawn strongest."""
    drawn = {name: sorted(points) for name, points in lines.items() if points}
    sizes = sorted({size for points in drawn.values() for size, _ in points})
    values = [value for points in drawn.values() for _, value in points]
    across = _Axis(sizes[0] * 0.85, sizes[-1] * 1.15, LEFT, WIDTH - RIGHT)
    up = _Axis(
        10 ** math.floor(math.log10(min(values))), 10 ** math.ceil(math.log10(max(values) * 1.01)), HEIGHT - BOTTOM, TOP
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<style>{STYLE}{_colours(0)}@media(prefers-color-scheme:dark){{{DARK}{_colours(1)}}}</style>",
        f'<text class="title" x="{LEFT}" y="22">{escape(title)}</text>',
        *_grid(across, up, sizes, unit),
        *_lines(drawn, list(lines), across, up),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _colours(theme: int) -> str:
    return "".join(
        f".c{number}{{stroke:{pair[theme]}}}.f{number}{{fill:{pair[theme]}}}" for number, pair in enumerate(COLOURS)
    )


def _grid(across: _Axis, up: _Axis, sizes: Sequence[float], unit: str) -> Iterator[str]:
    power = round(math.log10(up.low))
    while 10**power <= up.high * 1.001:
        y = up.at(10.0**power)
        yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}"/>'
        yield f'<text class="axis" x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{10.0**power:,g}</text>'
        power += 1
    for size in sizes:
        x = across.at(size)
        yield f'<line class="grid" x1="{x}" x2="{x}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>'
        yield f'<text class="axis" x="{x}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{size:,g}</text>'
    yield f'<text class="axis" x="{LEFT - 8}" y="{TOP - 10}" text-anchor="end">{escape(unit)}</text>'
    yield f'<text class="axis" x="{WIDTH - RIGHT}" y="{HEIGHT - 10}" text-anchor="end">fiches</text>'


def _lines(drawn: Mapping[str, Sequence[Point]], names: Sequence[str], across: _Axis, up: _Axis) -> Iterator[str]:
    """The lines from the last to the first, so that the first lies on top; each with its name where it ends."""
    ends = _spread({name: up.at(points[-1][1]) for name, points in drawn.items()})
    for name in reversed(list(drawn)):
        number = names.index(name)
        spots = [(across.at(size), up.at(value)) for size, value in drawn[name]]
        way = " ".join(f"{x},{y}" for x, y in spots)
        yield f'<polyline class="line c{number}{" first" if number == 0 else ""}" points="{way}"/>'
        yield from (_mark(MARKS[number], number, x, y) for x, y in spots)
        x, y = spots[-1]
        lead = f'x1="{x + 6}" y1="{y}" x2="{WIDTH - RIGHT + 16}" y2="{ends[name]}"'
        yield f'<line class="c{number}" {lead} stroke-opacity=".5"/>'
        yield _mark(MARKS[number], number, WIDTH - RIGHT + 24, ends[name])
        weight = ' font-weight="600"' if number == 0 else ""
        yield f'<text x="{WIDTH - RIGHT + 34}" y="{ends[name] + 4}"{weight}>{escape(name)}</text>'


def _mark(kind: str, number: int, x: float, y: float) -> str:
    match kind:
        case "circle":
            return f'<circle class="f{number}" cx="{x}" cy="{y}" r="4"/>'
        case "ring":
            return f'<circle class="c{number}" cx="{x}" cy="{y}" r="3.5" fill="none" stroke-width="2"/>'
        case "square":
            return f'<rect class="f{number}" x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7"/>'
        case "cross":
            return f'<path class="c{number}" stroke-width="2" d="M{x - 3.5:.1f} {y - 3.5:.1f}l7 7m0-7l-7 7"/>'
        case "triangle":
            return f'<path class="f{number}" d="M{x} {y - 4.6:.1f}l4.6 8h-9.2z"/>'
        case _:
            return f'<path class="f{number}" d="M{x} {y - 5:.1f}l5 5l-5 5l-5-5z"/>'


def _spread(wanted: Mapping[str, float]) -> dict[str, float]:
    """Heights near the wanted ones, far enough apart to be read, and within the picture."""
    placed: dict[str, float] = {}
    last = float(TOP - LABEL)
    for name, y in sorted(wanted.items(), key=lambda item: item[1]):
        last = placed[name] = max(y, last + LABEL)
    over = max(0.0, last - (HEIGHT - BOTTOM))
    limit = float(HEIGHT - BOTTOM + LABEL)
    for name in sorted(placed, key=lambda name: placed[name], reverse=True) if over else ():
        limit = placed[name] = min(placed[name], limit - LABEL)
    return {name: round(y, 1) for name, y in placed.items()}
