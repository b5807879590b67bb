"""The first use of an acronym carries its meaning, and nothing else of the page changes."""

from __future__ import annotations

import re

import pytest

from practice_catalogue.model.vocabulary import Sigle
from practice_catalogue.site.acronyms import mark_acronyms
from tests.policy.conftest import pages_of
from tests.support import PRACTICES

SIGLES = [
    Sigle(id="pci", sigle="PCI", libelle="Plan communal intégration"),
    Sigle(id="asbl", sigle="asbl", libelle='Association "sans" but <lucratif>'),
    Sigle(id="loi", libelle="Loi de 2008"),
]
MEANING = '<abbr title="Plan communal intégration">PCI</abbr>'


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>Un PCI, deux PCI.</p>", f"<p>Un {MEANING}, deux PCI.</p>"),
        ("<p>(PCI)</p>", f"<p>({MEANING})</p>"),
        ("<h1>PCI</h1><p>PCI</p>", f"<h1>PCI</h1><p>{MEANING}</p>"),
        ('<a title="PCI" href="#PCI">PCI</a>', f'<a title="PCI" href="#PCI">{MEANING}</a>'),
        ("<nav><ol><li>PCI</li></ol></nav>PCI", f"<nav><ol><li>PCI</li></ol></nav>{MEANING}"),
        ("<svg><title>PCI</title></svg>PCI", f"<svg><title>PCI</title></svg>{MEANING}"),
        ('<abbr title="x">PCI</abbr> PCI', f'<abbr title="x">PCI</abbr> {MEANING}'),
        ("<p>PCIS, aPCI, PCI_2, x@PCI.lu, PCI.lu</p>", "<p>PCIS, aPCI, PCI_2, x@PCI.lu, PCI.lu</p>"),
        ("<p>&amp; &lt;PCI&gt;</p>", f"<p>&amp; &lt;{MEANING}&gt;</p>"),
        ("<p>rien</p>", "<p>rien</p>"),
    ],
)
def test_the_first_use_in_running_text_is_explained(html: str, shown: str) -> None:
    assert mark_acronyms(html, SIGLES) == shown


def test_a_meaning_is_escaped() -> None:
    assert mark_acronyms("<p>asbl</p>", SIGLES) == (
        '<p><abbr title="Association &#34;sans&#34; but &lt;lucratif&gt;">asbl</abbr></p>'
    )


def test_every_page_explains_an_acronym_once_and_changes_nothing_else() -> None:
    explained = 0
    for path, text in pages_of(PRACTICES).items():
        found = re.findall(r'<abbr title="[^"]*">([^<]*)</abbr>', text)
        assert len(found) == len(set(found)), path
        explained += len(found)
    assert explained > 100


def test_a_fiche_explains_the_acronyms_of_its_text() -> None:
    page = pages_of(PRACTICES)["fiches/lisko.md"]
    assert '<abbr title="Société nationale des habitations à bon marché">SNHBM</abbr>' in page
