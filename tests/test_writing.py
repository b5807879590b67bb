"""What is written changes whole or not at all; what is no file stays what it is."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from practice_catalogue.model.diagnostics import CannotRun
from practice_catalogue.output import writer
from practice_catalogue.validation import messages


def test_a_file_is_replaced_by_one_that_others_may_read(tmp_path: Path) -> None:
    path = tmp_path / "liste.txt"
    path.write_text("avant", encoding="utf-8")
    writer.replace(path, "été\n")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == ("été\n".encode(), 0o644)
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_finished_leaves_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "liste.txt"
    path.write_text("avant", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CannotRun):
        writer.replace(path, "après")
    assert [(one, one.read_text(encoding="utf-8")) for one in tmp_path.iterdir()] == [(path, "avant")]


class _FullDisk(io.FileIO):
    """A file of which the disk takes half."""

    def write(self, raw: bytes, /) -> int:  # type: ignore[override]  # the writer gives bytes only
        super().write(raw[: len(raw) // 2])
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("write", [writer.create, writer.append, writer.replace])
def test_a_full_disk_leaves_no_half_of_a_file(
    write: Callable[[Path, str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "liste.txt"
    if write is not writer.create:
        path.write_text("avant\n", encoding="utf-8")
    before = {one: one.read_bytes() for one in tmp_path.iterdir()}
    monkeypatch.setattr(Path, "open", lambda self, mode, **_: _FullDisk(self, mode.replace("b", "")))
    with pytest.raises(CannotRun) as told:
        write(path, "après\n")
    monkeypatch.undo()
    assert messages.message(told.value.diagnostic).endswith("le disque est plein.")
    assert {one: one.read_bytes() for one in tmp_path.iterdir()} == before


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_never_takes_the_place_of_another(
    links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    if not links:
        monkeypatch.setattr(os, "link", refuse)
    writer.create(tmp_path / "liste.txt", "avant\n")
    with pytest.raises(FileExistsError):
        writer.create(tmp_path / "liste.txt", "après\n")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("liste.txt", b"avant\n")]


def test_of_a_link_the_file_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "liste.txt").write_text("avant", encoding="utf-8")
    (tmp_path / "lien").symlink_to("liste.txt")
    writer.replace(tmp_path / "lien", "après")
    assert ((tmp_path / "lien").is_symlink(), (tmp_path / "liste.txt").read_text("utf-8")) == (True, "après")


def test_a_new_folder_stands_there_whole_or_not_at_all(tmp_path: Path) -> None:
    place = tmp_path / "là" / "pages"
    with writer.new_folder(place) as folder:
        writer.create(folder / "une.md", "été\n")
        assert not place.exists()
    assert [(one.name, one.read_bytes()) for one in place.iterdir()] == [("une.md", "été\n".encode())]
    assert place.stat().st_mode & 0o777 == 0o755
    with pytest.raises(ZeroDivisionError), writer.new_folder(tmp_path / "là" / "autres") as folder:
        writer.create(folder / "une.md", str(1 // 0))
    assert list((tmp_path / "là").iterdir()) == [place]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    with pytest.raises(CannotRun) as told, writer.new_folder(tmp_path / "fichier" / "pages"):
        pass
    said = messages.message(told.value.diagnostic)
    assert str(tmp_path / "fichier/pages") in said
    assert said.endswith("un fichier se trouve là où il faudrait un dossier.")


def test_a_pipe_is_written_into_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "tuyau"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDWR)
    try:
        writer.replace(pipe, "texte")
        assert (os.read(reader, 10), pipe.is_fifo()) == (b"texte", True)
    finally:
        os.close(reader)
