"""Chooses the font scale at which a fiche fits a double page, estimated from the lengths of its texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

MEASURED = 0.91
"""Ratio of the lines typeset by Typst to the lines estimated here, over the 24 fiches of 2017 (0.87 to 0.97)."""

SCALES = (1.0, 0.98, 0.96, 0.94, 0.92)
"""Possible font scales; below the last one the difference would be noticeable."""

LINE = 84
"""Characters per line of full width, at scale 1."""

SPREAD = 2
"""Pages of a double page."""

PAGE = 41.0
"""Usable lines per page: a page has 45, of which some are lost at page breaks."""


def fit_to_spread(fiche: dict[str, Any]) -> dict[str, Any]:
    """Returns the data of a fiche with its `scale`, and whether it `fits` a double page at that scale.

    The scale is the largest one with the fewest pages, but at least two. The space of a text grows with the square of
    the scale: both the characters per line and the lines per page change.
    """
    lines = lines_of(fiche)
    pages = {scale: max(SPREAD, ceil(lines * scale**2 / PAGE)) for scale in SCALES}
    scale = min(SCALES, key=lambda scale: (pages[scale], -scale))
    return {**fiche, "scale": scale, "fits": pages[scale] == SPREAD}


def lines_of(fiche: dict[str, Any]) -> float:
    """Estimates the number of lines of a fiche at scale 1, including vertical space."""
    return MEASURED * sum((_head(fiche), _facts(fiche), _sections(fiche), _foot(fiche)))


def _head(fiche: dict[str, Any]) -> float:
    changes = sum(_wrapped(one["texte"] + one["source"], LINE * 1.2) * 0.85 + 0.7 for one in fiche["changes"])
    subtitle = _wrapped(fiche["sous_titre"], LINE * 0.92) * 1.1 + 0.5 if fiche["sous_titre"] else 0
    return 1.5 + _wrapped(fiche["titre"], 45) * 1.7 + subtitle + _wrapped(fiche["resume"], 78) * 1.05 + 1 + changes


def _facts(fiche: dict[str, Any]) -> float:
    width = 66 if fiche["qr"] else 84
    contact = fiche["contacts"][0]
    said = [fact["value"] + fact["note"] for fact in fiche["facts"]]
    said.append(", ".join([*(text for text in contact.values() if text), fiche["freshness"]]))
    return 2.6 + sum(_wrapped(text, width) * 0.92 + 0.3 for text in said)


def _sections(fiche: dict[str, Any]) -> float:
    texts = [fiche[name] for name in ("besoins", "description", "resultats", "innovation", "couts")]
    lists = [fiche["objectifs"], fiche["objectifs_secondaires"], fiche["facteurs_de_reussite"]]
    lists += [
        [one["nom"] + one["role"] for one in fiche["partenaires"]],
        [one["titre"] + one["note"] + one["url"] for one in fiche["liens"]],
    ]
    plain = [fiche["public_cible"], fiche["financement"], ", ".join(fiche["communes"])]
    heads = sum(1 for part in (*texts, *lists, *plain, fiche["defis"]) if part)
    difficulties = sum(_wrapped(one["defi"], 76) + _wrapped(one["reponse"], 78) + 0.6 for one in fiche["defis"])
    return (
        2.1 * heads
        + sum(map(_blocks, texts))
        + sum(_wrapped(entry, LINE - 3) + 0.15 for entries in lists for entry in entries)
        + sum(_wrapped(text, LINE) + 0.4 for text in plain if text)
        + difficulties
        + 1.2 * (bool(fiche["defis"]) + bool(fiche["facteurs_de_reussite"]))
        + 2.6 * ceil(len(fiche["indicateurs"]) / 3)
        + 6.5 * ceil((len(fiche["contacts"]) - 1) / 2)
    )


def _foot(fiche: dict[str, Any]) -> float:
    return 1.7 + 0.75 * _wrapped(" ".join(row["name"] + row["value"] for row in fiche["foot"]), LINE * 1.3)


def _blocks(blocks: Sequence[dict[str, Any]]) -> float:
    return sum(
        _wrapped(_words(block["paragraph"]), LINE) + 0.4
        if "paragraph" in block
        else sum(_blocks(item) - 0.25 for item in block["list"]) + 0.4
        for block in blocks
    )


def _words(inlines: Iterable[dict[str, Any]]) -> str:
    return "".join(
        one.get("text", " ") + "".join(_words(one[key]) for key in ("strong", "em", "of") if key in one)
        for one in inlines
    )


def _wrapped(text: str, width: float) -> int:
    return ceil(len(text) / width)
