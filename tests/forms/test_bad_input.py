"""Whatever is handed in: a French sentence, and no text lost."""

from __future__ import annotations

import errno
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.shared import Cm

from practice_catalogue import cli
from practice_catalogue.forms.importing import documents, importer
from practice_catalogue.forms.importing.documents import MAX_BYTES, Note, ParsedDocument
from practice_catalogue.forms.importing.importer import Imported
from practice_catalogue.forms.importing.limits import MAX_LINES
from practice_catalogue.forms.word.form_version import MODEL_VERSION
from practice_catalogue.model.diagnostics import Diagnostic
from practice_catalogue.model.vocabulary import Vocabularies
from practice_catalogue.output import writer
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
    "document-trop-long": lambda _: b"Objectifs\n" * (MAX_LINES + 1),
    "document-deja-fiche": lambda _: b"# une fiche\ntitre: F\xc3\xaate\nporteurs:\n  - {nom: A}\nresume: >-\n  Oui.\n",
    "document-courriel": lambda _: b"From: a@b.lu\r\nSubject: Fiche\r\n\r\n" + TYPED.encode(),
    "document-inconnu": lambda _: b"\x00\x01\x02MZ" + bytes(range(256)) * 4,
    "document-sans-rubrique": lambda _: b"Bonjour,\nvoici notre projet.\n",
}


def _an_archive(name: str = "a.txt") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, "a")
    return made.getvalue()


RECOGNIZED = {
    "outlook": (OLE + bytes(500) + "__properties_version1.0".encode("utf-16-le"), "document-courriel", ""),
    "mail in french": (
        "De : Anne\nÀ : Commune\nObjet : la fiche\n\n".encode() + TYPED.encode(),
        "document-courriel",
        "",
    ),
    "mail with a file": (b"Received: by b.lu\n for a\nFrom: a@b.lu\n\n" + b"QUJD" * 500_000, "document-courriel", ""),
    "fiche in json": (b'{"titre": "A", "porteurs": [{"nom": "A"}], "resume": "B"}', "document-deja-fiche", ""),
    "old excel": (OLE + bytes(500) + "Workbook".encode("utf-16-le"), "document-autre-format", "Excel (.xls)"),
    "excel": (_an_archive("xl/workbook.xml"), "document-autre-format", "Excel (.xlsx)"),
    "presentation": (_an_archive("ppt/presentation.xml"), "document-autre-format", "PowerPoint (.pptx)"),
    "writer": (_an_archive("content.xml"), "document-autre-format", "OpenDocument"),
    "web page": (b"\xef\xbb\xbf\r\n<HTML xmlns:o='x'><body>Objectifs", "document-autre-format", "HTML (une page web)"),
    "xhtml": (b"<?xml version='1.0'?>\n<!DOCTYPE html><html>", "document-autre-format", "HTML (une page web)"),
    "utf-16 web page": ("<html>".encode("utf-16"), "document-autre-format", "HTML (une page web)"),
    "xml of word": (b"<?xml version='1.0'?><w:wordDocument/>", "document-autre-format", "XML"),
    "photo": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "document-autre-format", "JPEG (une image)"),
    "rtf": (b"{\\rtf1 Objectifs}", "document-autre-format", "RTF"),
}


@pytest.mark.parametrize("kind", RECOGNIZED)
def test_other_files_are_recognized_by_their_content(kind: str, terms: Vocabularies, tmp_path: Path) -> None:
    raw, code, name = RECOGNIZED[kind]
    assert imported(raw, terms, tmp_path).notes == (Note(code, {"format": name} if name else {}),)


@pytest.mark.parametrize(
    "text", ["Titre : Fête\nDe : Anne\n", "titre: Fête\nobjectifs: Se voir\n", "From here\nto there\n"]
)
def test_a_text_that_only_resembles_them_is_read(text: str, terms: Vocabularies, tmp_path: Path) -> None:
    raw = f"{text}\nObjectifs\nSe parler\n\nContact\nService\n".encode()
    assert not imported(raw, terms, tmp_path, "fiche.txt").refused


def _boxes(number: int) -> str:
    inner = "<w:p/>"
    for _ in range(number):
        inner = f"<w:p><w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r></w:p>"
    return inner


EXCESSIVE: dict[str, tuple[str, str]] = {
    "text boxes": (_boxes(5), "zones de texte l'une dans l'autre"),
    "levels": ("<w:ins>" * 101 + "</w:ins>" * 101, "éléments l'un dans l'autre"),
    "level of a list": (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="99999999"/></w:numPr></w:pPr></w:p>',
        "niveaux dans une liste",
    ),
    "properties": (f"<w:p><w:pPr>{'<w:b/>' * 65}</w:pPr></w:p>", "réglages pour un seul paragraphe"),
    "lists": ("<w:num/>" * 1_001, "styles et listes"),
    "tags": ("<w:b/>" * 400_001, "balises"),
    "attributes": ("<w:b " + " ".join(f"a{number}='{number}'" for number in range(400_001)) + "/>", "attributs"),
    "marks": ("<w:p><w:r><w:t>\u0915" + "\u093c\u200d\u094d" * 16 + "</w:t></w:r></w:p>", "accents"),
    "characters": (f"<w:p><w:r><w:t>{'a' * 400_001}</w:t></w:r></w:p>", "caractères"),
    "lines": (f"<w:p><w:r>{'<w:br/>' * 10_001}</w:r></w:p>", "lignes"),
}


@pytest.mark.parametrize("kind", EXCESSIVE)
def test_what_would_take_too_long_is_refused(kind: str, empty: bytes, terms: Vocabularies, tmp_path: Path) -> None:
    body, what = EXCESSIVE[kind]
    raw = with_part(empty, BODY, part(empty).replace(b"<w:body>", f"<w:body>{body}".encode(), 1))
    (note,) = imported(raw, terms, tmp_path).notes
    assert (note.code, note.details["quoi"]) == ("document-trop-long", what)


def test_one_document_makes_no_thousand_drafts(terms: Vocabularies, tmp_path: Path) -> None:
    result = imported(b"Titre\n" + b"Contact\nObjectifs\n" * 101, terms, tmp_path, "notes.txt")
    assert result.notes == (Note("document-trop-long", {"maximum": "100", "quoi": "fiches"}),)


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


def test_one_bad_file_spoils_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = documents.read_document

    def fails(path: Path) -> ParsedDocument:
        if path.name == "étrange.txt":
            raise RecursionError
        return read(path)

    monkeypatch.setattr(documents, "read_document", fails)
    out = tmp_path / "out"
    out.mkdir()
    bad, odd, good = tmp_path / "\x1b[31mvide.docx", tmp_path / "étrange.txt", tmp_path / "notes.txt"
    bad.write_bytes(b"")
    odd.write_bytes(b"?")
    good.write_text(TYPED, encoding="utf-8")
    files = [bad, tmp_path / "absent.docx", tmp_path, odd, good, good]
    assert cli.main(["import", *map(str, files), "--out", str(out)]) == cli.WRONG
    assert sorted(path.name for path in out.iterdir()) == ["fete-des-voisins-2.yml", "fete-des-voisins.yml"]
    told = capsys.readouterr().out
    assert [line.replace(str(tmp_path), "…") for line in told.splitlines() if re.match(r"\S+ : ", line)] == [
        r"\x1b[31mvide.docx : Ce fichier est vide.",
        "absent.docx : Le fichier « …/absent.docx » n'existe pas.",
        f"{tmp_path.name} : Le fichier « … » n'existe pas.",
        "étrange.txt : Ce fichier n'a pas pu être lu, pour une raison que le programme ne connaît pas.",
        "notes.txt : « …/out/fete-des-voisins.yml », fait à l'instant d'après « notes.txt », a le même titre.",
    ]
    assert "6 fichiers, 2 brouillons" in told


def test_a_draft_that_cannot_be_written_is_told_with_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: str | bytes) -> None:
        assert "Bertrange" in str(content)
        raise writer.cannot_write(path, OSError(errno.ENOSPC, "full"))

    monkeypatch.setattr(writer, "create", full)
    (tmp_path / "notes.txt").write_text(TYPED, encoding="utf-8")
    assert cli.main(["import", str(tmp_path / "notes.txt"), "--out", str(tmp_path)]) == cli.WRONG
    assert "le disque est plein" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["con", "-rf", "a" * 300, "index"])
def test_a_form_names_no_file_that_a_system_cannot_have(
    name: str, empty: bytes, terms: Vocabularies, tmp_path: Path
) -> None:
    raw = typed(empty, "titre", "Une fête")
    foot = next(part for part in zipfile.ZipFile(io.BytesIO(raw)).namelist() if part.startswith("word/footer"))
    named = f"{MODEL_VERSION} · fiche {name}".encode()
    raw = with_part(raw, foot, part(raw, foot).replace(MODEL_VERSION.encode(), named))
    assert [proposal.id for proposal in imported(raw, terms, tmp_path).proposals] == ["une-fete"]


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
        (TYPED.encode() + b"partag\xe9", "mixed"),
        (TYPED.encode() + "é".encode()[:1], "mixed"),
    ],
    ids=["utf-8", "notepad", "utf-16", "cp1252", "mixed", "cut off"],
)
def test_a_text_is_read_in_whatever_encoding(raw: bytes, encoding: str, terms: Vocabularies, tmp_path: Path) -> None:
    result = imported(raw, terms, tmp_path, "fiche.txt")
    assert [note.details.get("encodage", "mixed") for note in result.notes] == ([encoding] if encoding else [])
    assert result.proposals[0].draft.data["titre"] == "Fête des voisins"
    assert result.proposals[0].draft.data["objectifs"] == ["À Bertrange, l'été"]
