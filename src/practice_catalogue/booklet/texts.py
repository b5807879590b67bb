"""Parses the hand-written texts of the booklet from Markdown into a title and blocks."""

from __future__ import annotations

import re
from typing import NamedTuple

from practice_catalogue.model import richtext

FILES = {"avant-propos": "avant-propos.md", "mode-d-emploi": "mode-d-emploi.md"}
"""The texts at the beginning of a booklet → their files in `docs/livret/`."""


class WrittenText(NamedTuple):
    """A hand-written text: its title, and its sections as `(heading, blocks)`; a heading may be empty."""

    titre: str
    sections: tuple[tuple[str, list[richtext.Block]], ...]


def parse_text(markdown: str) -> WrittenText:
    r"""Parses a text: `#` is the title, `##` a heading, the rest is Markdown for `richtext`; front matter is ignored.

    >>> parse_text("---\ntitle: x\n---\n# Avant-propos\n\nBon.\n").titre
    'Avant-propos'
    """
    body = re.sub(r"\A---\n.*?\n---\n", "", markdown.replace("\r\n", "\n"), flags=re.DOTALL)
    title = re.search(r"^# (.+?)(?: *\{.*\})?$", body, re.MULTILINE)
    body = body[title.end() :] if title else body
    pieces = re.split(r"^## (.+?)(?: *\{.*\})?$", body, flags=re.MULTILINE)
    sections = zip(["", *pieces[1::2]], pieces[::2], strict=True)
    return WrittenText(
        richtext.french(title[1]) if title else "",
        tuple((richtext.french(head), richtext.to_blocks(text.strip())) for head, text in sections if text.strip()),
    )
