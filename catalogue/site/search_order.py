"""The files of one search index: without what nobody reads, in one order, and small for whoever searches."""

from __future__ import annotations

import gzip
import hashlib
import json
import struct
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import cbor2

_MAGIC = b"pagefind_dcd"
"""Before the content of each file: CBOR, or JSON in a fragment, all gzipped."""

ENTRY = "pagefind-entry.json"

Files = dict[str, bytes]
"""Content by path."""

_LAST = chr(sys.maxunicode)
"""Behind all letters."""

_SIZES = {0x98: 1, 0x99: 2, 0x9A: 4}
"""How many bytes tell the length of a CBOR array, by its first byte; of a short one it is in that byte."""

_NEARLY = 16
"""To how many words the length of a page is told, which matters for its rank, though not to the word."""

_ENOUGH = 10_000
"""Bytes of a file of the index, which a visitor loads for a word; words that are in most records need more."""


class Piece(NamedTuple):
    """Words that follow each other in one index, as Pagefind packed them.

    Of the first and the last word Pagefind tells as many letters as keep them apart from those of its neighbours.
    """

    first: str
    last: str
    end: str
    """Behind all its words, and not behind the first word of the next piece."""

    content: bytes


@dataclass(frozen=True)
class Part:
    """One of the indexes, as far as it is published together with the others."""

    version: str
    fields: list[str]
    filters: dict[str, bytes]
    """Each filter by its name."""

    fragments: str
    """The folder of the fragments, which are named by number."""

    lengths: dict[int, int]
    """Of each record by its number, in the order of the index: its words, in sixteens."""

    pieces: list[Piece]


_TOLD = ("version", "fields", "fragments")
"""What whoever searches is told of each part; lengths, words and filters are told of all together."""


def tidied(files: Mapping[str, bytes], numbers: Mapping[str, int]) -> tuple[Part, Files]:
    """An index, and those of its files that are published as they are; the same for the same records.

    `numbers` has the place of each address among all records, of all indexes.
    """
    language = json.loads(files[ENTRY])["languages"]["fr"]
    version, pages, pieces, filters, _, fields = _read(files[f"pagefind.{language['hash']}.pf_meta"])
    fragments = _fragments(files, pages, numbers)
    lengths = {number: length // _NEARLY for number, (_, length) in zip(fragments, pages, strict=True)}
    ends = [next_first for next_first, _, _ in pieces[1:]] + [_LAST]
    found = [
        Piece(first, last, min(last + _LAST, end), files[f"index/{name}.pf_index"])
        for (first, last, name), end in zip(pieces, ends, strict=True)
    ]
    folder, files_of_pages = _numbered("fragment", fragments)
    return Part(version, fields, _filters(files, filters), folder, lengths, found), files_of_pages


def together(files: Mapping[str, bytes], parts: Sequence[Part]) -> Files:
    """What the parts share: files of the same words or the same filter of all, and one of what is to be known before.

    `parts.js` makes of them what Pagefind asks for, at least three files a part: a visitor would wait for each.
    `files` are those that Pagefind made of one part.
    """
    ranges = _ranges(parts)
    version, index = _numbered("index", dict(enumerate(_words_of(pieces, len(parts)) for pieces in ranges)))
    names = sorted({name for part in parts for name in part.filters})
    filter_version, filters = _numbered("filter", dict(enumerate(_filter_of(parts, name) for name in names)))
    part_of = {number: place for place, part in enumerate(parts) for number in part.lengths}
    lengths = {number: length for part in parts for number, length in part.lengths.items()}
    overview = {
        "entry": json.loads(files[ENTRY]) | {"languages": {"fr": {"hash": "fr", "wasm": "fr"}}},
        "parts": [{name: getattr(part, name) for name in _TOLD} for part in parts],
        "part_of": [part_of[number] for number in sorted(part_of)],
        "lengths": [lengths[number] for number in sorted(lengths)],
        "nearly": _NEARLY,
        "filters": names,
        "index": version,
        "filter": filter_version,
        "words": [word for pieces in ranges for word in _first_and_last([piece for _, piece in pieces])],
    }
    text = json.dumps(overview, ensure_ascii=False, separators=(",", ":"))
    return {"parts.json": text.encode()} | index | filters


def scripts(files: Mapping[str, bytes]) -> Files:
    """Of what Pagefind brings along, what is read; the rest is for other dialogs, other threads, other languages."""
    return {path: files[path] for path in ("pagefind.js", "wasm.fr.pagefind")}


def _fragments(
    files: Mapping[str, bytes], pages: Iterable[tuple[str, int]], numbers: Mapping[str, int]
) -> dict[int, bytes]:
    """What is told of a result, by its number: so results of several indexes can be sorted.

    Its text, of which no result shows anything, is three quarters of it.
    """
    contents = {}
    for name, _ in pages:
        fragment = json.loads(_unpacked(files[f"fragment/{name}.pf_fragment"])) | {"content": "", "anchors": []}
        text = json.dumps(fragment, ensure_ascii=False, separators=(",", ":"))
        contents[numbers[fragment["url"].removeprefix("/")]] = _packed(text.encode())
    return contents


def _ranges(parts: Sequence[Part]) -> list[list[tuple[int, Piece]]]:
    """The pieces of all parts, each with the place of its part, as they come into files: no word into two of them."""
    pieces = sorted((piece.first, place, piece) for place, part in enumerate(parts) for piece in part.pieces)
    ranges: list[list[tuple[int, Piece]]] = []
    end = ""
    for first, place, piece in pieces:
        if not ranges or first >= end:
            ranges.append([])
        ranges[-1].append((place, piece))
        end = max(end, piece.end)
    joined = ranges[:1]
    for range_ in ranges[1:]:
        if sum(len(piece.content) for _, piece in (*joined[-1], *range_)) <= _ENOUGH:
            joined[-1].extend(range_)
        else:
            joined.append(range_)
    return joined


def _first_and_last(pieces: Sequence[Piece]) -> tuple[str, str]:
    return pieces[0].first, max((piece.last for piece in pieces), key=lambda last: last + _LAST)


def _words_of(pieces: Iterable[tuple[int, Piece]], parts: int) -> bytes:
    """The same words of all parts."""
    found: list[list[bytes]] = [[] for _ in range(parts)]
    for place, piece in pieces:
        found[place].append(piece.content)
    return _side_by_side([_joined(contents) for contents in found])


def _filter_of(parts: Iterable[Part], name: str) -> bytes:
    """A filter of all parts: an empty one of those without."""
    return _side_by_side([part.filters.get(name) or _packed(cbor2.dumps([name, []])) for part in parts])


def _side_by_side(contents: Sequence[bytes]) -> bytes:
    """One file: the sizes of what it has for each part, and that, one after the other."""
    return struct.pack(f"<{len(contents)}I", *map(len, contents)) + b"".join(contents)


def _joined(pieces: Sequence[bytes]) -> bytes:
    """Pieces as one, `[[word, …]]`: words are put one after the other without being read, which would take long."""
    if len(pieces) == 1:
        return pieces[0]
    number, words = 0, []
    for piece in pieces:
        raw = _unpacked(piece)
        size = _SIZES.get(raw[1], 0)
        number += int.from_bytes(raw[2 : 2 + size]) if size else raw[1] & 0x1F
        words.append(raw[2 + size :])
    return _packed(b"\x81\x9a" + number.to_bytes(4) + b"".join(words))


def _filters(files: Mapping[str, bytes], filters: list[list[str]]) -> dict[str, bytes]:
    """A filter is `[name, [[value, pages], …]]`; Pagefind 1.5 writes all of them as its hash tables have them."""
    found = {}
    for filter_name, file in filters:
        name, values = _read(files[f"filter/{file}.pf_filter"])
        found[filter_name] = _packed(cbor2.dumps([name, sorted(values)]))
    return found


def _numbered(kind: str, contents: Mapping[int, bytes]) -> tuple[str, Files]:
    """A folder, and in it a file of each number; it is named after all: a name each would be most of what is loaded."""
    version = _digest(json.dumps({number: _digest(content) for number, content in contents.items()}).encode())
    return version, {f"{kind}/{version}/{number}.pf_{kind}": content for number, content in contents.items()}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:10]


def _read(packed: bytes) -> Any:
    return cbor2.loads(_unpacked(packed))


def _packed(content: bytes) -> bytes:
    return gzip.compress(_MAGIC + content, mtime=0)


def _unpacked(packed: bytes) -> bytes:
    return gzip.decompress(packed).removeprefix(_MAGIC)
