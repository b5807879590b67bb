"""The files of the search index: without what nobody reads, in one order, few and small for whoever searches."""

from __future__ import annotations

import gzip
import hashlib
import json
import struct
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

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
class IndexPart:
    """One of the indexes, as far as it is published together with the others."""

    version: str
    fields: list[str]
    cards: dict[int, bytes]
    """What a result shows of each record, by its number, in the order of the index: JSON."""

    lengths: dict[int, int]
    """How many words each record has, in sixteens, in the same order."""

    pieces: list[Piece]


_TOLD = ("version", "fields")
"""What whoever searches is told of each part; lengths and words are told of all together."""


def read(files: Mapping[str, bytes], numbers: Mapping[str, int]) -> IndexPart:
    """An index as Pagefind made it; the same for the same records.

    `numbers` has the place of each address among all records, of all indexes.
    """
    language = json.loads(files[ENTRY])["languages"]["fr"]
    version, pages, pieces, _, _, fields = cbor2.loads(_unpacked(files[f"pagefind.{language['hash']}.pf_meta"]))
    cards = _cards(files, pages, numbers)
    lengths = {number: length // _NEARLY for number, (_, length) in zip(cards, pages, strict=True)}
    ends = [next_first for next_first, _, _ in pieces[1:]] + [_LAST]
    found = [
        Piece(first, last, min(last + _LAST, end), files[f"index/{name}.pf_index"])
        for (first, last, name), end in zip(pieces, ends, strict=True)
    ]
    return IndexPart(version, fields, cards, lengths, found)


def together(files: Mapping[str, bytes], parts: Sequence[IndexPart], facets: Mapping[str, object]) -> Files:
    """What the parts share: the words of all, what results show, and what is to be known before the first word.

    `parts.js` makes of them what Pagefind asks for, at least three files a part: a visitor would wait for each.
    `files` are those that Pagefind made of one part, `facets` what the explorer asks besides.
    """
    ranges = _ranges(parts)
    version, index = _numbered("index", ".pf_index", dict(enumerate(_words_of(one, len(parts)) for one in ranges)))
    shown, cards = _numbered("cards", ".json", {number: part.cards[number] for part in parts for number in part.cards})
    part_of = {number: place for place, part in enumerate(parts) for number in part.lengths}
    lengths = {number: length for part in parts for number, length in part.lengths.items()}
    overview = {
        "entry": json.loads(files[ENTRY]) | {"languages": {"fr": {"hash": "fr", "wasm": "fr"}}},
        "parts": [{name: getattr(part, name) for name in _TOLD} for part in parts],
        "part_of": [part_of[number] for number in sorted(part_of)],
        "lengths": [lengths[number] for number in sorted(lengths)],
        "nearly": _NEARLY,
        "index": version,
        "cards": shown,
        "words": [word for pieces in ranges for word in _first_and_last([piece for _, piece in pieces])],
    }
    return {"parts.json": _json(overview), "facets.json": _json({**facets, "cards": shown})} | index | cards


def scripts(files: Mapping[str, bytes]) -> Files:
    """Of what Pagefind brings along, what is read; the rest is for other dialogs, other threads, other languages."""
    return {path: files[path] for path in ("pagefind.js", "wasm.fr.pagefind")}


def _cards(
    files: Mapping[str, bytes], pages: Iterable[tuple[str, int]], numbers: Mapping[str, int]
) -> dict[int, bytes]:
    """By the number of the record, so that results of several indexes can be sorted."""
    cards = {}
    for name, _ in pages:
        fragment = json.loads(_unpacked(files[f"fragment/{name}.pf_fragment"]))
        page = fragment["url"].removeprefix("/")
        cards[numbers[page]] = _json({"page": page, **fragment["meta"]})
    return cards


def _ranges(parts: Sequence[IndexPart]) -> list[list[tuple[int, Piece]]]:
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
    """The same words of all parts: the sizes of what the file has for each, and that, one after the other."""
    found: list[list[bytes]] = [[] for _ in range(parts)]
    for place, piece in pieces:
        found[place].append(piece.content)
    packed = [_joined(contents) for contents in found]
    return struct.pack(f"<{parts}I", *map(len, packed)) + b"".join(packed)


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


def _numbered(folder: str, suffix: str, contents: Mapping[int, bytes]) -> tuple[str, Files]:
    """A folder, and in it a file of each number; it is named after all: a name each would be most of what is loaded."""
    version = _digest(_json({number: _digest(content) for number, content in contents.items()}))
    return version, {f"{folder}/{version}/{number}{suffix}": content for number, content in contents.items()}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:10]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _packed(content: bytes) -> bytes:
    return gzip.compress(_MAGIC + content, mtime=0)


def _unpacked(packed: bytes) -> bytes:
    return gzip.decompress(packed).removeprefix(_MAGIC)
