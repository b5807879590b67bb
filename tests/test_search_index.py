"""The files of the search: what a browser is told of the fiches, of terms and places, and of the words of the texts."""

from __future__ import annotations

import json
from itertools import accumulate
from typing import Any

import pytest

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.vocabulary import fold
from practice_catalogue.search import index as search
from practice_catalogue.search.index import INDEXES, WrittenPage, search_files

CONTACT = WrittenPage("contact/", "Contact", "Qui nous sommes.", "<p>Une page &eacute;crite <b>à</b> la main.</p>")
ABOUT = WrittenPage("a-propos/", "À propos", "D'où cela vient.", "<p>Des Assises.</p>")

SUMMARY = (
    "Une fois par mois, de 19\u00a0h à 21\u00a0h, une centaine de personnes se retrouvent à Strassen pour pratiquer "
    "une langue parmi huit et parler de tout\u00a0: la famille, le travail, le sport ou les voyages."
)


def files(catalogue: Catalogue, *pages: WrittenPage) -> dict[str, Any]:
    made = search_files(catalogue, pages)
    return {path: json.loads(made[path]) for path in made}


def texts_with(word: str, mots: dict[str, Any]) -> list[int]:
    """The numbers of the texts that hold a word."""
    distances = dict(zip(mots["mots"].split(" "), mots["ou"], strict=True)).get(word, [])
    return [end - 1 for end in accumulate(distances)]


def test_a_card_tells_what_is_shown_and_the_terms_by_number(catalogue: Catalogue) -> None:
    told = files(catalogue)["recherche/fiches.json"]
    number = [fiche.id for fiche in catalogue].index("cafe-de-babel")
    terms = told["fiches"].pop("terms")
    assert {name: column[number] for name, column in told["fiches"].items()} == {
        "id": "cafe-de-babel",
        "title": "Café de Babel, le café des langues de Strassen",
        "lieu": "Strassen",
        "etat": "à confirmer depuis 2017",
        "date": "2026-11-20",
        "national": 0,
    }
    assert told["details"][number] == [
        "Huit langues à pratiquer, des habitants pour animer",
        SUMMARY,
        "Commune de Strassen",
    ]
    named = {name: [told["index"][name][term][0] for term in terms[at][number]] for at, name in enumerate(INDEXES)}
    assert named == {name: list(catalogue.keys_of(catalogue.fiches[number], name)) for name in INDEXES}


def test_hand_written_pages_stand_behind_the_fiches_with_their_words(catalogue: Catalogue) -> None:
    told = files(catalogue, CONTACT, ABOUT)
    assert told["recherche/fiches.json"]["pages"] == [
        ["a-propos/", "À propos", "D’où cela vient."],
        ["contact/", "Contact", "Qui nous sommes."],
    ]
    assert texts_with("écrite", told["recherche/mots.json"])[-1] == len(catalogue) + 1


def test_every_word_of_a_text_is_told_where_the_catalogue_is_small(catalogue: Catalogue) -> None:
    mots = files(catalogue)["recherche/mots.json"]
    for number, fiche in enumerate(catalogue):
        for word in search._WORD.findall(search._fiche_text(fiche).lower()):
            assert number in texts_with(word, mots)


def test_of_many_texts_the_rare_words_are_told(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "ALL_WORDS_LIMIT", 20)
    monkeypatch.setattr(search, "RARE_WORD_LIMIT", 2)
    mots = files(catalogue)["recherche/mots.json"]
    assert {len(numbers) for numbers in mots["ou"]} == {1, 2}
    assert "espagnol" in mots["mots"].split(" ")


def test_the_summaries_of_a_large_catalogue_stand_apart(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = files(catalogue)["recherche/fiches.json"]["details"]
    monkeypatch.setattr(search, "INLINE_DETAILS_LIMIT", 10)
    monkeypatch.setattr(search, "DETAILS_PER_FILE", 10)
    told = files(catalogue)
    assert (told["recherche/fiches.json"]["pieces"], told["recherche/fiches.json"]["details"]) == (10, [])
    assert [detail for piece in range(3) for detail in told[f"recherche/details/{piece}.json"]] == whole


def test_terms_are_known_by_their_names_in_all_languages(catalogue: Catalogue) -> None:
    told = files(catalogue)
    housing = next(
        number
        for number, (term, _) in enumerate(told["recherche/fiches.json"]["index"]["domaines"])
        if term == "logement"
    )
    names = [
        row[0] for row in told["recherche/termes.json"]["lexique"] if row[2] == [INDEXES.index("domaines"), housing]
    ]
    assert {"Logement", "habitat", "Wohnung", "Wunneng", "housing"} <= {name for row in names for name in row}


def test_every_commune_of_today_is_told_with_the_places_in_it(catalogue: Catalogue) -> None:
    communes = {row[0]: row for row in files(catalogue)["recherche/termes.json"]["communes"]}
    assert len(communes) == 100
    _, name, canton, own, others = communes["habscht"]
    assert (name, canton) == ("Habscht", "Capellen")
    assert "Habscht" in own
    assert {"Septfontaines", "Simmer", "Eischen", "Äischen"} <= set(others)
    terms = catalogue.vocabularies
    for place in terms.localites:
        *_, own, others = communes[place.commune]
        assert fold(place.libelle) in {fold(one) for one in (*own, *others)}


def test_the_same_catalogue_gives_the_same_bytes(catalogue: Catalogue) -> None:
    one, other = search_files(catalogue, [CONTACT, ABOUT]), search_files(catalogue, [ABOUT, CONTACT])
    assert dict(one) == dict(other)


def test_an_empty_catalogue_has_an_index_too(catalogue: Catalogue) -> None:
    told = files(Catalogue.of((), catalogue.vocabularies))
    assert told["recherche/fiches.json"]["fiches"]["id"] == []
    assert told["recherche/mots.json"] == {"mots": "", "ou": []}
