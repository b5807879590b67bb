"""No word of a Word file is lost: each stands in the draft or among its comments, whatever program wrote it."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import etree

from practice_catalogue.forms.importing import importer
from practice_catalogue.forms.importing.documents import parse_document
from practice_catalogue.forms.importing.importer import DraftProposal
from practice_catalogue.forms.importing.limits import RefusedError
from practice_catalogue.validation import loader
from tests.any_word_file import BLOCKS, INLINE, Plan, plans, word_file
from tests.forms.test_word_round_trip import HAS_WRITER
from tests.support import VOCABULARIES

TERMS = loader.load_vocabularies(VOCABULARIES)
EVERYTHING = Plan(tuple(INLINE), tuple(BLOCKS))


def drafted(raw: bytes) -> tuple[str, str]:
    """The data of the drafts of a file, and the text of their files."""
    drafts = importer.drafts_in(parse_document(raw), TERMS)
    texts = [importer.draft_text(DraftProposal("fiche", draft), "fiche.docx", TERMS) for draft in drafts]
    return " ".join(str(draft.data) for draft in drafts), "\n".join(texts)


def missing(words: Iterable[str], text: str) -> list[str]:
    """The words that a text lacks; the words of a file are numbered, so that none is a part of another."""
    plain = unicodedata.normalize("NFKC", text)
    return [word for word in words if word not in plain]


def texts_of_libreoffice(files: list[bytes], folder: Path) -> list[str]:
    """What LibreOffice writes as text of each file."""
    for place, raw in enumerate(files):
        (folder / f"{place}.docx").write_bytes(raw)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    names = [str(folder / f"{place}.docx") for place in range(len(files))]
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder)]
    subprocess.run([*command, *names], check=True, capture_output=True, timeout=600)
    return [(folder / f"{place}.txt").read_text(encoding="utf-8-sig") for place in range(len(files))]


@given(plans)
@settings(max_examples=100, deadline=None)
def test_every_word_is_drafted_or_told(plan: Plan) -> None:
    raw, file = word_file(plan)
    data, text = drafted(raw)
    assert missing(file.shown + file.apart, text) == []
    assert missing(file.apart, data) == file.apart


changes = some.tuples(
    some.sampled_from(["delete", "copy", "move", "attribute", "text"]),
    some.floats(0, 0.999),
    some.floats(0, 0.999),
    some.sampled_from(
        ["", "-1", "99999999999", "x", "\u00b2", "TOC", "begin", "end", "HYPERLINK", "<p", "\ue000\uf0e0"]
    ),
)
"""What is done to an element of a part, the places of two elements in it (0 to 1), and a value."""


def changed(xml: bytes, edits: list[tuple[str, float, float, str]]) -> bytes:
    root = etree.fromstring(xml)
    for what, one, other, value in edits:
        elements = list(root.iter())
        element, target = elements[int(one * len(elements))], elements[int(other * len(elements))]
        if what == "text":
            element.text = value
        elif what == "attribute":
            for name in element.attrib:
                element.set(name, value)
        elif element.getparent() is not None and what == "delete":
            element.getparent().remove(element)
        elif not any(above is element for above in (target, *target.iterancestors())):
            target.append(deepcopy(element) if what == "copy" else element)
    return bytes(etree.tostring(root))


@given(plans, some.lists(some.tuples(some.floats(0, 0.999), some.lists(changes, min_size=1, max_size=8)), max_size=3))
@settings(max_examples=150, deadline=None)
def test_any_change_of_a_word_file_ends_in_drafts_or_a_sentence(
    plan: Plan, edits: list[tuple[float, list[tuple[str, float, float, str]]]]
) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_file(plan)[0])) as old, zipfile.ZipFile(made, "w") as new:
        parts = {name: old.read(name) for name in old.namelist()}
        names = [name for name in parts if name.endswith((".xml", ".rels"))]
        for place, on_part in edits:
            name = names[int(place * len(names))]
            parts[name] = changed(parts[name], on_part)
        for name, content in parts.items():
            new.writestr(name, content)
    with suppress(RefusedError):
        drafted(made.getvalue())


@pytest.mark.skipif(not HAS_WRITER, reason="LibreOffice Writer is not installed")
@given(some.lists(plans, min_size=20, max_size=30))
@settings(max_examples=1, deadline=None, database=None)
def test_every_word_that_libreoffice_finds_is_drafted_or_told(chosen: list[Plan]) -> None:
    files = [word_file(plan)[0] for plan in (EVERYTHING, *chosen)]
    with tempfile.TemporaryDirectory() as folder:
        found = texts_of_libreoffice(files, Path(folder))
    for plan, raw, text in zip((EVERYTHING, *chosen), files, found, strict=True):
        words = re.findall(r"(?:mot|part)\d+x|\b(?![ivx]+\b)[^\W\d]{2,}\b", text)  # LibreOffice numbers endnotes: i, ii
        assert missing(words, drafted(raw)[1]) == [], plan
