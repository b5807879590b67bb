"""Word files as programs write them: what stands in the draft, and what is told beside it."""

from __future__ import annotations

from typing import Any

import pytest

from practice_catalogue.forms.importing import importer
from practice_catalogue.forms.importing.documents import parse_document
from practice_catalogue.forms.importing.drafting import Draft
from practice_catalogue.model.vocabulary import Vocabularies
from tests.any_word_file import WordFile, control, field_of, packed, paragraph, pasted


def text(said: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{said}</w:t></w:r>'


BULLETS = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
DELETED = '<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>'
ARROW, AT_LEAST, UNKNOWN = (
    f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
    for font, code in (("Wingdings", "F0E0"), ("Symbol", "F0B3"), ("Wingdings", "F0D1"))
)
CHOICES = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="peu"/><w:listEntry w:val="de 10 à 50"/></w:ddList>'
TICK = "<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>"
NO_TICK = "<w:checkBox><w:default w:val='0'/></w:checkBox>"
FRACTION = (
    "<m:oMath><m:f><m:num><m:r><m:t>30</m:t></m:r></m:num><m:den><m:r><m:t>a+b</m:t></m:r></m:den></m:f></m:oMath>"
)
RUBY = f"<w:r><w:ruby><w:rt>{text('mersch')}</w:rt><w:rubyBase>{text('Miersch')}</w:rubyBase></w:ruby></w:r>"


def raised(said: str, position: str = "superscript") -> str:
    return text(said, f'<w:vertAlign w:val="{position}"/>')


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(text(cell))}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def lines(*texts: str) -> str:
    return "".join(paragraph(text(one)) for one in texts)


def draft(body: str, terms: Vocabularies, file: WordFile | None = None) -> Draft:
    file = file or WordFile()
    file.body = body
    (made,) = importer.drafts_in(parse_document(packed(file)), terms)
    return made


@pytest.mark.parametrize(
    ("inside", "description", "beside"),
    [
        (text("De 40 ") + ARROW + text(" 120, ") + AT_LEAST + text(" 18 ans"), "De 40 → 120, ≥ 18 ans", []),
        (text("Un ") + UNKNOWN, "Un □", ["Signe inconnu : Wingdings F0D1"]),
        (text("puis \uf0e0 ici", '<w:rFonts w:ascii="Wingdings"/>'), "puis → ici", []),
        (field_of('HYPERLINK "https://a.lu/(b)"', text("notre page")), "[notre page](https://a.lu/%28b%29)", []),
        (
            f"<w:fldSimple w:instr=' HYPERLINK \"https://a.lu/\" '>{text('ici')}</w:fldSimple>",
            "[ici](https://a.lu/)",
            [],
        ),
        (field_of(r'HYPERLINK \l "_Toc1"', text("plus bas")), "plus bas", []),
        (field_of("FORMDROPDOWN", form=CHOICES), "de 10 à 50", []),
        (field_of("FORMCHECKBOX", form=TICK) + text(" Jeunes"), "☒ Jeunes", []),
        (text("Avec ") + control(text("☒")) + text(" un mot"), "Avec ☒ un mot", []),
        (text("Soit ") + FRACTION, "Soit 30/(a+b)", []),
        (
            text("10") + raised("3") + text(" m") + raised("2") + text(", CO") + raised("2", "subscript"),
            "10³ m², CO₂",
            [],
        ),
        (text("le 1") + raised("er") + text(" mai"), "le 1er mai", []),
        (RUBY, "Miersch (mersch)", []),
        (text("3000 €", "<w:strike/>") + text("4500 €"), "4500 €", ["Texte barré : 3000 €"]),
        (text("Un jardin.") + text("à refuser", "<w:vanish/>"), "Un jardin.", ["Texte caché : à refuser"]),
        (text("Un jardin.", '<w:vanish w:val="0"/>'), "Un jardin.", []),
    ],
    ids=[
        "symbols",
        "unknown symbol",
        "font of symbols",
        "link field",
        "simple field",
        "link within",
        "drop-down",
        "tick",
        "control",
        "equation",
        "raised",
        "raised letters",
        "ruby",
        "struck",
        "hidden",
        "not hidden",
    ],
)
def test_content_of_a_paragraph(inside: str, description: str, beside: list[str], terms: Vocabularies) -> None:
    made = draft(lines("Le potager", "Brève description :") + paragraph(inside), terms)
    assert (made.data["description"], made.loose) == (description, beside)


def of_html() -> tuple[WordFile, str]:
    file = WordFile()
    said = '<p>Un <b>jardin</b>.</p><ul><li>été</li></ul><script>x</script><a href="https://a.lu">ici</a>'
    return file, pasted("html", f"<html><body>{said}</body></html>", file)


def test_pasted_parts_are_read_or_named(terms: Vocabularies) -> None:
    file, chunk = of_html()
    chunk += pasted("rtf", r"{\rtf1 perdu}", file)
    made = draft(lines("Le potager", "Brève description :") + chunk, terms, file)
    assert made.data["description"] == "Un **jardin**.\n\n- été\n\n[ici](https://a.lu)"
    assert made.loose == ["Partie insérée, non reprise : word/part1.rtf"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (lines("1. Objectif", "Se voir", "II. Contact", "a@b.lu"), {"objectifs": ["Se voir"]}),
        (lines("Objectif :") + paragraph(text("Se par"), DELETED) + lines("ler"), {"objectifs": ["Se parler"]}),
        (lines("Brève description") + paragraph(text("un"), BULLETS) * 2, {"description": "- un\n- un"}),
        (lines("Objectif", "Se voir", "Contact", "Service A", "Budget", "3 €"), {"couts": {"texte": "3 €"}}),
        (lines("Contact", "Service A", "", "Budget", "3 €"), {"couts": {"texte": "3 €"}}),
        (
            table(("Objectifs", "Lieu du projet", "N°"), ("Se voir", "Au parc", "7")),
            {"objectifs": ["Se voir"], "lieu": "Au parc"},
        ),
        (lines("Public cible du projet") + lines("Français"), {"public_cible": "Français"}),
        (
            lines("Objectif", "Se voir", "Public cible du projet")
            + paragraph(
                field_of("FORMCHECKBOX", form=TICK)
                + text(" Jeunes ")
                + field_of("FORMCHECKBOX", form=NO_TICK)
                + text(" Femmes")
            ),
            {"publics": ["jeunes"]},
        ),
    ],
    ids=["numbers", "deleted mark", "list style", "contact", "blank line", "top row", "short line", "ticks"],
)
def test_structure(body: str, expected: dict[str, Any], terms: Vocabularies) -> None:
    data = draft(lines("Le potager") + body, terms).data
    assert {"titre": data["titre"], **{name: data[name] for name in expected}} == {"titre": "Le potager", **expected}


def test_a_table_of_contents_is_told_and_not_drafted(terms: Vocabularies) -> None:
    contents = lines("Sommaire", "1. Objectif ........ 1", "Contact 2", "")
    made = draft(contents + lines("Le potager", "1. Objectif", "Se voir"), terms)
    assert made.data["titre"] == "Le potager"
    assert made.data["objectifs"] == ["Se voir"]
    assert made.loose == ["Sommaire", "1. Objectif ........ 1", "Contact 2"]


def test_an_address_that_a_field_cannot_show_is_told(terms: Vocabularies) -> None:
    made = draft(
        lines("Le potager", "Objectif :") + paragraph(field_of('HYPERLINK "https://a.lu/"', text("Voir"))), terms
    )
    assert (made.data["objectifs"], made.loose) == (["Voir"], ["Voir : https://a.lu/"])
