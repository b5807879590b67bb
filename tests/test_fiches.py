"""Every rule has a fiche that breaks it, and the complete report a contributor gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from practice_catalogue.validation import loader, messages
from practice_catalogue.validation.reports import as_text
from tests.support import INVALID, VALID, VOCABULARIES, expected_reports, invalid_cases, report_of

NOT_IN_A_FILE = {
    "fichier-illisible",  # a file that vanishes while it is read: tested below
    "page-inattendue",  # a file among the pages: tested in test_files
    "valeur-invalide",  # said where pydantic learns a new kind of error: nothing provokes it today
}


@pytest.mark.parametrize("case", invalid_cases())
def test_an_invalid_fiche_gets_exactly_this_report(case: str) -> None:
    assert report_of(case) == (INVALID / f"{case}.txt").read_text(encoding="utf-8")


def test_each_case_has_an_expectation_and_each_expectation_a_case() -> None:
    assert expected_reports() == invalid_cases()


def test_each_code_has_a_case_named_after_it() -> None:
    cases = invalid_cases()
    assert {
        code for code in messages.FILE_PROBLEMS if not any(case.startswith(code) for case in cases)
    } == NOT_IN_A_FILE


@pytest.mark.parametrize("case", invalid_cases())
def test_a_case_breaks_the_rule_it_is_named_after(case: str) -> None:
    codes = [code for code in messages.FILE_PROBLEMS if case.startswith(code)]
    assert case == "dix-erreurs" or f" {max(codes, key=len)}" in report_of(case)


def test_ten_mistakes_give_ten_problems_in_one_run() -> None:
    assert report_of("dix-erreurs").endswith("1 fiche : 10 erreurs.\n")


def test_valid_fiches_pass() -> None:
    loaded = loader.load(VALID, VOCABULARIES)
    assert as_text(loaded.report, loaded.files) == "6 fiches : tout est en ordre."
    assert len(loaded.catalogue) == 6


def test_a_file_that_vanishes_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    report = loader.load(VALID, VOCABULARIES, [tmp_path / "disparue.yml"]).report
    assert [diagnostic.code for diagnostic in report] == ["fichier-illisible"]


def test_what_yaml_would_take_for_something_else_stays_text() -> None:
    fiche = next(fiche for fiche in loader.load(VALID, VOCABULARIES).catalogue if fiche.id == "noms-et-formes")
    assert (fiche.titre, fiche.porteurs[0].nom, fiche.lieu, fiche.objectifs) == (
        "NO, le non",
        "08105",
        "12:30",
        ("yes", "1.10"),
    )
    assert fiche.couts is not None
    assert (fiche.couts.montant, fiche.couts.montant_max) == (3000, 5000)


def test_terms_are_found_by_any_of_their_names() -> None:
    fiche = next(fiche for fiche in loader.load(VALID, VOCABULARIES).catalogue if fiche.id == "noms-et-formes")
    assert fiche.communes == ("differdange", "bous", "strassen")
    assert fiche.domaines == ("logement", "education")
    assert fiche.publics == ("beneficiaires-de-protection", "demandeurs-de-protection")


def test_windows_line_ends_a_byte_order_mark_and_split_accents_change_nothing() -> None:
    by_id = {fiche.id: fiche for fiche in loader.load(VALID, VOCABULARIES).catalogue}
    plain = by_id["minimale"].description
    assert {by_id[name].description for name in ("fins-de-ligne-windows", "marque-d-ordre")} == {plain}
    assert by_id["decomposee"].titre == "La serre partagée"
