"""Writes files and folders to disk: creates, replaces or appends, without leaving half-written results."""

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
    """Creates a file whole or not at all; raises FileExistsError if it exists, CannotRun if it cannot be written."""
    try:
        with _written_beside(path, _raw(content)) as beside:
            _rename_without_replacing(beside, path)
    except FileExistsError:
        raise
    except OSError:
        raise _cannot(path) from None


def replace(path: Path, content: str | bytes) -> None:
    """Replaces a file atomically: writes a temporary file in the same folder, then renames it.

    A target that is not a regular file, such as a pipe, is written to directly. Raises CannotRun.
    """
    raw = _raw(content)
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(raw)
        else:
            with _written_beside(path, raw) as beside:
                beside.replace(path)
    except OSError:
        raise _cannot(path) from None


def append(path: Path, text: str) -> None:
    """Appends text to a file, which is created if missing; raises CannotRun."""
    try:
        with path.open("ab") as file:
            file.write(_raw(text))
    except OSError:
        raise _cannot(path) from None


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Yields a temporary folder that is renamed to `path` on success and removed on error.

    Raises CannotRun if it, or a file in it, cannot be created.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".", dir=path.parent))
    except OSError:
        raise _cannot(path) from None
    try:
        yield beside
        beside.chmod(0o755)
        beside.rename(path)
    except OSError:
        raise _cannot(path) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def write_artifacts(folder: Path, artifacts: Mapping[str, Artifact]) -> None:
    """Makes the files one by one and writes them into a folder; may raise OSError."""
    known: set[Path] = set()
    for path, artifact in artifacts.items():
        target = folder / path
        if target.parent not in known:
            target.parent.mkdir(parents=True, exist_ok=True)
            known.add(target.parent)
        target.write_bytes(content_of(artifact))


@contextmanager
def _written_beside(path: Path, raw: bytes) -> Iterator[Path]:
    """Yields a temporary file with the content in the same folder; removes it at the end, if it is still there."""
    handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        beside.chmod(0o644)
        yield beside
    finally:
        beside.unlink(missing_ok=True)


def _rename_without_replacing(beside: Path, path: Path) -> None:
    """Gives a file its name; raises FileExistsError if the name is taken."""
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, as on memory sticks
        if os.path.lexists(path):
            raise FileExistsError from None
        beside.rename(path)


def _raw(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _cannot(path: Path) -> CannotRun:
    return CannotRun("cible-non-inscriptible", chemin=path)
