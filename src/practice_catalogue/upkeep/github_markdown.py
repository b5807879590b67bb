"""Escapes text for GitHub's Markdown, so that it contains no markup, link, mention or reference; limits its length."""

from __future__ import annotations

import re

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from practice_catalogue.model.richtext import french

_MARKUP = re.compile(r"[\\`*_\[\]<>|~$&!#]")
_AT_THE_START = re.compile(r"^([0-9]*)([-+=.)])")
"""Matches the start of a line that could be a list, a rule or a heading."""
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_ADDRESS = re.compile(r"://|www\.", re.IGNORECASE)
_REFERENCE = re.compile(
    r"@ | \# (?=[0-9]) | \b GH- (?=[0-9]) | : (?=[a-z0-9_+-]{1,99}:) | [0-9a-f]{6} (?=[0-9a-f])",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
"""Matches the beginning of what GitHub turns into a mention, a reference to an issue (#26, GH-26, user/repo#26), an
emoji (:tada:) or a reference to a commit, from 7 hexadecimal digits on.

Source: docs.github.com, « Autolinked references and URLs »."""
_BREAK = "&#8203;"
"""A zero-width space, which prevents GitHub from creating a mention or a reference."""
MOST_BYTES = 1_000_000
"""Maximum size of a summary: GitHub drops those that come near 1 MiB."""


def escape_markdown(text: object) -> str:
    r"""Escapes text for a line or a table cell; `Markup` is returned unchanged.

    A web address becomes a code span, which GitHub leaves alone and from which it can be copied.

    >>> escape_markdown("a|b *c* @maire #12 :tada: https://exemple.lu")
    'a\\|b \\*c\\* @&#8203;maire \\#&#8203;12 :&#8203;tada: `https://exemple.lu`'
    """
    if isinstance(text, Markup):
        return str(text)
    words = re.split(r"(\s)", french(one_line(text)))
    escaped = "".join(code(word) if _ADDRESS.search(word) else _escape_word(word) for word in words)
    return _AT_THE_START.sub(r"\1\\\2", escaped)


def _escape_word(word: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", _REFERENCE.sub("\\g<0>\u200b", word)).replace("\u200b", _BREAK)


def shorten(text: str, most_bytes: int, note: str) -> str:
    """Returns Markdown within a size in bytes; what is too long ends at a line, followed by the note."""
    raw = text.encode()
    if len(raw) <= most_bytes:
        return text
    kept = raw[: most_bytes - len(note.encode())]
    return kept[: kept.rfind(b"\n") + 1].decode() + note


def plain_line(text: object) -> str:
    """Returns text as one typeset line for a terminal, without escaping."""
    return str(text) if isinstance(text, Markup) else french(one_line(text))


def code(text: str) -> Markup:
    """Returns a code span that is safe in tables (`|` becomes `¦`), for names of files and fields."""
    shown = one_line(text).replace("|", "¦")
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return Markup(f"{fence}{pad}{shown}{pad}{fence}")  # noqa: S704  # only its own fence can end a code span


def one_line(text: object) -> str:
    """Returns text with line breaks and invisible characters replaced by single spaces."""
    readable = str(text).encode("utf-8", "replace").decode("utf-8")  # file names may contain surrogate escapes
    return " ".join(_INVISIBLE.sub(" ", readable).split())


def create_environment(escape: object = escape_markdown) -> Environment:
    """Returns the Jinja environment of the templates; `escape` is applied to every value."""
    environment = Environment(  # noqa: S701  # the output is not HTML: `finalize` escapes for Markdown
        loader=PackageLoader("practice_catalogue.upkeep"),
        finalize=escape,  # type: ignore[arg-type]  # jinja2 expects a function that accepts anything
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["code"] = code
    return environment
