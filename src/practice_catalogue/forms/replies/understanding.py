"""Understands which of the three answers some words give, or says that it does not."""

from __future__ import annotations

import re
from typing import NamedTuple

from practice_catalogue.model.derived.practice_state import CHANGED, ENDED, RUNNING
from practice_catalogue.model.vocabulary import fold
from practice_catalogue.validation.reply_form import ANSWERS


class Understood(NamedTuple):
    """An answer, an id of `etats` or empty; `certain` if it was given in the words of the mail or nearly so."""

    answer: str = ""
    certain: bool = False


_STILL = r"(?:encore|toujours) (?:tout a fait )?(?:exact|valable|d actualite|correct|juste|a jour|en cours|activ?|vrai)"
_STILL_ELSEWHERE = (
    r"(?:alles |et ass |ass )?(?:nach|noch)(?: emmer| immer)? (?:aktuell|richteg|richtig|korrekt|gutt)|stemmt nach"
    r"|still (?:accurate|correct|valid|up to date|running)|no changes?"
)
_WHOLE = {
    RUNNING: re.compile(
        rf"(?:oui )?(?:(?:(?:c|tout|elle|il|la fiche) est |les informations sont )?{_STILL}(?:e|s|es)?"
        r"|rien n? ?a change|(?:aucun|pas de) changements?|inchange(?:e|s|es)?|exacte?|oui|ok"
        r"|(?:tout|c) est (?:exact|correct|bon|juste|a jour|en ordre)|(?:(?:elle|il|ca|cela) )?continue"
        rf"|{_STILL_ELSEWHERE}|alles (?:richteg|korrekt|aktuell|ok))"
    ),
    CHANGED: re.compile(
        r"quelque chose a change|(?:il y a )?(?:un|des|quelques) changements?|(?:a |ont )?(?:change|modifie)(?:e|s|es)?"
        r"|changements?|etwas hat sich geandert|eppes huet sech geannert|something (?:has )?changed|changed"
    ),
    ENDED: re.compile(
        r"(?:(?:c|elle|il|le projet|la pratique) est )?(?:termine|fini|arrete|clos|cloture|abandonne)(?:e|s|es)?"
        r"|(?:(?:elle|il|ca|cela|le projet|la pratique) )?(?:n existe plus|s est arretee?|a pris fin)"
        r"|(?:et ass )?eriwwer|beendet|(?:it )?(?:has )?ended|finished"
    ),
}
"""What an answer says as a whole, after `_plain`."""

_WITHIN = {
    RUNNING: re.compile(
        rf"\b(?:{_STILL}|{_STILL_ELSEWHERE}|rien n? ?a change|(?:aucun|pas de) changement|existe toujours|continue\b"
        r"|tout est (?:exact|correct|a jour|en ordre))"
    ),
    CHANGED: re.compile(
        r"\b(?:(?<!rien n )(?<!rien )(?:a|ont) (?:bien |beaucoup )?change|(?<!aucun )(?<!pas de )changements?\b"
        r"|remplace|nouve(?:au|lle) (?:contact|numero|responsable|adresse|personne|salle|date)|desormais"
        r"|geannert|geandert|has changed)"
    ),
    ENDED: re.compile(
        r"\b(?:n existe plus|a pris fin|s est arrete|mis fin|eriwwer|beendet|has ended|no longer exist"
        r"|(?:est|a ete|ete) (?:maintenant |desormais |definitivement )?"
        r"(?:termine|fini|arrete|clos|cloture|abandonne|supprime))"
    ),
}
"""What a sentence says among other words, after `_plain`."""

_DENIED = re.compile(
    r"\b(?:ne|n)\b.*\b(?:pas|plus|point|jamais)\b|\b(?:pas|plus|ni|nicht|net|not|jamais|non)\b(?! de changement)"
)
_OPEN = re.compile(r"\b(?:si|wenn|wann|if|peut etre|je crois|probablement)\b")
_THANKS = re.compile(r"(?: (?:merci|bonne|cordialement|salutations|bien a vous|mat|mit)\b.*)?$")


def understand(text: str) -> Understood:
    """Understands an answer.

    >>> understand("1"), understand("Toujours exact, merci !")
    (Understood(answer='en-cours', certain=True), Understood(answer='en-cours', certain=True))
    >>> understand("Ce n'est plus exact"), understand("Le projet n'existe plus.")
    (Understood(answer='', certain=False), Understood(answer='terminee', certain=True))
    """
    words = _plain(text)
    if number := re.match(r"\W*([123])(?=$|\s*[^\w\s]|\s)", text):
        return _numbered(list(ANSWERS)[int(number[1]) - 1], text[number.end() :])
    whole = _THANKS.sub("", words)
    for answer, pattern in _WHOLE.items():
        if pattern.fullmatch(whole):
            return Understood(answer, whole != "oui")
    return Understood(_mentioned(text))


def _numbered(answer: str, rest: str) -> Understood:
    """Returns the answer with a number if nothing that follows makes it a quantity or says otherwise."""
    words = _THANKS.sub("", f" {_plain(rest)}").strip()
    if not words or _WHOLE[answer].fullmatch(words):
        return Understood(answer, certain=True)
    mentioned = _mentioned(rest)
    is_quantity = not mentioned and re.match(r"\s+\w", rest)
    is_choice = re.match(r"(?:ou |et )?[123]\b", words)
    return Understood() if is_quantity or is_choice or mentioned not in {"", answer} else Understood(answer)


def _mentioned(text: str) -> str:
    """Returns the only answer that the sentences of a text give; a change besides what still holds is a change."""
    found = {answer for sentence in _sentences(text) for answer in _WITHIN if _says(sentence, answer)}
    if found == {RUNNING, CHANGED}:
        return CHANGED
    return found.pop() if len(found) == 1 else ""


def _says(sentence: str, answer: str) -> bool:
    if not _WITHIN[answer].search(sentence) or _OPEN.search(sentence):
        return False
    without = _WITHIN[answer].sub(" ", sentence)
    return answer == CHANGED or not _DENIED.search(without)


def _sentences(text: str) -> list[str]:
    sentences = re.findall(r"[^.,!?;\n]+[.,!?;\n]?", re.sub(r"(?<![.,!?;\s])\n", " ", text))
    return [_plain(sentence) for sentence in sentences if not sentence.endswith("?")]


def _plain(text: str) -> str:
    """Returns the words in lower case, without accents and signs."""
    return " ".join(re.findall("[a-z0-9]+", fold(text)))
