"""A file that is replaced changes whole or not at all; what is no file stays what it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from catalogue import writing
from catalogue.problems import CannotRun


def test_a_file_is_replaced_by_one_that_others_may_read(tmp_path: Path) -> None:
    path = tmp_path / "liste.txt"
    path.write_text("avant", encoding="utf-8")
    writing.replace(path, "été\n")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == ("été\n".encode(), 0o644)
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_finished_leaves_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "liste.txt"
    path.write_text("avant", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CannotRun):
        writing.replace(path, "après")
    assert [(one, one.read_text(encoding="utf-8")) for one in tmp_path.iterdir()] == [(path, "avant")]


def test_a_pipe_is_written_into_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "tuyau"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDWR)
    try:
        writing.replace(pipe, "texte")
        assert (os.read(reader, 10), pipe.is_fifo()) == (b"texte", True)
    finally:
        os.close(reader)
