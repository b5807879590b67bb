"""The hand-written texts of the booklet: their Markdown → a title and blocks."""

from __future__ import annotations

import re
from typing import NamedTuple

from practice_catalogue.model import richtext

FILES = {"avant-propos": "avant-propos.md", "mode-d-emploi": "mode-d-emploi.md"}
"""The texts a booklet begins with, and their files in `docs/livret/`."""


class WrittenText(NamedTuple):
    """A hand-written page: its title, and sections of a heading (which may be empty) and blocks."""

    titre: str
    sections: tuple[tuple[str, list[richtext.Block]], ...]


def parse_text(markdown: str) -> WrittenText:
    r"""Front matter is left out; `#` is the title, `##` a heading, all else the small markup of `richtext`.

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
