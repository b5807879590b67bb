"""A fiche goes into the Word form and comes back as it was, whatever has saved the form in between."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from practice_catalogue.forms.importing import documents, importer
from practice_catalogue.forms.word import paragraphs
from practice_catalogue.forms.word.paragraphs import to_markdown, to_paragraphs, with_typed_marks
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.vocabulary import Vocabularies
from practice_catalogue.validation import loader
from tests.any_fiche import any_fiche
from tests.forms.conftest import form
from tests.support import VOCABULARIES

SOFFICE = shutil.which("soffice")
HAS_WRITER = SOFFICE is not None and (Path(SOFFICE).resolve().parent / "libswlo.so").exists()
TERMS = loader.load_vocabularies(VOCABULARIES)


def read_back(file: Path, terms: Vocabularies) -> Fiche:
    """The fiche in a form, in which nothing had to be guessed and nothing was left over."""
    imported = importer.read_drafts(file, terms)
    assert imported.notes == ()
    (proposal,) = imported.proposals
    draft = proposal.draft
    assert (draft.guesses, draft.kept, draft.loose) == ([], {}, [])
    return Fiche.model_validate({**draft.data, "id": proposal.id}, context=terms)


def test_every_fiche_comes_back(catalogue: Catalogue, filled: Path, terms: Vocabularies) -> None:
    assert [read_back(filled / f"{fiche.id}.docx", terms) for fiche in catalogue] == list(catalogue)


@pytest.mark.skipif(not HAS_WRITER, reason="LibreOffice Writer is not installed")
def test_every_fiche_comes_back_after_libreoffice_has_saved_it(
    catalogue: Catalogue, filled: Path, terms: Vocabularies, tmp_path: Path
) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    forms = sorted(map(str, filled.glob("*.docx")))
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path), *forms]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    assert [read_back(tmp_path / f"{fiche.id}.docx", terms) for fiche in catalogue] == list(catalogue)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(any_fiche(TERMS))
def test_any_fiche_comes_back(data: dict[str, Any]) -> None:
    fiche = Fiche.model_validate({**data, "id": "une-fiche"}, context=TERMS)
    (draft,) = importer.drafts_in(documents.parse_document(form(TERMS, fiche)), TERMS)
    assert (draft.guesses, draft.loose) == ([], [])
    assert Fiche.model_validate({**draft.data, "id": "une-fiche"}, context=TERMS) == fiche


def test_what_became_of_a_practice_comes_back(catalogue: Catalogue, terms: Vocabularies) -> None:
    fiche = next(iter(catalogue))
    data = fiche.model_dump(mode="json", exclude_defaults=True) | {
        "types": ["cafe-des-langues"],
        "themes": ["langues-et-formation"],
        "nouvelles": [
            {"le": "2026-03-15", "etat": "en-cours", "source": "Commune de Strassen", "texte": "Une autre salle."},
            {"le": "2026-09-01", "etat": "terminee", "source": "Caritas", "a_eviter": "Commencer en été."},
        ],
        "evaluation": {"par": "CEFIS", "annee": "2018", "texte": "Neuf sur dix reviennent.", "url": "https://cefis.lu"},
        "reprise_de": {"fiche": "cafe-de-babel", "changements": "Le café se tient en journée."},
    }
    said = Fiche.model_validate(data, context=terms)
    (draft,) = importer.drafts_in(documents.parse_document(form(terms, said)), terms)
    assert (draft.guesses, draft.loose) == ([], [])
    assert Fiche.model_validate({**draft.data, "id": fiche.id}, context=terms) == said


@given(some.text(some.sampled_from("ab *-_[](1.2•\n\u2005é"), min_size=1, max_size=60).map(str.strip).filter(bool))
def test_any_long_text_comes_back(text: str) -> None:
    assert to_markdown(map(with_typed_marks, to_paragraphs(text))) == text


def test_long_texts_look_in_word_as_they_will_on_the_page() -> None:
    text = "Une **idée** simple,\nà voir [ici](https://a.lu).\n\n- une\n  chose\n- *deux*\n\n1. d'abord"
    assert [(one.item, [run.text for run in one.runs]) for one in to_paragraphs(text)] == [
        ("", ["Une ", "idée", f" simple,{paragraphs.SOFT_BREAK}à voir ", "ici", "."]),
        ("-", [f"une{paragraphs.SOFT_BREAK}chose"]),
        ("-", ["deux"]),
        ("1.", ["d'abord"]),
    ]


def test_the_same_fiche_gives_the_same_bytes(catalogue: Catalogue, terms: Vocabularies) -> None:
    fiche = next(iter(catalogue))
    assert form(terms, fiche) == form(terms, fiche)


def test_no_file_of_the_archive_carries_a_clock(empty: bytes, tmp_path: Path) -> None:
    (tmp_path / "fiche.docx").write_bytes(empty)
    with zipfile.ZipFile(tmp_path / "fiche.docx") as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
