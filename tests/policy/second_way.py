"""The figures of the site counted a second way: from the YAML files, without the program's model or indexes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from lxml import html

from tests.support import PRACTICES, VOCABULARIES

Fiche = dict[str, Any]


@cache
def fiches(folder: Path = PRACTICES) -> dict[str, Fiche]:
    return {path.stem: _read(path) for path in sorted(folder.glob("*.yml"))}


@cache
def terms(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _read(VOCABULARIES / f"{name}.yml")["termes"]
    return found


def _read(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return data


def communes_of(fiche: Fiche) -> set[str]:
    """The libellés of the communes of today."""
    by_name = {
        name.casefold().replace("-", " "): term
        for term in terms("communes")
        for name in (term["libelle"], term["id"], *term.get("traductions", {}).values(), *term.get("synonymes", ()))
    }
    by_id = {term["id"]: term for term in terms("communes")}
    found = set()
    for name in fiche.get("communes", ()):
        term = by_name[name.casefold().replace("-", " ")]
        while term.get("devenue"):
            term = by_id[term["devenue"]]
        found.add(term["libelle"])
    return found


def cantons_of(fiche: Fiche) -> set[str]:
    by_libelle = {term["libelle"]: term["canton"] for term in terms("communes") if not term.get("devenue")}
    return {by_libelle[commune] for commune in communes_of(fiche)}


def freins_of(fiche: Fiche) -> set[str]:
    return {defi["frein"] for defi in fiche.get("defis", ()) if "frein" in defi} | set(fiche.get("freins", ()))


KEYS: dict[str, tuple[str, Callable[[Fiche], Iterable[str]]]] = {
    "domaines": ("domaines", lambda fiche: fiche["domaines"]),
    "publics": ("publics", lambda fiche: fiche["publics"]),
    "cantons": ("cantons", cantons_of),
    "niveaux-de-cout": ("niveaux-de-cout", lambda fiche: [fiche.get("couts", {}).get("niveau", "non-precise")]),
    "types-de-porteur": ("types-de-porteur", lambda fiche: {porteur["type"] for porteur in fiche["porteurs"]}),
    "editions": ("editions", lambda fiche: {shown["edition"] for shown in fiche.get("editions", ())}),
}
"""Each chart of /chiffres/ that follows a vocabulary: its file, and the ids of a fiche."""


def counts(folder: Path, chart: str) -> dict[str, int]:
    """How many fiches stand under each libellé."""
    vocabulary, keys = KEYS[chart]
    return {
        term["libelle"]: sum(term["id"] in set(keys(fiche)) for fiche in fiches(folder).values())
        for term in terms(vocabulary)
    }


class Shown:
    """A generated page, read as a visitor sees it."""

    def __init__(self, text: str) -> None:
        self.tree = html.fromstring(text.split("---\n", 2)[2])

    def one(self, path: str) -> Any:
        (found,) = self.tree.xpath(path)
        return found

    def text(self, path: str) -> str:
        return words(self.one(path))

    def chart(self, path: str) -> dict[str, int]:
        """A table of bars: what each row is about, and how many fiches it counts."""
        rows = self.one(path).xpath(".//tbody/tr")
        return {words(row.xpath("./th")[0]): number(row.xpath("./td[@class='pratiques']")[0]) for row in rows}

    def cross(self, label: str) -> dict[tuple[str, str], int]:
        """A cross table: row and column, and the number in the cell."""
        table = self.one(f"//div[@aria-label='{label}']/table")
        columns = [words(head) for head in table.xpath("./thead/tr/th")][1:]
        return {
            (words(row.xpath("./th")[0]), column): int(words(cell))
            for row in table.xpath("./tbody/tr")
            for column, cell in zip(columns, row.xpath("./td"), strict=True)
            if words(cell) != "·"
        }


def words(element: Any) -> str:
    """The text of an element as it was typed, before typography."""
    text = " ".join(str(element.text_content()).split())
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def number(cell: Any) -> int:
    """How many fiches a cell counts; the fiches it opens onto must be as many."""
    summary = cell.xpath(".//summary")
    if not summary:
        assert words(cell) == "aucune"
        return 0
    count = int(words(summary[0]).split()[0])
    assert len(cell.xpath(".//li/a")) == count
    return count
