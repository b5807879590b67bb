"""Writes the plain data of a fiche as YAML, with comments, and takes the comments out of such a file."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import yaml

from practice_catalogue.model import urls
from practice_catalogue.model.characters import UNSEEN, forbidden_places
from practice_catalogue.model.fiche import Fiche

WIDTH = 110
"""Maximum line width in characters, as in the hand-written fiches."""


def plain_data(fiche: Fiche) -> dict[str, Any]:
    """Returns the fields that differ from their defaults, in the order of the model, as JSON-compatible data."""
    return fiche.model_dump(mode="json", exclude_defaults=True, exclude={"id"})


def fiche_text(
    data: Mapping[str, Any],
    *,
    heading: Sequence[str] = (),
    above: Mapping[str, Sequence[str]] | None = None,
    below: Sequence[str] = (),
) -> str:
    """Returns the text of a file that is read back as the same data; its first line refers to the schema.

    `heading` and `below` are comments at the beginning and the end, `above` maps fields to comments above them; line
    breaks in comments are kept, long lines are wrapped. Unknown fields are written last and are left to `check`.
    """
    lines = [urls.SCHEMA_LINE, *_comments(heading)]
    known = [name for name in Fiche.model_fields if name in data]
    for name in dict.fromkeys((*known, *data)):
        lines += [*_comments((above or {}).get(name, ())), _entry(name, data[name])]
    return "\n".join([*lines, *_comments(below)]) + "\n"


def published_text(fiche: Fiche, raw: bytes) -> str:
    """Returns the text that the form corrects: the file of a fiche without comments.

    If the file can no longer be read, since it was changed after the fiche, the text is made from the fiche.
    """
    try:
        return without_comments(raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"))
    except (UnicodeDecodeError, yaml.YAMLError):
        return fiche_text(plain_data(fiche))


def without_comments(text: str) -> str:
    r"""Returns the text of a file without its comments, except a first line that refers to the schema.

    Comments are notes for those who maintain the file. Raises yaml.YAMLError if the text is not YAML.

    >>> without_comments("# privé : 621 123 456\ntitre: C# et F# # à relire\n  # ici aussi\nlieu: Mersch\n")
    'titre: C# et F#\nlieu: Mersch\n'
    """
    head = f"{urls.SCHEMA_LINE}\n" if text.startswith(f"{urls.SCHEMA_LINE}\n") else ""
    text = text.removeprefix(head)
    if "#" not in text:
        return head + text
    kept, end = [head], 0
    for first, last in _comment_spans(text):
        kept.append(text[end:first])
        end = last
    return "".join([*kept, text[end:]])


def _comment_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yields the first and the last place of each comment: a `#` between the tokens of YAML, or in the head of one."""
    end = 0
    for token in yaml.scan(text, Loader=yaml.CSafeLoader):
        yield from (found.span() for found in _COMMENT.finditer(text, end, token.start_mark.index))
        end = max(end, token.end_mark.index)
        if isinstance(token, yaml.ScalarToken) and (found := _BLOCK_HEAD.match(text, token.start_mark.index, end)):
            yield found.span(1)
    yield from (found.span() for found in _COMMENT.finditer(text, end))


_COMMENT = re.compile(r"^[ \t]*#.*\n?|(?<![ \t])[ \t]*#.*", re.MULTILINE)
_BLOCK_HEAD = re.compile(r"[|>][-+0-9]*([ \t]+#.*)")


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
    """Yields the lines of a comment; characters that the reader rejects are written as Unicode escapes."""
    paragraph = UNSEEN.sub(lambda found: _code_points(found[0]), unicodedata.normalize("NFC", paragraph))
    refused = set(forbidden_places(paragraph))
    shown = "".join(_code_points(char) if place in refused else char for place, char in enumerate(paragraph))
    for line in textwrap.wrap(shown, WIDTH - 2, break_long_words=False, break_on_hyphens=False) or [""]:
        yield f"# {line}".rstrip()


def _code_points(text: str) -> str:
    return "".join(f"\\u{ord(char):04x}" for char in text)


class _Dumper(yaml.SafeDumper):
    """Writes indented lists, and long texts as block scalars."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002  # the library's signature
        super().increase_indent(flow, indentless=False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else ">" if len(text) > WIDTH else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
