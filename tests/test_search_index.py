"""The search index: several of a large catalogue, the first naming all; the same bytes each time; kept if it can be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from catalogue.collection import Catalogue
from catalogue.offered import Offered
from catalogue.problems import CannotRun
from catalogue.site import pagefind, search
from catalogue.site.keep import Keep

WRITTEN = {"contact/": search.written_record("Contact", "Qui nous sommes.", "<p>Une page écrite à la main.</p>")}


def written(folder: Path, catalogue: Catalogue, keep: Keep | None = None) -> dict[str, bytes]:
    search.write_index(search.records(catalogue) | Offered(WRITTEN), folder, keep or Keep())
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


def test_a_small_catalogue_has_one_index(tmp_path: Path, catalogue: Catalogue) -> None:
    files = written(tmp_path, catalogue)
    assert len(json.loads(files["pagefind-entry.json"])["parts"]) == 1
    assert len(json.loads(files["dates.json"])) == len(catalogue) + 1
    assert sum(path.startswith("fragment/") for path in files) == len(catalogue) + 1


@pytest.mark.usefixtures("in_parts")
def test_a_large_one_has_several_and_the_scripts_once(tmp_path: Path, catalogue: Catalogue) -> None:
    files = written(tmp_path, catalogue)
    parts = json.loads(files["pagefind-entry.json"])["parts"]
    assert all(
        f"{folder}pagefind.{name}.pf_meta" in files for folder, name in zip(("", "1/", "2/"), parts, strict=True)
    )
    assert sorted(path for path in files if path.endswith((".js", ".pagefind"))) == ["pagefind.js", "wasm.fr.pagefind"]
    numbers = sorted(Path(path).name.partition(".")[0] for path in files if path.endswith("pf_fragment"))
    assert numbers == [f"{number:02}" for number in range(len(catalogue) + 1)]


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
