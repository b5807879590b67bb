"""The workflows do what they say: their own commands, run on a pull request made here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.github.workflows import EXPECTED, WORKFLOWS, Repository, workflow


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "project")


def expected(name: str) -> str:
    return (EXPECTED / name).read_text(encoding="utf-8")


def test_a_proposal_with_a_wrong_fiche_is_told_what_to_mend(repository: Repository) -> None:
    repository.propose("jardin-voisin.yml", "fausse.yml")
    ran = repository.run("check.yml", "fiches")
    assert (ran.code, ran.said, ran.summary) == (1, expected("annotations.txt"), expected("wrong.md"))
    assert not (repository.folder / "apercu").exists()


def test_a_good_proposal_gets_a_preview(repository: Repository) -> None:
    repository.propose("jardin-voisin.yml")
    ran = repository.run("check.yml", "fiches")
    assert (ran.code, ran.summary) == (0, expected("good.md"))
    assert (repository.folder / "apercu/fiches/jardin-voisin/index.html").is_file()


def test_what_is_merged_is_published_with_its_booklets(repository: Repository) -> None:
    address = "https://catalogue.example/essai"
    ran = repository.run("publish.yml", "build", {"steps.pages.outputs.base_url": address})
    assert ran.code == 0, ran.said
    assert f'href="{address}/fiches/minimale/"' in (repository.folder / "site/fiches/minimale/index.html").read_text()
    made = sorted(path.name for path in (repository.folder / "livrets").iterdir())
    assert made == ["catalogue-feuilles.pdf", "catalogue-imprimeur.pdf", "catalogue.pdf", "sbom.cdx.json"]


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
