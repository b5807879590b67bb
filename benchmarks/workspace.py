"""The working folder of the benchmarks: catalogues of each size, projects, sites."""

from __future__ import annotations

import hashlib
import shutil
from functools import cache, lru_cache
from pathlib import Path
from tempfile import mkdtemp

from benchmarks import synthetic
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.validation import loader

ROOT = synthetic.ROOT
WORKSPACE = ROOT / ".bench"
"""Environments, catalogues, sites and measures; ignored by git."""

_OLD_FOLDERS = WORKSPACE / "old"

REAL = 24
"""Size of the smallest catalogue: the first fiches in `practices/` by name. All larger catalogues are synthetic."""

_SOURCES = (
    "benchmarks/synthetic.py",
    "benchmarks/french.py",
    "src/practice_catalogue/model/fiche.py",
    "practices",
    "vocabularies",
)
"""Files that the generated fiches depend on."""

_PROJECT = ("build_catalogue.py", "catalogue.yml", "mkdocs.yml", "src", "pyproject.toml", "docs", "vocabularies")


@cache
def fiche_folder(number: int) -> Path:
    """Returns a folder with `number` fiches; it is made again only if one of `_SOURCES` has changed."""
    folder = WORKSPACE / "fiches" / f"{number}-{_fingerprint()}"
    if not folder.is_dir():
        for old in folder.parent.glob(f"{number}-*"):
            shutil.rmtree(old)
        unfinished = folder.with_name(f"unfinished-{folder.name}")
        shutil.rmtree(unfinished, ignore_errors=True)
        if number == REAL:
            _copy_real_fiches(unfinished)
        else:
            synthetic.write(number, unfinished)
        unfinished.rename(folder)
    return folder


def _copy_real_fiches(folder: Path) -> None:
    folder.mkdir(parents=True)
    for path in sorted((ROOT / "practices").glob("*.yml"))[:REAL]:
        shutil.copy2(path, folder)


@lru_cache(maxsize=1)
def load_catalogue(number: int) -> Catalogue:
    """Loads the catalogue with `number` fiches."""
    return loader.load(fiche_folder(number), ROOT / "vocabularies").catalogue


def copy_project(number: int, name: str = "ours") -> Path:
    """Makes a fresh copy of the project with `number` fiches, without site and caches."""
    folder = empty_folder("projects", f"{name}-{number}")
    for entry in _PROJECT:
        source = ROOT / entry
        if source.is_dir():
            shutil.copytree(source, folder / entry)
        else:
            shutil.copy2(source, folder)
    shutil.copytree(fiche_folder(number), folder / "practices")
    return folder


def empty_folder(*names: str) -> Path:
    """Returns an empty folder within the workspace; an existing one is moved away."""
    folder = WORKSPACE.joinpath(*names)
    move_away(folder)
    folder.mkdir(parents=True)
    return folder


def move_away(folder: Path) -> None:
    """Moves a folder out of the way, if it exists.

    It is not removed during the measurement: on ext4 without a journal, removals slow down the creation of files for
    minutes afterwards (2.4 s instead of 0.2 s for 6,800 files).
    """
    if folder.is_dir():
        _OLD_FOLDERS.mkdir(parents=True, exist_ok=True)
        folder.rename(mkdtemp(dir=_OLD_FOLDERS))


def remove_old_folders() -> None:
    """Removes the folders that were moved away."""
    shutil.rmtree(_OLD_FOLDERS, ignore_errors=True)


@cache
def _fingerprint() -> str:
    digest = hashlib.sha256()
    for name in _SOURCES:
        path = ROOT / name
        for file in sorted(path.glob("*.yml")) if path.is_dir() else [path]:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
