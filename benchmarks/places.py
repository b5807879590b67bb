"""Where the benchmarks keep what they make, and the catalogues of each size."""

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
BENCH = ROOT / ".bench"
"""Not in git: environments, catalogues, sites, measures."""

_ASIDE = BENCH / "aside"

REAL = sum(1 for _ in (ROOT / "practices").glob("*.yml"))
"""The real fiches are the smallest catalogue; all others are synthetic."""

SIZES = (REAL, 100, 300, 1_000, 3_000, 10_000)

_SOURCES = (
    "benchmarks/synthetic.py",
    "benchmarks/french.py",
    "src/practice_catalogue/model/fiche.py",
    "practices",
    "vocabularies",
)
"""What a synthetic catalogue depends on."""

_PROJECT = ("build_catalogue.py", "catalogue.yml", "mkdocs.yml", "src", "pyproject.toml", "docs", "vocabularies")


@cache
def practices(number: int) -> Path:
    """The folder with so many fiches; made once, and anew when the model or the real fiches change."""
    if number == REAL:
        return ROOT / "practices"
    folder = BENCH / "fiches" / f"{number}-{_state()}"
    if not folder.is_dir():
        for old in folder.parent.glob(f"{number}-*"):
            shutil.rmtree(old)
        scratch = folder.with_name(f"unfinished-{folder.name}")
        shutil.rmtree(scratch, ignore_errors=True)
        synthetic.write(number, scratch)
        scratch.rename(folder)
    return folder


@lru_cache(maxsize=1)
def catalogue(number: int) -> Catalogue:
    """So many fiches, read."""
    return loader.load(practices(number), ROOT / "vocabularies").catalogue


def project(number: int, name: str = "ours") -> Path:
    """A fresh copy of our project with so many fiches, without a site and without anything that an earlier run kept."""
    folder = empty("projects", f"{name}-{number}")
    for entry in _PROJECT:
        source = ROOT / entry
        if source.is_dir():
            shutil.copytree(source, folder / entry)
        else:
            shutil.copy2(source, folder)
    shutil.copytree(practices(number), folder / "practices")
    return folder


def empty(*names: str) -> Path:
    """An empty folder of this name."""
    folder = BENCH.joinpath(*names)
    set_aside(folder)
    folder.mkdir(parents=True)
    return folder


def set_aside(folder: Path) -> None:
    """Takes a folder out of the way, if it is there.

    It is not removed while measuring goes on: for minutes after, ext4 without a journal looks at the place of each
    removed file before it makes a new one, which costs whoever writes most files (2.4 s instead of 0.2 for 6,800).
    """
    if folder.is_dir():
        _ASIDE.mkdir(parents=True, exist_ok=True)
        folder.rename(mkdtemp(dir=_ASIDE))


def clear() -> None:
    """Removes what was set aside."""
    shutil.rmtree(_ASIDE, ignore_errors=True)


@cache
def _state() -> str:
    files = (file for name in _SOURCES for file in _files(ROOT / name))
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.yml")) if path.is_dir() else [path]
