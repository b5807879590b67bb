"""Every problem of a fiche has its page, whose example shows exactly that problem and whose mend shows none."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from practice_catalogue.model.diagnostics import Severity
from practice_catalogue.model.settings import PUBLISHED_IDS
from practice_catalogue.validation import loader, messages
from practice_catalogue.validation.explanations import EXPLANATIONS, FOLDER, Explanation, Shows, explanation_page
from tests.support import VALID, VOCABULARIES

TERMS = loader.load_vocabularies(VOCABULARIES)
WITHOUT_EXAMPLE = {
    "fichier-trop-gros",  # would fill the page
    "encodage",  # cannot be seen
    "caractere-interdit",  # cannot be seen
    "lien-symbolique",  # has no text
    "fichier-illisible",  # has no text
    "page-inattendue",  # is not about a fiche
    "autres-problemes",  # takes more problems than a page shows
    "valeur-invalide",  # nothing provokes it today
}
BASE = (VALID / "minimale.yml").read_text(encoding="utf-8").replace("Le potager de la rue", "Café de Babel")
NEIGHBOUR = BASE.replace("Café de Babel", "Kufika")
TAKES_UP = "reprise_de: {fiche: cafe-de-babel}\n"


@pytest.fixture(autouse=True)
def terms_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "load_vocabularies", lambda _: TERMS)


def test_each_code_is_explained() -> None:
    assert set(EXPLANATIONS) == set(messages.FILE_PROBLEMS)


def test_only_what_cannot_be_shown_has_no_example() -> None:
    assert {code for code, said in EXPLANATIONS.items() if not said.wrong} == WITHOUT_EXAMPLE


def completed(lines: str) -> str:
    """An extract with the other fields of a good fiche."""
    own = set(re.findall(r"^(\w+)", lines, re.MULTILINE)) | set(re.findall(r"^\? \[(\w+)", lines))
    fields = re.split(r"^(?=\w)", BASE, flags=re.MULTILINE)
    return lines + "\n" + "".join(field for field in fields if field.partition(":")[0] not in own)


def codes(folder: Path, code: str, said: Explanation, example: str) -> set[tuple[str, Severity]]:
    """What is said of an example, in a catalogue with one other fiche."""
    practices = folder / "practices"
    practices.mkdir(parents=True)
    neighbour = NEIGHBOUR + TAKES_UP if code == "reprise-en-cercle" and example is said.wrong else NEIGHBOUR
    (practices / "kufika.yml").write_text(neighbour, encoding="utf-8")
    name = example if said.shows is Shows.NAME else "cafe-de-babel.yml"
    lines = example if said.shows is Shows.LINES else ""
    text = example if said.shows is Shows.WHOLE else completed(lines)
    (practices / name).write_text(text.replace("\n…", ""), encoding="utf-8")
    listed = {"adresse-perdue": "cafe-des-langues"}.get(code, example if said.shows is Shows.LIST else "")
    (folder / PUBLISHED_IDS).write_text(listed, encoding="utf-8")
    return {(diagnostic.code, diagnostic.severity) for diagnostic in loader.load(practices, VOCABULARIES).report}


@pytest.mark.parametrize("code", sorted(set(EXPLANATIONS) - WITHOUT_EXAMPLE))
def test_the_example_has_this_problem_and_its_mend_none(code: str, tmp_path: Path) -> None:
    said = EXPLANATIONS[code]
    severity = Severity.WARNING if said.warning else Severity.ERROR
    assert codes(tmp_path / "wrong", code, said, said.wrong) == {(code, severity)}
    mended = {found for found, _ in codes(tmp_path / "right", code, said, said.right)}
    assert mended == set() if said.shows is not Shows.WHOLE else code not in mended


def test_each_code_has_its_page_with_example_and_mend(site: Path) -> None:
    for code, said in EXPLANATIONS.items():
        text = html.unescape((site / explanation_page(code) / "index.html").read_text(encoding="utf-8"))
        for shown in (said.wrong, said.right):
            assert shown.replace("\t", "⇥ ") in text, code
        assert "…}" not in text
    index = (site / FOLDER / "index.html").read_text(encoding="utf-8")
    assert [code for code in EXPLANATIONS if f'href="{code}/"' not in index] == []
