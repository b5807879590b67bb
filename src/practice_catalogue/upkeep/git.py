"""Runs git, which no other module does."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from practice_catalogue.model.diagnostics import CannotRun
from practice_catalogue.model.settings import PRACTICES
from practice_catalogue.upkeep.git_diff import FileChange, Kind, parse_name_status


def changes_since(root: Path, base: str) -> tuple[FileChange, ...]:
    """Returns the changes since the merge base with `base`: committed, uncommitted, and untracked fiches.

    Raises CannotRun if git, the repository or the base does not exist.
    """
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}").strip()
    if not commit:
        raise CannotRun("base-inconnue", base=base)
    start = _git(root, "merge-base", commit, "HEAD").strip() or commit
    changed = parse_name_status(
        _git(root, "diff", "--name-status", "-z", "--find-renames", "--no-ext-diff", start, "--")
    )
    new = _git(root, "ls-files", "-z", "--others", "--exclude-standard", "--", PRACTICES).split("\0")
    found = [*changed, *(FileChange(Kind.ADDED, path) for path in new if path)]
    return tuple(sorted(found, key=lambda change: (change.path, change.kind)))


def _git(root: Path, *arguments: str) -> str:
    """Returns the output of git, which is empty if the command fails. Raises CannotRun."""
    try:
        done = subprocess.run(  # noqa: S603  # no shell; user input comes after --end-of-options
            ["git", "-C", str(root), *arguments],  # noqa: S607  # the git on the user's PATH
            capture_output=True,
            check=False,
        )
    except OSError:
        raise CannotRun("git-absent") from None
    if b"not a git repository" in done.stderr:
        raise CannotRun("depot-absent", chemin=root)
    return os.fsdecode(done.stdout)
