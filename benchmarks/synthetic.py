"""A lifelike catalogue of any size, the same each time: `python -m benchmarks.synthetic N FOLDER`.

The use of fields, numbers of entries, terms and lengths follow the statistics of the fiches in `practices/`. Values
follow the model, so that new fields are filled without changes here. Names are invented, addresses end in `.example`.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import yaml
from pydantic.fields import FieldInfo

from benchmarks.french import Writer
from practice_catalogue.model.catalogue import slug
from practice_catalogue.model.fiche import ID_LENGTH, Fiche, Part, Text
from practice_catalogue.model.introspection import (
    fields_of,
    has_markup,
    is_list,
    marks,
    most_entries,
    part_inside,
    shape_of,
    vocabulary_of,
)
from practice_catalogue.model.vocabulary import Term, Vocabularies, Vocabulary, fold
from practice_catalogue.validation import loader

T = TypeVar("T")

ROOT = Path(__file__).resolve().parent.parent
SEED = 2017
WIDTH = 110
"""Maximum line width in characters, as in the hand-written fiches."""

TITLE = 100
"""Maximum characters of a title without the number that makes it unique."""

SHARE_WHEN_UNUSED = 0.05
"""Share of fiches with a field that no fiche in `practices/` has yet."""

SHARE_WITHIN_UNUSED = 0.5
"""Share of the parts with an inner field, if no fiche in `practices/` has such a part yet."""

WEIGHT_WHEN_UNUSED = 0.5
"""Weight of a term that no fiche has yet; each use adds 1."""

NAME = 200
"""Fields with at most this many characters have a name or title; others have sentences."""


@dataclass
class Habits:
    """Statistics of the fiches by field path (`contacts.nom`).

    Share of fiches with the field, numbers of entries, lengths in characters, and frequency of each text.
    """

    shares: dict[str, float] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    lengths: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    texts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _weighted: dict[str, tuple[list[str], list[float]]] = field(default_factory=dict)

    @classmethod
    def of(cls, practices: Path) -> Habits:
        """Computes the statistics of the fiches in a folder."""
        habits = cls()
        habits._learn("", Fiche, [read_texts(path) for path in sorted(practices.glob("*.yml"))])
        return habits

    def _learn(self, path: str, model: type[Part], parts: list[Any]) -> None:
        for name, info in fields_of(model).items():
            field_path = f"{path}{name}"
            found = [part[name] for part in parts if name in part]
            unused = SHARE_WHEN_UNUSED if parts else SHARE_WITHIN_UNUSED
            self.shares[field_path] = len(found) / len(parts) if found else unused
            entries = [entry for value in found for entry in (value if isinstance(value, list) else [value])]
            self.counts[field_path] = sorted(len(value) for value in found if isinstance(value, list)) or [1, 2]
            texts = [entry for entry in entries if isinstance(entry, str)]
            self.lengths[field_path] = sorted(map(len, texts))
            self.texts[field_path] = Counter(map(fold, texts))
            if inner := part_inside(info):
                self._learn(f"{field_path}.", inner, [entry for entry in entries if isinstance(entry, dict)])

    def weighted(self, terms: Vocabulary[Any], path: str) -> tuple[list[str], list[float]]:
        """Returns the ids of terms with cumulative weights: by population for communes, else by use in the field."""
        if path not in self._weighted:
            used = self.texts[path]
            weights = (
                _commune_weight(term) or WEIGHT_WHEN_UNUSED + sum(used[name] for name in {*map(fold, term.names)})
                for term in terms
            )
            self._weighted[path] = [term.id for term in terms], list(accumulate(weights))
        return self._weighted[path]


def read_texts(path: Path) -> Any:
    """Returns the data of a YAML file with all scalars as strings."""
    return yaml.load(path.read_bytes(), yaml.CBaseLoader)  # noqa: S506  # makes texts, lists and mappings only


def fiches(number: int, terms: Vocabularies, habits: Habits, seed: int = SEED) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields id and plain data of `number` fiches; a smaller catalogue is the beginning of a larger one."""
    first = ""
    for position in range(number):
        data = _Maker(Random(f"{seed} {position}"), terms, habits, position).fiche()  # noqa: S311  # not for cryptography
        fiche_id = f"{slug(data['titre'])[: ID_LENGTH - 10]}-{position + 1}".replace("--", "-")
        first = first or fiche_id
        yield fiche_id, _taking_up(data, first, fiche_id)


def _taking_up(data: dict[str, Any], first: str, fiche_id: str) -> dict[str, Any]:
    """Returns the data with the first fiche of the catalogue as the origin, if it names one."""
    if "reprise_de" not in data or first == fiche_id:
        return {name: value for name, value in data.items() if name != "reprise_de"}
    return {**data, "reprise_de": data["reprise_de"] | {"fiche": first}}


class _Maker:
    """Makes the data of one fiche."""

    def __init__(self, random: Random, terms: Vocabularies, habits: Habits, position: int) -> None:
        self.random = random
        self.terms = terms
        self.habits = habits
        self.position = position
        self.domains = self.value_of("domaines")
        self.writer = Writer(random, self.domains)

    def fiche(self) -> dict[str, Any]:
        data = self._part(Fiche, "") | {"domaines": self.domains}
        data["titre"] = f"{_shortened(data['titre'], TITLE)} ({self.position + 1})"
        return _following_the_rules(data, self)

    def value_of(self, name: str) -> Any:
        """Returns the value of a top-level field."""
        return self._value(fields_of(Fiche)[name], name)

    def _terms_of(self, vocabulary: str, path: str, number: int) -> list[str]:
        """Returns ids of `number` different terms."""
        known, weights = self.habits.weighted(self.terms[vocabulary], path)
        drawn: dict[str, None] = {}
        while len(drawn) < min(number, len(known)):
            drawn.update(dict.fromkeys(self.random.choices(known, cum_weights=weights)))
        return list(drawn)

    def _part(self, model: type[Part], path: str) -> dict[str, Any]:
        return {
            name: self._value(info, f"{path}{name}")
            for name, info in fields_of(model).items()
            if info.is_required() or self.random.random() < self.habits.shares[f"{path}{name}"]
        }

    def _value(self, info: FieldInfo, path: str) -> Any:
        if not is_list(info):
            return self._entry(info, path)
        number = min(self.choose(self.habits.counts[path]), most_entries(info) or 1)
        if vocabulary := vocabulary_of(info):
            return self._terms_of(vocabulary, path, number)
        return [self._entry(info, path) for _ in range(number)]

    def _entry(self, info: FieldInfo, path: str) -> Any:
        if part := part_inside(info):
            return self._part(part, f"{path}.")
        if vocabulary := vocabulary_of(info):
            return self._terms_of(vocabulary, path, 1)[0]
        shape = shape_of(info)
        return VALUES_BY_SHAPE[shape.kind](self) if shape else self._text(info, path)

    def _text(self, info: FieldInfo, path: str) -> str:
        limits = next(mark.limits for mark in marks(info) if isinstance(mark, Text))
        shortest, longest = limits.min_length or 1, limits.max_length or 1
        length = max(self.choose(self.habits.lengths[path] or [min(longest, 60)]), shortest)
        if has_markup(info):
            return self.writer.paragraphs(length)[:longest].rstrip()
        text = self.writer.sentences(length) if longest > NAME else self.writer.phrase(length)
        return _shortened(text, longest)

    def day(self) -> str:
        return f"{2010 + self.integer(16)}-{1 + self.integer(12):02}-{1 + self.integer(28):02}"

    def choose(self, choices: Sequence[T]) -> T:
        return choices[self.integer(len(choices))]

    def integer(self, below: int) -> int:
        return int(self.random.random() * below)


def _commune_weight(term: Term) -> float:
    """Returns the square root of the population of a commune; 0 for terms without population."""
    return float(getattr(term, "population", 0) ** 0.5)


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rpartition(" ")[0].rstrip(",.")


VALUES_BY_SHAPE: dict[str, Callable[[_Maker], str | int]] = {
    "id": lambda maker: f"ancien-{maker.position}-{maker.integer(100_000)}",
    "date": lambda maker: maker.day(),
    "partial-date": lambda maker: maker.day()[: maker.choose((4, 7, 10))],
    "years": lambda maker: str(2010 + maker.integer(16)),
    "web": lambda maker: f"https://{slug(maker.writer.noun())}.example",
    "email": lambda maker: f"{slug(maker.writer.noun())}@{slug(maker.writer.noun())}.example",
    "phone": lambda maker: f"00 {maker.integer(90) + 10} {maker.integer(90) + 10} {maker.integer(90) + 10}",
    "amount": lambda maker: 100 * (1 + maker.integer(500)),
}
"""Kind of a fixed format → function that makes a value."""


def _following_the_rules(data: dict[str, Any], maker: _Maker) -> dict[str, Any]:
    """Adjusts the data to the rules across fields: communes unless national, end after start, maximum after minimum."""
    if data["territoire"] == "national":
        data.pop("communes", None)
    elif not data.get("communes"):
        data["communes"] = maker.value_of("communes")
    when, cost = data.get("calendrier", {}), data.get("couts", {})
    if "debut" in when and "fin" in when:
        when["debut"], when["fin"] = sorted((when["debut"][:4], when["fin"][:4]))
    if "montant_max" in cost:
        cost["montant"], cost["montant_max"] = sorted((cost.get("montant", 0), cost["montant_max"]))
    begin = when.get("debut", "")[:4]
    for news in data.get("nouvelles", []):
        news["le"] = max(news["le"], f"{begin}-12-31" if begin else "")
    for person in data["contacts"]:
        if "nom" in person:
            person["nom"] = f"{maker.choose(FIRST_NAMES)} {maker.choose(FAMILY_NAMES)}"
        person.setdefault("courriel", f"accueil@{slug(maker.writer.noun())}.example")
    order = [*Fiche.model_fields]
    return {name: data[name] for name in sorted(data, key=order.index) if data[name] not in ({}, [])}


FIRST_NAMES = ["Alix", "Camille", "Claude", "Dominique", "Eden", "Lou", "Maxime", "Noa", "Sacha", "Yaël"]
FAMILY_NAMES = ["Échantillon", "Exemple", "Modèle", "Spécimen", "Témoin", "Essai", "Factice", "Fictif"]
"""Obviously invented family names."""


class _Dumper(yaml.CSafeDumper):
    """Writes long texts as block scalars."""


def _scalar(dumper: yaml.CSafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else ">" if len(text) > WIDTH else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _scalar)


def text_of(data: Mapping[str, Any]) -> str:
    """Returns the YAML text of a fiche."""
    text: str = yaml.dump(dict(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    return text


def write(number: int, folder: Path, seed: int = SEED) -> None:
    """Writes `number` fiches into a folder, which is created if missing."""
    terms = loader.load_vocabularies(ROOT / "vocabularies")
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in fiches(number, terms, Habits.of(ROOT / "practices"), seed):
        (folder / f"{name}.yml").write_text(text_of(data), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("number", type=int, metavar="N")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    write(options.number, options.folder, options.seed)


if __name__ == "__main__":
    main()
