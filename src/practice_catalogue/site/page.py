"""One generated page: Markdown for any publisher, and the same as HTML that needs no parser."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from practice_catalogue.model.fiche import Fiche

_HEADING = re.compile(r"\n## (?P<title>.+) \{ #(?P<id>[a-z-]+) \}(?=\n)")
"""The only Markdown that our templates write; every other line of theirs is HTML."""
_BLANK_LINES = re.compile(r"\n\n+")


@dataclass(frozen=True)
class GeneratedPage:
    """Front matter, escaped already, and body; `shows` is the fiche that the page is about, or those that it lists."""

    front: Mapping[str, Any]
    body: str
    shows: Fiche | tuple[Fiche, ...] = ()

    @property
    def markdown(self) -> str:
        """The page as a file; values of the front matter are JSON, which is YAML too."""
        head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in self.front.items())
        return f"---\n{head}---\n\n{self.body}"

    @property
    def html(self) -> str:
        """The body as a Markdown parser would make it, but for blank lines."""
        return _BLANK_LINES.sub("\n", _HEADING.sub(r'\n<h2 id="\g<id>">\g<title></h2>', self._lines)).strip()

    @property
    def headings(self) -> list[tuple[str, str]]:
        """What a table of contents lists: ids and titles."""
        return [(found["id"], found["title"]) for found in _HEADING.finditer(self._lines)]

    @property
    def _lines(self) -> str:
        """The body with an end of line on both sides of each line."""
        return f"\n{self.body}\n"
