"""Which fiches, in which order."""

from __future__ import annotations

from pathlib import Path

import pytest

from practice_catalogue.booklet.chapters import book_parts, programme
from practice_catalogue.booklet.selection import parse_selection, selected_fiches
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.diagnostics import CannotRun
from tests.booklet.pdf_reader import Book
from tests.booklet.support import booklet, catalogue_of, practices_with


def ids(catalogue: Catalogue, select: str = "", **filters: list[str]) -> list[str]:
    return [fiche.id for fiche in selected_fiches(catalogue, parse_selection(catalogue, "", filters, select))]


def test_all_by_default_and_an_edition_by_name(catalogue: Catalogue) -> None:
    assert ids(catalogue) == [fiche.id for fiche in catalogue]
    assert len(selected_fiches(catalogue, parse_selection(catalogue, "Assises 2017", {}, ""))) == 24


def test_values_of_a_filter_add_up_and_filters_combine(catalogue: Catalogue) -> None:
    both = ids(catalogue, domaines=["logement", "Culture"])
    assert set(both) == set(ids(catalogue, domaines=["logement"])) | set(ids(catalogue, domaines=["culture"]))
    here = ids(catalogue, domaines=["culture"], communes=["Strassen"])
    assert here == [
        name for name in ids(catalogue, domaines=["culture"]) if name in ids(catalogue, communes=["strassen"])
    ]
    assert "kufika" in here


def test_a_former_commune_means_the_one_of_today(catalogue: Catalogue) -> None:
    assert ids(catalogue, communes=["Waldbredimus"]) == ids(catalogue, communes=["Bous-Waldbredimus"]) != []


@pytest.mark.parametrize(
    "select",
    [
        "kufika,lisko",
        "lisko kufika",
        "# ma liste\nkufika\nlisko # à revoir\n",
        "https://catalogue.example/selection/?fiches=kufika,lisko",
        "https://catalogue.example/selection/#fiches=kufika%2Clisko&titre=Mon+choix",
        "https://catalogue.example/essai/selection/#kufika,lisko",
    ],
)
def test_ids_come_as_a_list_a_file_or_a_shared_link(select: str, catalogue: Catalogue) -> None:
    assert ids(catalogue, select) == ["kufika", "lisko"]


def test_an_old_id_finds_its_fiche(tmp_path: Path) -> None:
    folder = practices_with(
        tmp_path / "p", {"kufika": [("publie_le:", "anciens_ids: [kultur-fir-kanner]\npublie_le:")]}
    )
    assert ids(catalogue_of(folder), "kultur-fir-kanner") == ["kufika"]


@pytest.mark.parametrize(
    ("select", "filters", "code"),
    [
        ("kufikka", {}, "fiche-inconnue"),
        ("https://catalogue.example/selection/#kufika,nulle-part", {}, "fiche-inconnue"),
        ("https://catalogue.example/selection/", {}, "livret-vide"),
        ("# rien\n", {}, "livret-vide"),
        ("kufika", {"communes": ["Wiltz"]}, "livret-vide"),
        ("", {"domaines": ["logemant"]}, "filtre-inconnu"),
    ],
)
def test_a_choice_that_cannot_be_made_is_told(
    select: str, filters: dict[str, list[str]], code: str, catalogue: Catalogue
) -> None:
    with pytest.raises(CannotRun) as told:
        ids(catalogue, select, **filters)
    assert told.value.diagnostic.code == code


def test_without_blocs_the_order_is_by_domain_then_title(catalogue: Catalogue) -> None:
    made = book_parts(catalogue, catalogue.fiches, "assises-2017")
    domains = [term.libelle for term in catalogue.vocabularies.domaines]
    assert [part.titre for part in made] == sorted((part.titre for part in made), key=domains.index)
    titles = [fiche for fiche in catalogue if fiche.domaines[0] == "logement"]
    assert list(next(part for part in made if part.titre == "Logement").fiches) == titles


def test_an_order_can_be_asked_for(catalogue: Catalogue) -> None:
    (only,) = book_parts(catalogue, catalogue.fiches, "assises-2017", "titre")
    assert only.fiches == catalogue.fiches
    with pytest.raises(CannotRun, match="sans-programme"):
        book_parts(catalogue, catalogue.fiches, "assises-2017", "programme")


@pytest.fixture
def of_the_day(tmp_path: Path) -> Catalogue:
    """An edition whose blocs and tables are known, but for one fiche."""
    plain = "  - {edition: assises-2017}"

    def at(bloc: str, table: str) -> list[tuple[str, str]]:
        return [(plain, f'  - {{edition: assises-2017, bloc: "{bloc}", table: "{table}"}}')]

    return catalogue_of(
        practices_with(
            tmp_path / "p",
            {
                "kufika": at("10", "2"),
                "lisko": at("2", "10"),
                "equigaart": at("2", "9"),
                "cafe-de-babel": [],
            },
        )
    )


def test_the_programme_of_the_day_orders_the_booklet(of_the_day: Catalogue) -> None:
    made = book_parts(of_the_day, of_the_day.fiches, "assises-2017")
    assert [(part.titre, [fiche.id for fiche in part.fiches]) for part in made] == [
        ("Bloc 2", ["equigaart", "lisko"]),
        ("Bloc 10", ["kufika"]),
        ("Hors programme", ["cafe-de-babel"]),
    ]
    assert [slot.table for slot in programme(of_the_day.fiches, "assises-2017")] == ["9", "10", "2"]


def test_the_programme_stands_in_the_booklet_with_page_numbers(of_the_day: Catalogue) -> None:
    book = Book(booklet(of_the_day, edition="assises-2017").pdf)
    page = next(page for _, title, page in book.bookmarks() if title == "Programme des tables")
    text = " ".join(book.text(page).split())
    assert text.index("Bloc 2") < text.index("Table 9") < text.index("Table 10") < text.index("Bloc 10")
    assert {jump.target for jump in book.jumps() if jump.page == page} == {
        place for name, place in book.places().items() if name != "cafe-de-babel"
    }


def test_a_booklet_of_a_choice_holds_that_choice(catalogue: Catalogue, tmp_path: Path) -> None:
    folder = practices_with(tmp_path / "p", {"kufika": []})
    book = Book(booklet(catalogue_of(folder)).pdf)
    assert list(book.places()) == ["kufika"]
    assert len(catalogue) > 1
