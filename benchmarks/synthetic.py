"""A lifelike catalogue of any size, the same each time: `python -m benchmarks.synthetic N FOLDER`.

Which fields are filled, how often, with how many entries, which terms and how long: as in the fiches of `practices/`.
What may stand in a field: as the model says, so that a new field has values at once. Names are invented, addresses end
in `.example`.
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
from practice_catalogue.validation import loader, yaml_reader

T = TypeVar("T")

ROOT = Path(__file__).resolve().parent.parent
SEED = 2017
WIDTH = 110
"""Columns of a line, as in the fiches written by hand."""

TITLE = 100
"""Characters of a title, so that its number fits in too; the number tells it from all others."""

SELDOM = 0.05
"""How often a field is filled that no fiche of `practices/` fills yet."""

UNMET = 0.5
"""A term that no fiche has yet is drawn half as often as one that a single fiche has."""

NAME = 200
"""A field that takes no more characters holds a name or a title; others hold sentences."""


@dataclass
class Habits:
    """How fiches are filled in, by field (`contacts.nom`).

    The share that has it, numbers of entries and of characters, and how often each text stands there.
    """

    shares: dict[str, float] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    lengths: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    texts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _weighted: dict[str, tuple[list[str], list[float]]] = field(default_factory=dict)

    @classmethod
    def of(cls, practices: Path) -> Habits:
        """What the fiches of a folder do."""
        habits = cls()
        read = (yaml_reader.read_yaml(str(path), path.read_bytes())[0] for path in sorted(practices.glob("*.yml")))
        habits._learn("", Fiche, [source.data for source in read if source])
        return habits

    def _learn(self, path: str, model: type[Part], parts: list[Any]) -> None:
        for name, info in fields_of(model).items():
            place = f"{path}{name}"
            found = [part[name] for part in parts if name in part]
            self.shares[place] = len(found) / len(parts) if found else SELDOM
            entries = [entry for value in found for entry in (value if isinstance(value, list) else [value])]
            self.counts[place] = sorted(len(value) for value in found if isinstance(value, list)) or [1, 2]
            texts = [entry for entry in entries if isinstance(entry, str)]
            self.lengths[place] = sorted(map(len, texts))
            self.texts[place] = Counter(map(fold, texts))
            if inner := part_inside(info):
                self._learn(f"{place}.", inner, [entry for entry in entries if isinstance(entry, dict)])

    def weighted(self, terms: Vocabulary[Any], path: str) -> tuple[list[str], list[float]]:
        """The ids of terms with cumulative weights: what stands in a field more often, or is larger, weighs more."""
        if path not in self._weighted:
            met = self.texts[path]
            weights = (_size(term) or UNMET + sum(met[name] for name in {*map(fold, term.names)}) for term in terms)
            self._weighted[path] = [term.id for term in terms], list(accumulate(weights))
        return self._weighted[path]


def fiches(number: int, terms: Vocabularies, habits: Habits, seed: int = SEED) -> Iterator[tuple[str, dict[str, Any]]]:
    """The ids and plain data of so many fiches; those of a smaller catalogue are the first of a larger one."""
    for place in range(number):
        data = _Maker(Random(f"{seed} {place}"), terms, habits, place).fiche()  # noqa: S311  # nothing is secret here
        yield f"{slug(data['titre'])[: ID_LENGTH - 10]}-{place + 1}".replace("--", "-"), data


class _Maker:
    """Fills in one fiche."""

    def __init__(self, random: Random, terms: Vocabularies, habits: Habits, place: int) -> None:
        self.random = random
        self.terms = terms
        self.habits = habits
        self.place = place
        self.domains = self.value_of("domaines")
        self.writer = Writer(random, self.domains)

    def fiche(self) -> dict[str, Any]:
        data = self._part(Fiche, "") | {"domaines": self.domains}
        data["titre"] = f"{_shortened(data['titre'], TITLE)} ({self.place + 1})"
        return _that_follows_the_rules(data, self)

    def value_of(self, name: str) -> Any:
        """Of a field of the fiche itself."""
        return self._value(fields_of(Fiche)[name], name)

    def _terms_of(self, vocabulary: str, path: str, number: int) -> list[str]:
        """So many different terms."""
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
        number = min(self.one(self.habits.counts[path]), most_entries(info) or 1)
        if vocabulary := vocabulary_of(info):
            return self._terms_of(vocabulary, path, number)
        return [self._entry(info, path) for _ in range(number)]

    def _entry(self, info: FieldInfo, path: str) -> Any:
        if part := part_inside(info):
            return self._part(part, f"{path}.")
        if vocabulary := vocabulary_of(info):
            return self._terms_of(vocabulary, path, 1)[0]
        shape = shape_of(info)
        return FORMS[shape.kind](self) if shape else self._text(info, path)

    def _text(self, info: FieldInfo, path: str) -> str:
        limits = next(mark.limits for mark in marks(info) if isinstance(mark, Text))
        shortest, longest = limits.min_length or 1, limits.max_length or 1
        length = max(self.one(self.habits.lengths[path] or [min(longest, 60)]), shortest)
        if has_markup(info):
            return self.writer.paragraphs(length)[:longest].rstrip()
        text = self.writer.sentences(length) if longest > NAME else self.writer.phrase(length)
        return _shortened(text, longest)

    def day(self) -> str:
        return f"{2010 + self.number(16)}-{1 + self.number(12):02}-{1 + self.number(28):02}"

    def one(self, choices: Sequence[T]) -> T:
        return choices[self.number(len(choices))]

    def number(self, below: int) -> int:
        return int(self.random.random() * below)


def _size(term: Term) -> float:
    """Large communes have more practices than small ones, but fewer an inhabitant; other terms have no size."""
    return float(getattr(term, "population", 0) ** 0.5)


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rpartition(" ")[0].rstrip(",.")


FORMS: dict[str, Callable[[_Maker], str | int]] = {
    "id": lambda one: f"ancien-{one.place}-{one.number(100_000)}",
    "date": lambda one: one.day(),
    "partial-date": lambda one: one.day()[: one.one((4, 7, 10))],
    "years": lambda one: str(2010 + one.number(16)),
    "web": lambda one: f"https://{slug(one.writer.noun())}.example",
    "email": lambda one: f"{slug(one.writer.noun())}@{slug(one.writer.noun())}.example",
    "phone": lambda one: f"00 {one.number(90) + 10} {one.number(90) + 10} {one.number(90) + 10}",
    "amount": lambda one: 100 * (1 + one.number(500)),
}
"""What is written where a value has a set form, by its kind."""


def _that_follows_the_rules(data: dict[str, Any], maker: _Maker) -> dict[str, Any]:
    """Across its fields too: communes unless it is national, an end after the beginning, costs that go up."""
    if data["territoire"] == "national":
        data.pop("communes", None)
    elif not data.get("communes"):
        data["communes"] = maker.value_of("communes")
    when, cost = data.get("calendrier", {}), data.get("couts", {})
    if "debut" in when and "fin" in when:
        when["debut"], when["fin"] = sorted((when["debut"][:4], when["fin"][:4]))
    if "montant_max" in cost:
        cost["montant"], cost["montant_max"] = sorted((cost.get("montant", 0), cost["montant_max"]))
    for person in data["contacts"]:
        if "nom" in person:
            person["nom"] = f"{maker.one(FIRST_NAMES)} {maker.one(FAMILY_NAMES)}"
        person.setdefault("courriel", f"accueil@{slug(maker.writer.noun())}.example")
    order = [*Fiche.model_fields]
    return {name: data[name] for name in sorted(data, key=order.index) if data[name] not in ({}, [])}


FIRST_NAMES = ["Alix", "Camille", "Claude", "Dominique", "Eden", "Lou", "Maxime", "Noa", "Sacha", "Yaël"]
FAMILY_NAMES = ["Échantillon", "Exemple", "Modèle", "Spécimen", "Témoin", "Essai", "Factice", "Fictif"]
"""Nobody is called so."""


class _Dumper(yaml.CSafeDumper):
    """Writes long texts as blocks, as a person would."""


def _scalar(dumper: yaml.CSafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else ">" if len(text) > WIDTH else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _scalar)


def text_of(data: Mapping[str, Any]) -> str:
    """The text of a file."""
    text: str = yaml.dump(dict(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    return text


def write(number: int, folder: Path, seed: int = SEED) -> None:
    """So many fiches into a folder of their own."""
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
