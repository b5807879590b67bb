"""What the program is made of: locked, listed, under licences that were agreed to."""

from __future__ import annotations

import re
import subprocess

import pytest
import yaml

from tests.support import ROOT

PROGRAMS = ROOT / ".venv/bin"
SCAFFOLD = ROOT / "src/practice_catalogue/scaffold/catalogue"
PIP_FROM_BASE = """git show HEAD^1:requirements.txt > ../requirements.txt
python -m pip install --quiet --only-binary :all: --requirement ../requirements.txt
"""
PINNED = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;]+)", re.MULTILINE)


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_dependency_is_locked_to_the_bytes_that_were_looked_at_and_runs_nothing_when_installed(name: str) -> None:
    option, *entries = re.split(r"\n(?=\w)", (ROOT / name).read_text(encoding="utf-8"))
    assert option == "--only-binary :all:\n"
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


def test_actions_are_githubs_own_and_named_by_version_and_by_commit_where_they_may_write() -> None:
    workflows = [path for root in (ROOT, SCAFFOLD) for path in (root / ".github/workflows").iterdir()]
    jobs = [job for path in workflows for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()]
    used = [
        ("write" in job["permissions"].values(), step["uses"])
        for job in jobs
        for step in job["steps"]
        if "uses" in step
    ]
    assert used
    for writes, name in used:
        assert re.fullmatch(r"actions/[a-z-]+@" + ("[0-9a-f]{40}" if writes else r"v\d+"), name)


def test_a_proposal_does_not_name_the_program_that_checks_it() -> None:
    for root, installs in ((ROOT, "git worktree add --quiet --detach ../base HEAD^1"), (SCAFFOLD, PIP_FROM_BASE)):
        job = yaml.safe_load((root / ".github/workflows/check.yml").read_text(encoding="utf-8"))["jobs"]["fiches"]
        steps = [step["run"] for step in job["steps"] if "run" in step]
        assert installs in steps[0]
        assert steps[2].startswith("git checkout --quiet HEAD^1 -- mkdocs.yml\n")
