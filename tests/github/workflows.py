"""The workflows, and their shell steps run here as GitHub runs them, on a repository made for the purpose."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copy, rmtree, which
from typing import Any

import yaml

from practice_catalogue.model.settings import PUBLISHED_IDS
from tests.support import ROOT, VALID, copy_project

WORKFLOWS = ROOT / ".github/workflows"
PROPOSED = Path(__file__).parent / "proposed"
EXPECTED = Path(__file__).parent / "expected"
FICHES = ("minimale", "noms-et-formes", "texte-difficile")
PREVIEW = {"steps.preview.outputs.artifact-url": "https://forge.example.org/apercu.zip"}
"""Where GitHub would say that the preview is."""


def workflow(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((WORKFLOWS / name).read_text(encoding="utf-8"))
    return data


def shell_steps(name: str, job: str) -> Iterator[dict[str, Any]]:
    """The steps of a job that run a command of ours; those that use an action are GitHub's business."""
    yield from (step for step in workflow(name)["jobs"][job]["steps"] if "run" in step)


@dataclass(frozen=True)
class Ran:
    """What a job did: its exit code, what its steps said, and the summary."""

    code: int
    said: str
    summary: str


class Repository:
    """A repository with the program and a few fiches, as a contributor would have it."""

    def __init__(self, folder: Path) -> None:
        self.folder = copy_project(folder)
        rmtree(folder / "practices")
        (folder / "practices").mkdir()
        for name in FICHES:
            copy(VALID / f"{name}.yml", folder / "practices")
        (folder / PUBLISHED_IDS).write_text("\n".join(FICHES), encoding="utf-8")
        self.git("init", "--quiet", "--initial-branch", "main")
        self.commit("The catalogue as it stands")

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, env=environment(), check=True, capture_output=True, text=True
        )
        return done.stdout

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def propose(self, *fiches: str, keeps_addresses: bool) -> None:
        """A branch with new fiches, a renamed one and an edit of the settings; merged as GitHub checks it out."""
        self.git("switch", "--quiet", "--create", "proposal")
        for name in fiches:
            copy(PROPOSED / name, self.folder / "practices")
        self.git("mv", "practices/noms-et-formes.yml", "practices/les-noms.yml")
        if keeps_addresses:
            with (self.folder / "practices/les-noms.yml").open("a", encoding="utf-8") as fiche:
                fiche.write("anciens_ids: [noms-et-formes]\n")
        with (self.folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
            settings.write("# a comment\n")
        self.merge("A proposal")

    def merge(self, message: str) -> None:
        """Commits to the branch, and merges it into main as GitHub does to check it."""
        self.commit(message)
        self.git("switch", "--quiet", "main")
        self.git("merge", "--quiet", "--no-ff", "--message", "As GitHub tries it", "proposal")

    def _programs(self) -> Path:
        """A `make` that installs no packages into the folder of the base, but runs the program that lies there."""
        place = self.folder.parent / "programs"
        program = "from practice_catalogue.cli import main; raise SystemExit(main())"
        run = f'PYTHONPATH="$(dirname "$0")/../../src" exec "{sys.executable}" -c "{program}" "$@"'
        installed = write_program(place / "installed/practice-catalogue", run)
        write_program(
            place / "make",
            f'[ "$1" = --directory ] || exec {which("make")} "$@"\n'
            f'mkdir -p "$2/.venv/bin"\ncp {installed} "$2/.venv/bin/"',
        )
        return place

    def run(self, name: str, job: str, values: Mapping[str, str] | None = None, path: Path | None = None) -> Ran:
        """Runs the shell steps of a job until one fails; `values` fill in what `${{ }}` asks for.

        Programs in the folder `path` come before those of the system; installing the program of the base is played.
        """
        summary = self.folder.parent / "summary.md"
        summary.write_text("", encoding="utf-8")
        said: list[str] = []
        for step in shell_steps(name, job):
            given = {key: _filled(text, values or {}) for key, text in step.get("env", {}).items()}
            variables = {**environment(path or self._programs()), **given, "GITHUB_STEP_SUMMARY": str(summary)}
            command = ["bash", "-e", "-c", step["run"]]
            done = subprocess.run(
                command, cwd=self.folder, env=variables, check=False, capture_output=True, text=True, encoding="utf-8"
            )
            said.append(done.stdout)
            if done.returncode:
                return Ran(done.returncode, "".join(said) + done.stderr, summary.read_text(encoding="utf-8"))
        return Ran(0, "".join(said), summary.read_text(encoding="utf-8"))


def write_program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def _filled(text: str, values: Mapping[str, str]) -> str:
    return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda found: values[found[1]], text)


def environment(path: Path | None = None) -> dict[str, str]:
    """Nothing of the one who runs the tests but where programs are."""
    who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in _NOBODY.items()}
    first = f"{path}{os.pathsep}" if path else ""
    return {"PATH": first + os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "LC_ALL": "C.UTF-8", **who}


_NOBODY = {"NAME": "A contributor", "EMAIL": "contributor@example.org"}
