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


_FIELD = re.compile(r"([a-z_]+):(?:\s|$)")


def edited_text(
    text: str,
    changed: Mapping[str, Any],
    *,
    heading: Sequence[str] = (),
    above: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """Returns the text of a file with some fields replaced or added; all else stays as it was typed.

    The comments inside a replaced field stay above it. `heading` and `above` are comments, as in `fiche_text`.
    """
    blocks = _blocks(text.splitlines())
    order = list(Fiche.model_fields)
    for name, value in changed.items():
        place = next((i for i, (known, _) in enumerate(blocks) if known == name), None)
        block = "\n".join(blocks[place][1]) if place is not None else ""
        comments = [block[start:end].strip() for start, end in _comment_spans(block)]
        lines = [*comments, *_comments((above or {}).get(name, ())), *_entry(name, value).split("\n")]
        if place is not None:
            blocks[place] = (name, lines)
        else:
            before = [i for i, (known, _) in enumerate(blocks) if known in order[: order.index(name)]]
            blocks.insert(max(before, default=len(blocks) - 1) + 1, (name, lines))
    first, *others = [line for _, lines in blocks for line in lines]
    made = [first, *_comments(heading), *others] if first == urls.SCHEMA_LINE else [*_comments(heading), first, *others]
    return "\n".join(made) + "\n"


def confirmed_text(text: str, days: Mapping[int, str]) -> str:
    r"""Returns the text of a file with the day on which some contacts were confirmed, by position; all else stays.

    >>> confirmed_text("contacts:\n  - nom: A # à relire\n  - {nom: B, confirme_le: '2019-01-01'}\n", {0: "2026-03-15"})
    'contacts:\n  - nom: A # à relire\n    confirme_le: "2026-03-15"\n  - {nom: B, confirme_le: \'2019-01-01\'}\n'
    """
    if not days:
        return text
    root: Any = yaml.compose(text, Loader=yaml.CSafeLoader)
    contacts = next(value for name, value in root.value if name.value == "contacts")
    for place in sorted(days, reverse=True):
        entries = contacts.value[place].value
        known = next((value for name, value in entries if name.value == "confirme_le"), None)
        start, end, typed = _confirmation(text, contacts.value[place], known, f'"{days[place]}"')
        text = text[:start] + typed + text[end:]
    return text


def _confirmation(text: str, contact: Any, known: Any, day: str) -> tuple[int, int, str]:
    """Returns start and end of the text to replace in a file, and what takes its place; the nodes are of PyYAML."""
    if known is not None:
        return known.start_mark.index, known.end_mark.index, day
    last = contact.value[-1][1].end_mark.index
    if contact.flow_style:
        return last, last, f", confirme_le: {day}"
    key = f"{' ' * contact.start_mark.column}confirme_le: {day}"
    if text[:last].endswith("\n"):  # a long text, whose line break is part of it
        return last, last, f"{key}\n"
    line = text.find("\n", last)
    end = line if line >= 0 else len(text)
    return end, end, f"\n{key}"


def _blocks(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Splits a file into its fields: name and lines. Comments and empty lines above a field are part of no field."""
    blocks: list[tuple[str, list[str]]] = [("", [])]
    for line in lines:
        if found := _FIELD.match(line):
            blocks.append((found[1], [line]))
        elif line[:1] in {"", "#"}:
            blocks.append(("", [line]))
        elif blocks[-1][0]:
            blocks[-1][1].append(line)
        else:  # a field goes on after an empty line
            last = max((i for i, (name, _) in enumerate(blocks) if name), default=0)
            blocks[last:] = [(blocks[last][0], [line for _, block in blocks[last:] for line in block] + [line])]
    return blocks
