"""The live preview: a saved fiche appears, a broken one does not take the preview down."""

from __future__ import annotations

import signal
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

import pytest

from practice_catalogue.build.preview import Preview as PreviewState
from practice_catalogue.build.preview_server import free_address
from practice_catalogue.model.diagnostics import CannotRun
from practice_catalogue.model.settings import CatalogueFolder
from tests.support import ROOT, VALID

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


@pytest.mark.usefixtures("accept_sigint")
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
    assert preview.shows("KUFIKA", "api/v1/fiches.json")


def test_an_address_that_is_none_is_told() -> None:
    told = {}
    for address in ("127.0.0.1", "127.0.0.1:", ":8000", "127.0.0.1:99999", "127.0.0.1:0", "127.0.0.1:٣", "a..b:80"):
        with pytest.raises(CannotRun) as error:
            free_address(address)
        told[address] = error.value.diagnostic.code
    assert set(told.values()) == {"adresse-incomprise"}
    for address in ("192.0.2.1:8000", "nulle-part.invalid:8000"):
        with pytest.raises(CannotRun) as error:
            free_address(address)
        assert error.value.diagnostic.code == "adresse-d-un-autre"


@pytest.mark.parametrize("own", ["127.0.0.1", "localhost", "0.0.0.0"])
@pytest.mark.parametrize("other", ["127.0.0.1", "::1"])
def test_a_taken_port_is_told_under_all_names_of_this_computer(own: str, other: str) -> None:
    try:
        server = socket.create_server((other, 0), family=socket.AF_INET6 if ":" in other else socket.AF_INET)
    except OSError:
        pytest.skip("this machine has no IPv6")
    with server, pytest.raises(CannotRun) as error:
        free_address(f"{own}:{server.getsockname()[1]}")
    assert error.value.diagnostic.code == "port-pris"


def test_a_preview_that_is_open_to_the_network_is_known() -> None:
    port = _free_port()
    opened = {"127.0.0.1": False, "localhost": False, "0.0.0.0": True}
    found = {host: free_address(f"{host}:{port}") for host in opened}
    assert {host: address.is_open for host, address in found.items()} == opened
    assert found["localhost"].url == f"http://localhost:{port}/"
    assert found["0.0.0.0"].url == f"http://127.0.0.1:{port}/"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A catalogue of two fiches."""
    for name in ("docs", "vocabularies"):
        copytree(ROOT / name, tmp_path / name)
    for name in ("catalogue.yml", "mkdocs.yml"):
        copy(ROOT / name, tmp_path)
    (tmp_path / "practices").mkdir()
    for name in ("minimale", "decomposee"):
        copy(VALID / f"{name}.yml", tmp_path / "practices")
    return tmp_path


@pytest.fixture
def state() -> Iterator[PreviewState]:
    """What a preview remembers, before it has seen anything."""
    state = PreviewState(quick=True)
    yield state
    state.end()


def changed(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def saved_in(state: PreviewState, root: Path) -> str:
    """The fiche whose page alone is made, after a look at what has changed."""
    state.load(CatalogueFolder(root))
    return state.saved.id if state.saved else ""


def test_only_a_single_right_fiche_makes_a_build_quick(root: Path, state: PreviewState) -> None:
    fiche, other = root / "practices/minimale.yml", root / "practices/decomposee.yml"
    assert saved_in(state, root) == ""
    changed(fiche, "titre: ", "titre: Autrement, ")
    assert saved_in(state, root) == "minimale"
    changed(fiche, "titre: ", "titre: Encore ")
    changed(other, "titre: ", "titre: Aussi ")
    assert saved_in(state, root) == ""
    changed(root / "catalogue.yml", "nom: ", "nom: Autrement ")
    assert saved_in(state, root) == ""
    changed(fiche, "titre: ", "titer: ")
    assert saved_in(state, root) == ""


def test_a_wrong_fiche_is_told_and_the_last_right_one_stays(root: Path, state: PreviewState) -> None:
    fiche = root / "practices/minimale.yml"
    good = state.load(CatalogueFolder(root))
    changed(fiche, "titre: ", "titer: ")
    shown = state.load(CatalogueFolder(root))
    assert [one.titre for one in shown.catalogue] == [one.titre for one in good.catalogue]
    assert any("titer" in line for line in shown.diagnostics)
    changed(fiche, "titer: ", "titre: ")
    assert state.load(CatalogueFolder(root)).diagnostics == good.diagnostics


def test_the_whole_build_follows_a_quick_one(root: Path, state: PreviewState, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("practice_catalogue.build.preview.SHORTEST_DELAY", 0)
    saved_in(state, root)
    state.finish()
    changed(root / "practices/minimale.yml", "titre: ", "titre: Autrement, ")
    assert saved_in(state, root) == "minimale"
    before = state.trigger.stat().st_size
    state.finish()
    end = time.monotonic() + PATIENCE
    while state.trigger.stat().st_size == before:
        assert time.monotonic() < end
    assert saved_in(state, root) == ""
