"""Draws up the action plan of a commune after a practice of another one: questions, answers to begin with, examples."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from practice_catalogue.model import formatting, richtext
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.fiche import Defi, Fiche
from practice_catalogue.model.vocabulary import Commune, Term, Vocabularies

POPULATION_YEAR = "2026"
"""The populations of the vocabulary `communes` are those of the 1st of January of this year (STATEC)."""

_MOST_COMMUNES = 3
"""Number of communes up to which an amount names each one with its inhabitants."""


@dataclass(frozen=True)
class PlanStep:
    """A step of the communal pact; `questions` are about the plan as a whole."""

    id: str
    libelle: str
    questions: tuple[Term, ...] = ()


def _question(question_id: str, libelle: str, description: str) -> Term:
    return Term(id=question_id, libelle=libelle, description=description)


ACTIONS = "actions"
"""Id of the step that holds the actions."""

STEPS = (
    PlanStep(
        "engagement",
        "Engagement politique",
        (
            _question("decision", "Qui s'engage, et par quelle décision ?", "Le vote, sa date, la signature du pacte."),
            _question("pilotage", "Qui coordonne et qui pilote ?", "Le coordinateur, un élu, la commission."),
        ),
    ),
    PlanStep(
        "etat-des-lieux",
        "État des lieux",
        (
            _question("besoins", "Quels besoins avons-nous relevés ?", "Les chiffres, les enquêtes, les paroles."),
            _question("existant", "Que faisons-nous déjà ?", "Ce qui marche, ce qui manque."),
        ),
    ),
    PlanStep(
        "ateliers-citoyens",
        "Ateliers citoyens",
        (_question("ateliers", "Qui avons-nous entendu, et que demandent-ils ?", "Qui habite ou travaille ici."),),
    ),
    PlanStep(ACTIONS, "Actions"),
    PlanStep(
        "evaluation",
        "Évaluation",
        (
            _question("bilan", "Quand et avec qui jugerons-nous le travail ?", "Une date, les personnes, la méthode."),
            _question("suite", "Que changerons-nous ensuite ?", "Ce que l'on garde, corrige ou arrête."),
        ),
    ),
)
"""The steps of a cycle of the pact, with the ids and names of the vocabulary `etapes-du-pacte`."""

NAME = _question("nom", "Quelle action ?", "Un nom court, le vôtre.")
OBSTACLES = _question("obstacles", "Quels obstacles, et quelles réponses ?", "Ce qui peut bloquer, et ce qui aide.")

NO_THEME = Term(id="sans-theme", libelle="Hors des cinq thèmes")


def themes(vocabularies: Vocabularies) -> tuple[Term, ...]:
    """Returns the themes under which actions stand, last `NO_THEME`."""
    return (*vocabularies.themes, NO_THEME)


def questions(vocabularies: Vocabularies) -> tuple[Term, ...]:
    """Returns the questions to each action, in order: its name, those of the vocabulary, the obstacles."""
    return (NAME, *vocabularies.questions_pci, OBSTACLES)


@dataclass(frozen=True)
class ActionDraft:
    """An action after a practice; all texts are plain, entries of a list stand on lines of their own.

    `theme` is an id of `themes`, `place` says where the practice is (« À Strassen »). `answers` hold nothing that
    belongs to the practice's own place; what it did itself stands in `examples`, under the same question.
    """

    theme: str
    place: str
    answers: Mapping[str, str]
    examples: Mapping[str, str]


def draft(catalogue: Catalogue, fiche: Fiche) -> ActionDraft:
    """Returns the action that a commune would begin with if it took up a practice."""
    transferable = _transferable(catalogue.vocabularies, fiche)
    told = {
        "objectif": list(fiche.objectifs),
        "indicateurs": [measured.mesure for measured in fiche.indicateurs],
        OBSTACLES.id: [_obstacle(defi) for defi in fiche.defis],
    }
    kept = {
        NAME.id: ", ".join(catalogue.vocabularies.types[key].libelle for key in fiche.types),
        "domaine-et-public": _fields_and_publics(catalogue, fiche),
        "action": fiche.resume if transferable(fiche.resume) else _kinds(catalogue, fiche),
        **{key: "\n".join(filter(transferable, texts)) for key, texts in told.items()},
    }
    own = {
        **{key: "\n".join(texts) for key, texts in told.items() if not all(map(transferable, texts))},
        "action": "" if transferable(fiche.resume) else fiche.resume,
        "responsable": "\n".join(porteur.nom for porteur in fiche.porteurs),
        "partenaires": "\n".join(f"{one.nom} : {one.role}" if one.role else one.nom for one in fiche.partenaires),
        "moyens": richtext.to_plain(fiche.couts.texte) if fiche.couts and fiche.couts.texte else "",
        "lieu": fiche.lieu or at(catalogue, fiche),
        "calendrier": rhythm(fiche),
        "budget": f"{order_of_cost(catalogue, fiche)} {financing(fiche)}".strip(),
        "indicateurs": "\n".join(f"{measured.mesure} : {measured.valeur}" for measured in fiche.indicateurs),
    }
    ids = [question.id for question in questions(catalogue.vocabularies)]
    return ActionDraft(
        fiche.themes[0] if fiche.themes else NO_THEME.id,
        at(catalogue, fiche),
        {key: kept.get(key, "") for key in ids},
        {key: own.get(key, "") for key in ids},
    )


def at(catalogue: Catalogue, fiche: Fiche) -> str:
    """Returns where a practice is, as the beginning of a sentence: « À Strassen », « Dans 10 communes »."""
    names = catalogue.communes_of(fiche)
    if fiche.territoire == "national":
        return "Dans tout le pays"
    if not names:
        return "Ailleurs"
    return f"À {names[0]}" if len(names) == 1 else f"Dans {len(names)} communes"


def order_of_cost(catalogue: Catalogue, fiche: Fiche) -> str:
    """Returns an amount with where and for how many inhabitants, or the cost level in words; it converts nothing."""
    amount = formatting.amount(fiche.couts) if fiche.couts else ""
    if not amount:
        return f"{catalogue.cost_level(fiche)}."
    places = [catalogue.vocabularies.communes[key] for key in catalogue.keys_of(fiche, "communes")]
    if not places or len(places) > _MOST_COMMUNES:
        return f"{amount}, pour {formatting.place(fiche, catalogue.vocabularies)}."
    return f"{amount} {' ; '.join(_inhabitants(commune) for commune in places)}."


def financing(fiche: Fiche) -> str:
    """Returns who pays, or an empty string."""
    payers = fiche.couts.financement if fiche.couts else ()
    return f"Financement : {', '.join(payers)}." if payers else ""


def rhythm(fiche: Fiche) -> str:
    """Returns when a practice takes place, or an empty string."""
    if not fiche.calendrier:
        return ""
    parts = (formatting.period(fiche.calendrier), fiche.calendrier.periodicite or "")
    text = " ; ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def _inhabitants(commune: Commune) -> str:
    number = formatting.thousands(commune.population)
    return f"à {commune.libelle}, pour {number} habitants en {POPULATION_YEAR}"


def _fields_and_publics(catalogue: Catalogue, fiche: Fiche) -> str:
    terms = catalogue.vocabularies
    domaines = ", ".join(terms.domaines[key].libelle for key in fiche.domaines)
    return f"{domaines}. Public : {', '.join(terms.publics[key].libelle for key in fiche.publics)}."


def _kinds(catalogue: Catalogue, fiche: Fiche) -> str:
    """Returns what practices of this kind do: words of the vocabulary, which belong to no commune."""
    kinds = [catalogue.vocabularies.types[key] for key in fiche.types]
    return "\n".join(f"{kind.libelle} : {kind.description}" if kind.description else kind.libelle for kind in kinds)


def _obstacle(defi: Defi) -> str:
    return f"{defi.defi} Réponse : {defi.reponse}" if defi.reponse else defi.defi


def _transferable(vocabularies: Vocabularies, fiche: Fiche) -> Callable[[str], bool]:
    """Returns a test whether a text names nobody and no place, date or number: then another commune may take it over.

    In doubt it says no: a capital inside a sentence is a name, and a sentence that begins with a word of a name too.
    """
    phrases = [phrase.casefold() for phrase in _own_phrases(fiche)]
    kinds = (vocabularies.communes, vocabularies.localites, vocabularies.cantons)
    places = [name for terms in kinds for term in terms for name in term.names]
    names = {word for name in (*_own_phrases(fiche), *places) for word in _capitalized(name)} - _COMMON_WORDS

    def test(text: str) -> bool:
        if re.search(r"[\d@€%]", text) or any(phrase in text.casefold() for phrase in phrases):
            return False
        firsts, rests = zip(*(sentence.strip("« ").partition(" ")[::2] for sentence in _sentences(text)), strict=True)
        return not (names.intersection(_capitalized(" ".join(firsts))) or _capitalized(" ".join(rests)))

    return test


_COMMON_WORDS = frozenset({"Commune", "Communes", "La", "Le", "Les", "Maison", "Office", "Service", "Services"})
"""Words that begin names and ordinary sentences alike."""


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?…])\s+|\s:\s+", text)


def _capitalized(text: str) -> list[str]:
    return re.findall(r"\b[A-ZÀ-Þ][\w-]*", text)


def _own_phrases(fiche: Fiche) -> Iterator[str]:
    """Yields the holders, helpers, places, rhythm and contacts of a practice, as the fiche writes them."""
    yield from (porteur.nom for porteur in fiche.porteurs)
    yield from (partenaire.nom for partenaire in fiche.partenaires)
    for contact in fiche.contacts:
        yield from filter(
            None, (contact.organisation, contact.nom, contact.telephone, contact.courriel, contact.adresse)
        )
    yield from filter(None, (fiche.lieu, fiche.calendrier.periodicite if fiche.calendrier else None))
