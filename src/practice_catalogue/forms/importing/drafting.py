"""Converts the answers of a document to a draft: plain data, and the guesses that a person must check."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from pydantic.fields import FieldInfo

from practice_catalogue.forms.importing.answers import Answers, Said
from practice_catalogue.forms.importing.contacts import contact_cards, links
from practice_catalogue.forms.importing.guessing import Guess, first_mention, main_terms, mentioned_terms
from practice_catalogue.forms.word.paragraphs import (
    Paragraph,
    Run,
    clean_text,
    merged_runs,
    to_markdown,
    with_typed_marks,
    without_marks,
)
from practice_catalogue.model.characters import plain_signs
from practice_catalogue.model.fiche import MOST_DIGITS, TYPED_DATE, Fiche, Part, read_amount
from practice_catalogue.model.formatting import MONTHS
from practice_catalogue.model.introspection import (
    fields_of,
    has_markup,
    is_list,
    lists_of_parts,
    most_entries,
    part_inside,
    shape_of,
    vocabulary_of,
)
from practice_catalogue.model.vocabulary import Vocabularies, fold


@dataclass
class Draft:
    """A fiche as plain data, as far as a document provides it.

    `kept` maps fields to the original text if the draft has changed it; `loose` is text without a field.
    """

    data: dict[str, Any] = field(default_factory=dict)
    guesses: list[Guess] = field(default_factory=list)
    kept: dict[str, list[str]] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)

    @property
    def filled(self) -> list[str]:
        return [name for name in fields_of(Fiche) if name in self.data]


def draft_of(answers: Answers, vocabularies: Vocabularies, *, lines: bool = False) -> Draft:
    """Makes the draft of one fiche; `lines` tells that its paragraphs are lines of a text file."""
    return _Drafting(answers, vocabularies, lines=lines).draft()


class _Drafting:
    """Makes a draft: first from the answers to each field, then from terms mentioned in the whole text."""

    def __init__(self, answers: Answers, vocabularies: Vocabularies, *, lines: bool) -> None:
        self.answers = answers
        self.vocabularies = vocabularies
        self.lines = lines
        self.made = Draft()

    def draft(self) -> Draft:
        for name, known in fields_of(Fiche).items():
            value = self._answered(name, known)
            if value not in (None, [], {}):
                self.made.data[name] = value
        self._derive_fields()
        self.made.data = {name: self.made.data[name] for name in fields_of(Fiche) if name in self.made.data}
        self._leftovers()
        return self.made

    # Answered fields.

    def _answered(self, name: str, known: FieldInfo) -> Any:
        inside = part_inside(known)
        said = self.answers.texts.get(name, [])
        if inside and is_list(known):
            entries = [self._entry(inside, entry, name) for entry in self.answers.entries.get(name, [])]
            return [*filter(None, entries), *(self._FROM_FREE_TEXT[name](self, said) if _has_words(said) else [])]
        if inside:
            entry = {sub: self.answers.texts.get(f"{name}.{sub}", []) for sub in fields_of(inside)}
            value = self._entry(inside, entry, name)
            return {**value, **self._group_from_text(name, said)} if _has_words(said) else value
        if not _has_words(said):
            return None
        return (
            self._FROM_FREE_TEXT[name](self, said) if name in self._FROM_FREE_TEXT else self._value(name, known, said)
        )

    def _entry(self, part: type[Part], said: Said, name: str) -> dict[str, Any]:
        values = {
            sub: self._value(f"{name}.{sub}", known, said[sub])
            for sub, known in fields_of(part).items()
            if _has_words(said.get(sub, []))
        }
        return {sub: value for sub, value in values.items() if value not in (None, [])}

    def _value(self, path: str, known: FieldInfo, said: Sequence[Paragraph]) -> Any:
        if vocabulary_of(known):
            return self._terms(path, known, said)
        if is_list(known):
            return [text for text in self._items(said) if text]
        if has_markup(known):
            return self._long_text(said)
        return _in_format(known, self._line(said))

    def _line(self, said: Iterable[Paragraph]) -> str:
        joined = " ".join(text for one in said if (text := one.text.replace("\n", " ").strip()))
        return clean_text(without_marks(joined) if self.lines else joined).strip()

    def _items(self, said: Sequence[Paragraph]) -> list[str]:
        """Returns the entries of a list: one per paragraph; in a text file, separated by blank lines or bullets."""
        items: list[str] = []
        begins = True
        for one in said:
            item = with_typed_marks(one)
            text = _BULLET.sub("", item.text.replace("\n", " ").strip())
            if not text:
                begins = True
                continue
            if not self.lines or begins or item.item:
                items.append(text)
            else:
                items[-1] += f" {text}"
            begins = False
        return [clean_text(without_marks(text) if self.lines else text).strip() for text in items]

    def _long_text(self, said: Sequence[Paragraph]) -> str:
        if self.lines:
            text = "\n".join(one.text for one in said)
            return re.sub(r"\n{3,}", "\n\n", text).strip()
        return clean_text(to_markdown(with_typed_marks(part) for one in said for part in _at_line_breaks(one))).strip()

    # Terms.

    def _terms(self, path: str, known: FieldInfo, said: Sequence[Paragraph]) -> Any:
        """Returns the ids of terms: named exactly, or guessed from mentions; unrecognized text is returned as it is."""
        terms = self.vocabularies[vocabulary_of(known)]
        found: list[str] = []
        for text in filter(None, (self._ticked(path, one.text).strip() for one in said)):
            if whole := terms.resolve(text):
                found.append(whole)
                continue
            parts = [part for part in re.split(r"[,;/\n]", text) if part.strip()] if is_list(known) else [text]
            for part in parts:
                found += self._term(path, part.strip(), vocabulary_of(known))
        found = list(dict.fromkeys(found))
        return found if is_list(known) else found[0] if found else None

    def _ticked(self, path: str, text: str) -> str:
        """Returns a text without the choices whose box is empty."""
        ticked = _WITHOUT_TICK.sub("", text)
        if ticked != text:
            self._keep(path, [text])
        return ticked

    def _term(self, path: str, text: str, vocabulary: str) -> list[str]:
        terms = self.vocabularies[vocabulary]
        if whole := terms.resolve(text):
            return [whole]
        mentioned = mentioned_terms(text, terms)
        self.made.guesses += [Guess(path, term_id, words) for term_id, words in mentioned.items()]
        if mentioned:
            self._keep(path, [text])
        return list(mentioned) or [text]

    def _guessed(self, path: str, found: dict[str, str]) -> list[str]:
        self.made.guesses += [Guess(path, term_id, words) for term_id, words in found.items()]
        return list(found)

    def _guess(self, guess: Guess) -> None:
        if guess not in self.made.guesses:
            self.made.guesses.append(guess)

    # Free text, as under the headings of the fiches of 2017.

    def _keep(self, path: str, texts: Iterable[str]) -> None:
        """Records the original text of a field that the draft changes."""
        kept = self.made.kept.setdefault(path.partition(".")[0], [])
        kept += [text for text in texts if text.strip() and text not in kept]

    def _holders(self, said: Sequence[Paragraph]) -> list[dict[str, Any]]:
        name = self._line(said)
        holder: dict[str, Any] = {"nom": name}
        kind = first_mention(name, self.vocabularies.types_de_porteur)
        if kind is None and self.vocabularies.communes.resolve(name):
            kind = ("commune", name)
        if kind:
            holder["type"] = kind[0]
            self.made.guesses.append(Guess("porteurs.type", *kind))
        return [holder]

    def _place(self, said: Sequence[Paragraph]) -> str | None:
        """Returns the place; under a heading for place and period, times are moved to `calendrier`."""
        if not any("periodicite" in fold(name) for name in self.answers.named.get("lieu", [])):
            return self._line(said)
        parts = [
            part.strip() for one in said for part in re.split(r"[,;\n]\s", without_marks(one.text)) if part.strip()
        ]
        times = [part for part in parts if _TIME.search(fold(part))]
        if times:
            self._keep("calendrier", (one.text for one in said))
            self.made.data["calendrier"] = {"periodicite": ", ".join(times)}
        return ", ".join(part for part in parts if part not in times) or None

    def _group_from_text(self, name: str, said: Sequence[Paragraph]) -> dict[str, Any]:
        """Converts free text to a group that is not a list: its long text, and the first term mentioned."""
        part = part_inside(fields_of(Fiche)[name])
        assert part is not None  # noqa: S101  # checked by the caller
        made: dict[str, Any] = {}
        for sub, known in fields_of(part).items():
            if vocabulary_of(known) and (
                found := first_mention(self._line(said), self.vocabularies[vocabulary_of(known)])
            ):
                made[sub] = found[0]
                self.made.guesses.append(Guess(f"{name}.{sub}", *found))
            elif has_markup(known):
                made[sub] = self._long_text(said)
        if not any(has_markup(known) for known in fields_of(part).values()):
            self._keep(name, (one.text for one in said))
        return made

    def _difficulties(self, said: Sequence[Paragraph]) -> list[dict[str, Any]]:
        return [{"defi": text} for text in self._items(said)]

    def _pages(self, said: Sequence[Paragraph]) -> list[dict[str, Any]]:
        self._keep("liens", (one.text for one in said))
        return links(one.text for one in said)

    def _contacts(self, said: Sequence[Paragraph]) -> list[dict[str, Any]]:
        texts = [line for one in said for line in one.text.split("\n") if line.strip()]
        self._keep("contacts", texts)
        holder = self._line(self.answers.texts.get("porteurs", [])) or without_marks(texts[0])
        cards = list(contact_cards(texts))
        reachable = [card for card in cards if {"telephone", "courriel"} & set(card)] or cards[:1]
        most = most_entries(fields_of(Fiche)["contacts"])
        return [self._contact(card, holder) for card in reachable[:most]]

    def _contact(self, card: dict[str, str], holder: str) -> dict[str, Any]:
        """Returns a contact of the organisation `holder`; a name that is part of the organisation's is left out."""
        names = fold(" ".join(card.get(name, "") for name in ("nom", "fonction")))
        if names and f" {names} " in f" {fold(holder)} ":
            ways = {name: value for name, value in card.items() if name not in {"nom", "fonction"}}
            return {"organisation": holder, **ways}
        self._guess(Guess("contacts.organisation", holder, "porteur"))
        return {"organisation": holder, **card}

    def _free_entries(self, said: Sequence[Paragraph]) -> list[dict[str, Any]]:
        """Keeps text next to the table of a group as unassigned text."""
        self.made.loose += [one.text for one in said if one.text.strip()]
        return []

    # Fields derived from the whole text.

    def _derive_fields(self) -> None:
        if self.answers.entries or "titre" in self.answers.named:
            return  # a form asks for all of this
        self._holder_from_contact()
        data = self.made.data
        text = {
            name: _WITHOUT_TICK.sub("", " ".join(one.text for one in said)) for name, said in self.answers.texts.items()
        }
        if "publics" not in data and (
            found := mentioned_terms(text.get("public_cible", ""), self.vocabularies.publics)
        ):
            data["publics"] = self._guessed("publics", dict(list(found.items())[:5]))
        if "domaines" not in data:
            whole = " ".join(words for name, words in text.items() if name != "contacts")
            most = most_entries(fields_of(Fiche)["domaines"]) or 1
            if found := main_terms(text.get("titre", ""), whole, self.vocabularies.domaines, most):
                data["domaines"] = self._guessed("domaines", found)
        if "communes" not in data:
            where = " · ".join(text.get(name, "") for name in ("titre", "sous_titre", "porteurs", "lieu"))
            if found := mentioned_terms(where, self.vocabularies.communes):
                data["communes"] = self._guessed("communes", found)
        if "liens" not in data and (found_links := links(text.get("contacts", "").split())):
            data["liens"] = found_links
        if "editions" not in data and self.answers.editions:
            data["editions"] = [{"edition": edition} for edition in self.answers.editions]
            self._keep("editions", (text for texts in self.answers.editions.values() for text in texts))

    def _holder_from_contact(self) -> None:
        """Derives the organisation from the contact, if no heading names one."""
        data = self.made.data
        named = [one for one in self.answers.texts.get("contacts", []) if one.text.strip()]
        if "porteurs" in data or not named:
            return
        data["porteurs"] = self._holders(named[:1])
        self._guess(Guess("porteurs.nom", data["porteurs"][0]["nom"], "contact"))

    def _leftovers(self) -> None:
        self.made.headings = [name for names in self.answers.named.values() for name in names]
        for name, said in self.answers.texts.items():
            if name not in fields_of(Fiche) and name != "defis.reponse" and name.partition(".")[2] not in _subs(name):
                self.made.loose += [one.text for one in said if one.text.strip()]
        answers = self.answers.texts.get("defis.reponse", [])
        if _has_words(answers):
            self._keep("defis", ["Réponses, à placer sous chaque difficulté :", *(one.text for one in answers)])
        self.made.loose += [one.text for one in self.answers.loose if one.text.strip()]
        self.made.loose += [f"{tag} : {text}" for tag, text in self.answers.strangers]
        if "editions" not in self.made.kept:
            self.made.loose += [text for texts in self.answers.editions.values() for text in texts]
        self.made.loose += self._addresses_left_out()

    def _addresses_left_out(self) -> list[str]:
        """Returns the addresses behind the links of fields that cannot show one."""
        said = [*self.answers.loose, *(one for texts in self.answers.texts.values() for one in texts)]
        said += [
            one
            for entries in self.answers.entries.values()
            for entry in entries
            for texts in entry.values()
            for one in texts
        ]
        shown = "\n".join(_strings_in([self.made.data, self.made.loose, self.made.kept]))
        links = dict.fromkeys(run for one in said for run in merged_runs(one.runs) if run.link)
        return [f"{run.text.strip()} : {run.link}" for run in links if run.link.removeprefix("mailto:") not in shown]

    _FROM_FREE_TEXT: ClassVar[dict[str, Callable[[_Drafting, Sequence[Paragraph]], Any]]] = {
        **dict.fromkeys(lists_of_parts(Fiche), _free_entries),
        "porteurs": _holders,
        "contacts": _contacts,
        "liens": _pages,
        "defis": _difficulties,
        "lieu": _place,
    }
    """Field → method that reads its free text."""


def _strings_in(value: Any) -> Iterator[str]:
    """Yields the texts anywhere in a value of lists and mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings_in(one)


_TIME = re.compile(
    r"\b(?:fois|par an|par ans|par mois|par semaine|chaque|tous les|toutes les|hebdomadaire|mensuel|annuel|trimestriel"
    r"|duree|periodicite|depuis|calendrier|formations|ateliers|rencontres)\b|\b(?:19|20)\d\d\b"
)


_WITHOUT_TICK = re.compile(r"[☐□❑❒][^☐□❑❒☒☑✓✔■\n]*")
"""A choice whose box is empty, up to the next box."""


def _subs(name: str) -> Iterable[str]:
    known = fields_of(Fiche).get(name.partition(".")[0])
    inside = part_inside(known) if known else None
    return fields_of(inside) if inside and known and not is_list(known) else ()


def _has_words(said: Sequence[Paragraph]) -> bool:
    return any(one.text.strip() for one in said)


_BULLET = re.compile(r"^[•▪●■◦][ \t\u00a0]*")
"""A typed bullet in a paragraph that the form already formats as a list item."""


def _at_line_breaks(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Splits a paragraph at manual line breaks."""
    if "\n" not in paragraph.text or paragraph.literal:
        yield paragraph
        return
    runs: list[Run] = []
    for run in paragraph.runs:
        first, *others = run.text.split("\n")
        runs.append(Run(first, run.bold, run.italic, run.link))
        for text in others:
            yield Paragraph(tuple(runs), paragraph.item, paragraph.level)
            runs = [Run(text, run.bold, run.italic, run.link)]
    yield Paragraph(tuple(runs), paragraph.item, paragraph.level)


# Values of a fixed format.


def _in_format(known: FieldInfo, text: str) -> Any:
    """Converts a date or an amount to the format of the model; other text is returned unchanged."""
    shape = shape_of(known)
    match shape.kind if shape else "":
        case "date" | "partial-date":
            return _iso(text) or text
        case "amount":
            euros = read_amount(text).euros
            return int(euros) if 0 < len(euros) <= MOST_DIGITS else text
    return text


def _iso(text: str) -> str:
    """Converts a French date to ISO; returns an empty string if the text is not a date.

    >>> _iso("1er avril 2016"), _iso("mars 2015"), _iso("11.02.2017"), _iso("2/2017"), _iso("bientôt")
    ('2016-04-01', '2015-03', '2017-02-11', '2017-02', '')
    """
    text = plain_signs(text)
    if numbers := re.fullmatch(TYPED_DATE, text):
        return "-".join(f"{int(part):02}" for part in numbers.groups()[::-1] if part)
    months = {fold(name): number for number, name in enumerate(MONTHS, start=1)}
    words = re.fullmatch(r"(?:(\d{1,2})(?:er)? )?([a-z]+) (\d{4})", fold(text))
    if words and words[2] in months:
        return "-".join(
            part for part in (words[3], f"{months[words[2]]:02}", words[1] and f"{int(words[1]):02}") if part
        )
    return ""
