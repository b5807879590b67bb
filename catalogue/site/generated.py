"""One generated page: Markdown for any publisher, and the same as HTML that needs no parser."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalogue.fiche import Fiche

_HEADING = re.compile(r"^## (?P<title>.+) \{ #(?P<id>[a-z-]+) \}$", re.MULTILINE)
"""The only Markdown that our templates write; every other line of theirs is HTML."""
_BLANK_LINES = re.compile(r"\n{2,}")


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
        return _BLANK_LINES.sub("\n", _HEADING.sub(r'<h2 id="\g<id>">\g<title></h2>', self.body)).strip()

    @property
    def headings(self) -> list[tuple[str, str]]:
        """What a table of contents lists: ids and titles."""
        return [(found["id"], found["title"]) for found in _HEADING.finditer(self.body)]
