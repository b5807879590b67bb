"""Whatever is handed in: a French sentence, and no text lost."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.shared import Cm

from practice_catalogue import cli
from practice_catalogue.forms.importing import importer
from practice_catalogue.forms.importing.documents import MAX_BYTES, Note
from practice_catalogue.forms.importing.importer import Imported
from practice_catalogue.forms.word.form_version import MODEL_VERSION
from practice_catalogue.model.diagnostics import Diagnostic
from practice_catalogue.model.vocabulary import Vocabularies
from practice_catalogue.validation import messages
from tests.typed_values import AMOUNTS

BODY = "word/document.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPED = "Titre\nFête des voisins\n\nObjectifs\nÀ Bertrange, l'été\n\nContact\nService culturel\n"


def with_part(raw: bytes, name: str, content: bytes) -> bytes:
    """The same archive with one part replaced or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for other in old.namelist():
            if other != name:
                new.writestr(other, old.read(other))
        new.writestr(name, content)
    return made.getvalue()


def part(raw: bytes, name: str = BODY) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read(name)


def typed(raw: bytes, tag: str, text: str) -> bytes:
    """The form with a text typed into the control of a field, as Word saves it: without its prompt."""
    body = part(raw).decode()
    start = body.index(f'<w:tag w:val="{tag}"/>')
    end = body.index("</w:sdt>", start)
    control = body[start:end].replace("<w:showingPlcHdr/>", "")
    control = re.sub(r'<w:rStyle w:val="PlaceholderText"/>', "", control)
    control = re.sub(r"(<w:t[^>]*>)[^<]*(</w:t>)", rf"\g<1>{text}\g<2>", control)
    return with_part(raw, BODY, (body[:start] + control + body[end:]).encode())


@pytest.mark.parametrize(("text", "meant"), AMOUNTS.items())
def test_an_amount_in_the_word_form_means_what_it_means_in_a_file(
    text: str, meant: int | tuple[str, ...], empty: bytes, terms: Vocabularies, tmp_path: Path
) -> None:
    (proposal,) = imported(typed(empty, "couts.montant", text), terms, tmp_path).proposals
    assert proposal.draft.data["couts"]["montant"] == (meant if isinstance(meant, int) else text)


PASTED = {
    "•\tUn\n•\tDeux": "- Un\n- Deux",
    "§\tUn\nØ\tDeux\nü\tTrois\no\tQuatre": "- Un\n- Deux\n- Trois\n- Quatre",
    "\uf0b7 Un\n\uf0a7\tDeux\n–\tTrois": "- Un\n- Deux\n- Trois",
    "Ø 3 cm\no un mot\n§ 12": "Ø 3 cm\no un mot\n§ 12",
}
"""Lists as Word copies them, and texts that only begin like one."""


@pytest.mark.parametrize(("text", "meant"), PASTED.items())
def test_bullets_of_word_in_a_text_become_a_list(text: str, meant: str, terms: Vocabularies, tmp_path: Path) -> None:
    raw = f"Titre\nFête\n\nDescription\n{text}\n\nContact\nVille\n".encode()
    (proposal,) = imported(raw, terms, tmp_path, "fiche.txt").proposals
    assert proposal.draft.data["description"] == meant


def imported(raw: bytes, terms: Vocabularies, folder: Path, name: str = "fiche.docx") -> Imported:
    (folder / name).write_bytes(raw)
    return importer.read_drafts(folder / name, terms)


def doctype(empty: bytes) -> bytes:
    bomb = b'<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    return with_part(empty, BODY, part(empty).replace(b"<w:document", bomb + b"<w:document", 1))


def bomb(empty: bytes) -> bytes:
    return with_part(empty, "word/media/image1.png", bytes(80_000_000))


REFUSED: dict[str, Callable[[bytes], bytes]] = {
    "document-vide": lambda _: b"",
    "document-sans-reponse": lambda empty: empty,
    "document-trop-gros": lambda _: b"a" * (MAX_BYTES + 1),
    "document-trop-gros-deplie": bomb,
    "document-chiffre": lambda _: OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le"),
    "document-ancien-word": lambda _: OLE + bytes(500) + "WordDocument".encode("utf-16-le"),
    "document-autre-format": lambda _: b"%PDF-1.7 ...",
    "document-macros": lambda empty: with_part(empty, "word/vbaProject.bin", b"Sub AutoOpen()"),
    "document-pas-word": lambda _: _an_archive(),
    "document-abime": lambda empty: empty[: len(empty) // 2],
    "document-dtd": doctype,
    "document-inconnu": lambda _: b"\x00\x01\x02MZ" + bytes(range(256)) * 4,
    "document-sans-rubrique": lambda _: b"Bonjour,\nvoici notre projet.\n",
}


def _an_archive() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "a")
    return made.getvalue()


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_sentence(
    code: str, empty: bytes, terms: Vocabularies, tmp_path: Path
) -> None:
    result = imported(REFUSED[code](empty), terms, tmp_path)
    assert result.refused
    assert [note.code for note in result.notes] == [code]
    said = messages.message(Diagnostic("", 0, 0, code, details=result.notes[0].details))
    assert re.fullmatch(r"[^{}]+\.", said)


def test_every_reason_to_refuse_is_tried() -> None:
    assert {code for code in messages.COMMAND_PROBLEMS if code.startswith("document-")} == set(REFUSED)


def test_the_command_says_it_and_exits_with_one(
    empty: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fiche.docx").write_bytes(empty)
    assert cli.main(["import", str(tmp_path / "fiche.docx"), "--out", str(tmp_path)]) == cli.WRONG
    assert capsys.readouterr().out.splitlines()[0] == (
        "fiche.docx : Le formulaire est vide : aucun champ n'a été rempli."
    )
    assert cli.main(["import", str(tmp_path / "absent.docx"), "--out", str(tmp_path)]) == cli.CANNOT_RUN
    assert [path.name for path in tmp_path.iterdir()] == ["fiche.docx"]


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text(TYPED, encoding="utf-8")
    (tmp_path / "fete-des-voisins.yml").write_text("titre: Autre\n", encoding="utf-8")
    assert cli.main(["import", str(tmp_path / "notes.txt"), "--out", str(tmp_path)]) == cli.GOOD
    assert (tmp_path / "fete-des-voisins.yml").read_text(encoding="utf-8") == "titre: Autre\n"
    assert (tmp_path / "fete-des-voisins-2.yml").exists()
    assert "existe déjà et n'a pas été touché" in capsys.readouterr().out


def test_a_filled_form_is_not_replaced_by_an_empty_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "fiche.docx").write_bytes(b"rempli")
    assert cli.main(["form", "--output", str(tmp_path / "fiche.docx")]) == cli.CANNOT_RUN
    assert (tmp_path / "fiche.docx").read_bytes() == b"rempli"
    assert "n'a pas été touché" in capsys.readouterr().err


def test_a_form_of_another_version_keeps_what_has_no_field_any_more(
    empty: bytes, terms: Vocabularies, tmp_path: Path
) -> None:
    raw = typed(typed(empty, "titre", "Fête des voisins"), "lieu", "Douze mille euros")
    raw = with_part(raw, BODY, part(raw).replace(b'w:val="lieu"', b'w:val="budget_total"'))
    foot = next(name for name in zipfile.ZipFile(io.BytesIO(raw)).namelist() if name.startswith("word/footer"))
    raw = with_part(raw, foot, part(raw, foot).replace(MODEL_VERSION.encode(), b"00000000"))
    result = imported(raw, terms, tmp_path)
    assert [note.code for note in result.notes] == ["formulaire-autre-version"]
    (proposal,) = result.proposals
    assert proposal.draft.loose == ["budget_total : Douze mille euros"]
    assert "# budget_total : Douze mille euros" in importer.draft_text(proposal, "fiche.docx", terms)


def test_a_form_with_the_steps_of_yesterday_and_bullets_typed_by_hand_is_read(
    empty: bytes, terms: Vocabularies, tmp_path: Path
) -> None:
    raw = typed(empty, "objectifs", "\u2022 Se parler.")
    raw = with_part(raw, BODY, part(raw).replace(b"Liens et sources", b"Liens, sources et classement"))
    draft = imported(raw, terms, tmp_path).proposals[0].draft
    assert (draft.data, draft.loose) == ({"objectifs": ["Se parler."]}, [])


def test_a_picture_in_a_field_is_told_and_the_rest_is_read(empty: bytes, terms: Vocabularies, tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(typed(empty, "titre", "Fête des voisins")))
    picture = Path("docs/../.github/fiche.png")
    cell = document.tables[0].rows[0].cells[0]
    cell.paragraphs[0].add_run().add_picture(str(picture), width=Cm(2))
    document.save(str(tmp_path / "fiche.docx"))
    result = importer.read_drafts(tmp_path / "fiche.docx", terms)
    assert result.notes == (Note("image-ignoree", {"lieu": "le document"}),)
    assert result.proposals[0].draft.data == {"titre": "Fête des voisins"}


def test_capitals_without_accents_are_understood(empty: bytes, terms: Vocabularies, tmp_path: Path) -> None:
    raw = typed(empty, "porteurs[1].nom", "COMMUNE DE STRASSEN")
    for tag, text in {
        "porteurs[1].type": "COMMUNE",
        "communes[1]": "COMMUNE DE STRASSEN",
        "communes[2]": "REDANGE-SUR-ATTERT, ESCH ALZETTE",
        "domaines[1]": "ECOLE ET EDUCATION",
        "publics[1]": "PERSONNES AGEES",
    }.items():
        raw = typed(raw, tag, text)
    draft = imported(raw, terms, tmp_path).proposals[0].draft
    assert draft.data["porteurs"] == [{"nom": "COMMUNE DE STRASSEN", "type": "commune"}]
    assert draft.data["communes"][0] == "strassen"
    assert "esch-sur-alzette" in draft.data["communes"]
    assert (draft.data["domaines"], draft.data["publics"]) == (["education"], ["personnes-agees"])
    assert ("communes", "strassen") in [guess[:2] for guess in draft.guesses]


def test_two_fiches_pasted_into_one_form_make_two_drafts(empty: bytes, terms: Vocabularies, tmp_path: Path) -> None:
    first, second = (part(typed(empty, "titre", title)).decode() for title in ("Une fête", "Un jardin"))
    inner = second[second.index("<w:body>") + 8 : second.rindex("<w:sectPr")]
    raw = with_part(empty, BODY, first.replace("<w:body>", "<w:body>" + inner).encode())
    result = imported(raw, terms, tmp_path)
    assert [proposal.draft.data["titre"] for proposal in result.proposals] == ["Un jardin", "Une fête"]
    assert [note.code for note in result.notes] == ["formulaire-plusieurs-fiches"]


def test_a_copied_block_is_one_more_contact(empty: bytes, terms: Vocabularies, tmp_path: Path) -> None:
    raw = typed(empty, "contacts[1].organisation", "Service A")
    body = part(raw).decode()
    start = body.rindex("<w:tbl>", 0, body.index(">Service A<"))
    table = body[start : body.index("</w:tbl>", start) + 8]
    copied = body.replace(table, table + "<w:p/>" + table.replace("Service A", "Service B"))
    draft = imported(with_part(raw, BODY, copied.encode()), terms, tmp_path).proposals[0].draft
    assert draft.data["contacts"] == [{"organisation": "Service A"}, {"organisation": "Service B"}]


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TYPED.encode("utf-8-sig"), ""),
        (TYPED.replace("\n", "\r\n").encode("utf-16"), "UTF-16"),
        (TYPED.encode("utf-16-le"), "UTF-16"),
        (TYPED.encode("cp1252"), "Windows-1252"),
    ],
    ids=["utf-8", "notepad", "utf-16", "cp1252"],
)
def test_a_text_is_read_in_whatever_encoding(raw: bytes, encoding: str, terms: Vocabularies, tmp_path: Path) -> None:
    result = imported(raw, terms, tmp_path, "fiche.txt")
    assert [note.details["encodage"] for note in result.notes] == ([encoding] if encoding else [])
    assert result.proposals[0].draft.data["titre"] == "Fête des voisins"
    assert result.proposals[0].draft.data["objectifs"] == ["À Bertrange, l'été"]
