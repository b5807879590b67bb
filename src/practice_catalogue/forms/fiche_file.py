"""The plain data of a fiche → the YAML text of its file, with comments."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import yaml

from practice_catalogue.model import urls
from practice_catalogue.model.characters import UNSEEN, forbidden_places
from practice_catalogue.model.fiche import Fiche

WIDTH = 110
"""Columns of a line, as in the fiches written by hand."""


def plain_data(fiche: Fiche) -> dict[str, Any]:
    """What was said in a fiche, in the order of the model: text, numbers, lists and mappings."""
    return fiche.model_dump(mode="json", exclude_defaults=True, exclude={"id"})


def fiche_text(
    data: Mapping[str, Any],
    *,
    heading: Sequence[str] = (),
    above: Mapping[str, Sequence[str]] | None = None,
    below: Sequence[str] = (),
) -> str:
    """The text of a file that is read back as the same data; editors find the schema in its first line.

    `heading` and `below` are comments at both ends, `above` those above a field; each is a text of any length, whose
    own line breaks are kept. What is not in the model is written too, after the rest: `check` will say so.
    """
    lines = [urls.SCHEMA_LINE, *_comments(heading)]
    known = [name for name in Fiche.model_fields if name in data]
    for name in dict.fromkeys((*known, *data)):
        lines += [*_comments((above or {}).get(name, ())), _entry(name, data[name])]
    return "\n".join([*lines, *_comments(below)]) + "\n"


def _entry(name: str, value: object) -> str:
    text: str = yaml.dump(
        {name: value}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH, default_flow_style=False
    )
    return text.rstrip("\n")


def _comments(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for paragraph in text.splitlines():
            yield from _wrapped(paragraph)


def _wrapped(paragraph: str) -> Iterator[str]:
    """Lines of a comment; what the reader refuses even in comments stands there as its number in Unicode."""
    paragraph = UNSEEN.sub(lambda found: _code_points(found[0]), unicodedata.normalize("NFC", paragraph))
    refused = set(forbidden_places(paragraph))
    shown = "".join(_code_points(char) if place in refused else char for place, char in enumerate(paragraph))
    for line in textwrap.wrap(shown, WIDTH - 2, break_long_words=False, break_on_hyphens=False) or [""]:
        yield f"# {line}".rstrip()


def _code_points(text: str) -> str:
    return "".join(f"\\u{ord(char):04x}" for char in text)


class _Dumper(yaml.SafeDumper):
    """Writes lists indented and long texts as blocks, as a person would."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002  # the library's signature
        super().increase_indent(flow, indentless=False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else ">" if len(text) > WIDTH else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
