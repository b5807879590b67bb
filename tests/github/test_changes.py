"""What git tells of a branch, and what is made of it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from practice_catalogue.model.diagnostics import CannotRun
from practice_catalogue.upkeep import git
from practice_catalogue.upkeep.git_diff import FileChange, Kind, outside, parse_name_status
from practice_catalogue.validation import messages
from tests.github.workflows import Repository, environment


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


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A branch whose base has moved on since; clones of it as people have them."""
    folder = tmp_path_factory.mktemp("clones")
    git_in(folder, "init", "--quiet", "--initial-branch", "main", "whole")
    whole = folder / "whole"
    (whole / "practices").mkdir()
    for name, switch in (("a", ["-b", "first"]), ("b", ["-b", "proposal"]), ("c", ["-B", "main", "first"])):
        git_in(whole, "checkout", "--quiet", *switch)
        (whole / f"practices/{name}.yml").write_text(f"titre: {name}\n" * 9, encoding="utf-8")
        git_in(whole, "add", "--all")
        git_in(whole, "commit", "--quiet", "--message", name)
    git_in(whole, "checkout", "--quiet", "--detach", "proposal")
    git_in(folder, "init", "--quiet", "empty")
    git_in(folder, "init", "--quiet", "damaged")
    (folder / "damaged/.git/HEAD").unlink()
    (folder / "none").mkdir()
    git_in(folder, "clone", "--quiet", "--depth", "1", "--branch", "proposal", f"file://{whole}", "shallow")
    git_in(folder / "shallow", "fetch", "--quiet", "--depth", "1", "origin", "main:refs/remotes/origin/main")
    return folder


def git_in(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, env=environment(), check=True, capture_output=True)


REFUSED = {
    ("whole", "nulle-part"): "base-inconnue",
    ("whole", "--output=/tmp/x"): "base-inconnue",
    ("whole", "a..b"): "base-inconnue",
    ("whole", "a\0b"): "base-inconnue",
    ("whole", ""): "base-inconnue",
    ("shallow", "origin/main"): "historique-absent",
    ("empty", "main"): "depot-sans-version",
    ("damaged", "main"): "depot-refuse",
    ("none", "main"): "depot-absent",
}


@pytest.mark.parametrize(("place", "base"), REFUSED)
@pytest.mark.parametrize("language", ["fr", "de"])
def test_why_git_gives_no_changes_is_said_in_any_language(
    places: Path, place: str, base: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", language)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    with pytest.raises(CannotRun) as stopped:
        git.changes_since(places / place, base)
    assert stopped.value.diagnostic.code == REFUSED[place, base]


def test_without_git_one_sentence_says_so(places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(places / "none"))
    with pytest.raises(CannotRun) as stopped:
        git.changes_since(places / "whole", git.default_base(places / "whole", "main"))
    assert stopped.value.diagnostic.code == "git-absent"


def test_a_branch_without_a_name_whose_base_has_moved_on_has_its_own_changes_only(places: Path) -> None:
    assert git.changes_since(places / "whole", "main") == (FileChange(Kind.ADDED, "practices/b.yml"),)


def test_the_repository_of_another_account_is_not_called_unknown(places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # git's own means to test this
    with pytest.raises(CannotRun) as stopped:
        git.changes_since(places / "whole", "main")
    told = stopped.value.diagnostic
    assert (told.code, messages.message(told).partition(" : ")[2]) == (
        "depot-refuse",
        f"detected dubious ownership in repository at '{places / 'whole'}'.",
    )
    assert f'safe.directory "{places / "whole"}"' in messages.hint(told)


def test_a_catalogue_in_a_folder_of_a_repository_has_its_fiches_and_names_what_changes_around_it(
    tmp_path: Path,
) -> None:
    catalogue = tmp_path / "sites/catalogue"
    (catalogue / "practices").mkdir(parents=True)
    git_in(tmp_path, "init", "--quiet", "--initial-branch", "main")
    (catalogue / "practices/a.yml").write_text("titre: A\n" * 9, encoding="utf-8")
    git_in(tmp_path, "add", "--all")
    git_in(tmp_path, "commit", "--quiet", "--message", "a")
    git_in(tmp_path, "config", "diff.relative", "true")
    git_in(catalogue, "mv", "practices/a.yml", "practices/b.yml")
    (catalogue / "practices/neuve.yml").write_text("titre: C\n", encoding="utf-8")
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github/check.yml").touch()
    git_in(tmp_path, "add", ".github")
    assert git.changes_since(catalogue, "main") == (
        around := FileChange(Kind.ADDED, "../../.github/check.yml"),
        FileChange(Kind.RENAMED, "practices/b.yml", "practices/a.yml"),
        FileChange(Kind.ADDED, "practices/neuve.yml"),
    )
    assert outside([around]) == [around]


def test_the_clone_of_a_fork_is_compared_to_the_repository_that_was_forked(places: Path, tmp_path: Path) -> None:
    git_in(tmp_path, "clone", "--quiet", str(places / "whole"), "fork")
    fork = tmp_path / "fork"
    assert git.default_base(fork, "main") == "origin/main"
    git_in(fork, "remote", "add", "upstream", str(places / "whole"))
    git_in(fork, "fetch", "--quiet", "upstream")
    assert git.default_base(fork, "main") == "upstream/main"
    assert git.default_base(tmp_path, "main") == "origin/main"
