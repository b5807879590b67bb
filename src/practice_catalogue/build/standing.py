"""Whether the last site is what a build would make anew: it is of the same, and nobody touched it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path
from typing import NamedTuple

from practice_catalogue.build.digest import program


class Standing(NamedTuple):
    """What is known of a whole site: digests of all it was made of and of how its files stand, the number of pages."""

    of: str
    files: str
    pages: int


def sources(places: Iterable[Path], *given: object) -> str:
    """The digest of all that a site is made of: files, folders with all they hold, program, packages, what is given."""
    found = (file for place in places for file in (place, *place.rglob("*")) if file.is_file())
    packages = sorted((package.name, package.version) for package in distributions())
    return program([(str(file), _hash(file)) for file in sorted(found)], packages, *given).hex()


def look(site: Path, of: str) -> Standing:
    """How a site stands now."""
    seen = []
    for folder, _, names in os.walk(site):
        for name in names:
            stat = os.stat(f"{folder}/{name}")  # noqa: PTH116  # thousands of files
            seen.append((os.path.relpath(folder, site), name, stat.st_size, stat.st_mtime_ns))
    state = hashlib.sha256(json.dumps(sorted(seen)).encode()).hexdigest()
    return Standing(of, state, sum(name.endswith(".html") for _, name, *_ in seen))


def stands(site: Path, notes: Path, of: str) -> Standing | None:
    """How the site stands, if the notes say that it was made of this and stood so; unreadable notes say nothing."""
    try:
        known = Standing(*json.loads(notes.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return known if of and known.of == of and look(site, of) == known else None


def _hash(file: Path) -> bytes:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").digest()
