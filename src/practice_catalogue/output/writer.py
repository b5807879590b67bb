"""What commands leave behind: a new file or folder, a file in the place of another, or more text at the end of one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from practice_catalogue.model.diagnostics import CannotRun
from practice_catalogue.output.artifacts import Artifact, content_of


def create(path: Path, content: str | bytes) -> None:
    """A new file; raises FileExistsError where there is one already, CannotRun where none can be written."""
    raw = _raw(content)
    try:
        with path.open("xb") as file:
            file.write(raw)
    except FileExistsError:
        raise
    except OSError:
        raise _cannot(path) from None


def replace(path: Path, content: str | bytes) -> None:
    """A file that changes whole or not at all: written beside its place on the same disk, then moved there.

    What is no file, such as a pipe, is written into. Raises CannotRun.
    """
    raw = _raw(content)
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(raw)
        else:
            _move_into_place(path, raw)
    except OSError:
        raise _cannot(path) from None


def append(path: Path, text: str) -> None:
    """More text at the end of a file, which need not exist; raises CannotRun."""
    try:
        with path.open("ab") as file:
            file.write(_raw(text))
    except OSError:
        raise _cannot(path) from None


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A folder to be filled beside its place: it stands there once all of it is written, or not at all.

    Raises CannotRun where none can be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    except OSError:
        raise _cannot(path) from None
    try:
        yield beside
        beside.chmod(0o755)
        beside.rename(path)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def write_artifacts(folder: Path, artifacts: Mapping[str, Artifact]) -> None:
    """Makes files and writes them into a folder, one after the other; may raise OSError."""
    known: set[Path] = set()
    for path, artifact in artifacts.items():
        target = folder / path
        if target.parent not in known:
            target.parent.mkdir(parents=True, exist_ok=True)
            known.add(target.parent)
        target.write_bytes(content_of(artifact))


def _move_into_place(path: Path, raw: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        beside.chmod(0o644)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _raw(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _cannot(path: Path) -> CannotRun:
    return CannotRun("cible-non-inscriptible", chemin=path)
