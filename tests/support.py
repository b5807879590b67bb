"""Helpers of several tests: folders, reports of the example cases, publishing, a copy of the project."""

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
    """Returns the names of the invalid cases: files, or folders if a rule needs several files."""
    return sorted({path.stem for path in INVALID.iterdir() if path.is_dir() or path.suffix == ".yml"})


def expected_reports() -> list[str]:
    return sorted(path.stem for path in INVALID.glob("*.txt"))


def report_of(case: str) -> str:
    """Returns the complete report of a case, loaded together with the valid fiches."""
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
    """Publishes a folder of fiches with the command line, in a subprocess."""
    program = [sys.executable, str(root / "build_catalogue.py"), "build"]
    subprocess.run(
        [*program, "--practices", str(practices), "--out", str(out), *options], check=True, capture_output=True
    )
    return out


def copy_project(folder: Path) -> Path:
    """Copies the files that git tracks or would track, except the tests, and links to the virtual environment."""
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
