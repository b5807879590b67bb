"""Assigns the text of a document to fields, for one or several fiches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from practice_catalogue.forms.importing import headings
from practice_catalogue.forms.importing.documents import ParsedDocument
from practice_catalogue.forms.importing.word_xml import all_paragraphs
from practice_catalogue.forms.word import styles
from practice_catalogue.forms.word.form import PLACEHOLDERS
from practice_catalogue.forms.word.paragraphs import Block, Paragraph, Run, TextTable, without_start
from practice_catalogue.model.diagnostics import Path
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.introspection import entry_title, field_at, fields_of, lists_of_parts
from practice_catalogue.model.vocabulary import Edition, Vocabulary, fold

Said = dict[str, list[Paragraph]]
"""Field or sub-field → paragraphs."""

FORM_STYLES = frozenset({styles.HELP, styles.ADVICE, styles.TERM})
"""Styles of the text that belongs to the form itself."""
_STEP_TITLE = re.compile(r"\d{1,2}\. [^\t]+\t(?:demandé|facultatif)")
"""The title of a step in forms of any version; earlier versions have other steps."""

LINES_OF_A_FORM = 20
"""Number of lines of the form from which a document is one, even if a program has removed all its marks."""

_PROMPTS = (
    *map(fold, PLACEHOLDERS),
    "cliquez ou appuyez ici",
    "cliquez ici pour",
    "click or tap",
    "klicken oder tippen",
    "choisissez un element",
    "choose an item",
    "wahlen sie ein element aus",
)
"""Beginnings of placeholder texts: those of the form, and those that Word restores in its own language; folded."""


@dataclass
class Answers:
    """The text of one fiche: by field, by entry of a group, and unassigned.

    The keys of `texts` are names of fields, or paths such as `couts.montant` for groups that are not lists. `entries`
    has the entries of groups that are lists. `loose` has text without a field, `strangers` the tag and text of unknown
    controls. `named` maps fields to the headings of their text, `editions` maps the editions of the Assises in page
    headers to their spellings.
    """

    texts: Said = field(default_factory=dict)
    entries: dict[str, list[Said]] = field(default_factory=dict)
    named: dict[str, list[str]] = field(default_factory=dict)
    loose: list[Paragraph] = field(default_factory=list)
    strangers: list[tuple[str, str]] = field(default_factory=list)
    editions: dict[str, list[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(one.text.strip() for group in self.texts.values() for one in group) or bool(self.entries)


def read_answers(document: ParsedDocument, form: frozenset[str], editions: Vocabulary[Edition]) -> list[Answers]:
    """Returns the fiches in a document, an empty list if no field is recognized.

    `form` has the texts of the empty form, folded, which are not answers.
    """
    blocks = list(document.blocks)
    controls = {one.control for one in all_paragraphs(tuple(blocks)) if one.control}
    if document.version or any(_path(tag) for tag in controls):
        found = _FormReader(form).answers(blocks)
    else:
        found = _FreeTextReader(form, editions).answers(blocks)
    if found:
        found[-1].loose += document.aside
    return found


def _path(tag: str) -> Path | None:
    """Parses the tag of a control; returns None if the field is unknown, as in forms of other versions."""
    steps = re.findall(r"([a-z_]+)|\[(\d{1,4})\]", tag)
    path: Path = tuple(name or int(number) - 1 for name, number in steps)
    return path if path and isinstance(path[0], str) and field_at(path, Fiche).field is not None else None


def is_prompt(text: str) -> bool:
    """Whether a text is a placeholder."""
    return fold(text).startswith(_PROMPTS) and len(text) < 80  # noqa: PLR2004  # longer texts are answers that begin like a placeholder


class _FormReader:
    """Reads the Word form by the tags of its controls, or by its labels if a program has removed the controls."""

    def __init__(self, form: frozenset[str]) -> None:
        self.form = form
        self.fiches = [Answers()]
        self.at = ""
        self.last: tuple[str, object] = ("", None)
        self.last_sub = ""

    def answers(self, blocks: Iterable[Block]) -> list[Answers]:
        for block in blocks:
            self._block(block)
        return [fiche for fiche in self.fiches if fiche]

    @property
    def fiche(self) -> Answers:
        return self.fiches[-1]

    def _block(self, block: Block) -> None:
        if isinstance(block, TextTable):
            self._table(block)
        elif block.control:
            self._controlled(block)
        elif block.style != styles.ANSWER and (label := headings.form_field(block.text, self.at)):
            self._start_field(label)
        elif not self._is_form_text(block):
            self._add_text(block)

    def _start_field(self, label: str) -> None:
        if label == "titre" and "titre" in self.fiche.named:
            self.fiches.append(Answers())
        self.at = label
        self.fiche.named.setdefault(label, [])

    def _is_form_text(self, paragraph: Paragraph) -> bool:
        text = paragraph.text
        if not self.at and paragraph.style.casefold() in {"title", "subtitle"}:
            return True
        said = paragraph.style in FORM_STYLES or fold(text) in self.form or is_prompt(text)
        return said or not text.strip() or _STEP_TITLE.fullmatch(text) is not None

    def _add_text(self, paragraph: Paragraph) -> None:
        if self.at:
            self.fiche.texts.setdefault(self.at, []).append(paragraph)
        else:
            self.fiche.loose.append(paragraph)

    def _controlled(self, paragraph: Paragraph) -> None:
        path = _path(paragraph.control)
        text = paragraph.text
        if (not text.strip() and not paragraph.literal) or is_prompt(text):
            return
        if path is None:
            self.fiche.strangers.append((paragraph.control, text))
            return
        name = str(path[0])
        if name in lists_of_parts(Fiche) and isinstance(path[-1], str) and len(path) > 2:  # noqa: PLR2004  # list, number, sub-field
            self._entry(name, path[1], path[-1], paragraph)
            return
        key = ".".join(step for step in path if isinstance(step, str))
        if key == "titre" and self.fiche.texts.get("titre") and self.at != "titre":
            self.fiches.append(Answers())
        self.fiche.texts.setdefault(key, []).append(paragraph)

    def _entry(self, name: str, number: object, sub: str, paragraph: Paragraph) -> None:
        """Adds text to an entry of a group; a repeated sub-field starts a new one: copied blocks keep their numbers."""
        entries = self.fiche.entries.setdefault(name, [])
        if self.last != (name, number) or not entries or sub in entries[-1]:
            entries.append({})
        self.last = (name, number)
        entries[-1].setdefault(sub, []).append(paragraph)

    # Tables.

    def _table(self, table: TextTable) -> None:
        group = self.at if self.at in lists_of_parts(Fiche) else ""
        subs = (
            {fold(sub.title or name): name for name, sub in fields_of(lists_of_parts(Fiche)[group]).items()}
            if group
            else {}
        )
        labels = [[_label(cell, subs) for cell in row] for row in table.rows]
        header = next((row for row in labels if len(row) > 1 and all(row)), None)
        if header:
            self._rows(group, header, [row for row, found in zip(table.rows, labels, strict=True) if found != header])
        elif sum(bool(row and row[0]) for row in labels) > 1:
            self._cards(group, table, labels)
        else:
            self._box([cell for row in table.rows for cell in row])

    def _box(self, cells: Sequence[tuple[Block, ...]]) -> None:
        """Reads a table without labels: the text of a single cell is an answer, even if it equals a label."""
        for block in (block for cell in cells for block in cell):
            if len(cells) > 1 or isinstance(block, TextTable) or block.control:
                self._block(block)
            elif (block.text.strip() or block.literal) and not is_prompt(block.text):
                self._add_text(block)

    def _rows(self, group: str, header: Sequence[str], rows: Sequence[tuple[tuple[Block, ...], ...]]) -> None:
        for row in rows:
            self.last = ("", None)
            for place, cell in enumerate(row):
                for paragraph in all_paragraphs(cell):
                    if place < len(header):
                        self._in_cell(group, header[place], paragraph)
                    elif not self._is_form_text(paragraph):
                        self.fiche.loose.append(paragraph)

    def _cards(self, group: str, table: TextTable, labels: list[list[str]]) -> None:
        """Reads a table of labels and answers; a row without a label starts a new entry."""
        self.last = ("", None)
        for row, found in zip(table.rows, labels, strict=True):
            if not found[0]:
                self.last = ("", None)
                titles = [one for cell in row for one in all_paragraphs(cell) if not self._is_card_title(group, one)]
                self.fiche.loose += [one for one in titles if not self._is_form_text(one)]
                continue
            for cell in row[1:]:
                for paragraph in all_paragraphs(cell):
                    self._in_cell(group, found[0], paragraph)

    def _is_card_title(self, group: str, paragraph: Paragraph) -> bool:
        title = fold(entry_title(fields_of(Fiche)[group]))
        return re.fullmatch(rf"{title} \d+", fold(paragraph.text)) is not None

    def _in_cell(self, group: str, sub: str, paragraph: Paragraph) -> None:
        path = _path(paragraph.control) if paragraph.control else None
        if path and path[0] != group:
            self._controlled(paragraph)
            return
        if not paragraph.text.strip() or is_prompt(paragraph.text) or paragraph.style in FORM_STYLES:
            return
        sub = str(path[-1]) if path and isinstance(path[-1], str) else sub
        entries = self.fiche.entries.setdefault(group, [])
        if self.last[0] != group:
            entries.append({})
            self.last = (group, "table")
        elif sub in entries[-1] and sub != self.last_sub:  # a repetition right after itself is a further line
            entries.append({})
        entries[-1].setdefault(sub, []).append(paragraph)
        self.last_sub = sub


def _label(cell: tuple[Block, ...], subs: dict[str, str]) -> str:
    first = next((one for one in all_paragraphs(cell) if one.text.strip()), None)
    if first is None or first.control:
        return ""
    return subs.get(fold(re.sub(r"\((?:demandé|facultatif)\)\s*$", "", first.text)), "")


@dataclass(frozen=True)
class _Event:
    """A paragraph of a document without a form, with the heading at its start, if any.

    `page` marks a new page; the text of one that stands `beside` belongs to no field.
    """

    paragraph: Paragraph
    heading: headings.Found | None = None
    page: bool = False
    beside: bool = False


class _FreeTextReader:
    """Reads a document without the marks of a form, by its headings.

    The texts of the form are left out only if there are enough of them: the line « Français » may be an answer.
    """

    def __init__(self, form: frozenset[str], editions: Vocabulary[Edition]) -> None:
        self.form = form - _titles()
        self.is_form = False
        self.editions = editions
        self.heads: dict[str, dict[str, None]] = {}
        self.begins_page = False

    def answers(self, blocks: Sequence[Block]) -> list[Answers]:
        texts = (fold(one.text) for one in all_paragraphs(tuple(blocks)))
        self.is_form = sum(text in self.form for text in texts) >= LINES_OF_A_FORM
        events = [event for block in blocks for event in self._block_events(block)]
        contents = headings.contents_lines([event.paragraph for event in events])
        events = [
            replace(one, heading=None, beside=True) if place in contents else one for place, one in enumerate(events)
        ]
        if not any(event.heading for event in events):
            return []
        starts = [*_starts(events), len(events)]
        fiches = [_answers_of_events(events[first:end]) for first, end in pairwise(starts)]
        fiches[0].loose[:0] = [event.paragraph for event in events[: starts[0]] if event.paragraph.text.strip()]
        for fiche in fiches:
            fiche.editions |= {edition: list(heads) for edition, heads in self.heads.items()}
        return fiches

    def _block_events(self, block: Block) -> Iterator[_Event]:
        """Yields the events of a paragraph or a table; a table with headings in its top row is read by its columns."""
        header = _header_row(block) if isinstance(block, TextTable) else []
        if isinstance(block, Paragraph) or not header:
            yield from self._events(all_paragraphs((block,)))
            return
        for row in block.rows[1:]:
            for place, cell in enumerate(row):
                title = header[place] if place < len(header) else None
                said = [event for event in self._events(all_paragraphs(cell)) if event.paragraph.text.strip()]
                if title and title.heading and said:
                    yield title
                yield from (replace(event, heading=None, beside=not (title and title.heading)) for event in said)
        yield from (event for event in header if event.heading is None)

    def _events(self, paragraphs: Iterable[Paragraph]) -> Iterator[_Event]:
        for one in paragraphs:
            self.begins_page = self.begins_page or one.page
            if edition := self._running_head(one.text):
                self.heads.setdefault(edition, {})[one.text.strip()] = None
                self.begins_page = True
                continue
            if self.is_form and one.text.strip() and (is_prompt(one.text) or fold(one.text) in self.form):
                continue
            found = headings.find_heading(one.text) if one.item != "-" else None
            yield _Event(one, found, self.begins_page)
            self.begins_page = False

    def _running_head(self, text: str) -> str:
        """Returns the id of the edition of the Assises that a page header names, in any spelling of its ordinal."""
        plain = re.sub(r"(?<=\d)\s*(?:\^\{)?i?[eèé]?(?:me)?s?\}?(?=\s)", "es", text.strip().strip("*_"))
        return self.editions.resolve(plain) or "" if plain and len(plain) < 200 else ""  # noqa: PLR2004  # a line


def _header_row(table: TextTable) -> list[_Event]:
    """Returns the top row of a table if most of its cells are headings and nothing else, or an empty list."""
    row = table.rows[0] if len(table.rows) > 1 else ()
    lines = [Paragraph((Run(" ".join(one.text.strip() for one in all_paragraphs(cell))),)) for cell in row]
    found = [headings.find_heading(line.text) for line in lines]
    known = [one.fields[0] for one in found if one and not one.rest]
    if len(set(known)) < 2 or 2 * len(known) <= len(row):  # noqa: PLR2004  # one heading may be a label beside its text
        return []
    return [
        _Event(line, one if one and not one.rest else None, beside=True) for line, one in zip(lines, found, strict=True)
    ]


def _titles() -> frozenset[str]:
    return frozenset(fold(field.title or name) for name, field in fields_of(Fiche).items())


def _starts(events: Sequence[_Event]) -> list[int]:
    """Returns the positions where fiches start: at the title before their first heading."""
    starts: list[int] = []
    seen: set[str] = set()
    closed = 0
    for place, event in enumerate(events):
        if event.heading is None:
            continue
        fields = set(event.heading.fields)
        if not starts:
            starts.append(_title_before(events, place, 0))
        elif closed and not fields & headings.CLOSING:
            start = _title_before(events, place, closed + 1)
            titled = any(_has_text(one) for one in events[start:place])
            if fields & seen or (titled and _says_something(events[closed:start])):
                starts.append(start)
                seen, closed = set(), 0
        seen |= fields
        if fields & headings.CLOSING:
            closed = place
    return starts


def _has_text(event: _Event) -> bool:
    return bool(event.paragraph.text.strip()) and not event.beside


def _says_something(events: Sequence[_Event]) -> bool:
    """Whether text follows a heading, the first of some events: a title above the next one must leave it some."""
    return bool(events[0].heading and events[0].heading.rest) or any(map(_has_text, events[1:]))


def _title_before(events: Sequence[_Event], heading: int, first: int) -> int:
    """Returns the position of the title before a heading: the top of its page, or the block of lines above it."""
    pages = [place for place in range(first, heading + 1) if events[place].page]
    if pages:
        return pages[-1]
    if not first:
        return 0
    start = heading
    while start > first and not events[start - 1].paragraph.text.strip():
        start -= 1
    while start > first and events[start - 1].paragraph.text.strip() and _is_titular(events[start - 1].paragraph):
        start -= 1
    return start


def _is_titular(paragraph: Paragraph) -> bool:
    """Whether a paragraph may be a title: any line of a text file, or a Word paragraph with a title style."""
    return not paragraph.style or bool(
        re.match(r"(?i)(title|titre|subtitle|sous-titre|heading|heading 1)", paragraph.style)
    )


def _answers_of_events(events: Sequence[_Event]) -> Answers:
    """Assigns the text of one fiche to its headings; text before the first one is title and subtitle."""
    fiche = Answers()
    at = ""
    for event in events:
        if event.beside and event.heading is None:
            fiche.loose.append(event.paragraph)
        elif event.heading:
            at = event.heading.fields[0]
            fiche.named.setdefault(at, []).append(event.heading.name)
            if event.heading.rest:
                fiche.texts.setdefault(at, []).append(_rest(event.paragraph, event.heading.rest))
        elif at:
            fiche.texts.setdefault(at, []).append(event.paragraph)
        elif event.paragraph.text.strip():
            fiche.texts.setdefault("sous_titre" if "titre" in fiche.texts else "titre", []).append(event.paragraph)
    return fiche


def _rest(paragraph: Paragraph, text: str) -> Paragraph:
    """Returns the text after a heading on its line, with its links if there are some."""
    if any(run.link for run in paragraph.runs):
        return replace(without_start(paragraph, paragraph.text.rindex(text)), item="")
    return replace(paragraph, runs=(Run(text),), item="")
