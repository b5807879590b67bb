"""Proves that two builds of the same files give the same bytes, wherever and however they are made."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.support import copy_project

PLACES = {
    "un": {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "HOME": "/nonexistent", "COLUMNS": "40"},
    "un autre dossier, à côté": {"PYTHONHASHSEED": "2", "TZ": "America/Adak", "LC_ALL": "C.UTF-8", "USER": "un autre"},
}
"""Two folders, and what differs there: order of sets, time zone (26 hours apart), locale, who runs it."""

COMMANDS = (
    ["build", "--site-url", "https://catalogue.example/", "--out", "fait/site"],
    ["booklet", "--print", "--out", "fait/imprimeur.pdf"],
    ["booklet", "--impose", "--out", "fait/feuilles.pdf"],
)
"""The site holds the search index, the exports, the booklets to read and, since it has an address, the shared pictures;
the others are for paper."""

MOST_NAMED = 10
CONTEXT = 30
"""How many bytes around the first difference are shown."""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        with ThreadPoolExecutor() as pool:
            one, other = pool.map(lambda name: _made(Path(folder) / name, PLACES[name]), PLACES)
        differences = list(compare(one, other))
        files = sum(1 for path in one.rglob("*") if path.is_file())
    print(verdict(differences, files))
    return 1 if differences or not files else 0


def _made(place: Path, environment: dict[str, str]) -> Path:
    copy_project(place)
    inherited = {key: value for key, value in os.environ.items() if key not in {"SOURCE_DATE_EPOCH", "LANG"}}
    for command in COMMANDS:
        subprocess.run(
            [place / ".venv/bin/python", place / "build_catalogue.py", *command],
            cwd=place,
            env=inherited | environment,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    return place / "fait"


def compare(one: Path, other: Path) -> Iterator[str]:
    """A line for each file that is not the same in both folders, by name."""
    names = {path.relative_to(folder).as_posix() for folder in (one, other) for path in folder.rglob("*")}
    for name in sorted(names):
        first, second = one / name, other / name
        if first.is_dir() and second.is_dir():
            continue
        if not (first.is_file() and second.is_file()):
            yield f"{name} : seulement dans le {'premier' if first.exists() else 'second'} dossier"
        elif first.read_bytes() != second.read_bytes():
            yield f"{name} : {_first_difference(first.read_bytes(), second.read_bytes())}"


def _first_difference(one: bytes, other: bytes) -> str:
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    window = slice(max(0, at - CONTEXT), at + CONTEXT)
    return f"octet {at + 1}\n    {one[window]!r}\n    {other[window]!r}"


def verdict(differences: list[str], files: int) -> str:
    if not differences:
        return f"Reproductible : {files} fichiers, les mêmes octets dans deux dossiers, fuseaux, langues et ordres."
    more = len(differences) - MOST_NAMED
    named = differences[:MOST_NAMED] + ([f"… et {more} autres"] if more > 0 else [])
    return "\n".join([f"Pas reproductible : {len(differences)} sur {files} fichiers diffèrent.", *named])


if __name__ == "__main__":
    sys.exit(main())
