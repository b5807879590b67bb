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

from practice_catalogue.forms.importing import word_package, word_xml
from practice_catalogue.forms.word.form_version import FormVersion, find_version
from practice_catalogue.forms.word.paragraphs import Block, Paragraph, Run, clean_text

MAX_BYTES = 10_000_000
MAX_UNPACKED = 60_000_000
"""Maximum size of a file in bytes, compressed and uncompressed; a form has some hundred kilobytes."""

MAX_PARTS = 2_000

_OLE, _ZIP, _PDF, _RTF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"%PDF", b"{\\rtf"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class RefusedError(Exception):
    """Raised for a file that cannot be imported; `code` and `details` are those of a message."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


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
    if raw.startswith(_ZIP):
        return _word(raw)
    if raw.startswith(_OLE):
        raise RefusedError("document-chiffre" if _ENCRYPTED in raw else "document-ancien-word")
    if raw.startswith((_PDF, _RTF)):
        raise RefusedError("document-autre-format", format="PDF" if raw.startswith(_PDF) else "RTF")
    return _text(raw)


def _word(raw: bytes) -> ParsedDocument:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _reject_other_archives(archive)
            content = word_xml.read_word_parts({info.filename: archive.read(info) for info in _texts(archive)})
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
    if "content.xml" in names and "[Content_Types].xml" not in names:
        raise RefusedError("document-autre-format", format="OpenDocument")
    if "[Content_Types].xml" not in names:
        raise RefusedError("document-pas-word")


def _texts(archive: zipfile.ZipFile) -> Iterable[zipfile.ZipInfo]:
    """Returns the parts with text, styles and links; images, fonts and embedded files are not unpacked."""
    unwanted = re.compile(
        r"(?i).*(?:/(?:media|fonts|embeddings|theme)/.*|\.(?:png|jpe?g|gif|bmp|tiff?|[ew]mf|odttf|bin))"
    )
    return [part for part in archive.infolist() if not unwanted.fullmatch(part.filename)]


def _text(raw: bytes) -> ParsedDocument:
    text, encoding = _decoded(raw)
    notes = (Note("encodage-devine", {"encodage": encoding}),) if encoding else ()
    pages = (clean_text(page).split("\n") for page in text.split("\f"))
    blocks = tuple(
        Paragraph((Run(line.rstrip()),), page=number > 0 and place == 0)
        for number, page in enumerate(pages)
        for place, line in enumerate(page)
    )
    return ParsedDocument(blocks, lines=True, notes=notes)


def _decoded(raw: bytes) -> tuple[str, str]:
    """Returns the text and the name of its encoding, which is empty for UTF-8."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace"), "UTF-16"
    zeros = raw[:2000].count(0)
    if zeros > len(raw[:2000]) / 4:
        return raw.decode("utf-16-be" if raw[0] == 0 else "utf-16-le", "replace"), "UTF-16"
    if zeros:
        raise RefusedError("document-inconnu")
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace"), "Windows-1252"
