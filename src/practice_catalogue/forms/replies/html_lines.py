"""Turns the HTML of a mail into lines of text, with quoted text marked as in plain mails."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from practice_catalogue.forms.word.paragraphs import clean_text

_BLOCKS = frozenset(
    {
        *("address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "footer", "form", "header"),
        *(
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "li",
            "main",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "td",
            "th",
            "tr",
        ),
        "ul",
    }
)
_UNSEEN = frozenset({"script", "style", "head", "title", "noscript", "template"})
MAX_QUOTES = 20


def html_lines(html: str) -> list[str]:
    """Returns the lines of a mail in HTML; tags that are wrong or not closed are tolerated."""
    parser = _Lines()
    parser.feed(html)
    parser.close()
    parser.end_line()
    if any(line.strip() for line in parser.lines):
        return parser.lines
    return [line.strip() for line in clean_text(re.sub(r"<[^<>]*>", "\n", html)).split("\n") if line.strip()]


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._line = ""
        self._quotes = 0
        self._unseen = ""
        self._preformatted = False
        self._spaced = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN and not self._unseen:
            self._unseen = tag
        elif tag == "br":
            self.end_line(even_empty=True)
        elif tag in _BLOCKS:
            self.end_line()
            self._quotes = min(self._quotes + (tag == "blockquote"), MAX_QUOTES)
            self._preformatted |= tag == "pre"
            self._spaced = tag == "p" and "msonormal" not in str(dict(attrs).get("class")).lower()
            self._line = "- " if tag == "li" else ""
        elif tag == "body":
            self._unseen = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unseen:
            self._unseen = ""
        elif tag in _BLOCKS:
            self.end_line()
            self._quotes = max(self._quotes - (tag == "blockquote"), 0)
            self._preformatted &= tag != "pre"
            if tag == "p" and self._spaced:
                self._separate()

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        first, *others = clean_text(data).split("\n") if self._preformatted else [self._collapsed(data)]
        self._line += first
        for line in others:
            self.end_line(even_empty=True)
            self._line = line

    def _collapsed(self, data: str) -> str:
        """Collapses spaces as a browser does; no-break spaces stay."""
        words = " ".join(data.replace("\r", " ").replace("\n", " ").replace("\t", " ").split(" "))
        while "  " in words:
            words = words.replace("  ", " ")
        return words.lstrip(" ") if not self._line or self._line.endswith(" ") else words

    def end_line(self, *, even_empty: bool = False) -> None:
        if self._line or even_empty:
            self.lines += [f"{'> ' * self._quotes}{line}" for line in clean_text(self._line).split("\n")]
        self._line = ""

    def _separate(self) -> None:
        """Adds an empty line after a paragraph."""
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append("> " * self._quotes)
