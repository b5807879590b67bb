"""The live preview: a saved fiche appears, a broken one does not take the preview down."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copy, copytree
from threading import Condition
from typing import cast

import pytest
from mkdocs.livereload import LiveReloadServer

from catalogue.site.first_page import FirstPage
from tests.support import ROOT

PATIENCE = 60
"""Seconds after which a preview that has not changed is taken for stuck."""


@dataclass
class Preview:
    address: str
    project: Path

    def fiche(self) -> Path:
        return self.project / "practices/kufika.yml"

    def shows(self, text: str, path: str = "fiches/kufika/") -> bool:
        """Whether a page comes to show a text before patience ends."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
                    if text in answer.read().decode():
                        return True
            except (urllib.error.URLError, ConnectionError):
                pass
            time.sleep(0.1)
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """The real command on a copy of the project with a single fiche."""
    project = tmp_path / "project"
    for name in ("build_catalogue.py", "mkdocs.yml", "catalogue.yml"):
        project.mkdir(exist_ok=True)
        copy(ROOT / name, project)
    for name in ("catalogue", "docs", "practices", "vocabularies"):
        copytree(ROOT / name, project / name)
    for fiche in (project / "practices").glob("*.yml"):
        if fiche.stem != "kufika":
            fiche.unlink()
    port = _free_port()
    command = [sys.executable, str(project / "build_catalogue.py"), "serve", "--address", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        yield Preview(f"http://127.0.0.1:{port}/", project)
        server.terminate()


def test_a_fiche_is_previewed_while_it_is_written(preview: Preview) -> None:
    good = preview.fiche().read_text(encoding="utf-8")
    assert preview.shows("KUFIKA")
    preview.fiche().write_text(good.replace("KUFIKA", "Essai", 1), encoding="utf-8")
    assert preview.shows("<h1>Essai")
    preview.fiche().write_text(good.replace("titre: ", "titer: ", 1), encoding="utf-8")
    assert preview.shows("cle-inconnue titer")
    assert preview.shows("<h1>Essai")
    preview.fiche().write_text(good, encoding="utf-8")
    assert preview.shows("<h1>KUFIKA")
    assert preview.shows('"version"', "pagefind/parts.json")


class Server:
    """Stands in for the server of a preview."""

    _rebuild_cond = Condition()
    _want_rebuild = False


def test_the_saved_page_comes_first_and_for_nothing_nothing_is_done(tmp_path: Path) -> None:
    practices, vocabulary = tmp_path / "practices", tmp_path / "publics.yml"
    practices.mkdir()
    fiches = [practices / "une.yml", practices / "autre.yml"]
    for path in (*fiches, vocabulary):
        path.write_text("avant", encoding="utf-8")
    done: list[str] = []

    def write_page(path: Path) -> bool:
        done.append(path.name)
        return True

    first_page = FirstPage(
        cast("LiveReloadServer", Server()),
        lambda: done.append("tout"),
        practices,
        [vocabulary],
        write_page,
    )

    def done_after(*changed: Path) -> list[str]:
        done.clear()
        for path in changed:
            path.write_text(f"{path.read_text(encoding='utf-8')} après", encoding="utf-8")
        first_page()
        first_page._rest.cancel()
        return list(done)

    assert done_after() == []
    assert done_after(fiches[0]) == ["une.yml"]
    assert done_after() == []
    assert done_after(*fiches) == ["tout"]
    assert done_after(vocabulary) == ["tout"]
    first_page._ask_for_the_rest()
    assert done_after() == ["tout"]
    assert done_after() == []
