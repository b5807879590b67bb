"""Separates what a person wrote in a reply from what our mail said, line by line, and loses nothing of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from practice_catalogue.model.vocabulary import fold
from practice_catalogue.validation.reply_form import ANSWER, ANSWERS, CHANGES, ENDING

NO_FICHE = ""
"""The fiche of an answer that stands under no line with an id."""


@dataclass
class Statement:
    """What a reply says about one fiche: the texts after « Réponse : », and label → text of the lines filled in."""

    fiche: str
    answers: list[str] = field(default_factory=list)
    filled: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.answers or self.filled)


@dataclass
class Reading:
    """The content of a reply: statements by fiche, also empty ones, and all other lines that the person wrote (`rest`).

    `unknown` are the ids that no fiche has, `writers` the addresses of the senders in quoted headers.
    """

    statements: dict[str, Statement] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    writers: list[str] = field(default_factory=list)


class OwnText:
    """The text of our mails, recognized line by line even if a mail program has wrapped it in another way."""

    def __init__(self, texts: Iterable[str]) -> None:
        lines = [line for text in texts for line in text.split("\n")]
        self._lines = {_squeezed(line) for line in lines if _squeezed(line)}
        self._whole = "".join(map(_squeezed, lines))

    def has(self, line: str, before: str, *, quoted: bool) -> bool:
        """Whether a line is ours; if it is quoted, also part of one. `before` is the line of ours above it, if any."""
        squeezed = _squeezed(line)
        if squeezed in self._lines or not quoted:
            return squeezed in self._lines
        is_end = bool(before) and len(squeezed) >= _SHORT and f"{_squeezed(before)}{squeezed}" in self._whole
        return (len(squeezed) >= _LONG_ENOUGH and squeezed in self._whole) or (
            is_end and not re.search(r"\d", squeezed)
        )


_LONG_ENOUGH = 16
_SHORT = 2
"""Number of letters from which part of a line is recognized: anywhere in our text, and where it goes on."""

_MARKER = re.compile(r"[^\w\[]{0,10}\[\s?([a-z0-9][a-z0-9-]{0,90})\s?\](.*)", re.IGNORECASE)
_ANSWER_WORD = re.compile(r"\W*r\W{0,2}\w{0,2}ponse\b\W{0,4}?(?::|=|$|(?=\s))", re.IGNORECASE)
_QUOTE = re.compile(r"\s{0,3}((?:[>|]\s?)+)")
_ATTRIBUTION = re.compile(
    r"(?=.*(?:@|\d[:h]\d\d))(?:le|am|on|den|um)\b.{0,300}"
    r"(?:a écrit|schrieb|wrote|geschriwwen|a \S{1,2}crit).{0,200}:\s*",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"[-_=*─—~•\s]{3,}|\?{9,}|[-_\s]*(?:message d.origine|message transf.r.|original message|forwarded message"
    r"|ursprüngliche nachricht|weitergeleitete nachricht|original-nachricht)[-_\s]*:?"
    r"|(?:début du message réexpédié|begin forwarded message|anfang der weitergeleiteten nachricht)\s?:",
    re.IGNORECASE,
)
_FROM = re.compile(r"\W{0,3}(?:de|from|von|vun|expéditeur)\s?:\W*\S", re.IGNORECASE)
_OF_HEADER = re.compile(
    r"\W{0,3}(?:de|from|von|vun|expéditeur|envoyé|date|sent|gesendet|à|a|to|an|cc|copie|objet|subject|betreff"
    r"|répondre à|reply-to|importance|destinataire|pièces? jointes?)\s?(?:le)?\s?:",
    re.IGNORECASE,
)
_FEWEST_HEADERS = 3
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_GOODBYE = re.compile(
    r"(?:bien |tres |avec |meilleur|mes |sincere|salutation|cordial|amicale|merci|bonne |mat |mit |viele |kind |best |"
    r"envoye de|sent from|von meinem|gesendet von|telecharge)"
)
_OPTION = re.compile(r"(x )?([123] )?(x )?(" + "|".join(fold(words) for words in ANSWERS.values()) + r")( x)?")
_TICKS = str.maketrans(dict.fromkeys("✓✔☑☒✗✘", "x"))


def read_reply(lines: Sequence[str], own: OwnText, known: Collection[str]) -> Reading:
    """Reads the lines of a reply; `known` are the ids of the fiches, with former ones."""
    return _Reader(lines, own, known).reading()


class _Reader:
    """Goes through the lines once; `open` is the line to fill in to which a text may still belong."""

    def __init__(self, lines: Sequence[str], own: OwnText, known: Collection[str]) -> None:
        self.lines = [_unquoted(line) for line in lines]
        self.own = own
        self.known = known
        self.made = Reading()
        self.fiche = NO_FICHE
        self.open: _OpenLine | None = None
        self.history = False
        self.before = ""
        self.ticked: list[str] = []
        self.typed: list[str] = []
        self.printed: Counter[str] = Counter()

    def reading(self) -> Reading:
        place = 0
        while place < len(self.lines):
            place += self._step(place)
        self._add_choices()
        return self.made

    def _step(self, place: int) -> int:
        """Reads the line at a place, or the lines of a quoted header; returns their number."""
        depth, text = self.lines[place]
        if not text.strip():
            self.open = self.open if self.open and not self.open.has_text else None
            return 1
        if found := self._lines_of_header(place):
            self.open, self.history = None, True
            return found
        self._line(depth, text)
        return 1

    def _lines_of_header(self, place: int) -> int:
        """Returns the number of lines of a quoted header, or of the line that introduces a quotation."""
        texts = [text.strip() for _, text in self.lines[place : place + 12]]
        if _ATTRIBUTION.fullmatch(texts[0]):
            self.made.writers += map(str.lower, _ADDRESS.findall(texts[0]))
            return 1
        if len(texts) > 1 and texts[1] and _ATTRIBUTION.fullmatch(f"{texts[0]} {texts[1]}"):
            self.made.writers += map(str.lower, _ADDRESS.findall(f"{texts[0]} {texts[1]}"))
            return 2
        if _SEPARATOR.fullmatch(texts[0]):
            return 1
        number = next((i for i, text in enumerate(texts) if not _OF_HEADER.match(text)), len(texts))
        if number < _FEWEST_HEADERS or not _FROM.match(texts[0]):
            return 0
        self.made.writers += map(str.lower, _ADDRESS.findall(texts[0]))
        return number

    def _line(self, depth: int, text: str) -> None:
        is_own = self.own.has(text, self.before, quoted=depth > 0 or self.history)
        self.before = text if is_own else ""
        if marked := self._marker(text):
            self._begin(*marked, depth)
        elif option := _option(text):
            self._choose(option, depth)
        elif labelled := _labelled(text, is_own=is_own):
            self._fill(*labelled, depth)
        elif is_own:
            self.open = None
        elif self.open and self.open.takes(depth, text):
            self._continue(self.open, depth, text.strip())
        else:
            self.open = None
            self.made.rest.append(text.strip())

    def _marker(self, text: str) -> tuple[str, str] | None:
        """Returns the id of a fiche at the beginning of a line, and the text after « Réponse : »."""
        found = _MARKER.fullmatch(text.strip())
        if not found:
            return None
        asks = _ANSWER_WORD.match(found[2])
        fiche = found[1].lower()
        if fiche not in self.known and not asks:
            return None
        return fiche, (found[2][asks.end() :] if asks else found[2]).strip(" \t\u00a0\u202f:*_")

    def _begin(self, fiche: str, value: str, depth: int) -> None:
        self.fiche = fiche
        if fiche not in self.known and fiche not in self.made.unknown:
            self.made.unknown.append(fiche)
        statement = self._statement()
        statement.answers += self.ticked
        self.ticked = []
        self._answer(value, depth)

    def _answer(self, value: str, depth: int) -> None:
        if value:
            self._statement().answers.append(value)
            self.open = None
        else:
            self.open = _OpenLine(ANSWER, depth)

    def _fill(self, label: str, value: str, depth: int) -> None:
        if label == ANSWER:
            self._answer(value, depth)
            return
        if value:
            self._add(label, value)
        self.open = _OpenLine(label, depth, has_text=bool(value))

    def _continue(self, line: _OpenLine, depth: int, text: str) -> None:
        answers = self._statement().answers
        if line.label != ANSWER:
            self._add(line.label, text)
        elif line.has_text:
            answers[-1] += f" {text}"
        else:
            answers.append(text)
        self.open = _OpenLine(line.label, depth, has_text=True)

    def _add(self, label: str, text: str) -> None:
        filled = self._statement().filled
        filled[label] = f"{filled[label]}\n{text}" if label in filled else text

    def _statement(self) -> Statement:
        return self.made.statements.setdefault(self.fiche, Statement(self.fiche))

    # The three answers of the mail, chosen by a tick, by typing them, or by leaving one alone.

    def _choose(self, option: _Option, depth: int) -> None:
        if self.open and self.open.label == ANSWER and not self.open.has_text:
            self._answer(option.words, depth)
            return
        if option.ticked:
            self.ticked.append(option.words)
        elif not option.numbered:
            self.typed.append(option.words)
        self.printed[option.words] += option.numbered
        self.open = None

    def _add_choices(self) -> None:
        """Adds the answers that were chosen; what our mail prints stands as often as the other two answers."""
        fewest = min(self.printed[words] for words in ANSWERS.values())
        alone = [words for words in ANSWERS.values() if self.printed[words] > fewest]
        chosen = [*self.ticked, *self.typed, *alone]
        asked = [fiche for fiche in self.made.statements if fiche != NO_FICHE]
        if len(asked) > 1:
            self.made.rest += chosen
        elif chosen:
            self.fiche = asked[0] if asked else NO_FICHE
            self._statement().answers += chosen


class _OpenLine(NamedTuple):
    """A line to fill in, the depth at which its last line is quoted, and whether it has a text yet."""

    label: str
    depth: int
    has_text: bool = False

    def takes(self, depth: int, text: str) -> bool:
        """Whether a line belongs to its text; a greeting or a signature does not, nor what is quoted more deeply."""
        return depth <= self.depth and not _GOODBYE.match(fold(text)) and text.strip() != "--"


class _Option(NamedTuple):
    """A line with one of the three answers; `numbered` as our mail prints it."""

    words: str
    ticked: bool
    numbered: bool


def _unquoted(line: str) -> tuple[int, str]:
    """Returns the depth of quotation and the text of a line."""
    marks = _QUOTE.match(line)
    if not marks:
        return 0, line
    return len(re.sub(r"\s", "", marks[1])), line[marks.end() :]


def _squeezed(text: str) -> str:
    return fold(text).replace(" ", "").replace("_", "")


def _option(text: str) -> _Option | None:
    found = _OPTION.fullmatch(fold(text.translate(_TICKS)))
    if not found:
        return None
    words = next(words for words in ANSWERS.values() if fold(words) == found[4])
    return _Option(words, ticked=bool(found[1] or found[3] or found[5]), numbered=bool(found[2]))


_LABELS = {label: (_squeezed(label), re.sub("[^a-z]", "", label.lower())) for label in (ANSWER, *CHANGES, *ENDING)}
"""Label → how it may stand in a reply, with its accents or with all of them lost."""

_LONGEST_LABEL = 40


def _labelled(text: str, *, is_own: bool) -> tuple[str, str] | None:
    """Returns the label at the beginning of a line and the text after it; our own lines have none."""
    head, sign, value = re.sub("=", ":", text, count=1).partition(":") if ":" not in text else text.partition(":")
    value = value.strip(" \t\u00a0\u202f*_")
    if not sign or len(head) > _LONGEST_LABEL or (is_own and value):
        return None
    names = {_squeezed(head), re.sub("[^a-z]", "", head.lower())}
    return next(((label, value) for label, written in _LABELS.items() if names & set(written)), None)
