"""Parses a submitted Word or text file into paragraphs and tables, and rejects other files with a reason."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from practice_catalogue.forms.importing import limits, word_package, word_xml
from practice_catalogue.forms.importing.limits import RefusedError
from practice_catalogue.forms.word.form_version import FormVersion, find_version
from practice_catalogue.forms.word.paragraphs import Block, Paragraph, Run, bullets_to_markdown, clean_text
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.introspection import fields_of

MAX_BYTES = 10_000_000
MAX_UNPACKED = 60_000_000
"""Maximum size of a file in bytes, compressed and uncompressed; a form has some hundred kilobytes."""

MAX_PARTS = 2_000
BEGINNING = 100_000
"""Number of bytes or characters at the beginning of a file from which its format is recognized."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OF_OLE = {
    "EncryptedPackage": ("document-chiffre", ""),
    "__properties_version1.0": ("document-courriel", ""),
    "WordDocument": ("document-ancien-word", ""),
    "Workbook": ("document-autre-format", "Excel (.xls)"),
    "Book": ("document-autre-format", "Excel (.xls)"),
    "PowerPoint Document": ("document-autre-format", "PowerPoint (.ppt)"),
}
"""Names of streams in files of older Office programs → code of the message, and the format."""

_OF_ZIP = {
    "word/document.xml": "",
    "xl/workbook.xml": "Excel (.xlsx)",
    "xl/workbook.bin": "Excel (.xlsb)",
    "ppt/presentation.xml": "PowerPoint (.pptx)",
    "content.xml": "OpenDocument",
    "META-INF/container.xml": "EPUB",
    "Index/Document.iwa": "Pages",
}
"""Names of parts of archives → the format; empty for a Word document."""

_OF_BYTES = {
    b"%PDF": "PDF",
    b"%!PS": "PostScript",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG (une image)",
    b"\xff\xd8\xff": "JPEG (une image)",
}
"""First bytes of other files → the format."""

_OF_TEXT = {
    "HTML (une page web)": re.compile(
        r"(?:<\?xml[^>]{0,200}>\s{0,9})?<(?:!--|(?:!doctype\s{1,9}html|html|head|body|meta|style|div|p|table|h[1-6])\b)",
        re.IGNORECASE,
    ),
    "XML": re.compile(r"<\?xml\b|<[a-z]{1,20}:[a-z]", re.IGNORECASE),
    "RTF": re.compile(r"\{\\rtf"),
    "MHTML (une page web)": re.compile("MIME-Version:", re.IGNORECASE),
    "vCard": re.compile("BEGIN:VCARD", re.IGNORECASE),
    "JSON": re.compile(r'[\[{][\s\[{]{0,99}"'),
}
"""Formats that are texts → their beginning."""

_KEY = re.compile(r"""^["']?([a-z_]+)["']?:(?!\S)""", re.MULTILINE)
_KEY_OF_JSON = re.compile(r'"([a-z_]+)":')
_ENOUGH_FIELDS = 3
"""The keys of a fiche, as YAML and JSON write them, and the number of them that makes a text a fiche."""

_HEADER = re.compile(r"^([A-Za-zÀ-ÿ][A-Za-zÀ-ÿ-]*)[ \t\u00a0]?:", re.MULTILINE)
_FROM = frozenset({"from", "de", "von"})
_OF_MAILS = frozenset(
    {"subject", "objet", "betreff", "to", "à", "an", "date", "envoyé", "gesendet", "sent", "received"}
)
"""The lines at the beginning of a mail, as mail programs save it, in the languages that they are set to here."""


class Note(NamedTuple):
    """A remark on a file for its sender; `code` and `details` are those of a message."""

    code: str
    details: dict[str, object]


@dataclass(frozen=True)
class ParsedDocument:
    """The content of a file in reading order.

    `aside` is text outside of the main flow: headers, footers, footnotes, comments. `lines` tells that each paragraph
    is a line of a text file. `version` is that of the form, or None if the document is not a form.
    """

    blocks: tuple[Block, ...]
    aside: tuple[Paragraph, ...] = ()
    lines: bool = False
    version: FormVersion | None = None
    notes: tuple[Note, ...] = ()


def read_document(path: Path) -> ParsedDocument:
    """Reads and parses a file; raises RefusedError or OSError."""
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise RefusedError("document-trop-gros", maximum=MAX_BYTES // 1_000_000)
    return parse_document(raw)


def parse_document(raw: bytes) -> ParsedDocument:
    """Parses a file; its format is detected from the content, not from the name. Raises RefusedError."""
    if not raw.strip(b"\x00\t\r\n "):
        raise RefusedError("document-vide")
    if raw.startswith(_OLE):
        raise _of_older_office(raw)
    if found := next((name for first, name in _OF_BYTES.items() if raw.startswith(first)), ""):
        raise RefusedError("document-autre-format", format=found)
    document = _word(raw) if raw.startswith(_ZIP) else _text(raw)
    limits.reject_long_document(one.text for one in (*word_xml.all_paragraphs(document.blocks), *document.aside))
    return document


def _of_older_office(raw: bytes) -> RefusedError:
    """Returns the reason to refuse a file of an older Office program, or of a mail program, by its streams."""
    found = (reason for name, reason in _OF_OLE.items() if name.encode("utf-16-le") in raw)
    code, name = next(found, ("document-inconnu", ""))
    return RefusedError(code, format=name) if name else RefusedError(code)


def _word(raw: bytes) -> ParsedDocument:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _reject_other_archives(archive)
            parts = {info.filename: archive.read(info) for info in _texts(archive)}
        limits.reject_costly_xml(parts)
        content = word_xml.read_word_parts(parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise RefusedError("document-abime") from error
    except word_package.NotWordError as error:
        raise RefusedError(error.code) from error
    version = next((found for one in content.aside if (found := find_version(one.text))), None)
    aside = tuple(one for one in content.aside if not find_version(one.text))
    notes = tuple(Note("image-ignoree", {"lieu": place}) for place in content.pictures)
    return ParsedDocument(content.blocks, aside, version=version, notes=notes)


def _reject_other_archives(archive: zipfile.ZipFile) -> None:
    """Rejects an archive that is not a plain Word document, from its list of parts, before unpacking any."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise RefusedError("document-chiffre")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise RefusedError("document-trop-gros-deplie")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise RefusedError("document-macros")
    if found := next((name for part, name in _OF_ZIP.items() if part in names), ""):
        raise RefusedError("document-autre-format", format=found)
    if "[Content_Types].xml" not in names:
        raise RefusedError("document-pas-word")
    if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
        raise RefusedError(
            "document-abime"
        )  # ISO 29500-2 allows no other compression, and no word processor writes one


_UNWANTED = re.compile(
    r"(?i)(?:.*/)?(?:(?:media|fonts|embeddings|theme|customXml|docProps|glossary)/.*"
    r"|[^/]*\.(?:png|jpe?g|gif|bmp|tiff?|[ew]mf|odttf|bin))"
)
"""Names of parts without text of the document: images, fonts, embedded files, properties."""


def _texts(archive: zipfile.ZipFile) -> Iterable[zipfile.ZipInfo]:
    """Returns the parts that may have text, styles and links; others are not unpacked."""
    return [part for part in archive.infolist() if not _UNWANTED.fullmatch(part.filename)]


def _text(raw: bytes) -> ParsedDocument:
    _reject_other_texts(_decoded(raw[:BEGINNING])[0].lstrip())
    text, notes = _decoded(raw[: 4 * limits.MAX_CHARACTERS + 4])  # no encoding takes more bytes
    limits.reject_long_text(text)
    pages = (clean_text(bullets_to_markdown(page)).split("\n") for page in text.split("\f"))
    blocks = tuple(
        Paragraph((Run(line.rstrip()),), page=number > 0 and place == 0)
        for number, page in enumerate(pages)
        for place, line in enumerate(page)
    )
    return ParsedDocument(blocks, lines=True, notes=notes)


def _reject_other_texts(text: str) -> None:
    """Rejects a text that is a fiche already, a mail, or in a format of programs."""
    keys = (_KEY_OF_JSON if text.startswith("{") else _KEY).findall(text)
    if "titre" in keys and len(fields_of(Fiche).keys() & set(keys)) >= _ENOUGH_FIELDS:
        raise RefusedError("document-deja-fiche")
    if _is_mail(text):
        raise RefusedError("document-courriel")
    if found := next((name for name, beginning in _OF_TEXT.items() if beginning.match(text)), ""):
        raise RefusedError("document-autre-format", format=found)


def _is_mail(text: str) -> bool:
    """Whether a text begins with the header of a mail, which ends at the first empty line."""
    header = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
    names = {name.lower() for name in _HEADER.findall(header)}
    return _HEADER.match(header) is not None and bool(names & _FROM) and bool(names & _OF_MAILS)


def _decoded(raw: bytes) -> tuple[str, tuple[Note, ...]]:
    """Returns the text, and a note if its encoding is not plainly UTF-8."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace"), (_guessed("UTF-16"),)
    zeros = raw[:2000].count(0)
    if zeros > len(raw[:2000]) / 4:
        return raw.decode("utf-16-be" if raw[0] == 0 else "utf-16-le", "replace"), (_guessed("UTF-16"),)
    if zeros:
        raise RefusedError("document-inconnu")
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        text = raw.decode("utf-8-sig", _OTHER_BYTES)
    is_mixed = any(ord(char) > 127 for char in raw.decode("utf-8", "ignore"))  # noqa: PLR2004  # ASCII
    return text, (Note("encodage-mele", {}) if is_mixed else _guessed("Windows-1252"),)


def _guessed(encoding: str) -> Note:
    return Note("encodage-devine", {"encodage": encoding})


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Decodes bytes that are not UTF-8: some texts are pasted together from both encodings."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.reason == "unexpected end of data":
        return "\ufffd", error.end  # the file ends within a letter
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_OTHER_BYTES = "practice-catalogue-windows-1252"
codecs.register_error(_OTHER_BYTES, _as_windows_1252)
