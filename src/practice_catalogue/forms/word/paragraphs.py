"""Formatted paragraphs as data, and their conversion from and to the Markdown subset of long texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from practice_catalogue.model.characters import without_forbidden

SOFT_BREAK = "\u2005"
"""Four-per-em space that represents a line break without meaning in the YAML file: text flows freely in Word, and the
import restores the line breaks."""


LEVELS = 3
"""Number of list levels that the form can show."""


@dataclass(frozen=True)
class Run:
    """A piece of text with uniform formatting; `link` is the target of a link, or empty."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; in a list, `item` is `-` or a number with a dot.

    `control` is the tag of the content control around it, `style` the name of its style. `literal` marks a line of
    Markdown source, `page` the first paragraph of a page.
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
    """A table: rows of cells, each cell a sequence of blocks."""

    rows: tuple[tuple[tuple[Block, ...], ...], ...]


Block = Paragraph | TextTable


def to_paragraphs(text: str) -> list[Paragraph]:
    """Converts Markdown to paragraphs; falls back to literal lines if the conversion would not be lossless."""
    paragraphs = [_paragraph(chunk) for chunk in _chunks(text)]
    is_shown_whole = all(one.level < LEVELS if one.item == "-" else not one.level for one in paragraphs)
    comes_back = to_markdown(map(with_typed_marks, paragraphs)) == text
    return paragraphs if is_shown_whole and comes_back else literal_paragraphs(text)


def literal_paragraphs(text: str) -> list[Paragraph]:
    """Returns the lines of a text as literal paragraphs."""
    return [Paragraph((Run(line),) if line else (), literal=True) for line in text.split("\n")]


TYPED_BULLET = (
    r"(?:[•·▪●■◦‣\uf02d\uf06c\uf06e\uf071\uf075-\uf077\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0fc][ \t\u00a0]*"
    r"|[◆❖□➢➔→][ \t\u00a0]+|(?:[-–—*]|[§ØüovqnluàèþÞ¨])\t[ \t\u00a0]*)(?=\S)"
)
"""Regular expression of a bullet as word processors copy it: a sign, one of a symbol font (private characters), or the
letter of a symbol font that it becomes as plain text, before a tab. In the syntax of Python and JavaScript."""
_TYPED = re.compile(rf"(?P<bullet>{TYPED_BULLET}|[-–—][ \t\u00a0]+(?=\S))|(?P<number>\d{{1,3}}\.)[ \t\u00a0]+(?=\S)")
_TYPED_AT_LINE_STARTS = re.compile(rf"^[ \t\u00a0]*{TYPED_BULLET}", re.MULTILINE)


def bullets_to_markdown(text: str) -> str:
    r"""Turns the bullets of a word processor at the start of lines into those of Markdown.

    >>> bullets_to_markdown("§\tPremier\n\u2022 Deux\no un mot")
    '- Premier\n- Deux\no un mot'
    """
    return _TYPED_AT_LINE_STARTS.sub("- ", text)


def with_typed_marks(paragraph: Paragraph) -> Paragraph:
    """Turns a paragraph that starts with a typed bullet or number into a list item."""
    found = _TYPED.match(paragraph.text)
    if not found or paragraph.item or paragraph.literal:
        return paragraph
    return replace(without_start(paragraph, found.end()), item="-" if found["bullet"] else found["number"])


def without_start(paragraph: Paragraph, length: int) -> Paragraph:
    """Returns a paragraph without its first `length` characters."""
    runs: list[Run] = []
    for run in paragraph.runs:
        runs.append(replace(run, text=run.text[length:]))
        length = max(0, length - len(run.text))
    return replace(paragraph, runs=tuple(run for run in runs if run.text))


def to_markdown(paragraphs: Iterable[Paragraph]) -> str:
    """Converts paragraphs to Markdown: separated by blank lines, list items marked with `-` or numbers."""
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
    """Splits a text into paragraphs and list items."""
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
    """Returns a run as Markdown, with the markers next to the text and white space outside of them."""
    inner = run.text.strip()
    if not inner or not (run.bold or run.italic or run.link):
        return run.text
    before, _, after = run.text.partition(inner)
    if run.link and run.link.removeprefix("mailto:") != inner:
        inner = f"[{inner}]({run.link})"
    mark = "**" * run.bold + "*" * run.italic
    return f"{before}{mark}{inner}{mark}{after}"


def merged_runs(runs: Sequence[Run]) -> list[Run]:
    """Merges adjacent runs with equal formatting, since word processors split runs at arbitrary positions."""
    alike = groupby((run for run in runs if run.text), key=lambda run: replace(run, text=""))
    return [replace(look, text="".join(run.text for run in group)) for look, group in alike]


def clean_text(text: str) -> str:
    """Removes forbidden characters and normalizes line breaks to line feeds."""
    return without_forbidden(re.sub("\r\n?|[\u2028\u2029\v]", "\n", text))


def without_marks(text: str) -> str:
    """Removes the markers of bold, italic and superscript text from a line of a text file."""
    text = re.sub(r"\^\{([^{}]*)\}", r"\1", text)
    text = re.sub(r"(\*{1,2})(?=\S)([^*\n]+)(?<=\S)\1", r"\2", text)
    return text.replace("**", "").strip().strip("*").strip()
