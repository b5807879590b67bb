"""What a visitor relies on in the 24 fiches of 2017."""

from __future__ import annotations

import pytest

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.validation import loader
from practice_catalogue.validation.reports import as_text
from tests.support import PRACTICES, VOCABULARIES


def test_there_are_24_fiches_and_nothing_to_say_about_them() -> None:
    loaded = loader.load(PRACTICES, VOCABULARIES)
    assert as_text(loaded.report, loaded.files) == "24 fiches : tout est en ordre."
    assert len(loaded.catalogue) == 24


def test_all_were_presented_in_2017_and_name_their_source(catalogue: Catalogue) -> None:
    assert len(catalogue.under("editions", "assises-2017")) == 24
    assert all(fiche.sources for fiche in catalogue)


def test_only_the_known_table_is_named(catalogue: Catalogue) -> None:
    placed = {
        fiche.id: (shown.bloc, shown.table)
        for fiche in catalogue
        for shown in fiche.editions
        if shown.bloc or shown.table
    }
    assert placed == {"office-social-sanem": ("3", "1")}


def test_nobody_has_confirmed_a_contact_yet(catalogue: Catalogue) -> None:
    assert not [fiche.id for fiche in catalogue for contact in fiche.contacts if contact.confirme_le]


@pytest.mark.parametrize(
    ("fiche_id", "changed"),
    [
        ("office-social-sanem", ["olai", "rmg"]),
        ("cai-pratique-de-la-langue", ["cai", "olai"]),
        ("pci-luxembourg", ["ccci", "olai", "pci"]),
        ("cafe-de-babel", []),
    ],
)
def test_what_has_changed_since_is_found(catalogue: Catalogue, fiche_id: str, changed: list[str]) -> None:
    fiche = next(fiche for fiche in catalogue if fiche.id == fiche_id)
    assert [term.id for term in catalogue.changes(fiche)] == changed


def test_former_communes_count_for_the_communes_of_today(catalogue: Catalogue) -> None:
    assert [fiche.id for fiche in catalogue.under("communes", "groussbus-wal")] == ["hauscare-redange"]
    assert [fiche.id for fiche in catalogue.under("communes", "bous-waldbredimus")] == ["pci-miselerland"]


def test_the_list_of_published_addresses_holds_them_all(catalogue: Catalogue) -> None:
    assert loader.load_published(PRACTICES).new_ids(catalogue) == []
