"""Escapes text for GitHub's Markdown, so that it contains no markup, link or mention."""

from __future__ import annotations

import re

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from practice_catalogue.model.richtext import french

_MARKUP = re.compile(r"[\\`*_\[\]<>|~$&!#]")
_AT_THE_START = re.compile(r"^([0-9]*)([-+=.)])")
"""Matches the start of a line that could be a list, a rule or a heading."""
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_BREAK = "&#8203;"
"""A zero-width space, which prevents GitHub from creating a mention or a reference."""


def escape_markdown(text: object) -> str:
    r"""Escapes text for a line or a table cell; `Markup` is returned unchanged.

    >>> escape_markdown("a|b *c* @maire #12 https://exemple.lu")
    'a\\|b \\*c\\* @&#8203;maire \\#&#8203;12 https\\://exemple.lu'
    """
    if isinstance(text, Markup):
        return str(text)
    escaped = _MARKUP.sub(r"\\\g<0>", french(one_line(text)))
    escaped = _AT_THE_START.sub(r"\1\\\2", escaped)
    escaped = re.sub(r"#(?=\d)|@", rf"\g<0>{_BREAK}", escaped)
    return escaped.replace("://", r"\://").replace("www.", r"www\.")


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
