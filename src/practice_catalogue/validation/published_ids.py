"""The list of published ids, which ensures that the address of a published fiche stays valid or is withdrawn."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from practice_catalogue.model.diagnostics import Diagnostic
from practice_catalogue.model.fiche import ID_LENGTH, ID_PATTERN, Fiche

_LINE = re.compile(rf"(?P<id>{ID_PATTERN.pattern})(?P<withdrawn> retirée)?")
NEARLY_THE_SAME = 0.8
"""Minimum similarity, as `difflib` counts it, of two ids that differ by a letter or an ending."""
FEWEST_LETTERS = 4
"""Minimum length of a word that counts in an id: shorter ones are mostly articles and prepositions."""
_HEAD = """\
# Les identifiants des fiches publiées un jour : leurs adresses ne meurent pas.
# Le programme les ajoute après chaque publication, par la commande « publish-ids ».
# Une fiche qui change de nom garde l'ancien dans « anciens_ids ». D'une fiche retirée exprès, laissez ici l'identifiant
# et faites-le suivre de « retirée » : son adresse le dira aux visiteurs.
"""


@dataclass(frozen=True)
class PublishedIds:
    """The parsed list: id → line number, withdrawn ids, the numbers of unreadable lines, and the text itself."""

    file: str
    lines: dict[str, int]
    withdrawn: frozenset[str] = frozenset()
    unreadable: tuple[int, ...] = ()
    text: str = ""

    @classmethod
    def parse(cls, file: str, text: str) -> PublishedIds:
        """Parses a list with one id per line, followed by `retirée` if it was withdrawn; `#` starts a comment."""
        lines: dict[str, int] = {}
        withdrawn: set[str] = set()
        unreadable: list[int] = []
        for number, line in enumerate(text.split("\n"), start=1):
            said = " ".join(line.partition("#")[0].split())
            if (match := _LINE.fullmatch(said)) and len(match["id"]) <= ID_LENGTH:
                lines.setdefault(match["id"], number)
                withdrawn |= {match["id"]} if match["withdrawn"] else set()
            elif said:
                unreadable.append(number)
        return cls(file, lines, frozenset(withdrawn), tuple(unreadable), text)

    def diagnostics(self, ids: Collection[str], former: Collection[str]) -> Iterator[Diagnostic]:
        """Yields diagnostics for lost addresses, contradictions and unreadable lines.

        `ids` are the current ids of the fiches, `former` the ids that they had before.
        """
        known = {*ids, *former}
        new = [fiche_id for fiche_id in ids if fiche_id not in self.lines]
        for number in self.unreadable:
            yield Diagnostic(self.file, number, 1, "adresse-illisible")
        for published, number in self.lines.items():
            if published in known and published in self.withdrawn:
                yield Diagnostic(self.file, number, 1, "adresse-retiree", details={"id": published})
            elif published not in known and published not in self.withdrawn:
                heir = _likely_successor(published, new)
                yield Diagnostic(self.file, number, 1, "adresse-perdue", details={"id": published, "fiche": heir})

    def new_ids(self, catalogue: Iterable[Fiche]) -> list[str]:
        """Returns the sorted ids of fiches that are not in the list yet."""
        return sorted(fiche.id for fiche in catalogue if fiche.id not in self.lines)

    def text_with_new_ids(self, catalogue: Iterable[Fiche]) -> str:
        """Returns the text of the list with the ids of these fiches added, each after its predecessor.

        All other lines stay as they are: the owner may have commented on them.
        """
        lines = (self.text.rstrip("\n") or _HEAD.rstrip("\n")).split("\n")
        added: dict[int, list[str]] = defaultdict(list)
        for new in self.new_ids(catalogue):
            before = [listed for listed in self.lines if listed < new]
            added[self.lines[max(before)] if before else self._first_line or len(lines)].append(new)
        for place in sorted(added, reverse=True):
            lines[place:place] = added[place]
        return "\n".join(lines) + "\n"

    @property
    def _first_line(self) -> int:
        """The number of lines before the first id, or 0 if there is no id."""
        return min(self.lines.values(), default=1) - 1


def _likely_successor(lost: str, new: list[str]) -> str:
    """Returns the name of the file that replaces a lost id, or French words that name no fiche.

    It is nearly the same id, or one with words added or left out; any other may be about something else.
    """
    near = difflib.get_close_matches(lost, new, n=1, cutoff=NEARLY_THE_SAME)
    near = near or [fiche_id for fiche_id in new if _extends(lost, fiche_id)]
    return f"{near[0]}.yml" if len(near) == 1 else "qui la remplace"


def _extends(lost: str, new: str) -> bool:
    """Whether a new id has all words of a lost one, or at least two words, which are all of the lost one."""
    before, after = _words(lost), _words(new)
    return bool(before) and (before <= after or (len(after) > 1 and after <= before))


def _words(fiche_id: str) -> set[str]:
    return {word for word in fiche_id.split("-") if len(word) >= FEWEST_LETTERS}
