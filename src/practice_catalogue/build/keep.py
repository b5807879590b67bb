"""What takes long to make, kept from one build to the next for as long as it would be made of the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import cbor2

from practice_catalogue.build.digest import Digest
from practice_catalogue.model.diagnostics import CannotRun
from practice_catalogue.output import writer

Files = dict[str, bytes]
"""Content by path."""

_SEAL = 32
"""How many bytes stand before what is kept: a hash of it and of all that it was made of."""


class Keep:
    """A folder for such things, a file each; without a folder nothing is kept. `surroundings` is what all depend on."""

    def __init__(self, folder: Path | None = None, surroundings: bytes = b"") -> None:
        self._folder = folder
        self._surroundings = surroundings

    def files(self, name: str, of: object, make: Callable[[], Files]) -> Files:
        """What is kept under a name, if it was made of the same and nobody touched it; else it is made, and kept."""
        if self._folder is None:
            return make()
        path = self._folder / name
        key = Digest()(self._surroundings, of)
        content = _kept(path, key)
        if content is not None:
            found: Files = cbor2.loads(content)
            return found
        made = make()
        content = cbor2.dumps(made)
        with suppress(CannotRun):  # a full disk is told by whoever writes the site
            writer.replace(path, _seal(key, content) + content)
        return made


def _kept(path: Path, key: bytes) -> bytes | None:
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    seal, content = raw[:_SEAL], raw[_SEAL:]
    return content if seal == _seal(key, content) else None


def _seal(key: bytes, content: bytes) -> bytes:
    return hashlib.sha256(key + content).digest()
