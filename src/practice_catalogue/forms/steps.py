"""Divides the fields into the steps of the forms, required fields first."""

from __future__ import annotations

from dataclasses import dataclass

from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.introspection import fields_of


@dataclass(frozen=True)
class Step:
    """A step of a form: its title, help and fields; `demande` marks a required step."""

    id: str
    titre: str
    aide: str
    champs: tuple[str, ...]
    demande: bool = False


STEPS = (
    Step(
        "idee",
        "L'idée",
        "De quoi s'agit-il ? Écrivez comme vous le diriez à un collègue d'une autre commune.",
        ("titre", "resume", "objectifs", "description"),
        demande=True,
    ),
    Step(
        "qui-et-ou",
        "Qui, où, pour qui",
        "Ce qui permet de retrouver la fiche par commune, par domaine et par public.",
        ("porteurs", "territoire", "communes", "domaines", "publics"),
        demande=True,
    ),
    Step(
        "contact",
        "À qui s'adresser",
        "Ces coordonnées seront visibles de tous : un service plutôt qu'une personne, rien de privé.",
        ("contacts",),
        demande=True,
    ),
    Step(
        "en-pratique",
        "En pratique",
        "Ce qu'un collègue demanderait : où, quand, avec qui, pour combien.",
        ("sous_titre", "lieu", "organisateurs", "partenaires", "public_cible", "calendrier", "couts"),
    ),
    Step(
        "resultats",
        "Pourquoi, et avec quel effet",
        "Le constat de départ, et ce qui a changé depuis.",
        ("besoins", "objectifs_secondaires", "resultats", "indicateurs", "innovation"),
    ),
    Step(
        "lecons",
        "Difficultés et réussites",
        "Ce qui a été difficile, et ce qui a aidé : c'est ce qui intéresse le plus les autres communes.",
        ("defis", "facteurs_de_reussite", "freins", "leviers"),
    ),
    Step(
        "references",
        "Liens et sources",
        "Pour aller plus loin, et pour savoir d'où viennent les faits.",
        ("liens", "documents", "sources", "editions"),
    ),
    Step(
        "classement",
        "Classement et suivi",
        "L'équipe du catalogue peut s'en charger à la relecture.",
        ("types", "themes", "nouvelles", "evaluation", "reprise_de", "demarche", "etapes_pci", "orientations"),
    ),
)
"""The steps of the forms; `fields_of_step` adds the fields that no step names to the last one."""


def fields_of_step(step: Step) -> tuple[str, ...]:
    """Returns the fields of a step; the last step gets the fields that no step names, so that none is missing."""
    named = {name for one in STEPS for name in one.champs}
    rest = tuple(name for name in fields_of(Fiche) if name not in named)
    return step.champs + (rest if step is STEPS[-1] else ())
