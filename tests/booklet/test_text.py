"""Text is data: whatever a fiche says is shown as it stands, and never costs the booklet."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from practice_catalogue.booklet import glyphs, typesetting
from practice_catalogue.booklet.book import make_booklet
from practice_catalogue.booklet.book_data import BookletLayout, book_data
from practice_catalogue.booklet.fiche_data import fiche_data
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.introspection import fields_of
from practice_catalogue.model.richtext import french
from tests.booklet.pdf_reader import Book
from tests.booklet.support import booklet, catalogue_of, contents, practices_with
from tests.hostile_site import fiche_of
from tests.support import VALID

CODE = [
    '#read("look.typ")',
    '#import "book.typ": *',
    "C# et F#, 2 * 3 * 4",
    "5 $ ou 6 $",
    "[…] ] } ) {",
    "un ` seul",
    "_a_ *b* ~c~ @ref <label>",
    "= Titre",
    "// pas un commentaire /* ni ceci",
    "\\u{1F600} \\#",
    "a--b---c...",
    "#panic()",
    "https://exemple.example/#x",
]


@pytest.mark.parametrize("code", CODE)
def test_what_looks_like_code_is_shown_as_text(code: str, tmp_path: Path) -> None:
    title = json.dumps(f"Essai : {code}", ensure_ascii=False)
    folder = practices_with(
        tmp_path / "p",
        {
            "kufika": [
                ('"KUFIKA : à Strassen, les arts à portée d\'enfant"', title),
                ("Quatre à cinq", f"{code} Quatre à cinq"),
            ]
        },
    )
    catalogue = catalogue_of(folder)
    book = Book(booklet(catalogue).pdf)
    page = book.places()["kufika"]
    shown = "".join(book.text(page).split())
    for text in (f"Essai : {code}", f"{code} Quatre à cinq"):
        assert "".join(french(text).split()) in shown


def test_difficult_fiches_make_a_booklet_and_a_warning() -> None:
    made = booklet(catalogue_of(VALID))
    book = Book(made.pdf)
    page = " ".join(book.text(book.places()["texte-difficile"]).split())
    assert "C# & <b>co</b> : 5 $, [crochets], `apostrophes`, {{ 7*7 }}, *étoiles* □" in page
    assert [dict(diagnostic.details) for diagnostic in made.diagnostics] == [
        {"fiche": "texte-difficile", "caractere": "🎉", "nom": "PARTY POPPER", "marque": "□"}
    ]


@pytest.mark.parametrize(
    ("text", "shown", "told"),
    [
        ("Fête 🎉 et 👩‍👩‍👧", "Fête □ et □□□", ["🎉", "👧", "👩"]),
        ("Cœur ❤️ rouge", "Cœur ❤ rouge", []),
        ("日本 et ไทย", "□□ et □□□", ["本", "日", "ท", "ย", "ไ"]),
        ("Zéro\u200bespace, \u2060lié, می\u200cخواهم", "Zéro\u200bespace, \u2060lié, می\u200cخواهم", []),
        ("عربي في العنوان", "عربي في العنوان", []),
        ("Déifferdeng, São João, Čeština, Ελλάδα, Україна", "Déifferdeng, São João, Čeština, Ελλάδα, Україна", []),
        ("de\u0301compose\u0301", "décomposé", []),
    ],
)
def test_a_glyph_that_no_font_has_is_marked_and_told(text: str, shown: str, told: list[str]) -> None:
    missing = typesetting.missing_glyphs(glyphs.doubtful_characters([text]))
    heard: list[str] = []
    assert glyphs.replace_missing(text, missing, heard.append) == shown
    assert sorted(set(heard)) == sorted(told)


@pytest.mark.parametrize(
    "title", ["Ĕ\U0001f3fb abcd", "abcd 0\u20e3", "abcd \U0001f00e\u0301", "abcd 0\u093e", "\u0301abcd \u0e33"]
)
def test_no_title_costs_the_booklet(title: str, catalogue: Catalogue) -> None:
    """Found by any fiche of hypothesis: marks on letters of another script, shades of emoji that are not there."""
    fiche = catalogue.fiches[0].model_copy(update={"titre": title, "sous_titre": title})
    made = booklet(Catalogue.of([fiche], catalogue.vocabularies))
    assert {diagnostic.code for diagnostic in made.diagnostics} <= {"glyphe-absent"}


def test_what_the_compiler_still_refuses_is_marked(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "missing_glyphs", lambda _: frozenset())
    fiche = catalogue.fiches[0].model_copy(update={"titre": "Fête 🎉"})
    made = booklet(Catalogue.of([fiche], catalogue.vocabularies))
    assert [diagnostic.details["caractere"] for diagnostic in made.diagnostics] == ["🎉"]


def test_the_characters_taken_for_granted_are_in_the_font() -> None:
    sure = [chr(number) for number in range(0x20, 0x2200) if glyphs._SURE.fullmatch(chr(number))]
    assert len(sure) > 200
    visible = [char for char in sure if char.isprintable() and not char.isspace()]
    assert typesetting.missing_glyphs(visible) == frozenset()


def test_arabic_in_a_title_comes_out(tmp_path: Path) -> None:
    folder = practices_with(
        tmp_path / "p", {"kufika": [("KUFIKA : à Strassen, les arts à portée d'enfant", "KUFIKA et السلام")]}
    )
    made = booklet(catalogue_of(folder))
    assert made.diagnostics == ()
    assert any("DejaVuSansMono" in name for name in Book(made.pdf).fonts())


LONG = [
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "W" * 100,
    "#VivreEnsembleAuLuxembourgAvecTousLesHabitants",
    "plan_communal_d_integration_version_finale_corrigee_du_12.11.2024_signee.pdf",
    "1234567890" * 10,
    "des\u00a0mots\u00a0liés\u202fpar\u00a0des\u00a0espaces\u00a0insécables\u00a0comme\u00a0ceux\u00a0que\u00a0l’on\u00a0colle\u00a0",
]


@pytest.mark.parametrize("a4", [False, True])
def test_words_without_a_break_stay_on_the_paper(a4: bool, catalogue: Catalogue) -> None:
    terms = catalogue.vocabularies
    fiches = [
        Fiche.model_validate({"id": f"f-{number}", **_long(word)}, context=terms) for number, word in enumerate(LONG)
    ]
    book = Book(booklet(Catalogue.of(fiches, terms), BookletLayout(a4=a4)).pdf)
    assert [page for page in range(1, len(book) + 1) if not book.is_on_paper(page)] == []


def _long(word: str) -> dict[str, object]:
    """A fiche that says a word wherever it takes one."""
    mailbox = f"{'a' * 60}@{'b' * 50}.lu"
    contact = {"organisation": word, "nom": word, "adresse": word, "horaires": word, "courriel": mailbox}
    fields = ("titre", "sous_titre", "besoins", "innovation", "public_cible")
    return fiche_of(word, word, f"**{word}**\n\n- [{word}](https://x.lu/)") | {
        **dict.fromkeys(fields, word),
        "indicateurs": [{"mesure": word, "valeur": word[:length]} for length in (14, 24, 60)],
        "contacts": [contact, contact, contact],
        "liens": [{"titre": word, "url": f"https://{'c' * 60}.lu/{'d' * 150}"}],
    }


def test_the_text_of_a_long_word_is_all_there_and_an_address_is_not_touched(catalogue: Catalogue) -> None:
    fiche = catalogue.fiches[0]
    contact = fiche.contacts[0].model_copy(update={"courriel": "huremovic.haris@jugendtreffhesper.lu"})
    fiche = fiche.model_copy(update={"titre": LONG[0], "contacts": (contact,)})
    book = Book(booklet(Catalogue.of([fiche], catalogue.vocabularies)).pdf)
    page = book.text(book.places()[fiche.id])
    assert "huremovic.haris@jugendtreffhesper.lu" in page
    assert LONG[0] in re.sub("[-\u00ad\ufffe\x02\n]", "", page)


NOT_SHOWN = {
    "langue",  # chooses the hyphenation
    "anciens_ids",  # addresses of the site
    "territoire",  # where no commune is named; otherwise the communes say it
}


@pytest.mark.parametrize("name", sorted(set(fields_of(Fiche)) - NOT_SHOWN))
def test_the_booklet_forgets_no_field(name: str, catalogue: Catalogue) -> None:
    """A fiche with and without a field must differ in what the template is given."""
    full = next(fiche for fiche in catalogue if _says(fiche, name))
    other = {"modifie_le": "2025-01-01"}.get(name, _blank(name, full))
    changed = full.model_copy(update={name: other})
    assert fiche_data(full, catalogue, "") != fiche_data(changed, catalogue, "")


def _says(fiche: Fiche, name: str) -> bool:
    if name == "couts":  # a cost that is not known is shown like one that is not said
        return fiche.couts is not None and fiche.couts.niveau != "non-precise"
    return bool(getattr(fiche, name)) or name == "modifie_le"


def _blank(name: str, fiche: Fiche) -> object:
    value = getattr(fiche, name)
    if name in {"domaines", "publics", "contacts", "porteurs"}:
        return (*value, value[0])
    return () if isinstance(value, tuple) else "" if name in {"titre", "resume", "description"} else None


def test_every_text_given_to_the_template_is_printed(catalogue: Catalogue) -> None:
    """The other half of the promise: what the template is given stands on the page."""
    book = contents(catalogue)
    data = book_data(book, BookletLayout())
    text = "".join(Book(make_booklet(book, BookletLayout()).pdf).all_text().split())
    printed = re.sub("[-\ufffe\x02]", "", text)  # PDFium tells a hyphen at the end of a line by either of the latter
    hidden = {"id", "lang", "hue", "step", "scale", "fits", "address", "qr"}
    missing = [
        text
        for fiche in data["fiches"]
        for key, value in fiche.items()
        if key not in hidden
        for text in _words(value)
        if not _stands(text, printed)
    ]
    assert missing == []


def _stands(text: str, printed: str) -> bool:
    """Whether the first words of a text are printed; a long text may be cut by a page."""
    return "".join(text.split()[:4]).replace("-", "").strip("\u00ad") in printed


def _words(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, dict):
        return [text for key, item in value.items() if key not in {"link", "ordered"} for text in _words(item)]
    return [text for item in value for text in _words(item)] if isinstance(value, list) else []
