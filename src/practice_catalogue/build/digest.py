"""The digest of all that something was made of."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import BaseModel

_OURS = Path(__file__).resolve().parents[1]
_PACKAGES = (
    *("mkdocs", "mkdocs-material", "jinja2", "markupsafe", "markdown-it-py", "nh3"),
    *("pydantic", "typst", "python-docx", "lxml"),
)


def program(*more: object) -> bytes:
    """The digest of all that pages depend on besides their fiches: our code and theme, the packages, what is given."""
    packages = [(package, version(package)) for package in _PACKAGES]
    files = [path for path in sorted(_OURS.rglob("*")) if path.is_file() and path.suffix != ".pyc"]
    code = [(path.relative_to(_OURS).as_posix(), path.read_bytes()) for path in files]
    return Digest()(sys.version, packages, code, *more)


class Digest:
    """The digest of plain values, of models and of dataclasses; a model is read once, however often it comes."""

    def __init__(self) -> None:
        self._models: dict[int, tuple[BaseModel, bytes]] = {}

    def __call__(self, *values: object) -> bytes:
        parts: list[bytes] = []
        self._read(values, parts)
        return hashlib.sha256(b"".join(parts)).digest()

    def _read(self, value: Any, into: list[bytes]) -> None:
        if (known := self._models.get(id(value))) is not None:
            into.append(known[1])
        elif isinstance(value, list | tuple):
            into.append(b"(%d;" % len(value))
            for item in value:
                self._read(item, into)
        elif isinstance(value, bytes | str | int | float | None):
            raw = value if isinstance(value, bytes) else repr(value).encode()
            into.append(b"%s %d:" % (type(value).__name__.encode(), len(raw)) + raw)
        elif isinstance(value, BaseModel):
            text = f"{type(value).__name__}{value.model_dump_json()}"
            self._models[id(value)] = (value, hashlib.sha256(text.encode()).digest())
            into.append(self._models[id(value)][1])
        elif is_dataclass(value):
            self._read([getattr(value, field.name) for field in fields(value)], into)
        elif isinstance(value, Mapping):
            self._read(list(value.items()), into)
        else:
            raise TypeError(value)
