"""Three short ways to give news of a practice: each ends in a file that `check` accepts, or a mail in plain words."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from practice_catalogue.forms.fiche_file import plain_data
from practice_catalogue.model.fiche import Fiche
from tests.browser.conftest import serve
from tests.browser.test_proposer import downloaded, sent_to
from tests.property.test_fiche_file import read_back
from tests.support import PRACTICES, ROOT, publish

LISKO = (PRACTICES / "lisko.yml").read_text(encoding="utf-8")
TITRE = "LISKO, un accompagnement social pour les réfugiés dans tout le pays"


def opened(page: Page, address: str, answer: str = "") -> Page:
    """The page for one fiche; an answer is chosen as a person would."""
    page.goto(f"{address}nouvelles/?fiche=lisko")
    expect(page.locator("#donner[data-charge]")).to_be_attached()
    if answer:
        page.get_by_label(answer).check()
    return page


def answered(page: Page) -> tuple[dict[str, Any], Fiche]:
    """Goes on, takes the file, and returns its data and the fiche as `check` reads it."""
    page.get_by_role("button", name="Continuer").click()
    expect(page.locator("[data-partie=voies-titre]")).to_be_focused()
    name, text = downloaded(page)
    assert name == "lisko.yml"
    fiche = read_back(text, "lisko")
    return plain_data(fiche), fiche


def today(page: Page) -> str:
    return str(page.evaluate("new Date().toLocaleDateString('sv-SE')"))


def before() -> dict[str, Any]:
    return plain_data(read_back(LISKO, "lisko"))


def test_still_so_confirms_the_contacts_that_one_is_sure_of(page: Page, address: str) -> None:
    opened(page, address, "C’est encore exact")
    page.get_by_role("group", name="Ces contacts").get_by_role("checkbox").first.check()
    page.get_by_label("Qui le dit").fill("Croix-Rouge luxembourgeoise")
    made, _ = answered(page)
    contact, *others = before()["contacts"]
    assert made == before() | {
        "contacts": [contact | {"confirme_le": today(page)}, *others],
        "nouvelles": [{"le": today(page), "etat": "en-cours", "source": "Croix-Rouge luxembourgeoise"}],
    }
    expect(page.locator("[data-partie=fait]")).to_contain_text("Le fichier lisko.yml est téléchargé")


def test_what_has_changed_is_corrected_in_a_few_fields(page: Page, address: str) -> None:
    opened(page, address, "Quelque chose a changé")
    page.get_by_label("Qui le dit").fill("Croix-Rouge luxembourgeoise")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("alert")).to_contain_text("dites ce qui a changé")
    page.get_by_label("Ce qui a changé").fill("Le service a un autre numéro.")
    page.get_by_text("Le contact", exact=True).click()
    page.get_by_label("Téléphone").first.fill("12 34 56 78")
    made, _ = answered(page)
    contact, *others = before()["contacts"]
    assert made == before() | {
        "contacts": [contact | {"telephone": "12 34 56 78", "confirme_le": today(page)}, *others],
        "nouvelles": [
            {
                "le": today(page),
                "etat": "modifiee",
                "source": "Croix-Rouge luxembourgeoise",
                "texte": "Le service a un autre numéro.",
            }
        ],
    }


def test_the_end_says_since_when_why_and_what_to_avoid(page: Page, address: str) -> None:
    opened(page, address, "C’est terminé")
    page.get_by_label("Depuis quand").fill("juin 2024")
    page.get_by_label("Pourquoi").fill("Le financement s'est arrêté.")
    page.get_by_label("À ne pas refaire").fill("Dépendre d'un seul financeur.")
    page.get_by_label("Qui le dit").fill("Croix-Rouge luxembourgeoise")
    made, _ = answered(page)
    assert made == before() | {
        "calendrier": before().get("calendrier", {}) | {"fin": "2024-06"},
        "nouvelles": [
            {
                "le": today(page),
                "etat": "terminee",
                "source": "Croix-Rouge luxembourgeoise",
                "texte": "Le financement s'est arrêté.",
                "a_eviter": "Dépendre d'un seul financeur.",
            }
        ],
    }


@pytest.mark.parametrize(
    ("fin", "said"),
    [
        ("1900", "la fin (1900) précède le début"),
        ("2999", "cette fin n’est pas encore passée"),
        ("jadis", "« jadis »"),
    ],
)
def test_an_impossible_end_is_said_at_its_field(page: Page, address: str, fin: str, said: str) -> None:
    opened(page, address, "C’est terminé")
    page.get_by_label("Depuis quand").fill(fin)
    page.get_by_label("Qui le dit").fill("Croix-Rouge luxembourgeoise")
    page.get_by_role("button", name="Continuer").click()
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert).to_contain_text(said)
    alert.get_by_role("link").click()
    expect(page.get_by_label("Depuis quand")).to_be_focused()
    expect(page.get_by_label("Depuis quand")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[data-partie=voies]")).to_be_hidden()


def test_without_a_name_nothing_can_be_sent(page: Page, address: str) -> None:
    opened(page, address, "C’est encore exact")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("alert")).to_contain_text("Qui le dit : ce champ est à remplir.")


@pytest.mark.parametrize("query", ["", "?fiche=inconnue", "?fiche=../../etc", "?fiche=__proto__"])
def test_an_unknown_fiche_leads_to_the_list(page: Page, address: str, query: str) -> None:
    page.context.route("**/inconnue.json", lambda route: route.fulfill(status=200, body="perdu"))
    page.goto(f"{address}nouvelles/{query}")
    expect(page.get_by_text("De quelle pratique voulez-vous donner des nouvelles")).to_be_visible()
    expect(page.get_by_role("button", name="Continuer")).to_be_hidden()


def test_the_fiche_leads_to_each_answer(page: Page, address: str) -> None:
    page.goto(f"{address}fiches/lisko/")
    page.locator(".essentiel").get_by_role("link", name="Terminé ?").click()
    expect(page.get_by_label("C’est terminé")).to_be_checked()
    expect(page.get_by_label("Pourquoi")).to_be_visible()


@pytest.fixture(scope="module")
def with_doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of one fiche whose owner has a repository and a mailbox."""
    root = tmp_path_factory.mktemp("root")
    shutil.copytree(ROOT / "docs", root / "docs")
    shutil.copytree(ROOT / "vocabularies", root / "vocabularies")
    for name in ("build_catalogue.py", "mkdocs.yml", "catalogue.yml"):
        shutil.copy(ROOT / name, root)
    file = root / "catalogue.yml"
    said = file.read_text(encoding="utf-8").replace('depot: ""', "depot: https://forge.example/groupe/catalogue")
    file.write_text(said.replace('contributions: ""', "contributions: fiches@catalogue.example"), encoding="utf-8")
    (root / "practices").mkdir()
    shutil.copy(PRACTICES / "lisko.yml", root / "practices")
    publish(root / "practices", root / "site", root=root)
    yield from serve(root / "site")


def test_the_mail_says_it_in_plain_words_and_needs_no_attachment(page: Page, with_doors: str) -> None:
    opened(page, with_doors, "C’est terminé")
    page.get_by_label("Depuis quand").fill("2024")
    page.get_by_label("Pourquoi").fill("Le financement s'est arrêté.")
    page.get_by_label("Qui le dit").fill("Croix-Rouge")
    page.get_by_role("button", name="Continuer").click()
    link = page.get_by_role("link", name="Écrire le courriel")
    mail = urlsplit(link.get_attribute("href") or "")
    assert mail.path == "fiches@catalogue.example"
    subject, body = (unquote(one.partition("=")[2]) for one in mail.query.split("&"))
    assert subject == f"Des nouvelles\u00a0: «\u00a0{TITRE}\u00a0» [lisko]"
    assert body.replace("\u00a0", " ") == (
        f"Bonjour,\n\nVoici des nouvelles de la pratique « {TITRE} », d’après Croix-Rouge.\n\n"
        "[lisko] Réponse : C’est terminé\nTerminé depuis : 2024\nPourquoi : Le financement s'est arrêté.\n"
    )
    page.evaluate("document.querySelector('[data-partie=courriel-lien]').href = '#'")
    link.click()
    expect(page.locator("[data-partie=fait]")).to_contain_text("Votre messagerie s’ouvre")


def test_the_repository_opens_the_file_with_the_new_text_copied(page: Page, with_doors: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, with_doors, "C’est encore exact")
    page.get_by_label("Qui le dit").fill("Croix-Rouge")
    page.get_by_role("button", name="Continuer").click()
    url = sent_to(page, "Ouvrir le dépôt")
    assert url == "https://forge.example/groupe/catalogue/edit/main/practices/lisko.yml"
    text = page.evaluate("navigator.clipboard.readText()")
    assert [one.source for one in read_back(text, "lisko").nouvelles] == ["Croix-Rouge"]


def test_without_javascript_the_page_asks_for_a_plain_mail(with_doors: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{with_doors}nouvelles/?fiche=lisko")
    expect(page.get_by_role("link", name="Écrire à fiches@catalogue.example")).to_be_visible()
    expect(page.get_by_text("La fiche s’ouvre")).to_be_hidden()
    context.close()
