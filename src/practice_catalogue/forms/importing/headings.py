"""Recognizes the headings of fields in documents: the titles of the model, and those of the fiches of 2017."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from practice_catalogue.forms.word.paragraphs import Paragraph
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.introspection import fields_of, part_inside
from practice_catalogue.model.vocabulary import fold


class DocumentHeading(NamedTuple):
    """The variants of a heading, the fields of the text below it, and the reason for this mapping."""

    names: tuple[str, ...]
    fields: tuple[str, ...]
    reason: str


HEADINGS_OF_2017 = (
    DocumentHeading(
        ("Commune/Institution", "Commune ou institution", "Institution", "Commune"),
        ("porteurs",),
        "who answers for the practice; some fiches name one kind only",
    ),
    DocumentHeading(
        ("Organisateur", "Organisateurs", "Organisateur (s)", "Organisme gestionnaire", "Service :"),
        ("organisateurs",),
        "who runs it from day to day; « Service » counts as a heading only with its colon",
    ),
    DocumentHeading(
        ("Objectif", "Objectifs", "Missions et objectifs"), ("objectifs",), "in the singular where there is one"
    ),
    DocumentHeading(
        (
            "Brève description et approche préconisée",
            "Brève description",
            "Description du projet",
            "Présentation",
            "Présentation du projet",
        ),
        ("description",),
        "how it works; services present themselves",
    ),
    DocumentHeading(
        (
            "Résultats / plus-values du projet",
            "Résultats et plus-values",
            "Plus-values du projet",
            "Impact au niveau communal",
            "Quelques chiffres",
        ),
        ("resultats",),
        "what came of it; figures become `indicateurs` only by hand, since they need a measure and a year",
    ),
    DocumentHeading(
        ("Public cible du projet",), ("public_cible", "publics"), "the public in words, from which terms follow"
    ),
    DocumentHeading(
        ("Lieu du projet et périodicité", "Lieu et périodicité", "Lieu du projet"),
        ("lieu", "calendrier"),
        "one heading for where and when",
    ),
    DocumentHeading(("Coûts éventuels", "Budget"), ("couts",), "an amount, or words about money"),
    DocumentHeading(("Contact", "Personne de contact"), ("contacts",), "in the singular where there is one"),
    DocumentHeading(
        ("Autres informations utiles (site web, documents édités,...)", "Autres informations utiles"),
        ("liens", "documents"),
        "pages and publications, often amidst text",
    ),
    DocumentHeading(
        ("Quels sont les défis et les problèmes abordés par cette approche", "Défis et problèmes", "Défis"),
        ("defis",),
        "the questions of the call for projects, kept as headings by some",
    ),
    DocumentHeading(
        ("Quelles sont les solutions proposées pour les résoudre", "Solutions proposées"),
        ("defis.reponse",),
        "the answer to the question before",
    ),
    DocumentHeading(
        ("Originalité de la démarche", "Ses particularités", "Particularités", "Innovation"),
        ("innovation",),
        "what is new or special, two questions of the call",
    ),
    DocumentHeading(
        ("L'apport des résidents",), ("facteurs_de_reussite",), "what residents bring is what makes it work"
    ),
)
"""The headings of the project fiches of the 2nd Assises (2017)."""

CLOSING = frozenset({"contacts", "liens"})
"""The last fields of a fiche; the next heading after them may start another fiche."""


class Found(NamedTuple):
    """A heading at the start of a line: its fields, its text in the document, and the rest of the line."""

    fields: tuple[str, ...]
    name: str
    rest: str


_SEPARATORS = " \t:|?*_.,)…\u00a0\u202f"
_HEADING_END = re.compile(r"[\s)\u00a0\u202f]*(?:[:|?\t]|\*\*)")
_BULLET = re.compile(r"[-–•▪➔→]|\*\s")
_REQUIRED = re.compile(r"(?:\((?:demandé[^()]*|facultatif)\)|\*)\s*$")


@cache
def _known() -> dict[tuple[str, ...], tuple[str, tuple[str, ...], bool]]:
    """Folded words of a heading → its name, its fields, and whether text may follow without punctuation."""
    titles: dict[str, tuple[str, ...]] = {field.title or name: (name,) for name, field in fields_of(Fiche).items()}
    known = {tuple(fold(title).split()): (title, fields, False) for title, fields in titles.items()}
    for heading in HEADINGS_OF_2017:
        for name in heading.names:
            known[tuple(fold(name).split())] = (name, heading.fields, not name.endswith(":"))
    return known


def form_field(text: str, within: str = "") -> str:
    """Returns the field whose title in the form is this text, or an empty string.

    The sub-fields of the group of `within`, a field, take precedence.
    """
    title = fold(_REQUIRED.sub("", text))
    return _titles(within).get(title, "") or _titles("").get(title, "")


@cache
def _titles(within: str) -> dict[str, str]:
    if not within:
        return {fold(field.title or name): name for name, field in fields_of(Fiche).items()}
    field = fields_of(Fiche).get(within.partition(".")[0])
    inside = part_inside(field) if field else None
    subs = fields_of(inside) if inside else {}
    return {fold(sub.title or name): f"{within.partition('.')[0]}.{name}" for name, sub in subs.items()}


_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\s?[.):/-]?|[IVX]{1,5}[.)/-]|[A-Za-z][.)])\s+(?=\w)")
"""A number before a heading: `1.`, `2.1`, `3)`, `IV.`, `a)`."""


def find_heading(line: str) -> Found | None:
    """Returns the longest heading at the start of a line of a document that is not a form, or None.

    A number may stand before a heading that is alone on its line or ends with punctuation.
    """
    if _BULLET.match(line.lstrip()):
        return None
    if number := _NUMBER.match(line.lstrip()):
        line = line.lstrip()
        found = _heading_at_start(line[number.end() :])
        if found is None or (found.rest and not _HEADING_END.match(line, number.end() + len(found.name))):
            return None
        return found._replace(name=f"{number[0].strip()} {found.name}")
    return _heading_at_start(line)


def _heading_at_start(line: str) -> Found | None:
    words = list(re.finditer(r"\w+", line))
    folded = [fold(word[0]) for word in words]
    for length in range(min(len(folded), _longest()), 0, -1):
        if (found := _known().get(tuple(folded[:length]))) and _may_follow(
            line[words[length - 1].end() :], found, length
        ):
            end = words[length - 1].end()
            return Found(found[1], line[words[0].start() : end], line[end:].lstrip(_SEPARATORS).strip("* "))
    return None


_CONTENTS_STYLE = re.compile(r"(?i)(?:toc|tm|contents|verzeichnis)(?: ?\d| heading|$)|en-tête de table des mat")
_CONTENTS_TITLES = frozenset(
    {"table des matieres", "sommaire", "inhaltsverzeichnis", "inhalt", "contents", "table of contents"}
)
_LEADER = re.compile(r"(?:\.{3}|…|_{3}|(?:\. ){3})[\s.…_]*\d{1,3}\s*$")
"""Dots, and the number of a page, at the end of a line of a table of contents."""
_PAGE_NUMBER = re.compile(r"[\s.…_]\d{1,3}\s*$")


def contents_lines(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Returns the positions of the lines of tables of contents: by their style, their dots, or below such a title."""
    found: set[int] = set()
    below_title = False
    for place, one in enumerate(paragraphs):
        is_title = fold(one.text) in _CONTENTS_TITLES
        is_entry = below_title and (_PAGE_NUMBER.search(one.text[-200:]) or not one.text.strip())
        if is_title or is_entry or _CONTENTS_STYLE.match(one.style) or _LEADER.search(one.text[-200:]):
            found.add(place)
        below_title = bool(is_title or is_entry)
    return found


def _longest() -> int:
    return max(map(len, _known()))


def _may_follow(rest: str, found: tuple[str, tuple[str, ...], bool], length: int) -> bool:
    """Whether matching words are a heading, considering the rest of the line."""
    name, _, may_be_bare = found
    if name.endswith(":"):
        return bool(_HEADING_END.match(rest))
    text = rest.strip(_SEPARATORS)
    if not text or _HEADING_END.match(rest):
        return True
    return may_be_bare and (length > 1 or text[0].isupper() or text[0].isdigit())
