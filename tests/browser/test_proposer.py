"""The web form: what a person types becomes a file that `check` accepts and says the same; nothing leaves by itself."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from playwright.sync_api import Browser, Dialog, Locator, Page, Request, expect

from practice_catalogue.forms.fiche_file import plain_data, published_text, without_comments
from practice_catalogue.forms.steps import STEPS
from practice_catalogue.forms.web_form import text_file
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.diagnostics import Severity
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.validation.rules import FICHE_RULES
from tests.any_fiche import any_fiche
from tests.browser.accessibility import violations
from tests.browser.conftest import serve
from tests.property.test_fiche_file import FICHES, TERMS, read_back
from tests.support import PRACTICES, ROOT, publish
from tests.typed_values import AMOUNTS, DATES, PHONES

HOSTILE: dict[str, dict[str, str]] = yaml.safe_load((ROOT / "tests/hostile/texts.yml").read_text(encoding="utf-8"))
ROUND_TRIPS = 200
ALL_STEPS = [*(step.id for step in STEPS), "envoyer"]
MODULE = "const form = await import(new URL('../assets/proposer.js', location.href));"

RESUME = "Une fois par mois, des voisins de tous les pays cuisinent ensemble : chacun apporte « son » plat. 🎉"
DESCRIPTION = """La commune prête la salle, l'association invite : on cuisine à dix-huit heures.

- un plat par table
- # chacun goûte"""


def opened(page: Page, address: str, query: str = "") -> Page:
    page.goto(f"{address}proposer/{query}")
    expect(page.locator("#proposer[data-charge]")).to_be_attached()
    return page


def add_term(page: Page, field: str, typed: str, expected: str) -> None:
    """Finds a term by a few letters and takes it with the keyboard."""
    box = page.get_by_role("combobox", name=f"{field} : chercher et ajouter")
    box.press_sequentially(typed)
    expect(page.locator("[role=option]").first).to_contain_text(expected)
    box.press("Enter")
    expect(page.get_by_role("group", name=field).locator(".puces")).to_contain_text(expected)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continuer").click()


def fill_what_is_asked(page: Page) -> None:
    """The three steps that every fiche needs."""
    page.get_by_label("Titre", exact=True).fill('Cuisine : "chez nous" & l\'été')
    page.get_by_label("Résumé").fill(RESUME)
    page.get_by_label("Objectif 1", exact=True).fill("Se rencontrer : oui # vraiment")
    page.get_by_label("Description").fill(DESCRIPTION)
    go_on(page)
    page.get_by_role("textbox", name="Nom").fill("Commune de Strassen")
    page.get_by_label("Type").select_option(label="Commune")
    page.get_by_label("Communal", exact=True).check()
    add_term(page, "Communes", "stroos", "Strassen")
    add_term(page, "Domaines", "rencontr", "Rencontres et loisirs")
    add_term(page, "Publics", "habitants", "Tous les habitants")
    go_on(page)
    page.get_by_label("Organisation").fill("Service de l'intégration")
    page.get_by_label("Téléphone").fill("31 02 62 270")


TYPED: dict[str, Any] = {
    "titre": 'Cuisine : "chez nous" & l\'été',
    "resume": RESUME,
    "porteurs": [{"nom": "Commune de Strassen", "type": "commune"}],
    "territoire": "communal",
    "communes": ["strassen"],
    "domaines": ["rencontre-et-loisirs"],
    "publics": ["tous-les-residents"],
    "objectifs": ["Se rencontrer : oui # vraiment"],
    "description": DESCRIPTION,
    "contacts": [{"organisation": "Service de l'intégration", "telephone": "31 02 62 270"}],
}


def downloaded(page: Page, name: str = "Télécharger") -> tuple[str, str]:
    """The name and the text of the file that a button hands over."""
    with page.expect_download() as coming:
        page.get_by_role("button", name=name).click()
    return coming.value.suggested_filename, Path(coming.value.path()).read_text(encoding="utf-8")


def test_a_person_fills_the_form_with_mistakes_mends_them_and_gets_the_file(page: Page, address: str) -> None:
    opened(page, address)
    page.get_by_label("Résumé").fill("Trop court.")
    go_on(page)
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("4 points à corriger")
    expect(page).to_have_title("Erreur\u00a0: L’idée, étape 1 sur 9 – Proposer une fiche - Vivre ensemble")
    summary.get_by_role("link", name="Résumé : le texte compte 11 caractères ; il en faut au moins 40.").click()
    resume = page.get_by_label("Résumé")
    expect(resume).to_be_focused()
    expect(resume).to_have_attribute("aria-invalid", "true")
    assert "il en faut au moins 40" in page.evaluate(
        "document.activeElement.getAttribute('aria-describedby').split(' ')"
        ".map((id) => document.getElementById(id).textContent).join(' ')"
    )
    resume.fill(RESUME)
    resume.blur()
    expect(resume).not_to_have_attribute("aria-invalid", "true")
    fill_what_is_asked(page)
    page.get_by_label("Courriel").fill("service strassen.lu")
    page.get_by_role("button", name="Relire et envoyer").click()
    summary.get_by_role("link", name="« service strassen.lu » n’est pas une adresse de courriel").click()
    courriel = page.get_by_label("Courriel")
    expect(courriel).to_be_focused()
    courriel.fill("service@strassen.lu")
    page.get_by_role("button", name="Relire et envoyer").click()
    expect(page.get_by_label("Nom du fichier")).to_have_value("cuisine-chez-nous-l-ete")
    name, text = downloaded(page)
    assert name == "cuisine-chez-nous-l-ete.yml"
    contact = TYPED["contacts"][0] | {"courriel": "service@strassen.lu"}
    assert plain_data(read_back(text, "cuisine-chez-nous-l-ete")) == TYPED | {"contacts": [contact]}
    expect(page.locator("[data-partie=fait]")).to_be_focused()
    expect(page.locator("[data-partie=fait]")).to_contain_text("Le fichier cuisine-chez-nous-l-ete.yml est téléchargé.")
    expect(page.locator("[data-partie=fait]")).to_contain_text("Une personne de l’équipe relit la fiche")


def test_the_whole_form_works_with_the_keyboard_alone(page: Page, address: str) -> None:
    opened(page, address)
    page.get_by_label("Titre", exact=True).focus()
    for text in ("Un café", RESUME, "Se parler."):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Ajouter un objectif")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Objectif 2", exact=True)).to_be_focused()
    page.keyboard.type("S'entendre.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # « Monter »
    expect(page.get_by_label("Objectif 1", exact=True)).to_have_value("S'entendre.")
    page.evaluate("location.hash = 'qui-et-ou'")
    expect(page.get_by_role("heading", name="Qui, où, pour qui")).to_be_focused()
    box = page.get_by_role("combobox", name="Communes : chercher et ajouter")
    box.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    expect(page.locator("[role=option][aria-selected=true]")).to_have_text("Beckerich")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("waldbre", "Waldbredimus"),
        ("Déifferdeng", "Differdange"),
        ("esch an der alz", "Esch-sur-Alzette"),
        ("petingen", "Pétange"),
        ("Belvaux", "Sanem"),
        ("äischen", "Habscht"),
    ],
)
def test_communes_are_found_by_all_their_names(page: Page, address: str, typed: str, found: str) -> None:
    opened(page, address, "#qui-et-ou")
    add_term(page, "Communes", typed, found)


def test_a_place_that_two_communes_have_is_not_taken_for_one_of_them(page: Page, address: str) -> None:
    opened(page, address, "#qui-et-ou")
    box = page.get_by_role("combobox", name="Communes : chercher et ajouter")
    box.press_sequentially("Roodt")
    offered = page.locator("[role=option]")
    expect(offered.filter(has_text="Ell")).to_be_visible()
    expect(offered.filter(has_text="Habscht")).to_be_visible()
    box.press("Tab")
    expect(page.get_by_role("group", name="Communes").locator(".puces")).not_to_contain_text(re.compile("Ell|Habscht"))


def test_any_fiche_goes_through_the_form_unchanged(page: Page, address: str) -> None:
    """Model → form → YAML → model, with what `check` says of each file."""
    fiches: list[dict[str, Any]] = []

    @settings(
        max_examples=ROUND_TRIPS,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(any_fiche(TERMS))
    def gather(fiche: dict[str, Any]) -> None:
        fiches.append(fiche)

    gather()
    opened(page, address)
    done = page.evaluate(
        f"""async (fiches) => {{ {MODULE}
        const errors = () => form.problems().filter(({{ warning }}) => !warning);
        return fiches.map((fiche) => [form.fill(fiche), errors(), form.text()]); }}""",
        fiches,
    )
    assert len(done) == ROUND_TRIPS
    for fiche, (lost, errors, text) in zip(fiches, done, strict=True):
        assert (lost, errors) == ([], []), fiche
        wanted = {name: value for name, value in fiche.items() if (name, value) != ("langue", "fr")}
        assert plain_data(read_back(text, "une-fiche")) == wanted, text


def test_the_fiches_of_the_catalogue_stay_as_they_are_when_nothing_changes(
    page: Page, address: str, catalogue: Catalogue
) -> None:
    for fiche in list(catalogue)[:6]:
        opened(page, address, f"?fiche={fiche.id}")
        text = page.evaluate(f"async () => {{ {MODULE} return form.text(); }}")
        assert text == without_comments((PRACTICES / f"{fiche.id}.yml").read_text(encoding="utf-8"))


def test_a_correction_changes_only_what_was_changed(page: Page, address: str) -> None:
    before = (PRACTICES / "cai-pratique-de-la-langue.yml").read_text(encoding="utf-8")
    page.goto(f"{address}fiches/cai-pratique-de-la-langue/")
    page.get_by_role("link", name="Corriger cette fiche").click()
    expect(page.get_by_role("heading", name="Corriger une fiche")).to_be_visible()
    page.evaluate("location.hash = 'contact'")
    page.get_by_label("Organisation").first.fill("ASTI asbl, service des cours")
    page.get_by_role("button", name="Relire et envoyer").click()
    name, after = downloaded(page)
    assert name == "cai-pratique-de-la-langue.yml"
    old, new = (read_back(text, "cai-pratique-de-la-langue") for text in (before, after))
    assert new.contacts[0].organisation == "ASTI asbl, service des cours"
    assert new.model_dump(exclude={"contacts"}) == old.model_dump(exclude={"contacts"})
    assert after.startswith(without_comments(before).partition("contacts:")[0])


def test_a_correction_that_changes_nothing_says_so_and_leads_back(page: Page, address: str) -> None:
    opened(page, address, "?fiche=lisko#envoyer")
    nothing = page.locator("[data-partie=inchangee]")
    expect(nothing).to_contain_text("Vous n’avez rien changé à cette fiche : il n’y a rien à envoyer.")
    expect(page.get_by_text("La fiche est complète.")).to_be_hidden()
    expect(page.get_by_role("button", name="Télécharger")).to_be_hidden()
    nothing.get_by_role("button", name="Revenir à la première étape").click()
    title = page.get_by_label("Titre", exact=True)
    published = title.input_value()
    title.fill("LISKO, autrement")
    page.evaluate("location.hash = 'envoyer'")
    expect(page.get_by_text("La fiche est complète.")).to_be_visible()
    expect(nothing).to_be_hidden()
    page.evaluate("location.hash = 'idee'")
    title.fill(published)
    page.evaluate("location.hash = 'envoyer'")
    nothing.get_by_role("link", name="Retourner à la fiche").click()
    expect(page).to_have_url(f"{address}fiches/lisko/")


def test_advice_about_a_private_mailbox_stands_at_its_field_and_stops_nobody(page: Page, address: str) -> None:
    opened(page, address)
    fill_what_is_asked(page)
    courriel = page.get_by_label("Courriel")
    courriel.fill("jeanne@gmail.com")
    advice = "« jeanne@gmail.com » ressemble à une boîte privée."
    described = page.locator(".conseil", has_text=advice)
    expect(described).to_have_text(f"Conseil : {advice}Préférez l’adresse d’un service : elle sera visible de tous.")
    expect(page.get_by_role("status").filter(has_text=advice)).to_have_count(1)
    expect(courriel).not_to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("alert")).to_be_hidden()
    courriel.fill("service@strassen.lu")
    expect(described).to_have_count(0)
    courriel.fill("jeanne@gmail.com")
    go_on(page)
    expect(page.get_by_role("heading", name="En pratique")).to_be_focused()


def test_an_unknown_fiche_is_not_corrected(browser: Browser, address: str) -> None:
    page = browser.new_page()
    opened(page, address, "?fiche=nulle-part")
    expect(page.get_by_text("Cette fiche ne se laisse pas ouvrir")).to_be_visible()
    expect(page.get_by_role("button", name="Continuer")).to_be_hidden()
    page.close()


@pytest.mark.parametrize("lost", ["**/formulaire.json", "**/proposer/yaml.js", "**/assets/proposer.js"])
def test_a_form_that_does_not_arrive_says_so_and_is_tried_again(browser: Browser, address: str, lost: str) -> None:
    page = browser.new_page()
    page.route(lost, lambda route: route.abort())
    page.goto(f"{address}proposer/?fiche=lisko#contact")
    failed = page.get_by_role("alert")
    expect(failed).to_contain_text("Le formulaire ne s’est pas ouvert")
    expect(failed.get_by_role("link", name="le formulaire pour Word ou LibreOffice")).to_be_visible()
    expect(page.get_by_text("Le formulaire se prépare")).to_be_hidden()
    page.unroute(lost)
    failed.get_by_role("link", name="Réessayer").click()
    expect(page.get_by_role("heading", name="Corriger une fiche")).to_be_visible()
    expect(page.get_by_role("button", name="Continuer")).to_be_visible()
    expect(failed).to_be_hidden()
    page.close()


def test_a_correction_is_named_as_one_and_its_fiche_as_the_site_names_it(page: Page, address: str) -> None:
    opened(page, address, "?fiche=kufika")
    expect(page).to_have_title("L’idée, étape 1 sur 9 – Corriger une fiche - Vivre ensemble")
    named = page.locator("[data-titre-de-la-fiche]")
    expect(named).to_contain_text("’")
    expect(named).not_to_contain_text("'")


ON_BOTH_SIDES: list[tuple[Callable[[str], dict[str, Any]], str]] = [
    (
        lambda text: {"publie_le": text},
        "2017-02-11 | 2017-02-29 | 2016-02-29 | 0000-01-01 | 0001-01-01 | 9999-12-31 | 17-2-1 | 2017-13-01",
    ),
    (
        lambda text: {"calendrier": {"debut": text}},
        "2017 | 2017-02 | 2017-2 | 2017-04-31 | 20170211 | 2017- | 0000 | 0099-01 | ٢٠١٧",
    ),
    (
        lambda text: {"indicateurs": [{"mesure": "m", "valeur": "1", "annee": text}]},
        "2016 | 2015-2016 | 15-16 | 2016/2017",
    ),
    (
        lambda text: {"liens": [{"titre": "t", "url": text}]},
        "https://a.lu | http://a.lu:80/x?y#z | https://a | https://a.lu/é | https://x@a.lu | //a.lu | https://xn--a.lu",
    ),
    (
        lambda text: {"documents": [{"titre": "t", "url": text}]},
        "https://a.lu/[1] | https://1.2.3.4/ | https://a.lu/a'b | javascript:1 | https://a.lu:99999999 | mailto:a@b.lu",
    ),
    (
        lambda text: {"contacts": [{"organisation": "o", "courriel": text}]},
        "a@b.lu | a.b+c@d-e.lu | a@b | a b@c.lu | a@b.lu,c@d.lu | é@a.lu | a..b@c.lu",
    ),
    (
        lambda text: {"contacts": [{"organisation": "o", "telephone": text}]},
        "31 02 62 270 | +352 31 02 62 | (+352) 31 02 62-1 | 12 | abc | +35231026227012345 | 31\u00a002 62 | ３１ 02 62",
    ),
    (lambda text: {"titre": text}, "Le p\u043etager | 10 k\u03a9 | Привет à tous | ka\u0323\u0304ffi | pot\u03b1ger"),
    (lambda text: {"anciens_ids": [text]}, f"a-b | A | a--b | -a | {'a' * 80} | {'a' * 81} | é"),
    (lambda text: {"couts": {"niveau": "faible", "montant": text}}, "3 000 € | 12,5 | -1 | 1000000001 | 0 | mille"),
]
"""Fields with a form, and texts that are right or wrong in them."""


def test_what_the_form_accepts_check_accepts(page: Page, address: str) -> None:
    """The same dates, addresses, numbers and ids are right on both sides."""
    fiches = [TYPED | place(text) for place, texts in ON_BOTH_SIDES for text in texts.split(" | ")]
    opened(page, address)
    verdicts = page.evaluate(
        f"""async (fiches) => {{ {MODULE}
        const good = () => form.problems().every(({{ warning }}) => warning);
        return fiches.map((fiche) => (form.fill(fiche), [good(), form.text()])); }}""",
        fiches,
    )
    apart = [(fiche, good) for fiche, (good, text) in zip(fiches, verdicts, strict=True) if good is not accepted(text)]
    assert apart == []


def test_the_form_reads_numbers_as_the_files_are_read(page: Page, address: str) -> None:
    """Amounts, phone numbers and dates of one table: the same value, or the same question."""
    typed = [TYPED | {"couts": {"niveau": "faible", "montant": text}} for text in AMOUNTS]
    typed += [TYPED | {"contacts": [{"organisation": "o", "telephone": text}]} for text in PHONES]
    typed += [TYPED | {"publie_le": text} for text in DATES]
    opened(page, address)
    read = page.evaluate(
        f"""async (fiches) => {{ {MODULE}
        return fiches.map((fiche) => {{
          form.fill(fiche);
          const {{ couts, contacts, publie_le }} = form.read();
          const asked = form.problems().map(({{ details }}) => details.proches);
          return asked.length ? asked[0].map(String) : (couts?.montant ?? publie_le ?? contacts[0].telephone);
        }}); }}""",
        typed,
    )
    meant = [one if isinstance(one, int) else list(one) for one in AMOUNTS.values()]
    assert read == [*meant, *PHONES.values(), *DATES.values()]


def test_an_amount_is_shown_as_the_file_will_have_it(page: Page, address: str) -> None:
    opened(page, address, "#en-pratique")
    amount = page.get_by_label("Montant", exact=False).first
    amount.fill("25.000,-")
    amount.blur()
    expect(amount).to_have_value("25000")


def accepted(text: str) -> bool:
    try:
        fiche = read_back(text, "une-fiche")
    except AssertionError:
        return False
    found = [finding for rule in FICHE_RULES for finding in rule(fiche, TERMS)]
    return all(finding.severity is Severity.WARNING for finding in found)


def test_invisible_characters_are_taken_out_and_that_is_said(page: Page, address: str) -> None:
    opened(page, address)
    title = page.get_by_label("Titre", exact=True)
    title.fill("Ca\u200bfé\u2028de\u202e Ba\ufe0fbel \u2764\ufe0f\ufeff")
    expect(title).to_have_value("Café de Babel \u2764\ufe0f")
    expect(page.get_by_text("Des caractères invisibles")).to_be_visible()


def test_a_list_pasted_from_word_becomes_a_list(page: Page, address: str) -> None:
    opened(page, address)
    items = "\u00a7\tSe parler.\r\no\tS'entraider.\r\n"
    paste(page.get_by_label("Objectif 1", exact=True), items)
    paste(page.get_by_label("Description"), f"Chaque mois :\r\n{items}")
    expect(page.get_by_label("Objectif 1", exact=True)).to_have_value("Se parler.")
    expect(page.get_by_label("Objectif 2", exact=True)).to_have_value("S'entraider.")
    expect(page.get_by_label("Description")).to_have_value("Chaque mois :\n- Se parler.\n- S'entraider.\n")


def paste(field: Locator, text: str) -> None:
    field.evaluate(
        """(field, text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def test_dates_may_be_written_as_one_writes_them(page: Page, address: str) -> None:
    opened(page, address)
    page.evaluate("location.hash = 'contact'")
    date = page.get_by_label("Confirmé le")
    kept = {"3 mars 2026": "2026-03-03", "1er août 2026": "2026-08-01", "5/4/2026": "2026-04-05", "hier": "hier"}
    for typed, iso in kept.items():
        date.fill(typed)
        date.blur()
        expect(date).to_have_value(iso)


def test_what_is_no_date_is_said_once_and_compared_with_nothing(page: Page, address: str) -> None:
    opened(page, address, "#en-pratique")
    page.get_by_label("Début").fill("printemps 2020")
    page.get_by_label(re.compile("^Fin")).fill("2021-03")
    expect(page.locator("[data-partie=carte]")).not_to_contain_text("Depuis")
    go_on(page)
    wrong = page.get_by_role("alert").get_by_role("listitem")
    expect(wrong).to_have_count(1)
    expect(wrong).to_contain_text("« printemps 2020 »")
    page.get_by_label("Début").fill("2022")
    expect(page.locator("[data-partie=carte]")).to_contain_text("Depuis2022")
    go_on(page)
    expect(wrong).to_have_count(1)
    expect(wrong).to_contain_text("la fin (2021-03) précède le début (2022)")


def test_hostile_text_is_only_text_in_the_preview(page: Page, address: str) -> None:
    ran: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.add_init_script("window.__hit = (what) => alert(what)")
    opened(page, address)
    for one in HOSTILE.values():
        shown = page.evaluate(
            f"""async ([titre, description]) => {{ {MODULE}
            const said = {{ titre, resume: titre, description, objectifs: [description], liens: [{{ titre }}] }};
            form.fill({{ ...said, contacts: [{{ organisation: titre, nom: description }}] }});
            document.querySelector('[data-fait=apercu]').click();
            const made = ':is(script, img, iframe, svg, style, a, form, input)';
            const bad = document.querySelectorAll(`#proposer dialog ${{made}}`).length;
            document.querySelector('[data-fait=fermer]').click();
            return bad; }}""",
            [one["titre"], one["description"]],
        )
        assert shown == 0, one
    assert ran == []


def test_the_draft_stays_in_this_browser_until_it_is_erased(page: Page, address: str) -> None:
    opened(page, address)
    page.get_by_label("Titre", exact=True).fill("Un brouillon")
    expect(page.get_by_text("Votre brouillon est gardé dans ce navigateur")).to_be_visible()
    opened(page, address)
    expect(page.get_by_label("Titre", exact=True)).to_have_value("Un brouillon")
    expect(page.get_by_text("est rouvert")).to_be_visible()
    page.get_by_role("button", name="Effacer le brouillon").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Effacer").click()
    expect(page.get_by_label("Titre", exact=True)).to_have_value("")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('brouillon'))") == []


def test_two_tabs_write_one_draft(page: Page, address: str) -> None:
    opened(page, address)
    other = opened(page.context.new_page(), address)
    page.get_by_label("Titre", exact=True).fill("Un brouillon")
    expect(other.get_by_label("Titre", exact=True)).to_have_value("Un brouillon")
    expect(other.get_by_text("Votre brouillon a changé dans un autre onglet")).to_be_visible()
    other.get_by_label("Résumé").fill(RESUME)
    expect(page.get_by_label("Résumé")).to_have_value(RESUME)
    kept = json.loads(page.evaluate("localStorage.getItem('brouillon-nouvelle-fiche')"))
    assert kept["donnees"] == {"titre": "Un brouillon", "resume": RESUME}
    page.get_by_role("button", name="Effacer le brouillon").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Effacer").click()
    expect(other.get_by_label("Titre", exact=True)).to_have_value("")
    expect(other.get_by_text("Votre brouillon a été effacé dans un autre onglet.")).to_be_visible()


@pytest.mark.parametrize("reste", [{}, 3, "texte", [None, 3, ["texte", 1], [["budget"], "cher"]]])
def test_a_broken_draft_is_opened_as_far_as_it_goes(page: Page, address: str, reste: object) -> None:
    page.goto(f"{address}contact/")
    broken = json.dumps({"donnees": {"titre": "Un titre"}, "reste": reste})
    page.evaluate("(draft) => localStorage.setItem('brouillon-nouvelle-fiche', draft)", broken)
    opened(page, address)
    expect(page.get_by_label("Titre", exact=True)).to_have_value("Un titre")
    expect(page.locator("[data-partie=reste-liste] li")).to_have_count(int(isinstance(reste, list)))


@pytest.mark.parametrize("broken", ["pas du JSON", "3", "[]", '{"donnees": [1]}', "[" * 50_000 + "]" * 50_000])
def test_an_unreadable_draft_is_put_aside_and_shown(page: Page, address: str, broken: str) -> None:
    page.goto(f"{address}contact/")
    page.evaluate("(draft) => localStorage.setItem('brouillon-nouvelle-fiche', draft)", broken)
    for said in ("était illisible", "est rouvert"):
        opened(page, address)
        expect(page.locator("[data-partie=reprise-texte]")).to_contain_text(said)
        expect(page.locator("[data-partie=reste-liste] pre")).to_have_text(broken)


def test_a_draft_with_more_than_a_list_takes_loses_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}contact/")
    draft = {"donnees": {"objectifs": ["x"] * 5_000, "constructor": "y", "domaines": ["langues"] * 5_000}}
    page.evaluate("(draft) => localStorage.setItem('brouillon-nouvelle-fiche', draft)", json.dumps(draft))
    opened(page, address)
    lost = page.locator("[data-partie=reste-liste] strong")
    names = {re.sub(" ›.*", "", text) for text in lost.all_inner_texts()}
    assert names == {"constructor", "objectifs", "domaines"}


def test_what_is_published_of_a_fiche_cannot_run(page_of_scripts: Page) -> None:
    assert page_of_scripts.evaluate("globalThis.ran") is None


@pytest.fixture
def page_of_scripts(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page with the published text of a fiche that is, word for word, a script."""
    fiche = FICHES[0]
    script = "titre: globalThis.ran = 'yes'\n"
    (tmp_path / "fiche.json").write_text(text_file(published_text(fiche, script.encode())), encoding="utf-8")
    (tmp_path / "fiche.js").write_text(text_file(published_text(fiche, script.encode())), encoding="utf-8")
    (tmp_path / "index.html").write_text("<script src=fiche.json></script><script src=fiche.js></script>")
    page = browser.new_page()
    for address in serve(tmp_path):
        page.goto(address)
        yield page
    page.close()


def test_a_draft_of_another_form_loses_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}contact/")
    old = {
        "version": "ancienne",
        "le": "2026-01-02T10:00:00Z",
        "donnees": {
            "titre": "Un titre",
            "budget": "3 000 €",
            "domaines": ["langues", "disparu"],
            "couts": {"note": "cher"},
        },
    }
    page.evaluate("(draft) => localStorage.setItem('brouillon-nouvelle-fiche', draft)", json.dumps(old))
    opened(page, address)
    expect(page.get_by_label("Titre", exact=True)).to_have_value("Un titre")
    expect(page.get_by_text("Le formulaire a changé depuis")).to_be_visible()
    lost = page.locator("[data-partie=reste-liste] li")
    assert [" ".join(text.split()) for text in lost.all_inner_texts()] == [
        "budget 3 000 €",
        "domaines › 2 disparu",
        "couts › note cher",
    ]
    page.get_by_label("Titre", exact=True).fill("Un autre titre")
    opened(page, address)
    expect(lost).to_have_count(3)
    page.get_by_role("button", name="J’ai repris ce qu’il fallait").click()
    expect(lost.first).to_be_hidden()


@pytest.fixture(scope="module")
def with_ways(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site whose owner has a repository and a mailbox."""
    root = tmp_path_factory.mktemp("root")
    shutil.copytree(ROOT / "docs", root / "docs")
    shutil.copytree(ROOT / "vocabularies", root / "vocabularies")
    for name in ("build_catalogue.py", "mkdocs.yml", "catalogue.yml"):
        shutil.copy(ROOT / name, root)
    settings_file = root / "catalogue.yml"
    said = settings_file.read_text(encoding="utf-8")
    said = said.replace('depot: ""', "depot: https://forge.example/groupe/catalogue")
    settings_file.write_text(
        said.replace('contributions: ""', "contributions: fiches@catalogue.example"), encoding="utf-8"
    )
    (root / "practices").mkdir()
    shutil.copy(PRACTICES / "lisko.yml", root / "practices")
    publish(root / "practices", root / "site", root=root)
    yield from serve(root / "site")


@pytest.fixture
def complete(page: Page, with_ways: str) -> Page:
    """A complete fiche, about to be sent; whatever another site is asked for is noted and goes nowhere."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, with_ways)
    fill_what_is_asked(page)
    page.get_by_role("button", name="Relire et envoyer").click()
    expect(page.get_by_text("La fiche est complète.")).to_be_visible()
    return page


def sent_to(page: Page, button: str) -> str:
    """The address that a link opens in a new tab, which is answered by nobody."""
    page.context.route("https://forge.example/**", lambda route: route.fulfill(body="dépôt"))
    with page.context.expect_page() as coming:
        page.get_by_role("link", name=button).click()
    asked = coming.value
    asked.wait_for_load_state()
    url = asked.url
    asked.close()
    return url


def test_a_short_fiche_opens_in_the_repository_ready_to_be_proposed(complete: Page) -> None:
    url = urlsplit(sent_to(complete, "Ouvrir le dépôt"))
    query = parse_qs(url.query)
    assert url.path == "/groupe/catalogue/new/main/practices"
    assert query["filename"] == ["cuisine-chez-nous-l-ete.yml"]
    assert plain_data(read_back(query["value"][0], "cuisine-chez-nous-l-ete")) == TYPED
    expect(complete.locator("[data-partie=fait]")).to_contain_text(
        "C'est seulement alors qu'il est envoyé".replace("'", "’")
    )


def test_a_long_fiche_is_copied_and_the_page_opens_with_its_name_alone(complete: Page) -> None:
    complete.evaluate("location.hash = 'idee'")
    complete.get_by_label("Description").fill("Énormément de détails. " * 220)
    complete.evaluate("location.hash = 'envoyer'")
    expect(complete.get_by_text("trop longue pour tenir dans un lien")).to_be_visible()
    url = sent_to(complete, "Ouvrir le dépôt")
    assert url == "https://forge.example/groupe/catalogue/new/main/practices?filename=cuisine-chez-nous-l-ete.yml"
    copied = complete.evaluate("navigator.clipboard.readText()")
    assert len(read_back(copied, "x").description) == len("Énormément de détails. ") * 220 - 1


def test_a_correction_is_copied_and_the_file_opens_for_editing(page: Page, with_ways: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, with_ways, "?fiche=lisko#idee")
    page.get_by_label("Titre", exact=True).fill("LISKO, autrement")
    page.evaluate("location.hash = 'envoyer'")
    expect(page.get_by_text("Sélectionnez tout")).to_be_visible()
    assert sent_to(page, "Ouvrir le dépôt") == "https://forge.example/groupe/catalogue/edit/main/practices/lisko.yml"
    assert read_back(page.evaluate("navigator.clipboard.readText()"), "lisko").titre == "LISKO, autrement"


@pytest.mark.parametrize(
    ("phone", "said"),
    [
        (False, "Sélectionnez tout (Ctrl+A), collez (Ctrl+V), puis proposez la modification."),
        (True, "Touchez longuement son texte, choisissez « Tout sélectionner », puis « Coller », puis proposez"),
    ],
)
def test_how_to_paste_is_said_for_keyboards_and_for_fingers(
    browser: Browser, with_ways: str, *, phone: bool, said: str
) -> None:
    context = browser.new_context(is_mobile=phone, has_touch=phone, viewport={"width": 390, "height": 844})
    page = opened(context.new_page(), with_ways, "?fiche=lisko#idee")
    page.get_by_label("Titre", exact=True).fill("LISKO, autrement")
    page.evaluate("location.hash = 'envoyer'")
    hint = page.locator("[data-partie=depot-modifie]")
    expect(hint).to_contain_text(said, use_inner_text=True)
    expect(hint).not_to_contain_text("Touchez" if not phone else "Ctrl", use_inner_text=True)
    context.close()


def test_by_mail_the_file_is_handed_over_and_the_message_is_addressed(complete: Page) -> None:
    link = complete.get_by_role("link", name="Télécharger et écrire")
    address = urlsplit(link.get_attribute("href") or "")
    assert (address.scheme, address.path) == ("mailto", "fiches@catalogue.example")
    said = parse_qs(address.query)
    assert said["subject"] == ['Nouvelle fiche\u00a0: Cuisine : "chez nous" & l\'été']
    complete.evaluate(
        "addEventListener('click', (event) => event.target.closest('[href^=mailto]') && event.preventDefault())"
    )
    with complete.expect_download() as coming:
        link.click()
    assert coming.value.suggested_filename == "cuisine-chez-nous-l-ete.yml"
    expect(complete.locator("[data-partie=fait]")).to_contain_text("Joignez le fichier au message")


def test_a_name_that_is_taken_is_refused(page: Page, address: str) -> None:
    opened(page, address)
    fill_what_is_asked(page)
    page.get_by_role("button", name="Relire et envoyer").click()
    name = page.get_by_label("Nom du fichier")
    for taken in ("lisko", "con", "Fête"):
        name.fill(taken)
        name.blur()
        expect(page.get_by_role("alert")).to_contain_text("Nom du fichier")
        expect(page.get_by_role("button", name="Télécharger")).to_be_hidden()


def test_without_repository_nor_mailbox_the_page_says_so(page: Page, address: str) -> None:
    opened(page, address)
    fill_what_is_asked(page)
    page.get_by_role("button", name="Relire et envoyer").click()
    expect(page.get_by_text("Ce site n’a pas encore de dépôt ni d’adresse de courriel")).to_be_visible()
    expect(page.get_by_role("link", name="Ouvrir le dépôt")).to_have_count(0)


def test_without_javascript_the_page_says_what_to_do_instead(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}proposer/")
    instead = page.locator(".md-content noscript").inner_text()
    assert "Ce formulaire a besoin de JavaScript" in instead
    assert "la description des champs" in instead
    assert "le formulaire pour Word ou LibreOffice" in instead
    expect(page.locator("#proposer")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("step", ["idee", "envoyer"])
def test_on_paper_the_form_has_no_word_about_sending(page: Page, address: str, step: str) -> None:
    opened(page, address, f"#{step}")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="En pratique")).to_be_visible()
    for said in ("Il reste des points à corriger", "La fiche est complète", "Vous n’avez rien changé"):
        expect(page.get_by_text(said)).to_be_hidden()
    expect(page.get_by_text("La fiche, telle qu’elle sera")).to_be_visible(visible=step == "envoyer")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing_in_any_step_with_its_errors(browser: Browser, address: str, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    opened(page, address)
    found = []
    for step in ALL_STEPS:
        page.evaluate("(step) => (location.hash = step)", step)
        expect(page.locator(f"section[data-etape={step}]")).to_be_visible()
        for button in page.locator(f"section[data-etape={step}] .ajouter").all():
            button.click()
        for group in page.locator(f"section[data-etape={step}] fieldset.groupe input[type=text]").all():
            group.fill("x")
        if step != "envoyer":
            go_on(page)
        found += [(step, *broken) for broken in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((step, "wide", []))
    context.close()
    assert found == []


def test_nothing_is_asked_of_anyone_while_the_form_is_filled(page: Page, address: str) -> None:
    opened(page, address)
    page.wait_for_load_state("networkidle")
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.method + " " + urlsplit(request.url).path)

    page.on("request", note)
    fill_what_is_asked(page)
    page.get_by_role("button", name="Relire et envoyer").click()
    downloaded(page)
    assert [one for one in asked if "favicon" not in one and "blob" not in one] == ["GET /proposer/fiches.json"]


def test_every_field_of_the_model_is_in_the_form(page: Page, address: str) -> None:
    opened(page, address)
    data = json.loads(page.evaluate("fetch('formulaire.json').then((answer) => answer.text())"))
    asked = [name for step in data["steps"] for name in step["fields"]]
    assert sorted(asked) == sorted(name for name in Fiche.model_fields if name != "id")
    first_optional = next(number for number, step in enumerate(data["steps"]) if not step["required"])
    late = [name for step in data["steps"][first_optional:] for name in step["fields"]]
    assert [name for name in late if data["fields"][name].get("required")] == []
