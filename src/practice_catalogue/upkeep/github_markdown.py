"""Text → Markdown as GitHub reads it, in which no text is markup, a link or a mention."""

from __future__ import annotations

import re

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from practice_catalogue.model.richtext import french

_MARKUP = re.compile(r"[\\`*_\[\]<>|~$&!#]")
_AT_THE_START = re.compile(r"^([0-9]*)([-+=.)])")
"""Where a line could begin a list, a rule or a heading."""
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_BREAK = "&#8203;"
"""Keeps apart what GitHub would otherwise make into a mention or a reference."""


def markdown(text: object) -> str:
    r"""Text for one line or one cell of a table; what was escaped already stays as it is.

    >>> markdown("a|b *c* @maire #12 https://exemple.lu")
    'a\\|b \\*c\\* @&#8203;maire \\#&#8203;12 https\\://exemple.lu'
    """
    if isinstance(text, Markup):
        return str(text)
    escaped = _MARKUP.sub(r"\\\g<0>", french(one_line(text)))
    escaped = _AT_THE_START.sub(r"\1\\\2", escaped)
    escaped = re.sub(r"#(?=\d)|@", rf"\g<0>{_BREAK}", escaped)
    return escaped.replace("://", r"\://").replace("www.", r"www\.")


def plain(text: object) -> str:
    """The same for a terminal, which knows no markup."""
    return str(text) if isinstance(text, Markup) else french(one_line(text))


def code(text: str) -> Markup:
    """A name of a file or a field, letter by letter, also inside a table."""
    shown = one_line(text).replace("|", "¦")
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return Markup(f"{fence}{pad}{shown}{pad}{fence}")  # noqa: S704  # nothing ends a code span but its own fence


def one_line(text: object) -> str:
    """A text without line breaks, and without characters that one cannot see."""
    readable = str(text).encode("utf-8", "replace").decode("utf-8")  # names of files may hold other bytes
    return " ".join(_INVISIBLE.sub(" ", readable).split())


def templates(escape: object = markdown) -> Environment:
    """The texts, with every value that they show escaped."""
    environment = Environment(  # noqa: S701  # HTML is not what is written: `finalize` escapes for Markdown
        loader=PackageLoader("practice_catalogue.upkeep"),
        finalize=escape,  # type: ignore[arg-type]  # jinja2 wants a function of anything
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["code"] = code
    return environment
