"""The folder of a site as people have it: it changes whole or not at all, and what is not the site's stays."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, chdir
from pathlib import Path

import pytest

from practice_catalogue import cli
from practice_catalogue.model.diagnostics import CannotRun
from practice_catalogue.output import atomic
from practice_catalogue.output.site_folder import MARKER, new_site
from tests.support import ROOT

OLD = {"index.html": "avant", MARKER: "1", "fiches/un/index.html": "un", "plan": "un fichier", "carte/a.svg": "a"}
NEW = {"index.html": "après", MARKER: "2", "fiches/deux/index.html": "deux", "plan/index.html": "p", "carte": "c"}


def publish(out: Path, files: dict[str, str], *sources: Path) -> None:
    with new_site(out, sources) as site:
        for name, text in files.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text, encoding="utf-8")


def files_of(folder: Path) -> dict[str, str]:
    """The visible files of a folder, none of whose folders is empty."""
    paths = [path for path in folder.rglob("*") if path.relative_to(folder).parts[0][0] != "."]
    assert all(path.is_file() or any(path.iterdir()) for path in paths)
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths if path.is_file()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A published site, alone in its folder."""
    (tmp_path / "www").mkdir()
    publish(tmp_path / "www/site", OLD)
    return tmp_path / "www/site"


def behind_a_link(out: Path, _: pytest.MonkeyPatch) -> Path:
    link = out.parent.parent / "lien"
    link.symlink_to(out)
    return link


def with_the_lock_of_an_editor(out: Path, _: pytest.MonkeyPatch) -> Path:
    (out / ".#index.html").symlink_to("maire@poste.4711:1700000000")
    return out


def with_its_git(out: Path, _: pytest.MonkeyPatch) -> Path:
    (out / ".git/refs/tags").mkdir(parents=True)
    return out


def mounted(out: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As a disk of its own: nothing is moved out of it, nor is the folder itself."""
    rename = Path.rename

    def within(one: Path, other: Path) -> Path:
        if out in {one, other} or one.is_relative_to(out) != other.is_relative_to(out):
            raise OSError(18, "Invalid cross-device link")
        return rename(one, other)

    monkeypatch.setattr(Path, "rename", within)
    monkeypatch.setattr(atomic, "exchange", lambda one, other: _exchange(one, other) if other != out else False)
    return out


_exchange = atomic.exchange


def without_an_exchange(out: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(atomic, "exchange", lambda *_: False)
    return out


def mounted_without_an_exchange(out: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    mounted(out, monkeypatch)
    return without_an_exchange(out, monkeypatch)


def as_the_current_folder(out: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(out)
    return Path()


PLACES: list[Callable[[Path, pytest.MonkeyPatch], Path]] = [
    behind_a_link,
    with_the_lock_of_an_editor,
    with_its_git,
    mounted,
    without_an_exchange,
    mounted_without_an_exchange,
    as_the_current_folder,
]
STAYS = {with_the_lock_of_an_editor, with_its_git, mounted, mounted_without_an_exchange, as_the_current_folder}


@pytest.mark.parametrize("place", PLACES)
def test_the_site_is_published_where_the_folder_is(
    place: Callable[[Path, pytest.MonkeyPatch], Path], out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = place(out, monkeypatch)
    folder, hidden = out.stat().st_ino, {path.name for path in out.glob(".*")}
    with pytest.raises(ZeroDivisionError), new_site(named):
        _ = 1 // 0
    assert files_of(out) == OLD
    publish(named, NEW)
    assert files_of(out) == NEW
    assert {path.name for path in out.glob(".*")} == hidden
    assert [path.name for path in out.parent.iterdir()] == ["site"]
    assert (out.stat().st_ino == folder) == (place in STAYS)


def test_files_are_put_back_if_one_cannot_be_replaced(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounted_without_an_exchange(out, monkeypatch)
    rename = Path.rename

    def full(one: Path, other: Path) -> Path:
        if other == out / "fiches/deux/index.html":
            raise OSError(28, "No space left on device")
        return rename(one, other)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(CannotRun) as told:
        publish(out, NEW)
    assert (told.value.diagnostic.code, told.value.diagnostic.details["errno"]) == ("disque", 28)
    assert (files_of(out), list(out.glob(".*"))) == (OLD, [])


def test_a_build_killed_between_two_renames_costs_nothing(out: Path) -> None:
    with new_site(out) as site:
        left = site.parent
    publish(out, OLD)
    left.mkdir()
    out.rename(left / f"{site.name}{atomic.ASIDE}")
    with pytest.raises(ZeroDivisionError), new_site(out):
        _ = 1 // 0
    assert (files_of(out), [path.name for path in out.parent.iterdir()]) == (OLD, ["site"])


def test_what_is_no_site_is_left_alone(out: Path, tmp_path: Path) -> None:
    mine = tmp_path / "à moi"
    mine.mkdir()
    (mine / "lost+found").mkdir()
    publish(mine, OLD)
    (mine / MARKER).unlink()
    loop = tmp_path / "boucle"
    loop.symlink_to(loop)
    refused = {mine: "cible-occupee", loop: "cible-occupee", out / "index.html": "cible-occupee"}
    refused |= {out: "cible-dans-les-sources", out / "docs/site": "cible-dans-les-sources"}
    refused |= {out / "index.html/site": "cible-non-inscriptible", tmp_path / ("x" * 300): "cible-non-inscriptible"}
    for place, code in refused.items():
        with pytest.raises(CannotRun) as told:
            publish(place, NEW, out / "docs")
        assert (place, told.value.diagnostic.code) == (place, code)
    assert files_of(out) == OLD


def test_pages_for_another_publisher_are_not_written_among_their_sources(capsys: pytest.CaptureFixture[str]) -> None:
    place = ROOT / "docs/ailleurs"
    assert cli.main(["tree", "--out", str(place)]) == cli.CANNOT_RUN
    assert "erreur cible-dans-les-sources" in capsys.readouterr().err
    assert not place.exists()


def test_sites_have_a_lock_each_that_stays_and_that_nobody_waits_for(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    names = ["site", "site.", ".site", "site..", "site.verrou"]
    with ExitStack() as builds:
        for name in names:
            builds.enter_context(new_site(out.with_name(name)))
        locks = {path: path.stat().st_ino for path in tmp_path.glob("*.verrou")}
        assert len(locks) == len(names)
        with pytest.raises(CannotRun) as told, chdir(out):
            publish(Path("../site"), NEW)
        assert told.value.diagnostic.code == "publication-en-cours"
    publish(out, NEW)
    assert {path: path.stat().st_ino for path in tmp_path.glob("*.verrou")} == locks


def test_plain_mkdocs_says_a_sentence_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(tmp_path / "fichier/site")]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: Impossible d'écrire dans « {tmp_path / 'fichier'}")
    assert len(done.stderr.splitlines()) == 1
