"""Defines a generated page, as Markdown for any publisher and as HTML without a Markdown parser."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from practice_catalogue.model.fiche import Fiche

_HEADING = re.compile(r"\n## (?P<title>.+) \{ #(?P<id>[a-z-]+) \}(?=\n)")
"""The only Markdown syntax that the templates use; everything else in them is HTML."""
_BLANK_LINES = re.compile(r"\n\n+")


@dataclass(frozen=True)
class GeneratedPage:
    """Front matter, already escaped, and body; `shows` is the fiche that the page presents, or the fiches it lists."""

    front: Mapping[str, Any]
    body: str
    shows: Fiche | tuple[Fiche, ...] = ()

    @property
    def markdown(self) -> str:
        """The page as a Markdown file; front matter values are written as JSON, which is valid YAML."""
        head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in self.front.items())
        return f"---\n{head}---\n\n{self.body}"

    @property
    def html(self) -> str:
        """The body as a Markdown parser would render it, except for blank lines."""
        return _BLANK_LINES.sub("\n", _HEADING.sub(r'\n<h2 id="\g<id>">\g<title></h2>', self._lines)).strip()

    @property
    def headings(self) -> list[tuple[str, str]]:
        """The entries of the table of contents: (id, title)."""
        return [(found["id"], found["title"]) for found in _HEADING.finditer(self._lines)]

    @property
    def _lines(self) -> str:
        """The body between two newlines, so that `_HEADING` matches the first and last line too."""
        return f"\n{self.body}\n"
