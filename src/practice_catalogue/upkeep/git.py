"""Runs git, which no other module does, and never takes a failure of git for an empty answer."""

from __future__ import annotations

import os
import posixpath
import subprocess
from pathlib import Path

from practice_catalogue.model.diagnostics import CannotRun
from practice_catalogue.model.settings import PRACTICES
from practice_catalogue.upkeep.git_diff import FileChange, Kind, parse_name_status

_ENVIRONMENT = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
"""git answers in one language, writes nothing into the repository and asks no password."""
_NO_MERGE_BASE = 1
"""The exit code of `git merge-base` if two commits have nothing in common; all others but 0 are failures."""


def default_base(root: Path, branch: str) -> str:
    """Returns the branch to compare to; in the clone of a fork, which may be behind, the one of remote `upstream`.

    Raises CannotRun if git does not exist.
    """
    upstream = f"upstream/{branch}"
    return upstream if _commit(root, upstream) else f"origin/{branch}"


def changes_since(root: Path, base: str) -> tuple[FileChange, ...]:
    """Returns the changes since the merge base with `base`: committed, uncommitted, and untracked fiches.

    The paths are relative to `root`, which may be a subfolder of the repository. Raises CannotRun if git, the
    repository, a commit, the base or the history between the two does not exist, or if git refuses to answer.
    """
    _git(root, "rev-parse", "--git-dir")
    if not _commit(root, "HEAD"):
        raise CannotRun("depot-sans-version", chemin=root)
    commit = _commit(root, base)
    if not commit:
        raise CannotRun("base-inconnue", base=base)
    start = _git(root, "merge-base", commit, "HEAD", also=_NO_MERGE_BASE).strip()
    if not start:
        raise CannotRun("historique-absent", base=base)
    prefix = _git(root, "rev-parse", "--show-prefix").removesuffix("\n")
    changed = parse_name_status(
        _git(root, "diff", "--name-status", "-z", "--find-renames", "--no-relative", "--no-ext-diff", start, "--")
    )
    new = _git(root, "ls-files", "-z", "--others", "--exclude-standard", "--", PRACTICES).split("\0")
    found = {
        *(FileChange(change.kind, _below(prefix, change.path), _below(prefix, change.before)) for change in changed),
        *(FileChange(Kind.ADDED, path) for path in new if path),
    }
    return tuple(sorted(found, key=lambda change: (change.path, change.kind)))


def _below(prefix: str, path: str) -> str:
    """Returns a path of the repository relative to the folder `prefix`; empty if the path is."""
    return posixpath.relpath(path, prefix or ".") if path else ""


def _commit(root: Path, name: str) -> str:
    """Returns the hash of a commit, or an empty string."""
    if not name.isprintable():
        return ""
    done = _run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    return done.stdout.decode().strip()


def _git(root: Path, *arguments: str, also: int = 0) -> str:
    """Returns the output of git. Raises CannotRun if its exit code is neither 0 nor `also`."""
    done = _run(root, *arguments)
    if done.returncode not in {0, also}:
        raise _failure(root, os.fsdecode(done.stderr))
    return os.fsdecode(done.stdout)


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603  # no shell; user input comes after --end-of-options
            ["git", "-C", str(root), *arguments],  # noqa: S607  # the git on the user's PATH
            capture_output=True,
            check=False,
            env={**os.environ, **_ENVIRONMENT},
        )
    except OSError:
        raise CannotRun("git-absent") from None


def _failure(root: Path, said: str) -> CannotRun:
    """Returns why git failed: without a `.git` there is no repository, with one git refuses to read it."""
    folder = root.resolve()
    if not any((place / ".git").exists() for place in (folder, *folder.parents)):
        return CannotRun("depot-absent", chemin=root)
    first = next((line for line in said.splitlines() if line.startswith("fatal: ")), said)
    return CannotRun("depot-refuse", chemin=folder, raison=first.removeprefix("fatal: "))
