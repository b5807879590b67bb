"""The text of a mail that asks whether fiches still hold, and the labels by which its reply is read."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

from practice_catalogue.model import formatting
from practice_catalogue.model.derived.practice_state import CHANGED, ENDED, RUNNING, practice_state, state_sentence
from practice_catalogue.model.fiche import Contact, Fiche
from practice_catalogue.model.richtext import french
from practice_catalogue.model.settings import Settings
from practice_catalogue.model.urls import fiche_url
from practice_catalogue.model.vocabulary import Vocabularies

ANSWERS = {RUNNING: "Encore exact", CHANGED: "Quelque chose a changé", ENDED: "C'est terminé"}
"""The three answers: id of `etats` → words; in the mail they are numbered from 1."""

ANSWER = "Réponse"
CONTACT, COST, DATES, OTHER = CHANGES = ("Nouveau contact", "Nouveau coût", "Nouvelles dates", "Autre changement")
SINCE, WHY, AVOID = ENDING = ("Terminé depuis", "Pourquoi", "À ne pas refaire")
"""The labels of the lines to fill in: the answer, what has changed, what is known of the end."""

WIDTH = 72
"""Maximum length in characters of a line, so that replies can quote it without breaking it."""

_RULE = "─" * 24


def mail_text(fiches: Sequence[Fiche], vocabularies: Vocabularies, settings: Settings, on: str) -> str:
    """Returns the text that asks the holder about some fiches, as they are on a day (an ISO date)."""
    lines = [*introduction(fiches, settings)]
    for fiche in fiches:
        lines += ["", _RULE, *questions(fiche, vocabularies, settings, on)]
    return "\n".join([*lines, "", _RULE, *closing(settings)]) + "\n"


def introduction(fiches: Sequence[Fiche], settings: Settings) -> Iterator[str]:
    """Yields the greeting: why this mail comes, and how to answer it."""
    several = len(fiches) > 1
    what = f"{len(fiches)} pratiques dont vous êtes le contact" if several else "une pratique dont vous êtes le contact"
    yield "Bonjour,"
    yield ""
    yield from _paragraph(f"Le catalogue « {settings.nom} » fait connaître {what} :")
    for fiche in fiches:
        yield from _paragraph(fiche.titre, "- ")
    yield ""
    yield from _paragraph(
        "D'autres communes s'y intéressent, et la première chose qu'elles demandent est si cela existe toujours. "
        "Pouvez-vous nous le dire ? Deux minutes suffisent."
    )
    yield ""
    yield from _paragraph(
        "Répondez simplement à ce courriel : écrivez 1, 2 ou 3 sur la ligne « Réponse ». Le reste est facultatif. "
        "Vous pouvez aussi nous répondre avec vos mots : une personne lira tout."
    )


def questions(fiche: Fiche, vocabularies: Vocabularies, settings: Settings, on: str) -> Iterator[str]:
    """Yields what a fiche says today, the three answers, and the lines to fill in."""
    yield from _paragraph(fiche.titre)
    yield ""
    yield from _paragraph("Ce que la fiche dit aujourd'hui :")
    for line in _facts(fiche, vocabularies, settings, on):
        yield from _paragraph(line, "- ")
    yield ""
    yield from _paragraph("Qu'en est-il ?")
    if practice_state(fiche, vocabularies, on).etat == ENDED:
        yield from _paragraph(
            "(La fiche dit que c'est terminé : répondez 3 si c'est le cas, et dites-nous surtout pourquoi.)"
        )
    for number, words in enumerate(ANSWERS.values(), start=1):
        yield french(f"  {number}. {words}")
    yield ""
    yield marker(fiche.id)
    yield ""
    yield from _paragraph("Si quelque chose a changé (ne remplissez que ce qui change) :")
    yield from map(empty_line, CHANGES)
    yield ""
    yield from _paragraph("Si c'est terminé (d'autres communes apprennent aussi de ce qui s'arrête) :")
    yield from map(empty_line, ENDING)


def closing(settings: Settings) -> Iterator[str]:
    """Yields what becomes of the answer, and the thanks."""
    yield from _paragraph(
        "Ce que vous écrivez sur ces lignes paraîtra sur la fiche, après relecture. Le reste de votre message ne sera "
        "pas publié. Si ce n'est plus à vous de répondre, dites-nous à qui écrire, ou faites suivre ce courriel."
    )
    yield ""
    yield from _paragraph("Un grand merci, aussi au nom des communes qui vous liront.")
    yield ""
    yield french(f"L'équipe du catalogue « {settings.nom} »")


def marker(fiche_id: str) -> str:
    r"""Returns the line that names a fiche and asks for the answer.

    >>> marker("cafe-de-babel").replace("\xa0", " ")
    '[cafe-de-babel] Réponse : '
    """
    return f"[{fiche_id}] {empty_line(ANSWER)}"


def empty_line(label: str) -> str:
    """Returns a line to fill in."""
    return french(f"{label} :") + " "


def subject(fiches: Sequence[Fiche], settings: Settings) -> str:
    """Returns the subject of the mail; it names a single fiche in a way that a reply is recognized by."""
    if len(fiches) > 1:
        return french(f"{settings.nom} : vos {len(fiches)} pratiques, est-ce encore exact ?")
    return french(f"{settings.nom} : « {fiches[0].titre} », est-ce encore exact ? [{fiches[0].id}]")


def _facts(fiche: Fiche, vocabularies: Vocabularies, settings: Settings, on: str) -> Iterator[str]:
    yield f"État : {state_sentence(fiche, practice_state(fiche, vocabularies, on))}"
    when = fiche.calendrier
    if when and (dates := ", ".join(filter(None, (formatting.period(when), when.periodicite)))):
        yield f"Dates : {dates}"
    if fiche.couts:
        level = vocabularies.niveaux_de_cout[fiche.couts.niveau].libelle
        yield ", ".join(filter(None, (level, formatting.amount(fiche.couts))))
    for contact in fiche.contacts:
        yield f"Contact : {contact_text(contact)}"
    if settings.address:
        yield f"Page : {settings.address}{fiche_url(fiche.id)}"


def contact_text(contact: Contact) -> str:
    """Returns a contact on one line."""
    known = (contact.nom, contact.fonction, contact.organisation, contact.telephone, contact.courriel)
    return ", ".join(filter(None, known))


def _paragraph(text: str, bullet: str = "") -> list[str]:
    """Wraps a paragraph; addresses, names with hyphens and no-break spaces are not broken."""
    return textwrap.wrap(
        french(text),
        WIDTH,
        initial_indent=bullet,
        subsequent_indent=re.sub(".", " ", bullet),
        break_long_words=False,
        break_on_hyphens=False,
    )
