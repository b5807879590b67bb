"""Creates a new catalogue with an example fiche, the vocabularies, the settings and the workflows."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from practice_catalogue.model.diagnostics import CannotRun
from practice_catalogue.output import writer

ALLOWED_ENTRIES = frozenset({".git"})
"""Entries that the folder may already contain, so that it can be a new git repository."""


def create_catalogue(folder: Path) -> None:
    """Writes a new catalogue into a new or empty folder; raises CannotRun if the folder is not empty."""
    if folder.exists() and not _is_empty(folder):
        raise CannotRun("dossier-occupe", chemin=folder)
    for name, content in catalogue_files().items():
        path = folder / name
        _create_folder(path.parent)
        writer.create(path, content)


def catalogue_files() -> dict[str, bytes]:
    """Returns the files of a new catalogue: path → content, sorted by path."""
    return dict(sorted(_files_below(files(__package__) / "catalogue")))


def _files_below(folder: Traversable, path: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files_below(entry, f"{path}{entry.name}/")
        else:
            yield f"{path}{entry.name}", entry.read_bytes()


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not {path.name for path in folder.iterdir()} - ALLOWED_ENTRIES


def _create_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise writer.cannot_write(folder, error) from error
