"""Which addresses may be published: those that anyone can reach, and that say where they lead."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from practice_catalogue.model.addresses import is_email, is_link, is_phone, is_web_address

WEB = {
    "https://strassen.lu": True,
    "http://www.strassen.lu:8080/cours?le=lundi#heure": True,
    "https://Strassen.LU/": True,
    "https://locale.lu/": True,
    "https://test.strassen.lu/": True,
    "https://intranet.lan.example.org/": True,
    "https://mairie": False,
    "https://localhost/": False,
    "http://localhost:8000/": False,
    "https://mairie.local/": False,
    "https://mairie.LOCAL/": False,
    "https://mairie.localdomain/": False,
    "https://mairie.lan/agenda": False,
    "https://mairie.home/": False,
    "https://imprimante.home.arpa/": False,
    "https://mairie.corp/": False,
    "https://mairie.internal:8443/": False,
    "https://mairie.intranet?page=1": False,
    "https://mairie.private#haut": False,
    "https://mairie.test/": False,
    "https://mairie.invalid/": False,
    "https://mairie.alt/": False,
    "http://mairie.onion/": False,
    "http://127.0.0.1/": False,
    "http://192.168.1.1/": False,
    "http://2130706433/": False,
    "http://0x7f.1/": False,
    "http://[::1]/": False,
    "https://strassen.lu./": False,
    "https://strassen.lu@mairie.example.org/": False,
    "https://xn--strssen-6wa.lu/": False,
    "https://strässen.lu/": False,
    "https://strassen.lu:0/": False,
    "https://strassen.lu:65536/": False,
    "//strassen.lu/": False,
    "ftp://strassen.lu/": False,
    "javascript:alert(1)": False,
}
EMAILS = {
    "service@strassen.lu": True,
    "jeanne.schmit+cours@asti.example.org": True,
    "service@localhost": False,
    "service@mairie.local": False,
    "service@mairie.lan": False,
    "service@192.168.1.1": False,
    "service@[127.0.0.1]": False,
    "service@strassen.lu,autre@strassen.lu": False,
    "service@strassen.lu?bcc=autre@strassen.lu": False,
    "service@strassen.lu\nBcc: autre@strassen.lu": False,
}
PHONES = {
    "31 02 62 270": True,
    "(+352) 31 02 62-270": True,
    "+352 31\u00a002\u202f62": True,
    "112": False,
    "+352 31 02 62 270 123 456 7": False,
    "31 02 62 poste 270": False,
    "٣١٠٢٦٢": True,
}
LINKS = {
    "https://strassen.lu/": True,
    "mailto:service@strassen.lu": True,
    "mailto:service%40strassen.lu": True,
    "mailto:service@mairie.local": False,
    "mailto:service@strassen.lu%0ABcc:autre@strassen.lu": False,
    "tel:+35231026227": True,
    "tel:%2B35231026227": True,
    "tel:112": False,
    "https://mairie.lan/": False,
    "../lisko/": False,
    "file:///etc/passwd": False,
    "data:text/html,bonjour": False,
}


@pytest.mark.parametrize(
    ("may_be_published", "expected"), [(is_web_address, WEB), (is_email, EMAILS), (is_phone, PHONES), (is_link, LINKS)]
)
def test_what_may_be_published(may_be_published: Callable[[str], bool], expected: dict[str, bool]) -> None:
    assert {text: may_be_published(text) for text in expected} == expected
