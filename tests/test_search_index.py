"""The search index of a large catalogue: several, with the same words in the same files; the same bytes each time."""

from __future__ import annotations

import gzip
import json
import struct
from itertools import accumulate, pairwise
from pathlib import Path

import cbor2
import pytest

from catalogue.collection import Catalogue
from catalogue.problems import CannotRun
from catalogue.site import pagefind, search


def written(folder: Path, found: dict[str, str]) -> dict[str, bytes]:
    search.write_index(found, folder)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def found(catalogue: Catalogue) -> dict[str, str]:
    return {address: str(html) for address, html in search.records(catalogue).items()}


def words(file: bytes, parts: int) -> list[list[str]]:
    """The words that a file of the index has for each part."""
    sizes = struct.unpack_from(f"<{parts}I", file)
    ends = list(accumulate(sizes, initial=4 * parts))
    assert ends[-1] == len(file)
    raw = [gzip.decompress(file[start:end]).removeprefix(b"pagefind_dcd") for start, end in pairwise(ends)]
    return [[word for word, *_ in cbor2.loads(words)[0]] for words in raw]


def asked(word: str, ranges: list[tuple[str, str]]) -> list[int]:
    """Which files of the index Pagefind asks for; of their first and last words it knows but the first letters."""
    strict = [number for number, (first, last) in enumerate(ranges) if first <= word <= last]
    loose = [
        number
        for number, (first, last) in enumerate(ranges)
        if word[: len(first)] >= first[: len(word)] and word[: len(last)] <= last[: len(word)]
    ]
    return strict or loose


def test_a_small_catalogue_has_one_index(tmp_path: Path, found: dict[str, str]) -> None:
    files = written(tmp_path, found)
    assert len(json.loads(files["parts.json"])["parts"]) == 1
    assert len(json.loads(files["dates.json"])) == len(found)
    assert sum(path.startswith("fragment/") for path in files) == len(found)


def test_a_large_one_has_several_and_the_scripts_once(
    tmp_path: Path, found: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "PART", 8)
    files = written(tmp_path, found)
    overview = json.loads(files["parts.json"])
    assert overview["part_of"] == [number % 3 for number in range(len(found))]
    assert len(overview["lengths"]) == len(found)
    assert sorted(path for path in files if path.endswith((".js", ".pagefind"))) == ["pagefind.js", "wasm.fr.pagefind"]
    folders = [part["fragments"] for part in overview["parts"]]
    fragments = sorted(f"fragment/{folders[number % 3]}/{number}.pf_fragment" for number in range(len(found)))
    assert sorted(path for path in files if path.startswith("fragment/")) == fragments


def test_the_files_of_the_index_have_the_same_words_of_all_parts(
    tmp_path: Path, found: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "PART", 8)
    files = written(tmp_path, found)
    overview = json.loads(files["parts.json"])
    ranges = list(zip(overview["words"][::2], overview["words"][1::2], strict=True))
    in_all: list[list[str]] = [[], [], []]
    for number in range(len(ranges)):
        of_parts = words(files[f"index/{overview['index']}/{number}.pf_index"], 3)
        assert {tuple(asked(word, ranges)) for some in of_parts for word in some} == {(number,)}
        in_all = [before + some for before, some in zip(in_all, of_parts, strict=True)]
    assert all(some == sorted(set(some)) for some in in_all)
    assert sum(path.startswith("index/") for path in files) == len(ranges)
    monkeypatch.setattr(search, "PART", len(found))
    alone = written(tmp_path / "alone", found)
    version, ranges = json.loads(alone["parts.json"])["index"], json.loads(alone["parts.json"])["words"][::2]
    of_one = [words(alone[f"index/{version}/{number}.pf_index"], 1)[0] for number in range(len(ranges))]
    assert sorted({word for some in in_all for word in some}) == [word for some in of_one for word in some]


def test_the_same_records_give_the_same_bytes(
    tmp_path: Path, found: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "PART", 8)
    assert written(tmp_path / "one", found) == written(tmp_path / "other", found)


def test_a_program_that_stops_is_told(monkeypatch: pytest.MonkeyPatch, found: dict[str, str]) -> None:
    monkeypatch.setattr(pagefind, "get_executable", lambda: "/bin/true")
    with pytest.raises(CannotRun):
        pagefind.index(found)
