"""The search in the header, as a visitor types into it."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.search_queries import FIRST, QUERIES
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.vocabulary import fold
from tests.browser.queries import QUERIES as EARLIER_QUERIES

NOT_ALL = 0.95
"""Of the queries of each kind so many have to be answered."""

FIND = """async (questions) => {
    const { search, whole } = await import('/assets/search/engine.js');
    const found = [];
    for (const words of questions) {
        const { places, found: records } = await search(await whole(), words);
        found.push([...places.map(({ id }) => `communes/${id}/`), ...records.map(({ record }) => record.page)]);
    }
    return found;
}"""
"""The pages that questions find, in their order, from a page of the site."""


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Control+k")


def ask(page: Page, words: str) -> None:
    """Types into the open dialog, and waits until all words were looked through."""
    page.locator("#recherche input").fill("")
    page.locator("#recherche input").fill(words)
    expect(page.locator("#recherche ol")).to_have_attribute("aria-busy", "false")


def results(page: Page) -> list[str]:
    """The addresses of what is shown, within the site."""
    links = page.locator("#recherche ol a").evaluate_all("all => all.map((one) => one.href)")
    return [urlsplit(link).path.removeprefix("/") for link in links]


def found(page: Page, address: str, *questions: str) -> list[list[str]]:
    page.goto(f"{address}contact/")
    pages: list[list[str]] = page.evaluate(FIND, list(questions))
    return pages


def status(page: Page, text: str) -> None:
    expect(page.locator("#recherche [role=status]")).to_have_text(text)


@pytest.mark.parametrize("kind", ["word", "place", "sentence"])
def test_what_visitors_type_is_answered_by_one_of_the_first_three(page: Page, address: str, kind: str) -> None:
    opened(page, address)
    missed = []
    asked = [query for query in QUERIES if query.kind == kind]
    for query in asked:
        ask(page, query.words)
        if not query.pages & set(results(page)[:FIRST]):
            missed.append(query.words)
    assert len(missed) <= (1 - NOT_ALL) * len(asked), missed


def test_what_was_found_before_is_found_still(page: Page, address: str) -> None:
    answers = found(page, address, *EARLIER_QUERIES)
    missed = [
        (query, pages[:FIRST])
        for (query, fiche), pages in zip(EARLIER_QUERIES.items(), answers, strict=True)
        if f"fiches/{fiche}/" not in [one for one in pages if not one.startswith("communes/")][:FIRST]
    ]
    assert missed == []


def test_every_name_of_a_place_leads_to_its_commune_first(page: Page, address: str, catalogue: Catalogue) -> None:
    terms = catalogue.vocabularies
    communes: dict[str, set[str]] = {}
    for place in (*terms.communes, *terms.localites):
        today = terms.commune_of_today(getattr(place, "commune", place.id)).id
        for name in place.names[:-1] or (place.libelle,):
            communes.setdefault(name, set()).add(f"communes/{today}/")
    same: dict[str, set[str]] = {}
    for name, pages in communes.items():
        same.setdefault(fold(name), set()).update(pages)
    assert len(communes) > 1_300
    answers = found(page, address, *communes)
    wrong = [
        (name, pages[:FIRST])
        for name, pages in zip(communes, answers, strict=True)
        if set(pages[: len(same[fold(name)])]) != same[fold(name)]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("d'école", "école"),
        ("l’espagnol", "espagnol"),
        ("jusqu'à l'école", "école"),
        ("lorsquʼil emploie", "emploie"),
        ("rendez\u2011vous", "rendez vous"),
        ("oeuvre", "œuvre"),
        ("coeur", "cœur"),
        ("COEUR", "cœur"),
        ("refugie", "réfugiés"),
        ("voisines", "voisins"),
        ("Strasse", "Straße"),
        ("animatrices", "animateur"),
        ("luxembourgeoises", "luxembourgeois"),
        ("sociaux", "sociales"),
    ],
)
def test_words_are_found_however_they_are_written(page: Page, address: str, one: str, other: str) -> None:
    first, second = found(page, address, one, other)
    assert set(first) == set(second) != set()


@pytest.mark.parametrize(
    ("phrase", "pages"),
    [
        ('"Café de Babel"', ["fiches/cafe-de-babel/"]),
        ("« café de babel »", ["fiches/cafe-de-babel/"]),
        ('"réfugiés à l\'école"', ["fiches/enfants-refugies-ecole-luxembourg/"]),
        ("\"l'italien, l'espagnol et le russe\"", ["fiches/cafe-de-babel/"]),
        ('"titre de séjour valable"', ["fiches/betreit-wunnen-hesperange/"]),
        ('"séjour de titre valable"', []),
    ],
)
def test_a_phrase_in_quotes_stands_so_in_the_text(page: Page, address: str, phrase: str, pages: list[str]) -> None:
    (answers,) = found(page, address, phrase)
    assert [one for one in answers if one.startswith("fiches/")] == pages


@pytest.mark.parametrize(("words", "levels"), [("gratuit", {"nul"}), ("pas cher", {"nul", "faible"})])
def test_what_it_costs_can_be_asked(
    page: Page, address: str, words: str, levels: set[str], catalogue: Catalogue
) -> None:
    costs = {f"fiches/{fiche.id}/" for fiche in catalogue if fiche.couts and fiche.couts.niveau in levels}
    (pages,) = found(page, address, words)
    assert costs <= set(pages[: len(costs)])


def test_what_is_quick_is_not_said_to_be_long(page: Page, address: str, catalogue: Catalogue) -> None:
    long = {f"fiches/{fiche.id}/" for fiche in catalogue.under("freins", "complexite")}
    (pages,) = found(page, address, "rapide")
    assert pages
    assert not long & set(pages)


def test_a_commune_is_shown_with_what_is_there_and_what_the_whole_country_has(page: Page, address: str) -> None:
    opened(page, address)
    ask(page, "Strassen")
    first = page.locator("#recherche li").first
    expect(first.locator("a")).to_have_text("Strassen")
    expect(first.locator("[data-resume]")).to_have_text("3 pratiques sur place, puis celles de tout le pays.")
    expect(page.locator("#recherche li").nth(1).locator("[data-lieu]")).to_contain_text("Sur place")
    expect(page.locator("#recherche li").nth(4).locator("[data-lieu]")).to_contain_text("Dans tout le pays")


def test_a_commune_without_a_practice_shows_those_of_its_canton(page: Page, address: str) -> None:
    opened(page, address)
    ask(page, "Kayl")
    expect(page.locator("#recherche li").first.locator("[data-resume]")).to_have_text(
        "Aucune pratique sur place\u00a0: voici celles du canton d’Esch-sur-Alzette et de tout le pays."
    )
    expect(page.locator("#recherche li").nth(1).locator("[data-lieu]")).to_contain_text("Canton d’Esch-sur-Alzette")


def test_a_name_that_several_communes_have_asks_which(page: Page, address: str) -> None:
    opened(page, address)
    ask(page, "Berg")
    status(page, "Plusieurs communes répondent au nom « Berg » : laquelle ?")
    assert set(results(page)[:2]) == {"communes/colmar-berg/", "communes/betzdorf/"}


def test_a_question_that_no_fiche_answers_whole_brings_the_nearest(page: Page, address: str) -> None:
    opened(page, address)
    ask(page, "comment apprendre le chinois avec des bénévoles")
    expect(page.locator("#recherche [role=status]")).to_contain_text("proches de votre question")
    assert results(page)[0] == "fiches/cai-pratique-de-la-langue/"


@pytest.mark.parametrize("words", ["xyzzyqwv", "asdfgh", "qsdfjklm wxcvbn"])
def test_nonsense_finds_nothing_and_says_what_to_do(page: Page, address: str, words: str) -> None:
    opened(page, address)
    ask(page, words)
    status(page, f"Aucun résultat pour « {words} »")
    assert results(page) == []
    expect(page.locator("#recherche [data-impasse] a").first).to_have_attribute(
        "href", f"{address}domaines/accueil-et-services/"
    )
    expect(page.locator("#recherche").get_by_role("link", name="Proposez une fiche")).to_be_visible()


def test_a_word_that_resembles_another_offers_it(page: Page, address: str) -> None:
    opened(page, address)
    ask(page, "brochurette")
    page.locator("#recherche [data-essayer] button").first.click()
    expect(page.locator("#recherche li").first).to_be_visible()


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "logement " * 1_100,
        "x" * 10_000,
        "de la le les und the fir",
        ".*(a+)+$[",
        "<img src=x onerror=alert(1)>",
        "🏡🌍",
        "Привіт допомога",
        "مساعدة",
        "難民",
        '"',
        "« »",
        "\u202e\u0000\ufeff",
        "constructor __proto__ toString",
    ],
)
def test_whatever_is_typed_is_answered_calmly(page: Page, address: str, words: str) -> None:
    opened(page, address)
    page.locator("#recherche input").evaluate("(field) => field.removeAttribute('maxlength')")
    ask(page, words)
    expect(page.locator("#recherche [role=status]")).not_to_contain_text("ne répond pas")


def test_a_result_leads_to_the_fiche(page: Page, address: str) -> None:
    opened(page, f"{address}domaines/logement/")
    ask(page, "kufika")
    page.locator("#recherche ol a").first.click()
    expect(page).to_have_url(f"{address}fiches/kufika/")
    expect(page.locator("h1")).to_contain_text("KUFIKA")


def test_a_hand_written_page_is_found_too(page: Page, address: str) -> None:
    opened(page, address)
    ask(page, "proposer une fiche")
    assert "contribuer/" in results(page)


def test_the_keyboard_alone_leads_to_a_result_and_back(page: Page, address: str) -> None:
    opened(page, address)
    ask(page, "logement")
    field, links = page.locator("#recherche input"), page.locator("#recherche ol a")
    expect(page.locator("#recherche [role=status]")).to_contain_text("pour « logement »")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()


def test_a_closed_search_forgets_its_words_and_gives_the_focus_back(page: Page, address: str) -> None:
    page.goto(address)
    button = page.get_by_role("button", name="Rechercher").first
    button.click()
    page.keyboard.type("logement")
    expect(page.locator("#recherche li").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#recherche")).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    expect(page.locator("#recherche input")).to_have_value("")
    expect(page.locator("#recherche ol li")).to_have_count(0)


def test_enter_shows_all_practices_in_the_explorer(page: Page, address: str) -> None:
    opened(page, f"{address}contact/")
    ask(page, "logement")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}explorer/?q=logement")
    expect(page.locator("#bilan")).to_contain_text("pratiques")


def test_a_lost_line_is_said_and_the_next_key_tries_again(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    context.set_offline(True)
    page.keyboard.press("Control+k")
    page.keyboard.type("loge")
    expect(page.locator("#recherche [role=status]")).to_contain_text("La recherche ne répond pas")
    context.set_offline(False)
    page.keyboard.type("ment")
    expect(page.locator("#recherche li").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("piece", ["fiches", "termes", "mots"])
def test_a_piece_that_did_not_come_is_no_empty_result(browser: Browser, address: str, piece: str) -> None:
    page = browser.new_page()
    page.route(f"**/recherche/{piece}.json", lambda route: route.fulfill(status=404))
    opened(page, address)
    page.keyboard.type("langue")
    expect(page.locator("#recherche [role=status]")).to_contain_text("La recherche ne répond pas")
    page.unroute(f"**/recherche/{piece}.json")
    page.keyboard.type("s")
    expect(page.locator("#recherche [role=status]")).to_contain_text("pour « langues »")
    expect(page.locator("#recherche li").first).to_be_visible()
    page.close()


def test_only_who_searches_loads_the_index(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="networkidle")
    assert [url for url in asked if "/recherche/" in url] == []


PACT, DIVERSITY = "pacte/", "themes/diversite-et-discriminations/"


@pytest.mark.parametrize(
    ("words", "own", "near"),
    [
        ("Gemengepakt", PACT, "pci-strassen"),
        ("pacte communal", PACT, "pci-luxembourg"),
        ("Pakt vum Zesummeliewen", PACT, "pci-esch-sur-alzette"),
        ("Biergerpakt", PACT, "cai-pratique-de-la-langue"),
        ("pacte citoyen", PACT, "cai-pratique-de-la-langue"),
        ("coordinateur", PACT, "pci-miselerland"),
        ("conseiller", PACT, "vivre-ensemble-remich"),
        ("commission", PACT, "pci-esch-sur-alzette"),
        ("CCVEI", PACT, "pci-esch-sur-alzette"),
        ("racisme", DIVERSITY, "nice-to-meet-you"),
        ("discriminations", DIVERSITY, "pci-strassen"),
        ("GRESIL", PACT, None),
        ("Forum", PACT, None),
        ("signataires", "signataires/", None),
    ],
)
def test_the_words_of_the_pact_find_their_page_and_the_practices_near_to_it(
    page: Page, address: str, words: str, own: str, near: str | None
) -> None:
    (pages,) = found(page, address, words)
    assert own in pages[:5], pages
    assert near is None or f"fiches/{near}/" in pages[:8], pages
