"""Creates a new catalogue with an example fiche, the vocabularies, the settings and the workflows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryDirectory

from practice_catalogue.model.diagnostics import CannotRun
from practice_catalogue.output import writer
from practice_catalogue.output.atomic import swap_all

ALLOWED_ENTRIES = frozenset({".git"})
"""Entries that the folder may already contain, so that it can be a new git repository."""


def create_catalogue(folder: Path) -> None:
    """Writes a new catalogue into a new or empty folder, all files or none; raises CannotRun if it is not empty."""
    if folder.exists() and not _is_empty(folder):
        raise CannotRun("dossier-occupe", chemin=folder)
    with _filled_later(folder) as made:
        writer.write_artifacts(made, catalogue_files())


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


@contextmanager
def _filled_later(folder: Path) -> Iterator[Path]:
    """Yields a temporary folder that becomes `folder`, or whose entries go into it if it exists. Raises CannotRun."""
    if not folder.exists():
        with writer.new_folder(folder) as made:
            yield made
        return
    try:
        with TemporaryDirectory(prefix=".", dir=folder) as name:
            made = Path(name)
            yield made
            swap_all((path, folder / path.name) for path in sorted(made.iterdir()))
    except OSError as error:
        raise writer.cannot_write(folder, error) from error
