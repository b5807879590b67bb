"""The JSON: valid, whole, and what v1 promised."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from practice_catalogue.exports import api
from practice_catalogue.exports.publication import Publication
from practice_catalogue.model.catalogue import INDEXES, Catalogue
from practice_catalogue.model.fiche import Fiche
from tests.exports.conftest import made_of

RECORDED = Path(__file__).parent / "recorded"
"""What v1 gave out when it was published: never made anew."""


def read(made: dict[str, str | bytes], path: str) -> Any:
    return json.loads(made[path])


def test_the_export_is_what_its_schema_says(made: dict[str, str | bytes]) -> None:
    schema = read(made, "api/v1/schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(read(made, "api/v1/fiches.json"), schema)


def test_the_schema_refuses_what_is_wrong(made: dict[str, str | bytes]) -> None:
    data = read(made, "api/v1/fiches.json")
    del data["fiches"][0]["fiche"]["titre"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, read(made, "api/v1/schema.json"))


def test_each_fiche_comes_back_whole(made: dict[str, str | bytes], catalogue: Catalogue) -> None:
    entries = read(made, "api/v1/fiches.json")["fiches"]
    back = [Fiche.model_validate(entry["fiche"], context=catalogue.vocabularies) for entry in entries]
    assert tuple(back) == catalogue.fiches
    for entry in entries:
        alone = read(made, f"api/v1/fiches/{entry['fiche']['id']}.json")
        assert {name: alone[name] for name in entry} == entry


def test_the_texts_of_difficult_fiches_come_back_whole(difficult: Publication) -> None:
    entries = json.loads(made_of(difficult)["api/v1/fiches.json"])["fiches"]
    context = difficult.catalogue.vocabularies
    assert (
        tuple(Fiche.model_validate(entry["fiche"], context=context) for entry in entries) == difficult.catalogue.fiches
    )


def test_the_owner_is_named_from_one_file(made: dict[str, str | bytes], publication: Publication) -> None:
    said = publication.settings
    for path in ("fiches", "index", "vocabulaires", "fiches/lisko"):
        data = read(made, f"api/v1/{path}.json")
        assert (data["licence"], data["version"], data["date"]) == (
            said.licence_des_textes,
            said.version_des_donnees,
            said.date_des_donnees,
        )


def test_the_date_of_the_data_is_not_older_than_the_last_change(publication: Publication) -> None:
    changes = [day for fiche in publication.catalogue for day in (fiche.publie_le, fiche.modifie_le) if day]
    assert publication.settings.date_des_donnees >= max(changes)


def test_the_index_is_that_of_the_catalogue(made: dict[str, str | bytes], catalogue: Catalogue) -> None:
    data = read(made, "api/v1/index.json")
    assert tuple(data["index"]) == INDEXES
    for name, headings in data["index"].items():
        for heading in headings:
            assert heading["fiches"] == [fiche.id for fiche in catalogue.under(name, heading["id"])]
    cell = {"domaines": "logement", "publics": "jeunes"}
    both = [fiche.id for fiche in catalogue.both("domaines", "logement", "publics", "jeunes")]
    assert cell | {"fiches": both} in data["croisements"]["domaines-publics"]


def test_every_term_of_a_fiche_is_in_the_vocabularies(made: dict[str, str | bytes]) -> None:
    terms = read(made, "api/v1/vocabulaires.json")
    ids = {
        name: {term["id"] for term in terms[name]["termes"]} for name in ("domaines", "publics", "freins", "leviers")
    }
    for entry in read(made, "api/v1/fiches.json")["fiches"]:
        for name, known in ids.items():
            assert set(entry["fiche"][name]) <= known


def shape(value: Any, path: str = "") -> set[tuple[str, str]]:
    """Every path of some data with the type found there; null says nothing of a type."""
    if isinstance(value, dict):
        return {(path, "object")} | {one for key, item in value.items() for one in shape(item, f"{path}.{key}")}
    if isinstance(value, list):
        return {(path, "array")} | {one for item in value for one in shape(item, f"{path}[]")}
    return set() if value is None else {(path, type(value).__name__)}


@pytest.mark.parametrize("name", ["fiches/pci-miselerland", "fiches/equigaart", "fiches/lisko"])
def test_v1_keeps_every_field_and_type_of_the_recorded_examples(name: str, made: dict[str, str | bytes]) -> None:
    recorded = json.loads((RECORDED / f"{name.split('/')[1]}.json").read_text(encoding="utf-8"))
    today = read(made, "api/v1/fiches.json")["fiches"]
    known = {one for entry in today for one in shape(entry)}
    kept = {name: value for name, value in recorded.items() if name in today[0]}
    assert shape(kept) <= known
    assert set(recorded) <= set(read(made, f"api/v1/{name}.json"))
    assert set(recorded["fiche"]) <= set(today[0]["fiche"])


def test_today_s_export_is_still_what_the_recorded_schema_promised(made: dict[str, str | bytes]) -> None:
    promised = json.loads((RECORDED / "schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(read(made, "api/v1/fiches.json"), promised)


def test_the_promise_is_written_down(site: Path) -> None:
    assert '<h2 id="promesses">' in (site / "donnees/index.html").read_text(encoding="utf-8")


def test_the_address_is_whole_where_it_is_known(owned: Publication) -> None:
    assert api.export(owned).fiches[0].adresse.startswith("https://catalogue.example/fiches/")


def test_each_entry_says_its_state_and_how_sure_it_is(made: dict[str, str | bytes]) -> None:
    entry = read(made, "api/v1/fiches/lisko.json")
    assert entry["etat"] == {"etat": "a-confirmer", "depuis": "2017-02-11", "source": ""}
    assert entry["solidite"]["Résultats"] == {"niveau": 2, "plus_haut": 3, "texte": "résultats comptés"}
    assert list(entry["solidite"]) == ["Résultats", "Coût", "Difficultés", "Contact"]
