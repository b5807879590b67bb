"""The booklet of 2017, read back: what stands in it, and whether everything leads where it says."""

from __future__ import annotations

import re

import pytest
import zxingcpp

from practice_catalogue.booklet.book_data import INDEXES
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.richtext import french
from tests.booklet.pdf_reader import Book
from tests.booklet.support import SITE, booklet


def test_every_fiche_stands_in_it_once_and_no_other(book: Book, catalogue: Catalogue) -> None:
    assert sorted(book.places()) == sorted(fiche.id for fiche in catalogue)
    titles = [title for depth, title, _ in book.bookmarks() if depth == 1]
    assert sorted(titles) == sorted(french(fiche.titre) for fiche in catalogue)


def test_its_pages_are_counted(catalogue: Catalogue) -> None:
    made = booklet(catalogue, edition="assises-2017")
    assert made.pages == len(Book(made.pdf))


def test_no_text_is_taken_for_the_number_of_pages(catalogue: Catalogue) -> None:
    text = {"titre": "/Type /Pages /Count 999999", "sous_titre": "/Type/Pages/Count 888888 <last-page>"}
    made = booklet(Catalogue.of([catalogue.fiches[0].model_copy(update=text)], catalogue.vocabularies))
    assert made.pages == len(Book(made.pdf))


def test_each_bookmark_leads_to_its_heading(book: Book) -> None:
    for _, title, page in book.bookmarks():
        assert " ".join(title.split()[:3]) in " ".join(book.text(page).split())


def test_each_page_number_is_the_page_it_leads_to(book: Book) -> None:
    numbered = [jump for jump in book.jumps() if re.search(r"\d+$", jump.words)]
    assert len(numbered) > 250
    assert [jump for jump in numbered if int(re.search(r"\d+$", jump.words)[0]) != jump.target] == []  # type: ignore[index]


def test_the_contents_list_every_fiche_and_part_where_it_stands(book: Book) -> None:
    first = next(page for _, title, page in book.bookmarks() if title == "Sommaire")
    entries = " ".join(" ".join(book.text(page).split()) for page in (first, first + 1))
    for _, title, page in book.bookmarks():
        if title != "Sommaire":
            assert re.search(rf"{re.escape(' '.join(title.split()))}[ .]* {page}\b", entries), title


@pytest.mark.parametrize(("index", "title"), INDEXES)
def test_an_index_names_every_heading_with_the_pages_of_its_fiches(
    index: str, title: str, book: Book, catalogue: Catalogue
) -> None:
    first = next(page for _, name, page in book.bookmarks() if name == title)
    lines = " ".join(book.text(first).split())
    places = book.places()
    for heading in catalogue.headings(index):
        pages = ", ".join(str(page) for page in sorted(places[fiche.id] for fiche in heading.fiches))
        entry = f"{' '.join(french(heading.libelle).split())} {pages}"
        assert not heading.fiches or entry in lines


def test_a_former_commune_leads_to_the_one_of_today(book: Book) -> None:
    page = next(page for _, name, page in book.bookmarks() if name == "Index des communes")
    assert f"Waldbredimus, voir Bous-Waldbredimus {book.places()['pci-miselerland']}" in book.text(page)


def test_a_practice_that_fits_a_spread_stands_on_one(book: Book) -> None:
    pages = sorted([*book.places().values(), *(page for depth, _, page in book.bookmarks() if depth == 0)])
    lengths = {name: pages[pages.index(page) + 1] - page for name, page in book.places().items()}
    short = [name for name, length in lengths.items() if length <= 2]
    assert len(short) >= 10
    assert [name for name in short if book.places()[name] % 2] == []


def test_it_is_tagged_titled_and_says_its_language(book: Book) -> None:
    root = book.root
    assert root["/Lang"] == "fr-FR"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data().decode()
    assert str(book.reader.metadata.title).startswith("Vivre ensemble : 2es Assises")  # type: ignore[union-attr]


def test_map_and_code_have_words_for_those_who_do_not_see_them(book: Book) -> None:
    told = set()

    def gather(node: object) -> None:
        entry = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(entry, list):
            for child in entry:
                gather(child)
        elif isinstance(entry, dict):
            if "/Alt" in entry:
                told.add(str(entry["/Alt"]))
            gather(entry.get("/K", []))

    gather(book.root["/StructTreeRoot"]["/K"])
    assert f"Code QR : {SITE}fiches/kufika/" in told
    assert any(alt.startswith("Carte du Luxembourg") and "Junglinster" in alt for alt in told)


def test_all_fonts_are_inside(book: Book) -> None:
    fonts = book.fonts()
    assert any("LibertinusSerif" in name for name in fonts)
    assert all({"/FontFile2", "/FontFile3"} & set(descriptor) for descriptor in fonts.values())


def test_each_code_gives_the_address_of_its_fiche(book: Book) -> None:
    for name, page in book.places().items():
        assert [code.text for code in zxingcpp.read_barcodes(book.picture(page))] == [f"{SITE}fiches/{name}/"]


def test_the_cover_says_what_when_where_and_how_many(book: Book) -> None:
    cover = " ".join(book.text(1).split())
    for words in ("2es Assises nationales", "11 février 2017", "Mersch", "24 bonnes pratiques", "20 novembre 2026"):
        assert words in cover


def test_what_the_owner_has_not_said_is_shown_as_missing(book: Book) -> None:
    assert "Éditeur\nà compléter" in book.text(2)


def test_the_acronyms_are_spelled_out_and_the_contacts_listed(book: Book) -> None:
    pages = {title: page for depth, title, page in book.bookmarks() if depth == 0}
    assert "CASNA : Cellule d’accueil scolaire" in book.text(pages["Sigles et institutions"])
    assert f"luiza.sosna@strassen.lu\npages {book.places()['cafe-de-babel']}" in book.text(pages["Contacts"])
