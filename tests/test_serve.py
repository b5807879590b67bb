"""The live preview: a saved fiche appears, a broken one does not take the preview down."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copy, copytree
from threading import Condition
from typing import cast

import pytest
from mkdocs.livereload import LiveReloadServer

from practice_catalogue.build.preview import FirstPage
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
    for name in ("docs", "practices", "src", "vocabularies"):
        copytree(ROOT / name, project / name)
    for fiche in (project / "practices").glob("*.yml"):
        if fiche.stem != "kufika":
            fiche.unlink()
    port = _free_port()
    command = [sys.executable, str(project / "build_catalogue.py"), "serve", "--address", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        yield Preview(f"http://127.0.0.1:{port}/", project)
        server.send_signal(signal.SIGINT)  # as Ctrl-C: it clears up behind itself


@pytest.mark.usefixtures("listening_to_ctrl_c")
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
    assert preview.shows('"mots"', "recherche/mots.json")


class Server:
    """Stands in for the server of a preview."""

    _rebuild_cond = Condition()
    _want_rebuild = False


@dataclass
class Timer:
    """Stands in for a timer: runs when the test says so."""

    seconds: float
    function: Callable[[], None]
    daemon: bool = False

    def start(self) -> None:
        pass

    cancel = start


class Played:
    """A preview of two fiches without a server, that notes what is done and into which folder."""

    def __init__(self, folder: Path) -> None:
        practices, self.vocabulary = folder / "practices", folder / "publics.yml"
        practices.mkdir()
        self.une, self.autre = practices / "une.yml", practices / "autre.yml"
        for path in (self.une, self.autre, self.vocabulary):
            path.write_text("avant", encoding="utf-8")
        self.server = cast("LiveReloadServer", Server())
        self.done: list[str] = []
        self.while_building: Callable[[], None] = lambda: None
        self.first_page = FirstPage(
            self.server, self.build_all, practices, [self.vocabulary], self.write_page, (folder / "A", folder / "B")
        )

    def write_page(self, path: Path, site: Path) -> bool:
        self.done.append(f"{path.stem} {site.name}")
        return True

    def build_all(self, site: Path) -> None:
        self.done.append(f"tout {site.name}")
        self.while_building()

    def save(self, *changed: Path) -> None:
        for path in changed:
            path.write_text(f"{path.read_text(encoding='utf-8')} après", encoding="utf-8")
        self.first_page()

    def after(self, *changed: Path) -> list[str]:
        """What is done at once when files have changed."""
        self.done.clear()
        self.save(*changed)
        return list(self.done)

    def later(self) -> list[str]:
        """What is done when the time has come."""
        self.done.clear()
        self.first_page._rest.function()
        return list(self.done)

    def shown(self) -> str:
        return Path(self.server.root).name


@pytest.fixture
def played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Played:
    monkeypatch.setattr("practice_catalogue.build.preview.Timer", Timer)
    return Played(tmp_path)


def test_the_saved_page_comes_first_and_for_nothing_nothing_is_done(played: Played) -> None:
    assert (played.after(), played.later()) == ([], [])
    assert (played.after(played.une), played.after(), played.after(played.autre)) == (["une A"], [], ["autre A"])
    assert (played.later(), played.shown(), played.later()) == (["tout B"], "B", [])


def test_where_more_has_changed_all_is_made_at_once(played: Played) -> None:
    for changed, site in (([played.une, played.autre], "B"), ([played.vocabulary], "A")):
        assert played.after(*changed) == []
        assert cast("Timer", played.first_page._rest).seconds == 0
        assert (played.later(), played.shown()) == ([f"tout {site}"], site)


def test_a_page_saved_during_a_build_is_shown_at_once_and_after_it(played: Played) -> None:
    played.after(played.une)
    played.while_building = lambda: played.save(played.autre)
    assert (played.later(), played.shown()) == (["tout B", "autre A", "autre B"], "B")
    played.while_building = lambda: None
    assert (played.later(), played.later()) == (["tout A"], [])


def test_a_build_that_fails_leaves_what_is_shown(played: Played) -> None:
    played.after(played.vocabulary)
    played.later()
    played.after(played.vocabulary)
    played.while_building = sys.exit
    assert (played.later(), played.shown()) == (["tout A"], "B")
    played.while_building = lambda: None
    played.after(played.vocabulary)
    assert (played.later(), played.shown()) == (["tout A"], "A")
