"""What the program is made of: locked, listed, under licences that were agreed to."""

from __future__ import annotations

import re
import subprocess

import pytest
import yaml

from tests.support import ROOT

PROGRAMS = ROOT / ".venv/bin"
PINNED = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;]+)", re.MULTILINE)


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_dependency_is_locked_to_the_bytes_that_were_looked_at(name: str) -> None:
    entries = re.split(r"\n(?=\w)", (ROOT / name).read_text(encoding="utf-8"))
    assert all(PINNED.match(entry) and "--hash=sha256:" in entry for entry in entries)


def test_no_licence_came_in_that_nobody_agreed_to() -> None:
    done = run(str(PROGRAMS / "pip-licenses"))
    assert done.returncode == 0, done.stderr
    assert run(str(PROGRAMS / "pip-licenses"), "--allow-only", "MIT").returncode == 1


def test_the_audit_understands_the_locks() -> None:
    """It collects what it would ask for; asking needs the internet, and is the scheduled workflow's business."""
    done = run("make", "--silent", "audit", "OPTIONS=--dry-run")
    assert done.returncode == 0, done.stderr
    assert re.search(r"would have audited \d{2,} packages", done.stderr)


def test_actions_are_githubs_own_and_named_by_version() -> None:
    scaffold = ROOT / "src/practice_catalogue/scaffold/catalogue"
    workflows = [path for root in (ROOT, scaffold) for path in (root / ".github/workflows").iterdir()]
    jobs = [job for path in workflows for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()]
    used = [step["uses"] for job in jobs for step in job["steps"] if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", name) for name in used)
