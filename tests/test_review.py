"""What has aged: told by urgency, on a day that is given, with the place in the file."""

from __future__ import annotations

import json
from contextlib import chdir
from datetime import date
from pathlib import Path

import pytest

from practice_catalogue import cli
from practice_catalogue.model.diagnostics import CannotRun, Report
from practice_catalogue.model.settings import Settings
from practice_catalogue.upkeep import staleness
from practice_catalogue.upkeep.issue import MAX_LENGTH, issue_text
from practice_catalogue.upkeep.link_memory import update_memory
from practice_catalogue.upkeep.links import LinkChecker
from practice_catalogue.validation import loader, messages
from practice_catalogue.validation.reports import sections_as_text
from tests.support import ROOT, VOCABULARIES

FOLDER = Path(__file__).parent / "review"
DEAD = {"https://gone.example.org/carte": "404", "https://gone.example.org/mode-d-emploi": "serveur-introuvable"}
SILENT = {"https://www.example.org/atelier": "503"}
TODAY = date(2026, 11, 20)


def sections(today: date = TODAY) -> dict[str, Report]:
    with chdir(FOLDER):
        catalogue = loader.load(Path("practices"), VOCABULARIES).catalogue
        return staleness.group_by_urgency(
            loader.locate(Path("practices"), staleness.findings(catalogue, today, DEAD, SILENT))
        )


def test_everything_that_aged_is_told_most_urgent_first() -> None:
    assert sections_as_text(sections()) + "\n" == (FOLDER / "expected.txt").read_text(encoding="utf-8")


def test_the_issue_tells_the_same() -> None:
    settings = Settings(nom="Essai", depot="https://forge.example.org/catalogue")
    made = issue_text(sections(), TODAY, settings, links=True)
    assert made == (FOLDER / "expected.md").read_text(encoding="utf-8")


def test_all_kinds_of_ageing_are_shown_here_and_have_a_heading() -> None:
    told = {diagnostic.code for report in sections().values() for diagnostic in report}
    assert told == set(messages.REVIEW_PROBLEMS) == set(messages.REVIEW_HEADINGS)


def test_nothing_is_old_before_its_time() -> None:
    told = {
        heading: [diagnostic.code for diagnostic in report] for heading, report in sections(date(2018, 6, 30)).items()
    }
    assert "À confirmer : projets dont la fin est passée" not in told
    assert told["À confirmer : contacts"] == ["contact-jamais-confirme"]


def test_a_long_list_stays_within_what_an_issue_takes() -> None:
    long = {heading: Report(report.diagnostics * 400) for heading, report in sections().items()}
    made = issue_text(long, TODAY, Settings(nom="Essai"), links=True)
    assert len(made) <= MAX_LENGTH
    assert made.endswith("\n\nLa liste est plus longue\u00a0: la commande « review » la donne entière.\n")


def test_a_link_is_dead_when_it_fails_on_two_days(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    address = "https://gone.example.org/carte"
    memory = tmp_path / "liens.txt"
    review = ["review", "--links", "--memory", str(memory), "--practices", str(FOLDER / "practices"), "--today"]
    for day, failed, codes, kept in (
        ("2026-11-03", {address: "503"}, ["lien-sans-reponse"], f"2026-11-03 {address}\n"),
        ("2026-11-03", {address: "503"}, ["lien-sans-reponse"], f"2026-11-03 {address}\n"),
        ("2026-11-04", {address: "404"}, ["lien-mort"], f"2026-11-03 {address}\n"),
        ("2026-12-03", {}, [], ""),
        ("2026-12-04", {address: "503"}, ["lien-sans-reponse"], f"2026-12-04 {address}\n"),
    ):
        monkeypatch.setattr(LinkChecker, "dead", lambda *_, failed=failed: failed)
        assert cli.main([*review, day, "--format", "json"]) == cli.GOOD
        told = json.loads(capsys.readouterr().out)["sections"]
        problems = [problem["code"] for section in told for problem in section["problems"]]
        assert [code for code in problems if code.startswith("lien-")] == codes
        assert memory.read_text(encoding="utf-8") == kept
    memory.write_bytes(b"\xff\n2099-01-01 https://a.lu\n")
    assert cli.main([*review, "2026-12-05"]) == cli.GOOD
    assert memory.read_text(encoding="utf-8") == f"2026-12-05 {address}\n"
    assert cli.main([*review[:3], str(tmp_path), *review[4:], "2026-12-05"]) == cli.CANNOT_RUN


def test_links_that_were_not_asked_are_told_and_remembered() -> None:
    told = issue_text({}, TODAY, Settings(nom="Essai"), links=True, unasked=12)
    assert "20 novembre 2026, sauf 12 liens que le temps n’a pas permis de demander." in told
    day = date(2026, 11, 3)
    assert update_memory({"https://a.lu": day, "https://b.lu": day}, [], ["https://a.lu"], TODAY) == {
        "https://a.lu": day
    }


def test_a_review_of_the_catalogue_never_fails_it(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["review", "--today", "2026-11-20", "--practices", str(FOLDER / "practices"), "--format"]
    assert cli.main([*arguments, "json"]) == cli.GOOD
    told = json.loads(capsys.readouterr().out)["sections"]
    assert [section["heading"] for section in told] == [
        heading for heading in dict.fromkeys(messages.REVIEW_HEADINGS.values()) if "liens" not in heading
    ]
    assert cli.main([*arguments, "github"]) == cli.GOOD
    assert "sans demander les liens" in capsys.readouterr().out
    assert cli.main(["review", "--today", "2015-01-01", "--practices", str(ROOT / "tests/fiches/valid")]) == cli.GOOD


def test_an_exception_needs_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.yml"
    exception = "liens_sans_controle:\n  - adresse: https://www.example.org/archives/\n"
    path.write_text(f"nom: Essai\n{exception}    raison: vu à la main\n", encoding="utf-8")
    settings = loader.load_settings(path)
    assert settings.is_exempt("https://www.example.org/archives/2017")
    assert not settings.is_exempt("https://www.example.org/")
    path.write_text(f"nom: Essai\n{exception}", encoding="utf-8")
    with pytest.raises(CannotRun) as refused:
        loader.load_settings(path)
    assert messages.line(refused.value.diagnostic) == (
        f"{path}:3:5: erreur cle-manquante liens_sans_controle[1].raison : Il manque la clé « raison », ou sa valeur."
    )
