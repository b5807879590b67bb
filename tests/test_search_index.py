"""The search index of a large catalogue: several, whose words share their files; each kept while it is the same."""

from __future__ import annotations

import gzip
import json
import struct
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import cbor2
import pytest
from practice_catalogue.build.keep import Keep

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.diagnostics import CannotRun
from practice_catalogue.output.artifacts import Artifacts
from practice_catalogue.search import index as search
from practice_catalogue.search import pagefind
from practice_catalogue.site import facets

WRITTEN = {"contact/": search.written_record("Contact", "Qui nous sommes.", "<p>Une page écrite à la main.</p>")}


def written(folder: Path, catalogue: Catalogue, keep: Keep | None = None) -> dict[str, bytes]:
    search.write_index(search.records(catalogue) | Artifacts(WRITTEN), facets.data(catalogue), folder, keep or Keep())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "PART", 9)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many records went into each index that was made."""
    numbers: list[int] = []
    real = pagefind.index

    def index(found: dict[str, str]) -> dict[str, bytes]:
        numbers.append(len(found))
        return real(found)

    monkeypatch.setattr(pagefind, "index", index)
    return numbers


def with_another_title(catalogue: Catalogue) -> Catalogue:
    """The first of all by title, so that the number of every record changes."""
    *others, last = sorted(catalogue, key=lambda fiche: fiche.titre)
    return Catalogue.of([*others, last.model_copy(update={"titre": "Aaa"})], catalogue.vocabularies)


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


def test_a_small_catalogue_has_one_index(tmp_path: Path, catalogue: Catalogue) -> None:
    files = written(tmp_path, catalogue)
    assert len(json.loads(files["parts.json"])["parts"]) == 1
    assert sum(path.startswith("cards/") for path in files) == len(catalogue) + 1


@pytest.mark.usefixtures("in_parts")
def test_a_large_one_has_several_and_the_scripts_once(tmp_path: Path, catalogue: Catalogue) -> None:
    files = written(tmp_path, catalogue)
    overview = json.loads(files["parts.json"])
    addresses = [*search.records(catalogue), *WRITTEN]
    part_of = {address: place for place, part in enumerate(search._parts(addresses)) for address in part}
    assert overview["part_of"] == [part_of[address] for address in addresses]
    assert len(overview["lengths"]) == len(addresses)
    assert sorted(path for path in files if path.endswith((".js", ".pagefind"))) == ["pagefind.js", "wasm.fr.pagefind"]
    assert json.loads(files["facets.json"])["cards"] == overview["cards"]
    cards = {f"cards/{overview['cards']}/{number}.json": address for number, address in enumerate(addresses)}
    assert {path: json.loads(files[path])["page"] for path in files if path.startswith("cards/")} == cards


def test_the_files_of_the_index_have_the_same_words_of_all_parts(
    tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "PART", 9)
    files = written(tmp_path, catalogue)
    overview = json.loads(files["parts.json"])
    ranges = list(zip(overview["words"][::2], overview["words"][1::2], strict=True))
    in_all: list[list[str]] = [[], [], []]
    for number in range(len(ranges)):
        of_parts = words(files[f"index/{overview['index']}/{number}.pf_index"], 3)
        for word in {word for some in of_parts for word in some}:
            begun_by_it = {other for other, (first, _) in enumerate(ranges) if first.startswith(word)}
            assert {number} <= set(asked(word, ranges)) <= {number} | begun_by_it
        in_all = [before + some for before, some in zip(in_all, of_parts, strict=True)]
    assert all(some == sorted(set(some)) for some in in_all)
    assert sum(path.startswith("index/") for path in files) == len(ranges)
    monkeypatch.setattr(search, "PART", 2 * len(catalogue))
    alone = written(tmp_path / "alone", catalogue)
    version, ranges = json.loads(alone["parts.json"])["index"], json.loads(alone["parts.json"])["words"][::2]
    of_one = [words(alone[f"index/{version}/{number}.pf_index"], 1)[0] for number in range(len(ranges))]
    assert sorted({word for some in in_all for word in some}) == [word for some in of_one for word in some]


def test_the_explorer_is_told_which_fiches_have_what_and_since_when(catalogue: Catalogue) -> None:
    told: Any = facets.data(catalogue)

    def fiches(gaps: list[int]) -> list[str]:
        return [catalogue.fiches[number - 1].id for number in accumulate(gaps)]

    for facet in facets.FACETS:
        found = {value: fiches(gaps) for value, gaps in told["facets"][facet.name].items()}
        headings = catalogue.headings(facet.index)
        assert found == {one.id: [fiche.id for fiche in one.fiches] for one in headings if one.fiches}
    assert told["dates"] == [fiche.publie_le or "" for fiche in catalogue]


@pytest.mark.parametrize(
    ("records", "parts"), [(24, 1), (400, 1), (401, 4), (1_000, 4), (6_000, 4), (6_001, 5), (10_000, 7)]
)
def test_how_many_parts_so_many_records_have(records: int, parts: int) -> None:
    dealt = search._parts([f"fiches/pratique-{number}/" for number in range(records)])
    assert (len(dealt), sum(map(len, dealt))) == (parts, records)
    assert max(map(len, dealt)) < 1.2 * records / parts


@pytest.mark.usefixtures("in_parts")
def test_the_same_records_give_the_same_bytes(tmp_path: Path, catalogue: Catalogue) -> None:
    assert written(tmp_path / "one", catalogue) == written(tmp_path / "other", catalogue)


@pytest.mark.usefixtures("in_parts")
def test_an_edited_fiche_makes_one_part_anew_and_gives_the_bytes_of_an_index_anew(
    tmp_path: Path, catalogue: Catalogue, made: list[int]
) -> None:
    keep = Keep(tmp_path)
    before = written(tmp_path / "before", catalogue, keep)
    whole = made.copy()
    assert written(tmp_path / "again", catalogue, keep) == before
    assert made == whole
    edited = with_another_title(catalogue)
    after = written(tmp_path / "after", edited, keep)
    assert len(made) == len(whole) + 1
    assert after == written(tmp_path / "anew", edited) != before


def test_an_index_that_somebody_touched_or_that_was_made_otherwise_is_not_taken(
    tmp_path: Path, catalogue: Catalogue, made: list[int]
) -> None:
    keep = Keep(tmp_path)
    expected = written(tmp_path / "first", catalogue, keep)
    kept = tmp_path / "search-0"
    kept.write_bytes(kept.read_bytes().replace(b"pagefind", b"Pagefind", 1))
    assert written(tmp_path / "second", catalogue, keep) == expected
    kept.write_bytes(b"")
    assert written(tmp_path / "third", catalogue, keep) == expected
    assert written(tmp_path / "fourth", catalogue, Keep(tmp_path, b"another theme")) == expected
    assert len(made) == 4


def test_a_program_that_stops_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind, "get_executable", lambda: "/bin/true")
    with pytest.raises(CannotRun):
        pagefind.index(WRITTEN)
