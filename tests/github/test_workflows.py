"""The workflows do what they say: their own commands, run on a pull request made here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.booklet.pdf_reader import Book
from tests.github.workflows import EXPECTED, PREVIEW, WORKFLOWS, Repository, shell_steps, workflow, write_program
from tests.support import ROOT
from tests.test_supply_chain import PINNED


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "project")


def expected(name: str) -> str:
    return (EXPECTED / name).read_text(encoding="utf-8")


def test_a_proposal_with_a_wrong_fiche_is_told_what_to_mend(repository: Repository) -> None:
    repository.propose("jardin-voisin.yml", "fausse.yml", keeps_addresses=False)
    ran = repository.run("check.yml", "fiches")
    assert (ran.code, ran.said, ran.summary) == (1, expected("annotations.txt"), expected("wrong.md"))
    assert not (repository.folder.parent / "apercu").exists()


def test_a_good_proposal_gets_a_preview(repository: Repository) -> None:
    repository.propose("jardin-voisin.yml", keeps_addresses=True)
    ran = repository.run("check.yml", "fiches", PREVIEW)
    assert (ran.code, ran.summary) == (0, expected("good.md"))
    preview = repository.folder.parent / "apercu"
    assert (preview / "site/fiches/jardin-voisin/index.html").is_file()
    assert list(Book((preview / "fiches.pdf").read_bytes()).places()) == ["jardin-voisin", "les-noms"]


def test_a_proposal_cannot_change_who_checks_it(repository: Repository) -> None:
    """Its program and its settings of MkDocs are named, and not run."""
    repository.git("switch", "--quiet", "--create", "proposal")
    for name in ("cli/checking.py", "upkeep/pull_request.py", "__init__.py"):
        (repository.folder / f"src/practice_catalogue/{name}").write_text("raise SystemExit(0)\n", encoding="utf-8")
    (repository.folder / "build_catalogue.py").write_text("", encoding="utf-8")
    (repository.folder / "Makefile").write_text("all:\n\ttrue\n", encoding="utf-8")
    (repository.folder / "hooks.py").write_text("raise SystemExit('ran')\n", encoding="utf-8")
    with (repository.folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("hooks: [hooks.py]\n")
    for name in ("fiches.txt", "apercu"):
        (repository.folder / name).symlink_to("../base/src/practice_catalogue/__init__.py")
    repository.merge("A proposal")
    ran = repository.run("check.yml", "fiches", PREVIEW)
    assert ran.code == 0, ran.said
    named = ran.summary.partition("## Hors des fiches")[2]
    for name in ("src/practice_catalogue/cli/checking.py", "hooks.py", "mkdocs.yml", "Makefile", "fiches.txt"):
        assert f"`{name}`" in named


def test_what_is_merged_is_published_with_its_booklets(repository: Repository) -> None:
    address = "https://catalogue.example/essai"
    ran = repository.run("publish.yml", "build", {"steps.pages.outputs.base_url": address})
    assert ran.code == 0, ran.said
    assert f'href="{address}/fiches/minimale/"' in (repository.folder / "site/fiches/minimale/index.html").read_text()
    made = sorted(path.name for path in (repository.folder / "livrets").iterdir())
    assert made == ["catalogue-feuilles.pdf", "catalogue-imprimeur.pdf", "catalogue.pdf", "sbom.cdx.json"]
    inventory = json.loads((repository.folder / "livrets/sbom.cdx.json").read_bytes())["components"]
    locked = PINNED.findall((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    assert {(part["name"], part["version"]) for part in inventory} == set(locked)


def test_what_has_aged_stands_in_one_issue(repository: Repository, tmp_path: Path) -> None:
    settings = repository.folder / "catalogue.yml"
    exempt = "liens_sans_controle: [{adresse: https://www.example.org/, raison: a test asks nobody}]"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("liens_sans_controle: []", exempt), encoding="utf-8"
    )
    given = {"github.repository": "a/b", "github.token": "a token"}
    before = "2026-11-03 https://www.example.com/\n2026-11-03 https://www.example.org/\n"
    gh = f'[ "$2" != list ] || echo 5\n[ "$2" != download ] || printf "{before}" > fraicheur/liens.txt'
    looked = repository.run("review.yml", "look", given, programs(tmp_path, gh=gh))
    kept = repository.folder / "fraicheur"
    assert (looked.code, looked.summary) == (0, (kept / "fraicheur.md").read_text(encoding="utf-8"))
    assert (kept / "liens.txt").read_text(encoding="utf-8") == ""
    assert "## À confirmer : contacts (3)" in looked.summary.replace("\u00a0", " ")
    asked = tmp_path / "asked.txt"
    for number in ("", "7"):
        gh = f'echo "$GH_REPO: $*" >> {asked}\n[ "$2" != list ] || echo "{number}"\n'
        assert repository.run("review.yml", "tell", given, programs(tmp_path, gh=gh)).code == 0
    told = [line for line in asked.read_text(encoding="utf-8").splitlines() if "label create" not in line]
    seek = "a/b: issue list --label fraicheur --state open --limit 1 --json number --jq .[].number"
    create = "a/b: issue create --title Ce qui a vieilli dans le catalogue --label fraicheur --body-file fraicheur.md"
    assert told == [seek, create, seek, "a/b: issue edit 7 --body-file fraicheur.md"]


def test_a_release_carries_what_the_build_made(repository: Repository, tmp_path: Path) -> None:
    (repository.folder / "livrets").mkdir()
    (repository.folder / "livrets/catalogue.pdf").touch()
    given = {"github.repository": "a/b", "github.token": "a token", "github.event.release.tag_name": "v1; exit 9"}
    ran = repository.run("publish.yml", "release", given, programs(tmp_path, gh='printf "%s|" "$@"'))
    assert (ran.code, ran.said) == (0, "release|upload|v1; exit 9|livrets/catalogue.pdf|--clobber|")


def test_the_program_is_tested_and_then_compared_with_its_peers_in_a_step_of_its_own() -> None:
    assert [step["run"] for step in shell_steps("check.yml", "tests")] == ["bash .ci/run", "make bench-quick"]


def programs(folder: Path, **scripts: str) -> Path:
    """A folder of programs that stand in for those of the runner."""
    place = folder / "bin"
    for name, script in scripts.items():
        write_program(place / name, script)
    return place


@pytest.mark.parametrize("name", sorted(path.name for path in WORKFLOWS.iterdir()))
def test_no_job_may_do_more_than_it_says(name: str) -> None:
    assert workflow(name)["permissions"] == {}
    for job in workflow(name)["jobs"].values():
        writes = [what for what, right in job["permissions"].items() if right == "write"]
        runs_our_code = any("actions/checkout" in step.get("uses", "") for step in job["steps"])
        assert not (writes and runs_our_code)
        assert job["timeout-minutes"]


def test_a_proposal_from_a_fork_meets_no_secret_and_no_right() -> None:
    text = (WORKFLOWS / "check.yml").read_text(encoding="utf-8")
    assert "secrets" not in text
    assert "github.token" not in text
    assert "pull_request_target" not in text
