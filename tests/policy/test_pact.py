"""The pact of today: each fact traced to a row of the research and shown with its source; the older guide whole."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copytree

import pytest

from practice_catalogue.model import formatting
from practice_catalogue.model.vocabulary import EtapeDuPacte, Fait, Signature, fold
from practice_catalogue.site.pages import markdown_pages
from practice_catalogue.validation import loader
from tests.policy import second_way
from tests.policy.conftest import pages_of
from tests.policy.research_rows import RESEARCH, ROWS
from tests.policy.second_way import Shown, words
from tests.support import PRACTICES, ROOT, VOCABULARIES

TERMS = loader.load_vocabularies(VOCABULARIES)
FACTS = {f"{sujet.id} : {fait.titre}": fait for sujet in TERMS.pacte for fait in sujet.faits}
SOURCED: dict[str, Fait | EtapeDuPacte | Signature] = {
    **FACTS,
    **{f"étape {step.id}": step for step in TERMS.etapes_du_pacte},
    **{f"signature {one.id}": one for one in TERMS.signataires},
}
CHANGES = {sigle.id: sigle.depuis for sigle in TERMS.sigles if sigle.depuis}

ANCHORS = {
    "integration", "pourquoi", "marques", "etapes", "dix-questions", "depuis",
    "phase-mise-en-route", "phase-elaboration", "phase-realisation-et-evaluation",
}  # fmt: skip
"""The anchors of the guide that were published, besides those of its eleven steps."""


def numbers(text: str) -> set[str]:
    """All numbers of a French or English text, without separators: « 30 000 » and 30,000 are the same."""
    joined = re.sub(r"(?<=\d)[ ,.\u00a0\u202f](?=\d{3}\b)", "", text)
    return set(re.findall(r"\d+(?:\.\d+)?", joined.replace(",", ".")))


@pytest.mark.parametrize("name", SOURCED)
def test_a_fact_rests_on_rows_of_the_research_and_says_no_number_that_is_not_there(name: str) -> None:
    fact = SOURCED[name]
    texts = [getattr(fact, field, "") for field in ("titre", "texte", "nuance", "description")]
    cited = [ROWS[ligne] for ligne in fact.lignes]
    assert cited
    assert fact.sources
    assert not any("not found" in row for row in cited)
    assert numbers(" ".join((*texts, formatting.day(getattr(fact, "date", ""))))) <= numbers(" ".join(cited))


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_is_as_certain_as_the_least_certain_of_its_rows(name: str) -> None:
    rows = [ROWS[ligne].rstrip("| ") for ligne in FACTS[name].lignes if ROWS[ligne].startswith("|")]
    found = {letter for row in rows for letter in re.findall(r"\b([ABCD])\b", row.rpartition("|")[2])}
    assert "D" not in found
    assert not found or FACTS[name].certitude == max(found)


@pytest.mark.parametrize("sigle", CHANGES)
def test_what_became_of_an_institution_rests_on_rows_of_the_research(sigle: str) -> None:
    change = CHANGES[sigle]
    cited = " ".join(ROWS[ligne] for ligne in change.lignes)
    assert cited
    assert numbers(f"{change.texte} {change.bref}") <= numbers(cited)


def test_the_kinds_and_themes_of_the_ministry_are_those_that_the_research_found() -> None:
    for number, theme in enumerate(TERMS.themes, 1):
        english, german, french, kinds = (cell.strip() for cell in ROWS[f"9.{number}"].strip("|").split("|"))
        assert (theme.traductions["en"], theme.traductions["de"], theme.libelle) == (english, german, french)
        named = {fold(kind.traductions["en"]) for kind in TERMS.types if kind.theme == theme.id and kind.ministere}
        assert {name.rstrip("s") for name in named} == {fold(kind).rstrip("s") for kind in kinds.split(";")}


def test_every_source_is_known_and_used() -> None:
    used = {source for fact in SOURCED.values() for source in fact.sources}
    assert used == {source.id for source in TERMS.sources_du_pacte}
    text = (RESEARCH / "pacte.md").read_text(encoding="utf-8")
    for source in TERMS.sources_du_pacte:
        for site in re.findall(r"[a-z.-]+\.(?:lu|eu)\b", source.description):
            assert site.removeprefix("www.") in text or site.partition(".")[0] in text, source.id


def test_the_page_says_every_fact_with_its_sources_and_nothing_else(made: dict[str, str]) -> None:
    rows = Shown(made["pacte/index.md"]).tree.xpath("//dl[@class='faits']/div")
    shown = [[words(cell) for cell in row] for row in rows]
    assert shown == [expected(fait) for fait in FACTS.values()]


def test_the_guide_begins_with_the_facts_that_matter_most(made: dict[str, str]) -> None:
    page = Shown(made["guide-pci/index.md"])
    shown = [[words(cell) for cell in row] for row in page.tree.xpath("//dl[@class='faits']/div")]
    essential = [expected(fait) for fait in FACTS.values() if fait.essentiel]
    assert shown == [*essential, expected(TERMS.pacte["le-cycle"].faits[0])]
    headings = [words(heading) for heading in page.tree.xpath("//h2")]
    assert headings[0] == "Le pacte aujourd'hui"


def expected(fait: Fait) -> list[str]:
    text = f"{fait.texte} {fait.nuance}".strip()
    return [fait.titre, " ".join(text.split()), f"Source : {' ; '.join(said_by(source) for source in fait.sources)}"]


def said_by(source_id: str) -> str:
    source = TERMS.sources_du_pacte[source_id]
    return f"{source.libelle}, {formatting.day(source.date) if source.date else source.quand or 'sans date'}"


def test_the_eleven_steps_stand_under_the_five_of_the_pact_and_say_what_became_of_what_they_name(
    made: dict[str, str],
) -> None:
    page = Shown(made["guide-pci/index.md"])
    parts = page.tree.xpath("//section[@class='phase']")
    assert len(parts) == 5
    under = {
        part.xpath("./section/h3/@id")[at]: part.xpath("./h2/@id")[0].removeprefix("etape-")
        for part in parts
        for at in range(len(part.xpath("./section/h3")))
    }
    assert under == {step["id"]: step["etape_du_pacte"] for step in second_way.terms("etapes-pci")}
    assert len(under) == 11
    for step in TERMS.etapes_pci:
        text = " ".join((*step.faire, *step.acteurs, *step.vigilance))
        for name, sigle in (("OLAI", "olai"), ("PCI", "pci"), ("commission consultative d'intégration", "ccci")):
            assert name not in text or sigle in step.devenus, step.id
        said = words(page.one(f"//section[@aria-labelledby='{step.id}']"))
        for sigle in step.devenus:
            assert CHANGES[sigle].bref in said
            assert page.tree.xpath(f"//div[@id='depuis-{sigle}']")


def test_the_addresses_within_the_guide_stay(made: dict[str, str]) -> None:
    ids = set(Shown(made["guide-pci/index.md"]).tree.xpath("//@id"))
    assert ids >= ANCHORS | {step["id"] for step in second_way.terms("etapes-pci")}


def test_the_signatories_are_listed_with_their_dates_and_no_total_is_invented(made: dict[str, str]) -> None:
    communes = [commune for one in TERMS.signataires for commune in one.communes]
    assert len(communes) == len(set(communes))
    assert all(not TERMS.communes[commune].devenue for commune in communes)
    page = Shown(made["signataires/index.md"])
    rows = page.tree.xpath("//tbody/tr")
    assert [words(row.xpath("./th")[0]) for row in rows] == [
        formatting.day(one.date) if one.date else "un mercredi, sans date" for one in TERMS.signataires
    ]
    shown = [link.rstrip("/").rpartition("/")[2] for row in rows for link in row.xpath(".//a/@href")]
    assert shown == communes
    assert "48 communes selon Le Quotidien, dans un article sans date" in words(page.tree)
    for name in ("pacte", "guide-pci", "signataires"):
        assert not {"47", "51", "52"} & numbers(words(Shown(made[f"{name}/index.md"]).tree))


def test_a_theme_shows_the_kinds_of_the_ministry_its_fiches_and_calls_for_the_missing(made: dict[str, str]) -> None:
    for theme in second_way.terms("themes"):
        page = Shown(made[f"themes/{theme['id']}.md"])
        kinds = [kind for kind in second_way.terms("types") if kind.get("theme") == theme["id"]]
        named = [kind["libelle"] for kind in kinds if kind.get("ministere")]
        listed = page.tree.xpath("//h3[@id='ministere']/following-sibling::ul[1]/li")
        assert [words(kind.xpath("./a")[0]) for kind in listed] == named
        fiches = {fiche["titre"] for fiche in second_way.fiches().values() if theme["id"] in fiche.get("themes", ())}
        assert {words(title) for title in page.tree.xpath("//h3[@class='carte-titre']")} == fiches
        told = {kind for fiche in second_way.fiches().values() for kind in fiche.get("types", ())}
        missing = [kind for kind in kinds if kind.get("ministere") and kind["id"] not in told]
        assert len(page.tree.xpath("//p[@class='vide']")) == bool(missing)


def test_the_themes_name_the_fiches_that_fit_none(made: dict[str, str]) -> None:
    page = Shown(made["themes/index.md"])
    without = {fiche["titre"] for fiche in second_way.fiches().values() if not fiche.get("themes")}
    assert {words(link) for link in page.tree.xpath("//section[@aria-labelledby='hors-themes']//li/a")} == without
    assert [words(link) for link in page.tree.xpath("//p[@class='entree-titre']/a")] == [
        theme["libelle"] for theme in second_way.terms("themes")
    ]


def test_a_commune_says_when_it_signed(made: dict[str, str]) -> None:
    assert "A signé le pacte communal le 27 mars 2024." in words(Shown(made["communes/strassen.md"]).tree)
    assert "A signé le pacte communal." in words(Shown(made["communes/mersch.md"]).tree)
    assert "signé" not in words(Shown(made["communes/beaufort.md"]).tree)


def test_a_catalogue_without_a_pact_has_the_guide_by_phases(tmp_path: Path) -> None:
    folder = Path(copytree(VOCABULARIES, tmp_path / "vocabularies"))
    for name in ("pacte", "etapes-du-pacte", "sources-du-pacte", "signataires"):
        (folder / f"{name}.yml").unlink()
    loaded = loader.load(PRACTICES, folder)
    pages = markdown_pages(loaded.catalogue, loader.load_settings(ROOT / "catalogue.yml"))
    assert "signataires/index.md" not in pages
    guide = Shown(pages["guide-pci/index.md"])
    assert len(guide.tree.xpath("//section[@class='phase']")) == 3
    assert not guide.tree.xpath("//dl[@class='faits']")
    assert "ne dit rien d'un pacte" in words(Shown(pages["pacte/index.md"]).tree)


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return pages_of(PRACTICES)
