"""Computes the map of the communes as hexagons: positions, labels and numbers of practices."""

from __future__ import annotations

from dataclasses import dataclass

from practice_catalogue.model.catalogue import Catalogue

WIDTH, HEIGHT = 100, 115.5
"""Size of a hexagon with a corner at the top, in SVG units."""
ROW_HEIGHT = 0.75 * HEIGHT
GAP = 3
LINE_LENGTH = 11


@dataclass(frozen=True)
class Hexagon:
    """A commune on the map: label lines, centre in SVG units, number of practices, shade (0 to 3)."""

    id: str
    libelle: str
    lines: tuple[str, ...]
    x: float
    y: float
    number: int
    shade: int


@dataclass(frozen=True)
class HexMap:
    """All hexagons, the outline of one around its centre as an SVG path, and the size of the map in SVG units."""

    hexagons: tuple[Hexagon, ...]
    path: str
    width: float
    height: float


def hex_map(catalogue: Catalogue) -> HexMap:
    """Returns the map of a catalogue, with the hexagons sorted from north to south, then from west to east."""
    found: list[Hexagon] = []
    for heading in catalogue.headings("communes"):
        column, row = catalogue.vocabularies.communes[heading.id].hexagone or (0, 0)
        number = len(heading.fiches)
        x = (column + (1.0 if row % 2 == 0 else 0.5)) * WIDTH
        y = row * ROW_HEIGHT + HEIGHT / 2
        found.append(Hexagon(heading.id, heading.libelle, _lines(heading.libelle), x, y, number, min(number, 3)))
    found.sort(key=lambda one: (one.y, one.x))
    return HexMap(
        tuple(found), _corners(), max(one.x for one in found) + WIDTH / 2, max(one.y for one in found) + HEIGHT / 2
    )


def _corners() -> str:
    half, quarter = WIDTH / 2 - GAP / 2, HEIGHT / 4 - GAP / 4
    top = HEIGHT / 2 - GAP / 2
    corners = [(0, -top), (half, -quarter), (half, quarter), (0, top), (-half, quarter), (-half, -quarter)]
    return "M" + " ".join(f"{x:g},{y:g}" for x, y in corners) + "Z"


def _lines(name: str) -> tuple[str, ...]:
    """Splits a name into lines that fit into a hexagon, at spaces, hyphens and slashes.

    >>> _lines("Lac de la Haute-Sûre"), _lines("Redange/Attert"), _lines("Esch-sur-Alzette")
    (('Lac de la', 'Haute-Sûre'), ('Redange/', 'Attert'), ('Esch-sur-', 'Alzette'))
    """
    lines = [""]
    for piece in name.replace("-", "-\0").replace("/", "/\0").replace(" ", " \0").split("\0"):
        if lines[-1] and len((lines[-1] + piece).strip()) > LINE_LENGTH:
            lines.append("")
        lines[-1] += piece
    return tuple(line.strip() for line in lines)
