"""Every rule has a fiche that breaks it, and the complete report a contributor gets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from practice_catalogue.model.diagnostics import Diagnostic
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.validation import loader, messages
from practice_catalogue.validation.reports import as_text
from tests.support import INVALID, VALID, VOCABULARIES, expected_reports, invalid_cases, report_of
from tests.typed_values import AMOUNTS, DATES, PHONES

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


def read_with(line: str, tmp_path: Path) -> tuple[Fiche | None, list[Diagnostic]]:
    """The smallest valid fiche with some other lines, and what is said of it."""
    text = (VALID / "minimale.yml").read_text(encoding="utf-8")
    own = line.partition(":")[0]
    kept = "".join(field for field in re.split(r"^(?=\w)", text, flags=re.MULTILINE) if not field.startswith(own))
    (tmp_path / "une-fiche.yml").write_text(f"{kept}{line}\n", encoding="utf-8")
    loaded = loader.load(tmp_path, VOCABULARIES)
    return next(iter(loaded.catalogue), None), list(loaded.report)


@pytest.mark.parametrize(("text", "meant"), AMOUNTS.items())
@pytest.mark.parametrize("quote", ["", '"'])
def test_an_amount_means_what_it_means_in_luxembourg_or_is_asked_about(
    text: str, meant: int | tuple[str, ...], quote: str, tmp_path: Path
) -> None:
    fiche, said = read_with(f"couts:\n  niveau: faible\n  montant: {quote}{text}{quote}", tmp_path)
    if isinstance(meant, int):
        assert (fiche.couts.montant if fiche and fiche.couts else said) == meant
    else:
        assert [(one.code, one.details["proches"]) for one in said] == [("nombre-attendu", list(meant))]


def test_signs_that_look_right_in_a_number_are_right(tmp_path: Path) -> None:
    for text, meant in PHONES.items():
        fiche, _ = read_with(f"contacts: [{{organisation: Commune, telephone: {text}}}]", tmp_path)
        assert [contact.telephone for contact in (fiche.contacts if fiche else ())] == [meant], ascii(text)
    for text, meant in DATES.items():
        fiche, _ = read_with(f"publie_le: {text}", tmp_path)
        assert (fiche.publie_le if fiche else None) == meant, ascii(text)


def test_marks_that_turn_the_order_of_digits_stay_forbidden(tmp_path: Path) -> None:
    for text in ("\u202e12\u202c", "\u206712\u2069", "ab\u202dc"):
        _, said = read_with(f"lieu: {text}", tmp_path)
        assert {one.code for one in said} == {"caractere-interdit"}


COMMENTED = {
    "# Mme Untel, privé 621 123 456": ("mobile-prive", 20, "621 123 456"),
    "# GSM\u00a0: (+352) 691\u2011123\u2011456, le soir": ("mobile-prive", 9, "(+352) 691-123-456"),
    "lieu: Mairie # jeanne.untel@Gmail.com.": ("courriel-prive", 16, "jeanne.untel@Gmail.com"),
    "# service@strassen.lu, 26 12 10-1, le 6 12 2016, 978-2-612345-67-8": None,
    "lieu: Quai n#621123456": None,
}


@pytest.mark.parametrize(("line", "found"), COMMENTED.items())
def test_a_private_number_or_mailbox_in_a_comment_is_told(
    line: str, found: tuple[str, int, str] | None, tmp_path: Path
) -> None:
    _, said = read_with(line, tmp_path)
    assert [(one.code, one.column, one.details["valeur"]) for one in said] == ([found] if found else [])


def test_titles_that_only_look_different_are_the_same(tmp_path: Path) -> None:
    text = (VALID / "minimale.yml").read_text(encoding="utf-8")
    title = text.partition("\n")[0].removeprefix("titre: ")
    alike = [title, title.upper(), f"{title} \u2733\ufe0f", title.replace("o", "o\u0323"), title.replace(" ", "\u00a0")]
    for number, other in enumerate(alike):
        (tmp_path / f"fiche-{number}.yml").write_text(text.replace(title, other), encoding="utf-8")
    said = list(loader.load(tmp_path, VOCABULARIES).report)
    assert {one.code for one in said} == {"titre-en-double"}
    assert said[0].details["autre"] == "fiche-1, fiche-2, fiche-3 et 1 autre"


def test_no_title_holds_signs_that_nobody_sees_or_letters_of_two_alphabets(tmp_path: Path) -> None:
    for unseen in ("\ufe0f", "\ufe00", "\u0323" * 4, "\u0e47" * 4):
        _, said = read_with(f"titre: Le p{unseen}otager", tmp_path)
        assert {one.code for one in said} == {"caractere-interdit"}, ascii(unseen)
    for mixed in ("p\u043etager", "\u0420otager", "pot\u03b1ger", "potager\u0585"):
        _, said = read_with(f"titre: Le {mixed}", tmp_path)
        assert [(one.code, one.details["mot"]) for one in said] == [("alphabets-meles", mixed)]
    for right in ("10 k\u03a9, µm", "Привет Tout le monde", "1\ufe0f\u20e3 potager \u2764\ufe0f", "ka\u0323\u0304ffi"):
        assert read_with(f"titre: {right}", tmp_path)[1] == []


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
