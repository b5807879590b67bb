"""Extracts contacts and web addresses from free text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from practice_catalogue.forms.word.paragraphs import without_marks
from practice_catalogue.model.addresses import is_email, is_phone, is_web_address
from practice_catalogue.model.characters import plain_signs

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"(?:https?://|www\.)[^\s,;<>()]+", re.IGNORECASE)
_PHONE = re.compile(r"\(?\+?\d[\d ./()-]{4,}\d")
_LABEL = re.compile(r"(?i)\b(?:t[ée]l(?:[ée]phone)?|gsm|fax|e[\s-]{0,3}mail|courriel|mail|web|site)\b[\s.:]*")


def contact_cards(lines: Iterable[str]) -> Iterator[dict[str, str]]:
    """Yields the contacts in some lines; a name after a phone number or an e-mail address starts a new one."""
    card: dict[str, str] = {}
    for line in lines:
        text = plain_signs(without_marks(line))
        ways = dict(_ways(text))
        name = _LABEL.sub("", _EMAIL.sub("", _URL.sub("", _PHONE.sub("", text)))).strip(" :-–/,.\t\u00a0")
        if name and not ways and {"telephone", "courriel"} & set(card):
            yield card
            card = {}
        if name and not ways:
            _add_name(card, name)
        for way, value in ways.items():
            card.setdefault(way, value)
    if card:
        yield card


def _add_name(card: dict[str, str], name: str) -> None:
    """Sets the person from the first name line and the function from the second; ignores further ones."""
    person, *role = re.split(r"\s[-–]\s|(?<=\w)[-–]\s", name, maxsplit=1)
    if "nom" in card:
        card.setdefault("fonction", name)
        return
    card["nom"] = person.strip()
    if role:
        card["fonction"] = role[0].strip()


def _ways(text: str) -> Iterator[tuple[str, str]]:
    if (email := _EMAIL.search(text)) and is_email(email[0]):
        yield "courriel", email[0]
    without = _EMAIL.sub("", _URL.sub("", text))
    for phone in re.split(r"\s/\s|\sou\s", without):
        found = _PHONE.search(phone)
        if found and is_phone(found[0]):
            yield "telephone", found[0]
            return


def links(texts: Iterable[str]) -> list[dict[str, str]]:
    """Returns the web addresses in some texts as links, with the address without scheme as title."""
    found: dict[str, str] = {}
    for text in texts:
        for address in _URL.findall(_EMAIL.sub("", text)):
            bare = address.rstrip(".,;:*_")
            url = bare if bare.lower().startswith("http") else f"https://{bare}"
            if is_web_address(url):
                found.setdefault(url, re.sub(r"^https?://", "", bare))
    return [{"titre": title, "url": url} for url, title in found.items()]
