"""Writes files and folders to disk: creates, replaces or appends, without leaving half-written results."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import filterfalse
from pathlib import Path

from practice_catalogue.model.diagnostics import CannotRun
from practice_catalogue.output.artifacts import Artifact, content_of

_NAME_LENGTH = 50
"""Characters of a name that a temporary name repeats: systems allow 255 bytes."""


def create(path: Path, content: str | bytes) -> None:
    """Creates a file; raises FileExistsError if it exists, CannotRun if it cannot be written."""
    try:
        with _written_beside(path, _raw(content)) as beside:
            _rename_new(beside, path)
    except FileExistsError:
        raise
    except OSError as error:
        raise cannot_write(path, error) from error


def replace(path: Path, content: str | bytes) -> None:
    """Replaces a file atomically: writes a temporary file in the same folder, then renames it.

    A target that is not a regular file, such as a pipe, is written to directly; of a symbolic link, the file that it
    leads to is replaced. Raises CannotRun.
    """
    raw, place = _raw(content), Path(os.path.realpath(path))
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(raw)
        else:
            with _written_beside(place, raw) as beside:
                beside.replace(place)
    except OSError as error:
        raise cannot_write(path, error) from error


def append(path: Path, text: str) -> None:
    """Appends text to a file, which is created if missing; raises CannotRun, with nothing appended."""
    try:
        before = path.stat().st_size if path.is_file() else None
        try:
            with path.open("ab") as file:
                file.write(_raw(text))
        except OSError:
            if before is not None:
                os.truncate(path, before)
            raise
    except OSError as error:
        raise cannot_write(path, error) from error


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Yields a temporary folder that is renamed to `path` on success and removed on error.

    Raises CannotRun if a file in it cannot be written.
    """
    place = Path(os.path.realpath(path))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{place.name[:_NAME_LENGTH]}-", dir=place.parent))
        try:
            yield beside
            beside.chmod(0o755)
            beside.rename(place)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise cannot_write(path, error) from error


def copy_files(source: Path, folder: Path, leave_out: Callable[[str], bool] = lambda _: False) -> None:
    """Copies the files below a folder into another one, without those whose names `leave_out` picks.

    May raise OSError, unlike `copytree` with its number.
    """
    for parent, _, names in os.walk(source):
        place = folder / Path(parent).relative_to(source)
        place.mkdir(parents=True, exist_ok=True)
        for name in filterfalse(leave_out, names):
            shutil.copyfile(Path(parent, name), place / name)


def write_artifacts(folder: Path, artifacts: Mapping[str, Artifact]) -> None:
    """Makes the files one by one and writes them into a folder; may raise OSError."""
    known: set[Path] = set()
    for path, artifact in artifacts.items():
        target = folder / path
        if target.parent not in known:
            target.parent.mkdir(parents=True, exist_ok=True)
            known.add(target.parent)
        target.write_bytes(content_of(artifact))


def cannot_write(path: Path, error: OSError) -> CannotRun:
    """Returns the exception that says why a path could not be written."""
    return CannotRun("cible-non-inscriptible", chemin=path, errno=error.errno)


@contextmanager
def _written_beside(path: Path, raw: bytes) -> Iterator[Path]:
    """Writes a temporary file in the folder of `path`, and removes it at the end unless it has been renamed."""
    beside = path.with_name(f".{path.name[:_NAME_LENGTH]}-{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as file:
            file.write(raw)
        yield beside
    finally:
        beside.unlink(missing_ok=True)


def _rename_new(beside: Path, path: Path) -> None:
    """Renames a file; raises FileExistsError if `path` exists."""
    try:
        os.link(beside, path)  # unlike a rename, it never replaces a file
    except FileExistsError:
        raise
    except OSError:  # a disk without links, such as a USB stick
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        beside.rename(path)


def _raw(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
