"""The search index of a large catalogue: several, of which the first names all, with the same bytes each time."""

from __future__ import annotations

import json
from pathlib import Path

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


def test_a_small_catalogue_has_one_index(tmp_path: Path, found: dict[str, str]) -> None:
    files = written(tmp_path, found)
    assert len(json.loads(files["pagefind-entry.json"])["parts"]) == 1
    assert len(json.loads(files["dates.json"])) == len(found)
    assert sum(path.startswith("fragment/") for path in files) == len(found)


def test_a_large_one_has_several_and_the_scripts_once(
    tmp_path: Path, found: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "PART", 8)
    files = written(tmp_path, found)
    parts = json.loads(files["pagefind-entry.json"])["parts"]
    assert all(
        f"{folder}pagefind.{name}.pf_meta" in files for folder, name in zip(("", "1/", "2/"), parts, strict=True)
    )
    assert sorted(path for path in files if path.endswith((".js", ".pagefind"))) == ["pagefind.js", "wasm.fr.pagefind"]
    numbers = sorted(Path(path).name.partition(".")[0] for path in files if path.endswith("pf_fragment"))
    assert numbers == [f"{number:02}" for number in range(len(found))]


def test_the_same_records_give_the_same_bytes(
    tmp_path: Path, found: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "PART", 8)
    assert written(tmp_path / "one", found) == written(tmp_path / "other", found)


def test_a_program_that_stops_is_told(monkeypatch: pytest.MonkeyPatch, found: dict[str, str]) -> None:
    monkeypatch.setattr(pagefind, "get_executable", lambda: "/bin/true")
    with pytest.raises(CannotRun):
        pagefind.index(found)
