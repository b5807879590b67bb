"""Formats values of a fiche in French: dates, periods, amounts, file sizes, places, age of contacts."""

from __future__ import annotations

import re

from practice_catalogue.model.fiche import Calendrier, Contact, Couts, Fiche
from practice_catalogue.model.vocabulary import Vocabularies, fold

MONTHS = """
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre
""".split()  # noqa: SIM905  # a list of words reads better


def day(iso: str) -> str:
    """Formats an ISO date, month or year in French.

    >>> day("2016-04-01"), day("2014-09"), day("2011")
    ('1er avril 2016', 'septembre 2014', '2011')
    """
    year, month, number = (*iso.split("-"), "", "")[:3]
    parts = (("1er" if number == "01" else number.lstrip("0")), MONTHS[int(month) - 1] if month else "", year)
    return " ".join(part for part in parts if part)


def typed_dates(text: str) -> str:
    """Replaces the ISO dates in a text by the notation that is usual in French.

    >>> typed_dates("2017, 2017-02 ou 2017-02-11")
    '2017, 02/2017 ou 11/02/2017'
    """
    return re.sub(r"(\d{4})-(\d{2})(?:-(\d{2}))?", lambda date: "/".join(filter(None, date.groups()[::-1])), text)


def period(when: Calendrier) -> str:
    """Formats the start and end of a practice; an empty string without either.

    >>> period(Calendrier(debut="2017-01-01", fin="2018-12-31"))
    'du 1er janvier 2017 au 31 décembre 2018'
    """
    if when.debut and when.fin:
        first, last = ("du ", " au ") if len(when.debut) == len(when.fin) == len("2017-02-11") else ("de ", " à ")
        return first + day(when.debut) + last + day(when.fin)
    if when.debut:
        return f"depuis {_article(when.debut)}{day(when.debut)}"
    return until(when.fin) if when.fin else ""


def until(iso: str) -> str:
    """Formats an end date (ISO date, month or year) in French.

    >>> until("2006-09-03"), until("2001-07"), until("1920")
    ("jusqu'au 3 septembre 2006", "jusqu'en juillet 2001", "jusqu'en 1920")
    """
    return f"jusqu'{'au' if _article(iso) else 'en'} {day(iso)}"


def with_de(name: str) -> str:
    """Prefixes a name with « de », or with « d' » before a vowel.

    >>> with_de("Esch-sur-Alzette"), with_de("Hesperange")
    ("d'Esch-sur-Alzette", 'de Hesperange')
    """
    return f"d'{name}" if fold(name[:1]) in set("aeiouy") else f"de {name}"


def _article(iso: str) -> str:
    return "le " if len(iso) == len("2017-02-11") else ""


def thousands(number: float) -> str:
    """Formats a number rounded to an integer, with spaces between groups of three digits.

    >>> thousands(11583), thousands(401.4)
    ('11 583', '401')
    """
    return f"{number:,.0f}".replace(",", " ")


def amount(costs: Couts) -> str:
    """Formats the amount or the range in euros; an empty string without an amount.

    >>> amount(Couts.model_construct(montant=3000, montant_max=12000))
    '3 000 à 12 000 €'
    """
    numbers = [thousands(number) for number in (costs.montant, costs.montant_max) if number is not None]
    return f"{' à '.join(numbers)} €" if numbers else ""


def size(content: bytes) -> str:
    r"""Formats the size of a file in kilobytes or megabytes.

    >>> size(bytes(84_000)), size(bytes(1_260_000))
    ('84\xa0ko', '1,3\xa0Mo')
    """
    kilobytes = len(content) / 1000
    return f"{kilobytes:.0f}\xa0ko" if kilobytes < 1000 else f"{kilobytes / 1000:.1f}\xa0Mo".replace(".", ",")  # noqa: PLR2004  # kilobytes in a megabyte


def last_known(contact: Contact, fiche: Fiche, vocabularies: Vocabularies) -> str:
    """Returns the ISO date on which a contact was last known to be valid, or an empty string.

    Without a confirmation it is the date of the latest edition that presented the fiche, else of its publication.
    """
    return contact.confirme_le or last_told(fiche, vocabularies)


def last_told(fiche: Fiche, vocabularies: Vocabularies) -> str:
    """Returns the ISO date of the latest edition that presented the fiche, else of its publication, else ""."""
    shown = [vocabularies.editions[edition.edition].date for edition in fiche.editions]
    return max(shown, default=fiche.publie_le or "")


def freshness(fiche: Fiche, vocabularies: Vocabularies) -> str:
    """Returns a sentence on when the contacts of a fiche were last confirmed."""
    confirmed = max((contact.confirme_le or "" for contact in fiche.contacts), default="")
    if confirmed:
        return f"Contact confirmé le {day(confirmed)}."
    known = max((last_known(contact, fiche, vocabularies) for contact in fiche.contacts), default="")
    return f"Contact non confirmé depuis {known[:4]}." if known else "Contact jamais confirmé."


def place(fiche: Fiche, vocabularies: Vocabularies, most: int = 3) -> str:
    """Returns the present-day communes of a fiche, their number if above `most`, or its scale if it has none.

    Former communes are counted separately, as in the text of the fiche, even if they have merged since.
    """
    if len(fiche.communes) > most:
        return f"{len(fiche.communes)} communes"
    names = dict.fromkeys(vocabularies.commune_of_today(commune).libelle for commune in fiche.communes)
    return ", ".join(names) or vocabularies.territoires[fiche.territoire].libelle
