"""The files of one search index: without what nobody reads, in one order, and small for whoever searches."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import cbor2

_MAGIC = b"pagefind_dcd"
"""Before the content of each file: CBOR, or JSON in a fragment, all gzipped."""

_PAGES, _PIECES, _FILTERS = 1, 2, 3
"""Where the metadata holds `[[fragment, words], …]`, `[[first word, last word, piece], …]`, `[[filter, file], …]`."""

_NEARLY = 16
"""To how many words the length of a page is told, which matters for its rank, though not to the word."""

ENTRY = "pagefind-entry.json"

Files = dict[str, bytes]
"""Content by path."""


def tidied(files: Mapping[str, bytes], numbers: Mapping[str, int]) -> tuple[str, Files]:
    """An index as it is published, and the name of its metadata; the same for the same records.

    `numbers` has the place of each address among all records, of all indexes.
    """
    entry = json.loads(files[ENTRY])
    language = entry["languages"]["fr"]
    meta = _read(files[f"pagefind.{language['hash']}.pf_meta"])
    meta[_PAGES], fragments = _fragments(files, meta[_PAGES], numbers)
    meta[_PIECES], pieces = _pieces(files, meta[_PIECES])
    meta[_FILTERS], filters = _filters(files, meta[_FILTERS])
    packed = _packed(cbor2.dumps(meta))
    name = f"fr_{_digest(packed)}"
    language["hash"] = name
    made = {f"pagefind.{name}.pf_meta": packed, ENTRY: json.dumps(entry, ensure_ascii=False).encode()}
    return name, made | fragments | pieces | filters


def scripts(files: Mapping[str, bytes]) -> Files:
    """Of what Pagefind brings along, what is read; the rest is for other dialogs, other threads, other languages."""
    return {path: files[path] for path in ("pagefind.js", "wasm.fr.pagefind")}


def _fragments(
    files: Mapping[str, bytes], pages: Iterable[list[Any]], numbers: Mapping[str, int]
) -> tuple[list[list[Any]], Files]:
    """The pages and their fragments, named by number: so results of several indexes can be sorted.

    A fragment is what is told of a result; its text, of which no result shows anything, is three quarters of it.
    """
    contents = {}
    lengths = []
    for name, words in pages:
        fragment = json.loads(_unpacked(files[f"fragment/{name}.pf_fragment"])) | {"content": "", "anchors": []}
        text = json.dumps(fragment, ensure_ascii=False, separators=(",", ":"))
        contents[numbers[fragment["url"].removeprefix("/")]] = _packed(text.encode())
        lengths.append(words // _NEARLY * _NEARLY)
    names = _names(contents)
    written = {f"fragment/{name}.pf_fragment": content for name, content in zip(names, contents.values(), strict=True)}
    return [list(page) for page in zip(names, lengths, strict=True)], written


def _pieces(files: Mapping[str, bytes], pieces: list[list[str]]) -> tuple[list[list[str]], Files]:
    contents = {number: files[f"index/{name}.pf_index"] for number, (_, _, name) in enumerate(pieces)}
    names = _names(contents)
    written = {f"index/{name}.pf_index": content for name, content in zip(names, contents.values(), strict=True)}
    return [[first, last, name] for (first, last, _), name in zip(pieces, names, strict=True)], written


def _filters(files: Mapping[str, bytes], filters: list[list[str]]) -> tuple[list[list[str]], Files]:
    """A filter is `[name, [[value, pages], …]]`; Pagefind 1.5 writes all of them as its hash tables have them."""
    found, written = [], {}
    for filter_name, file in sorted(filters):
        name, values = _read(files[f"filter/{file}.pf_filter"])
        packed = _packed(cbor2.dumps([name, sorted(values)]))
        found.append([filter_name, f"fr_{_digest(packed)}"])
        written[f"filter/fr_{_digest(packed)}.pf_filter"] = packed
    return found, written


def _names(contents: Mapping[int, bytes]) -> list[str]:
    """A number each, in a folder named after all: a hash each would be most of the metadata, which is loaded whole."""
    version = _digest(json.dumps({number: _digest(content) for number, content in contents.items()}).encode())
    width = len(str(max(contents)))
    return [f"{version}/{number:0{width}}" for number in contents]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:10]


def _read(packed: bytes) -> Any:
    return cbor2.loads(_unpacked(packed))


def _packed(content: bytes) -> bytes:
    return gzip.compress(_MAGIC + content, mtime=0)


def _unpacked(packed: bytes) -> bytes:
    return gzip.decompress(packed).removeprefix(_MAGIC)
