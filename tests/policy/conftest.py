"""The generated pages, and what they are after one fiche was changed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from shutil import copytree

import pytest

from practice_catalogue.site.pages import markdown_pages
from practice_catalogue.validation import loader
from tests.support import PRACTICES, ROOT, VOCABULARIES


@cache
def pages_of(folder: Path) -> dict[str, str]:
    loaded = loader.load(folder, VOCABULARIES)
    assert not loaded.report.errors
    return markdown_pages(loaded.catalogue, loader.load_settings(ROOT / "catalogue.yml"))


@pytest.fixture(scope="session")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fiches of the catalogue, with one of them about other things."""
    folder = Path(copytree(PRACTICES, tmp_path_factory.mktemp("changed") / "practices"))
    path = folder / "equigaart.yml"
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ("domaines: [environnement, rencontre-et-loisirs, dialogue-interculturel]", "domaines: [sport]"),
        ("communes: [Junglinster]", "communes: [Wiltz]"),
        ("    frein: langue-et-culture", "    frein: objectifs-absents"),
        ("leviers: [convivialite, appui-politique, mixite]", "leviers: [aller-vers]"),
        ("demarche: ascendante", "demarche: descendante"),
        ("  niveau: faible", "  niveau: eleve"),
    ):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session", params=["as they are", "after one fiche was changed"])
def practices(request: pytest.FixtureRequest, changed: Path) -> Path:
    return PRACTICES if request.param == "as they are" else changed


@pytest.fixture(scope="session")
def generated(practices: Path) -> dict[str, str]:
    return pages_of(practices)
