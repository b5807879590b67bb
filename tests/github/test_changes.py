"""What git tells of a branch, and what is made of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from practice_catalogue.model.diagnostics import CannotRun
from practice_catalogue.upkeep import git
from practice_catalogue.upkeep.git_diff import FileChange, Kind, outside, parse_name_status
from tests.github.workflows import Repository


def test_every_status_of_git_is_understood() -> None:
    told = "M\0mkdocs.yml\0D\0practices/a.yml\0T\0practices/b.yml\0C080\0practices/c.yml\0practices/d.yml\0"
    assert list(parse_name_status(told)) == [
        FileChange(Kind.MODIFIED, "mkdocs.yml"),
        FileChange(Kind.REMOVED, "practices/a.yml"),
        FileChange(Kind.MODIFIED, "practices/b.yml"),
        FileChange(Kind.ADDED, "practices/d.yml"),
    ]


def test_a_fiche_that_leaves_its_folder_is_lost_and_needs_a_maintainer() -> None:
    moved = FileChange(Kind.RENAMED, "docs/a.yml", "practices/a.yml")
    assert (moved.fiche_id, moved.lost_id, outside([moved])) == ("", "a", [moved])
    assert outside([FileChange(Kind.RENAMED, "practices/a.yml", "docs/a.yml")])


def test_work_that_is_not_committed_counts_and_ignored_files_do_not(tmp_path: Path) -> None:
    project = Repository(tmp_path / "project")
    (project.folder / "practices/nouvelle fête.yml").write_text("titre: Fête\n", encoding="utf-8")
    (project.folder / "practices/minimale.yml").unlink()
    (project.folder / "notes.txt").write_text("à moi", encoding="utf-8")
    (project.folder / "site").mkdir()
    assert git.changes_since(project.folder, "main") == (
        FileChange(Kind.REMOVED, "practices/minimale.yml"),
        FileChange(Kind.ADDED, "practices/nouvelle fête.yml"),
    )
    for base in ("nulle-part", "--output=/tmp/x", ""):
        with pytest.raises(CannotRun) as stopped:
            git.changes_since(project.folder, base)
        assert stopped.value.diagnostic.code == "base-inconnue"


def test_a_name_in_any_bytes_belongs_to_the_proposal(tmp_path: Path) -> None:
    project = Repository(tmp_path / "project")
    name = os.fsdecode(b"caf\xe9\n::error::.yml")
    (project.folder / "practices" / name).write_text("titre: Fête\n", encoding="utf-8")
    assert git.changes_since(project.folder, "main") == (FileChange(Kind.ADDED, f"practices/{name}"),)
    project.commit("A proposal")
    ran = project.run("check.yml", "fiches")
    assert ran.code == 1
    assert "\n::error::" not in ran.said
    assert "que cette proposition ne modifie pas" not in ran.summary


def test_outside_of_a_repository_one_sentence_says_so(tmp_path: Path) -> None:
    with pytest.raises(CannotRun) as stopped:
        git.changes_since(tmp_path, "main")
    assert stopped.value.diagnostic.code == "depot-absent"
