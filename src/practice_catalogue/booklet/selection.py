"""Selects the fiches of a booklet: by edition, by filters as on the site, or by a list of ids."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.diagnostics import CannotRun
from practice_catalogue.model.fiche import Fiche


@dataclass(frozen=True)
class Selection:
    """A selection of fiches: `filters` maps indexes to wanted headings; an empty `ids` selects all fiches."""

    edition: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ids: tuple[str, ...] = ()

    @property
    def is_everything(self) -> bool:
        return not (self.edition or self.filters or self.ids)


def parse_selection(catalogue: Catalogue, edition: str, filters: Mapping[str, Sequence[str]], wanted: str) -> Selection:
    """Parses the options of the command line: names of terms in any spelling; ids or a shared link in `wanted`.

    Raises CannotRun if a name or an id is unknown.
    """
    found = {index: tuple(_term(catalogue, index, name) for name in names) for index, names in filters.items() if names}
    return Selection(_term(catalogue, "editions", edition) if edition else "", found, _ids(catalogue, wanted))


def selected_fiches(catalogue: Catalogue, asked: Selection) -> tuple[Fiche, ...]:
    """Returns the selected fiches in the order of their titles: each filter must match with at least one heading.

    Raises CannotRun if the selection is empty.
    """
    filters = dict(asked.filters) | ({"editions": (asked.edition,)} if asked.edition else {})
    ids = frozenset(asked.ids)
    found = tuple(
        fiche
        for fiche in catalogue
        if (not ids or fiche.id in ids)
        and all(set(headings) & set(catalogue.keys_of(fiche, index)) for index, headings in filters.items())
    )
    if not found:
        raise CannotRun("livret-vide")
    return found


def _term(catalogue: Catalogue, index: str, name: str) -> str:
    terms = catalogue.vocabularies[index]
    term_id = terms.resolve(name)
    if term_id is None:
        raise CannotRun("filtre-inconnu", valeur=name, liste=terms.titre.lower(), proches=terms.suggest(name))
    return catalogue.vocabularies.commune_of_today(term_id).id if index == "communes" else term_id


def _ids(catalogue: Catalogue, wanted: str) -> tuple[str, ...]:
    known = {old: fiche.id for fiche in catalogue for old in (*fiche.anciens_ids, fiche.id)}
    asked = _in_link(wanted, known) if re.match(r"\s*https?://", wanted) else _words(wanted)
    for name in asked:
        if name not in known:
            raise CannotRun("fiche-inconnue", id=name, proches=difflib.get_close_matches(name, known, n=2))
    if wanted.strip() and not asked:
        raise CannotRun("livret-vide")
    return tuple(dict.fromkeys(known[name] for name in asked))


def _in_link(address: str, known: Mapping[str, str]) -> list[str]:
    """Returns the ids in the query or fragment of a shared link."""
    parts = urlsplit(address.strip())
    values = [value for text in (parts.query, parts.fragment) for _, value in parse_qsl(text)] or [parts.fragment]
    lists = [_words(value) for value in values]
    return [word for words in lists if any(word in known for word in words) for word in words]


def _words(text: str) -> list[str]:
    """Splits a list of ids at commas, semicolons and white space; `#` starts a comment until the end of the line."""
    lines = (line.partition("#")[0] for line in text.splitlines())
    return [word for line in lines for word in re.split(r"[\s,;]+", line) if word]
