"""Reads what only the owner writes (settings, vocabularies, menu), and names all mistakes with their places."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from practice_catalogue.model.diagnostics import Diagnostic, dotted
from practice_catalogue.model.diagnostics import Path as Place
from practice_catalogue.model.fiche import ID_LENGTH, ID_PATTERN, FullDate, PartialDate
from practice_catalogue.model.introspection import yaml_example
from practice_catalogue.model.settings import NEWEST_FORMAT, Settings
from practice_catalogue.model.vocabulary import Commune, Edition, Localite, Term, Vocabularies, Vocabulary, fold
from practice_catalogue.validation.validator import filled_in
from practice_catalogue.validation.yaml_hints import diagnose
from practice_catalogue.validation.yaml_reader import MAX_DEPTH, Places, YamlSource, decode, read_yaml

Model = TypeVar("Model", bound=BaseModel)

MAX_BYTES = 4 * 1024 * 1024
"""Maximum size of a file of the owner in bytes: more than any list of terms has, little enough to be read at once."""

NEVER_EMPTY = frozenset(
    {"domaines", "publics", "communes", "cantons", "territoires", "types_de_porteur", "niveaux_de_cout", "langues"}
)
"""The vocabularies without which no fiche can be written."""

PLUGIN = "practice-catalogue"
"""The name of the MkDocs plugin in `mkdocs.yml`."""


def read_bytes(path: Path) -> tuple[bytes, list[Diagnostic]]:
    """Returns the content of a regular file, or a diagnostic if it is missing, something else, too large or locked."""
    try:
        if not path.exists() and not path.is_symlink():
            return b"", [Diagnostic(str(path), 1, 1, "fichier-manquant")]
        if not path.is_file():  # a folder; a pipe would never end
            return b"", [Diagnostic(str(path), 1, 1, "fichier-illisible")]
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError:
        return b"", [Diagnostic(str(path), 1, 1, "fichier-illisible")]
    if len(raw) > MAX_BYTES:
        return b"", [Diagnostic(str(path), 1, 1, "fichier-demesure", details={"maximum": MAX_BYTES // 1024**2})]
    return raw, []


def read_text(path: Path) -> tuple[str, list[Diagnostic]]:
    """Returns the text of a UTF-8 file, with or without a byte order mark, or a diagnostic."""
    raw, diagnostics = read_bytes(path)
    if diagnostics:
        return "", diagnostics
    text, diagnostics = decode(str(path), raw)
    return text or "", diagnostics


def read_settings(path: Path) -> tuple[Settings | None, list[Diagnostic]]:
    """Returns the settings in `catalogue.yml`, or all reasons why they cannot be used."""
    source, diagnostics = _read_mapping(path)
    if source is None:
        return None, diagnostics
    asked = source.data.get("version_du_format")
    if isinstance(asked, str) and re.fullmatch(r"[0-9]{1,9}", asked) and int(asked) > NEWEST_FORMAT:
        mark = source.places.mark(("version_du_format",))
        details = {"demande": asked, "connu": NEWEST_FORMAT}
        return None, [Diagnostic(str(path), *mark, "format-trop-recent", details=details)]
    return _validated(source, Settings)


def read_vocabularies(folder: Path) -> tuple[Vocabularies | None, list[Diagnostic]]:
    """Returns the vocabularies of a folder, or all reasons why they cannot be used."""
    read: dict[str, Vocabulary[Any]] = {}
    places: dict[str, Places] = {}
    diagnostics: list[Diagnostic] = []
    for name, field in Vocabularies.model_fields.items():
        source, found = _read_mapping(folder / f"{name.replace('_', '-')}.yml")
        diagnostics += found
        if source is None:
            continue
        kind: type[Vocabulary[Any]] = field.annotation  # type: ignore[assignment]
        vocabulary, found = _validated(source, kind)
        diagnostics += found
        if vocabulary is not None:
            read[name], places[name] = vocabulary, source.places
            diagnostics += _term_problems(name, vocabulary, source.places)
    for name, vocabulary in read.items():
        diagnostics += _reference_problems(vocabulary, read, places[name])
    return None if diagnostics else Vocabularies.model_construct(None, **read), diagnostics


def mkdocs_problems(path: Path) -> list[Diagnostic]:
    """Returns the mistakes in what the engine uses of `mkdocs.yml`; MkDocs itself checks the rest when it publishes."""
    text, diagnostics = read_text(path)
    if diagnostics:
        return diagnostics
    try:
        depth = 0
        for event in yaml.parse(text, yaml.CBaseLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                return [Diagnostic(str(path), *_node_mark(event), "yaml-trop-profond")]
        node = yaml.compose(text, yaml.CBaseLoader)
    except yaml.YAMLError as error:
        return [diagnose(str(path), text, error)]
    if not isinstance(node, yaml.MappingNode):
        return [Diagnostic(str(path), 1, 1, "pas-de-cles")]
    entries = {key.value: (key, value) for key, value in node.value}
    return list(_mkdocs_entries(str(path), entries))


def _mkdocs_entries(file: str, entries: Mapping[Any, Any]) -> Iterator[Diagnostic]:
    key, docs = entries.get("docs_dir", (None, None))
    if docs is not None and docs.value not in ("docs", "./docs", "docs/"):
        yield Diagnostic(file, *_node_mark(key), "dossier-des-pages", field="docs_dir")
    key, plugins = entries.get("plugins", (None, None))
    if "INHERIT" not in entries and PLUGIN not in _names(plugins):
        yield Diagnostic(file, *(_node_mark(key) if key else (1, 1)), "plugin-absent", field="plugins")


def _names(plugins: Any) -> set[str]:
    """Returns the names in the list of plugins, each a text or a mapping from its name to its options."""
    entries = plugins.value if isinstance(plugins, yaml.CollectionNode) else []
    keys = [entry[0] if isinstance(entry, tuple) else entry for entry in entries]
    keys = [key.value[0][0] if isinstance(key, yaml.MappingNode) and key.value else key for key in keys]
    return {key.value for key in keys if isinstance(key, yaml.ScalarNode)}


def _node_mark(node: Any) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _read_mapping(path: Path) -> tuple[YamlSource | None, list[Diagnostic]]:
    """Reads a file whose content must be a mapping."""
    raw, diagnostics = read_bytes(path)
    if diagnostics:
        return None, diagnostics
    source, diagnostics = read_yaml(str(path), raw, largest=MAX_BYTES)
    if source is not None and not diagnostics and not isinstance(source.data, dict):
        diagnostics = [Diagnostic(str(path), *source.places.mark(()), "pas-de-cles")]
    return None if diagnostics else source, diagnostics


def _validated(source: YamlSource, model: type[Model]) -> tuple[Model | None, list[Diagnostic]]:
    """Validates data against a model, without its blank values; returns a diagnostic for each mistake."""
    data = filled_in(source.data)
    if source.data.get("termes", "") in ([], None):  # no term yet
        data["termes"] = []
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, [_diagnostic(source.places, detail, model) for detail in error.errors(include_url=False)]


class _Expected(NamedTuple):
    code: str
    sentence: str = ""


_CODES = {
    "missing": _Expected("cle-manquante"),
    "extra_forbidden": _Expected("cle-de-trop"),
    "string_type": _Expected("valeur-inattendue", "un simple texte est attendu"),
    "string_too_long": _Expected("valeur-inattendue", "ce texte est trop long"),
    "tuple_type": _Expected("valeur-inattendue", "une liste est attendue"),
    "mapping_type": _Expected("valeur-inattendue", "des lignes « langue: nom » sont attendues"),
    "dict_type": _Expected("valeur-inattendue", "des lignes « langue: nom » sont attendues"),
    "model_type": _Expected("valeur-inattendue", "des lignes « clé: valeur » sont attendues"),
    "int_type": _Expected("valeur-inattendue", "un nombre entier est attendu"),
    "int_parsing": _Expected("valeur-inattendue", "un nombre entier est attendu"),
    "int_parsing_size": _Expected("valeur-inattendue", "ce nombre n'est pas vraisemblable"),
    "greater_than_equal": _Expected("valeur-inattendue", "ce nombre n'est pas vraisemblable"),
    "less_than_equal": _Expected("valeur-inattendue", "ce nombre n'est pas vraisemblable"),
}


_COMPARE = "Comparez avec les termes ou les lignes qui l'entourent."


def _diagnostic(places: Places, detail: ErrorDetails, model: type[BaseModel]) -> Diagnostic:
    place: Place = detail["loc"]
    code, sentence = _CODES.get(detail["type"]) or _Expected(
        detail["type"] if "-" in detail["type"] else "valeur-inattendue", "elle a une autre forme que celle attendue"
    )
    name = next((step for step in reversed(place) if isinstance(step, str)), "")
    field = model.model_fields.get(name) if place == (name,) else None
    known = _known_keys(model, place)
    details: dict[str, object] = {
        "cle": name,
        "valeur": detail["input"],
        "attendu": sentence,
        "aide": f"Par exemple : {yaml_example(name, field)}" if field and field.examples else _COMPARE,
        "proches": difflib.get_close_matches(name, known, n=1, cutoff=0.6) if code == "cle-de-trop" else [],
        **detail.get("ctx", {}),
    }
    mark = places.key_mark(place) if code == "cle-de-trop" else places.mark(place)
    return Diagnostic(places.file, *mark, code, field=dotted(place), details=details)


def _known_keys(model: type[BaseModel], place: Place) -> list[str]:
    """Returns the keys that may stand at a place: of the model itself, or of the terms of a vocabulary."""
    if len(place) == 1:
        return list(model.model_fields)
    kind = _term_class(model) if place[:1] == ("termes",) else None
    return list(kind.model_fields) if kind else []


def _term_class(model: type[BaseModel]) -> type[Term] | None:
    arguments = model.__pydantic_generic_metadata__["args"]
    return arguments[0] if arguments else None


def _term_problems(name: str, vocabulary: Vocabulary[Any], places: Places) -> Iterator[Diagnostic]:
    """Yields the problems of terms on their own: ids, dates, ambiguous names, none at all."""
    if not vocabulary.termes and name in NEVER_EMPTY:
        yield _at(places, ("termes",), "vocabulaire-vide")
    first_of: dict[str, int] = {}
    owner: dict[str, str] = {}
    for position, term in enumerate(vocabulary.termes):
        place = ("termes", position)
        if len(term.id) > ID_LENGTH or not ID_PATTERN.fullmatch(term.id) or term.id == "index":
            yield _at(places, (*place, "id"), "identifiant-invalide", valeur=term.id)
        elif term.id in first_of:
            line, _ = places.mark(("termes", first_of[term.id], "id"))
            yield _at(places, (*place, "id"), "terme-repete", id=term.id, premiere=line)
        first_of.setdefault(term.id, position)
        for shared in () if term.may_share_names else dict.fromkeys(term.names):
            other = owner.setdefault(fold(shared), term.id)
            if other != term.id:
                yield _at(places, place, "nom-ambigu", nom=shared, premier=other, second=term.id)
        yield from _date_problems(term, places, place)


def _date_problems(term: Term, places: Places, place: Place) -> Iterator[Diagnostic]:
    for kind, key, adapter in ((Commune, "depuis", _PARTIAL_DATE), (Edition, "date", _FULL_DATE)):
        if isinstance(term, kind) and (value := getattr(term, key)):
            try:
                adapter.validate_python(value)
            except ValidationError as error:
                yield _at(places, (*place, key), "date-invalide", **error.errors()[0]["ctx"])


_PARTIAL_DATE: TypeAdapter[str] = TypeAdapter(PartialDate)
_FULL_DATE: TypeAdapter[str] = TypeAdapter(FullDate)


def _reference_problems(
    vocabulary: Vocabulary[Any], others: Mapping[str, Vocabulary[Any]], places: Places
) -> Iterator[Diagnostic]:
    """Yields the references to terms that do not exist, circles, and places on the map that are missing or taken."""
    communes, cantons = others.get("communes"), others.get("cantons")
    on_map: dict[tuple[int, int], str] = {}
    for position, term in enumerate(vocabulary.termes):
        place = ("termes", position)
        if isinstance(term, Localite) and communes is not None and term.commune not in communes:
            yield _unknown(places, (*place, "commune"), term.commune, communes, "communes")
        if not isinstance(term, Commune):
            continue
        if cantons is not None and (term.canton or not term.devenue) and term.canton not in cantons:
            yield _unknown(places, (*place, "canton"), term.canton, cantons, "cantons")
        if term.devenue:
            yield from _successor_problems(term, vocabulary, places, (*place, "devenue"))
        elif term.hexagone is None:
            yield _at(places, place, "hexagone-absent", commune=term.libelle)
        elif (other := on_map.setdefault(term.hexagone, term.libelle)) != term.libelle:
            yield _at(places, (*place, "hexagone"), "hexagone-occupe", commune=term.libelle, autre=other)


def _successor_problems(term: Commune, communes: Vocabulary[Any], places: Places, place: Place) -> Iterator[Diagnostic]:
    if term.devenue not in communes:
        yield _unknown(places, place, term.devenue, communes, "communes")
        return
    seen, today = {term.id}, communes[term.devenue]
    while today.id not in seen and today.devenue in communes:
        seen.add(today.id)
        today = communes[today.devenue]
    if today.id == term.id:
        yield _at(places, place, "succession-en-cercle", commune=term.libelle)


def _unknown(places: Places, place: Place, name: str, terms: Vocabulary[Any], file: str) -> Diagnostic:
    return _at(places, place, "reference-inconnue", id=name, fichier=file, proches=_near_ids(name, terms))


def _near_ids(name: str, terms: Vocabulary[Any]) -> list[str]:
    return difflib.get_close_matches(name[:ID_LENGTH], [term.id for term in terms], n=1, cutoff=0.72)


def _at(places: Places, place: Place, code: str, **details: object) -> Diagnostic:
    return Diagnostic(places.file, *places.mark(place), code, field=dotted(place), details=details)
