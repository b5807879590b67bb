"""What several tests need: the folders, and the report of a case."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from shutil import copy2

from practice_catalogue.validation import loader
from practice_catalogue.validation.reports import as_text

ROOT = Path(__file__).resolve().parent.parent
PRACTICES = ROOT / "practices"
VOCABULARIES = ROOT / "vocabularies"
VALID = ROOT / "tests/fiches/valid"
INVALID = ROOT / "tests/fiches/invalid"


def invalid_cases() -> list[str]:
    """The names of the cases: a file each, or a folder where a rule needs more than one."""
    return sorted({path.stem for path in INVALID.iterdir() if path.is_dir() or path.suffix == ".yml"})


def expectations() -> list[str]:
    return sorted(path.stem for path in INVALID.glob("*.txt"))


def report_of(case: str) -> str:
    """The complete report of a case, read in the midst of the valid fiches."""
    with chdir(INVALID):
        folder = Path(case)
        if folder.is_dir():
            within = folder / "practices"
            loaded = loader.load(within if within.is_dir() else folder, VOCABULARIES)
            return as_text(loaded.report, loaded.files) + "\n"
        file = Path(f"{case}.yml")
        report = loader.load(Path(os.path.relpath(VALID)), VOCABULARIES, [file]).report
        return as_text(report.about(frozenset({str(file)})), 1) + "\n"


def publish(practices: Path, out: Path, *options: str, root: Path = ROOT) -> Path:
    """Publishes a folder of fiches with the real command, in a process of its own."""
    program = [sys.executable, str(root / "build_catalogue.py"), "build"]
    subprocess.run(
        [*program, "--practices", str(practices), "--out", str(out), *options], check=True, capture_output=True
    )
    return out


def copy_of_project(folder: Path) -> Path:
    """The project as git would have it, without its tests, in another folder; it shares our virtual environment."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ":!tests", ":!.github/*.png"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for name in filter(None, os.fsdecode(listed.stdout).split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            copy2(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return folder
