"""Text as a word processor holds it, as plain data, and the way between it and the small Markdown of long texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from practice_catalogue.model.characters import without_forbidden

SOFT_BREAK = "\u2005"
"""A line break of the file that means nothing: in Word a space like any other, so that text flows there and still
comes back with the lines it had. (Word calls it a quarter em space.)"""


LEVELS = 3
"""How deep a list is shown as one."""


@dataclass(frozen=True)
class Run:
    """Letters that look alike."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `item` is `-` or a number and a dot in a list, `control` the tag of the field it was typed into.

    `literal` paragraphs are lines of Markdown as they stand; `style` is the name of the style; `page` says that a page
    begins here.
    """

    runs: tuple[Run, ...] = ()
    item: str = ""
    level: int = 0
    literal: bool = False
    style: str = ""
    control: str = ""
    page: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class TextTable:
    """Rows of cells, each a column of blocks."""

    rows: tuple[tuple[tuple[Block, ...], ...], ...]


Block = Paragraph | TextTable


def to_paragraphs(text: str) -> list[Paragraph]:
    """A long text as one would type it in Word; as its lines of Markdown where that would lose something of it."""
    paragraphs = [_paragraph(chunk) for chunk in _chunks(text)]
    is_shown_whole = all(one.level < LEVELS if one.item == "-" else not one.level for one in paragraphs)
    comes_back = to_markdown(map(with_typed_marks, paragraphs)) == text
    return paragraphs if is_shown_whole and comes_back else literal_paragraphs(text)


def literal_paragraphs(text: str) -> list[Paragraph]:
    """The lines of a text, as they stand."""
    return [Paragraph((Run(line),) if line else (), literal=True) for line in text.split("\n")]


_TYPED = re.compile(r"(?:(?P<bullet>[-–•▪●■◦➔→])|(?P<number>\d{1,3}\.))[ \t\u00a0]+(?=\S)")


def with_typed_marks(paragraph: Paragraph) -> Paragraph:
    """A paragraph whose bullet or number was typed by hand, as an item of a list."""
    found = _TYPED.match(paragraph.text)
    if not found or paragraph.item or paragraph.literal:
        return paragraph
    return replace(without_start(paragraph, found.end()), item="-" if found["bullet"] else found["number"])


def without_start(paragraph: Paragraph, length: int) -> Paragraph:
    """A paragraph less its first letters."""
    runs: list[Run] = []
    for run in paragraph.runs:
        runs.append(replace(run, text=run.text[length:]))
        length = max(0, length - len(run.text))
    return replace(paragraph, runs=tuple(run for run in runs if run.text))


def to_markdown(paragraphs: Iterable[Paragraph]) -> str:
    """Paragraphs as the text of a file: blank lines between them, lists marked with `-` or numbers."""
    pieces: list[str] = []
    before: Paragraph | None = None
    numbers: dict[tuple[int, bool], int] = {}
    for one in paragraphs:
        if not one.text.strip() and not one.literal:
            continue
        kind = (one.level, one.item == "-")
        numbers = {of: number for of, number in numbers.items() if one.item and (of[0] < one.level or of == kind)}
        numbers[kind] = numbers.get(kind, 0) + 1
        if before is not None:
            pieces.append(_gap(before, one))
        pieces.append(_markdown(one, numbers[kind]))
        before = one
    return "".join(pieces)


def _gap(before: Paragraph, after: Paragraph) -> str:
    in_one_list = before.item and after.item and (before.item == "-") == (after.item == "-")
    return "\n" if in_one_list or (before.literal and after.literal) else "\n\n"


_ITEM = re.compile(r"(?P<indent> *)(?P<mark>-|\d{1,3}\.) (?P<text>.+)", re.DOTALL)
_INLINE = re.compile(
    r"\*\*(?P<bold>[^\s*](?:[^*]*[^\s*])?)\*\*|\*(?P<italic>[^\s*](?:[^*]*[^\s*])?)\*"
    r"|\[(?P<shown>[^\]\[]+)\]\((?P<link>[^()\s]+)\)"
)


def _chunks(text: str) -> Iterator[str]:
    """Paragraphs and items of lists."""
    for chunk in text.split("\n\n"):
        yield from re.split(r"\n(?= *(?:-|\d{1,3}\.) )", chunk)


def _paragraph(chunk: str) -> Paragraph:
    found = _ITEM.fullmatch(chunk)
    if not found:
        return Paragraph(tuple(_runs(chunk.replace("\n", SOFT_BREAK))))
    level = len(found["indent"]) // 2
    flowing = re.sub(rf"\n {{{_indent(level, found['mark'])}}}", SOFT_BREAK, found["text"])
    return Paragraph(tuple(_runs(flowing)), found["mark"], level)


def _indent(level: int, mark: str) -> int:
    return 2 * level + len(mark) + 1


def _runs(text: str) -> Iterator[Run]:
    end = 0
    for found in _INLINE.finditer(text):
        if plain := text[end : found.start()]:
            yield Run(plain)
        shown = found["bold"] or found["italic"] or found["shown"]
        yield Run(shown, bool(found["bold"]), bool(found["italic"]), found["link"] or "")
        end = found.end()
    if text[end:]:
        yield Run(text[end:])


def _markdown(paragraph: Paragraph, number: int) -> str:
    if paragraph.literal:
        return paragraph.text
    text = "".join(_marked(run) for run in merged_runs(paragraph.runs)).strip()
    if not paragraph.item:
        return text.replace(SOFT_BREAK, "\n")
    mark = "-" if paragraph.item == "-" else f"{number}."
    lines = text.replace(SOFT_BREAK, "\n").replace("\n", "\n" + " " * _indent(paragraph.level, mark))
    return f"{'  ' * paragraph.level}{mark} {lines}"


def _marked(run: Run) -> str:
    """A run with its marks, which Markdown wants next to the letters."""
    inner = run.text.strip()
    if not inner or not (run.bold or run.italic or run.link):
        return run.text
    before, _, after = run.text.partition(inner)
    if run.link and run.link.removeprefix("mailto:") != inner:
        inner = f"[{inner}]({run.link})"
    mark = "**" * run.bold + "*" * run.italic
    return f"{before}{mark}{inner}{mark}{after}"


def merged_runs(runs: Sequence[Run]) -> list[Run]:
    """Runs that look alike in one piece: word processors cut them anywhere."""
    alike = groupby((run for run in runs if run.text), key=lambda run: replace(run, text=""))
    return [replace(look, text="".join(run.text for run in group)) for look, group in alike]


def clean_text(text: str) -> str:
    """Letters as a fiche may hold them, with one kind of line break."""
    return without_forbidden(re.sub("\r\n?|[\u2028\u2029\v]", "\n", text))


def without_marks(text: str) -> str:
    """A line without the signs that stand for bold, italic and raised letters in a text file."""
    text = re.sub(r"\^\{([^{}]*)\}", r"\1", text)
    text = re.sub(r"(\*{1,2})(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    return text.replace("**", "").strip().strip("*").strip()
