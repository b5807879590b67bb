"""Bad days of a machine: full disks, no memory, closed pipes, Ctrl-C, odd clocks and locales, files that vanish.

The last good site stays whole, one French sentence says what happened, and the next run cleans up and succeeds.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from unittest.mock import Mock

import pytest

from practice_catalogue import cli
from practice_catalogue.output import writer
from practice_catalogue.validation import loader
from practice_catalogue.validation.reports import FORMATS
from tests.support import INVALID, ROOT, VALID, VOCABULARIES, publish
from tests.test_publish import print_of

PROGRAM = [sys.executable, str(ROOT / "build_catalogue.py")]
MEGABYTE = 2**20


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run_within(None, *arguments, **environment)


def run_within(
    limit: Callable[[], None] | None, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, **environment},
        preexec_fn=limit,  # the limits are those of the child
        timeout=300,
    )


def sentences(told: str) -> list[str]:
    """What was said on stderr, without the stages of the work and the advice."""
    return [line for line in told.splitlines() if line.strip() and not line.endswith("…") and "conseil :" not in line]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a good site, which no fault may change; the fiches are those of the next build."""
    folder = tmp_path_factory.mktemp("bad-days")
    copytree(VALID, folder / "practices")
    publish(folder / "practices", folder / "site")
    return folder


def build(folder: Path, limit: Callable[[], None]) -> list[str]:
    """What a build says that must fail and leave the site as it was."""
    before = print_of(folder / "site")
    done = run_within(limit, "build", "--practices", str(folder / "practices"), "--out", str(folder / "site"))
    assert done.returncode != cli.GOOD
    assert "Traceback" not in done.stderr
    assert print_of(folder / "site") == before
    return sentences(done.stderr)


def at_most(kind: int, amount: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(kind, (amount, amount))


@pytest.mark.parametrize("size", [1, 200_000])
def test_a_disk_that_is_full(size: int, published: Path) -> None:
    told = build(published, at_most(resource.RLIMIT_FSIZE, size))
    assert told
    assert told[-1].startswith("erreur ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("form", "--output", "{out}/fiche.docx"),
        ("schema", "--output", "{out}/schema.json"),
        ("import", "{notes}", "--out", "{out}"),
        ("tree", "--out", "{out}/pages"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_full_disk_leaves_no_half_file(arguments: tuple[str, ...], tmp_path: Path) -> None:
    out, notes = tmp_path / "out", tmp_path / "notes.txt"
    out.mkdir()
    notes.write_text("Titre\nFête\n\nObjectifs\n" + "Se voir. " * 500, encoding="utf-8")
    limit = at_most(resource.RLIMIT_FSIZE, 2_000)
    done = run_within(limit, *(one.format(out=out, notes=notes) for one in arguments))
    assert done.returncode != cli.GOOD
    assert "imprevu" not in done.stderr
    assert list(out.iterdir()) == []


def test_a_new_file_where_the_disk_knows_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "hardlink_to", Mock(side_effect=PermissionError))
    writer.create(tmp_path / "a.yml", "premier")
    with pytest.raises(FileExistsError):
        writer.create(tmp_path / "a.yml", "second")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.yml": "premier"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_small_disk(published: Path, tmp_path: Path) -> None:
    (disk := tmp_path / "disk").mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        done = run("build", "--practices", str(published / "practices"), "--out", str(disk / "site"))
        assert sentences(done.stderr) == [
            f"erreur disque : Le site n'a pas pu être écrit dans « {disk / 'site'} » : le disque est plein."
        ]
        assert (done.returncode, list(disk.iterdir())) == (cli.CANNOT_RUN, [])
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("megabytes", [120, 220])
def test_too_little_memory(megabytes: int, published: Path) -> None:
    build(published, at_most(resource.RLIMIT_AS, megabytes * MEGABYTE))


def test_a_target_that_cannot_be_written(published: Path, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("à moi", encoding="utf-8")
    for command in ("build", "booklet"):
        done = run(command, "--practices", str(published / "practices"), "--out", str(tmp_path / "fichier/site"))
        assert done.returncode == cli.CANNOT_RUN
        (said,) = [line for line in sentences(done.stderr) if not line.startswith("    conseil")]
        assert said.startswith("erreur cible-non-inscriptible : ")
        assert said.endswith("un fichier se trouve là où il faudrait un dossier.")


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_a_reader_who_leaves(form: str) -> None:
    wrong = " ".join(str(path) for path in sorted(INVALID.glob("*.yml"))[:40])
    command = f"{' '.join(PROGRAM)} check --format {form} {wrong} | head -1"
    done = subprocess.run(["bash", "-c", f"{command}; exit ${{PIPESTATUS[0]}}"], capture_output=True, check=False)
    assert done.stderr == b""
    assert done.returncode in {cli.WRONG, cli.CANNOT_RUN}


def test_a_full_output() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*PROGRAM, "check"], stdout=full, stderr=subprocess.PIPE, check=False, encoding="utf-8")
    assert done.returncode == cli.CANNOT_RUN
    assert sentences(done.stderr) == ["erreur sortie : Le résultat n'a pas pu être écrit : le disque est plein."]


@pytest.mark.usefixtures("accept_sigint")
@pytest.mark.parametrize("stage", ["Lecture", "Publication"])
def test_ctrl_c(stage: str, published: Path) -> None:
    before = print_of(published / "site")
    command = [*PROGRAM, "build", "--practices", str(published / "practices"), "--out", str(published / "site")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as running:
        assert running.stderr is not None
        while stage not in running.stderr.readline():
            assert running.poll() is None
        running.send_signal(signal.SIGINT)
        told = sentences(running.stderr.read())
        running.wait()
    assert (running.returncode, told) == (cli.INTERRUPTED, ["Interrompu : rien n'a été publié."])
    assert print_of(published / "site") == before


def test_two_builds_at_once(published: Path, tmp_path: Path) -> None:
    command = [*PROGRAM, "build", "--practices", str(published / "practices"), "--out", str(tmp_path / "site")]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") for _ in "ab"]
    told = [sentences(one.communicate()[1]) for one in both]
    codes = sorted(one.returncode for one in both)
    assert codes in ([cli.GOOD, cli.GOOD], [cli.GOOD, cli.CANNOT_RUN])  # the second may come when the first is done
    assert [lines for lines in told if lines and "Une autre publication" not in lines[0]] == []
    assert print_of(tmp_path / "site") == print_of(published / "site")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


CLOCK = """
import datetime, time
real, moment = time.time, {moment}
start = real()
time.time = lambda: moment + real() - start
class Day(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
    utcnow = today = now
datetime.datetime = Day
"""


POOR = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""A locale that knows no accents."""


@pytest.mark.parametrize(("moment", "locale"), [(0, {}), (4_102_444_800, POOR)], ids=["1970", "2100, locale C"])
def test_a_clock_that_is_wrong_and_a_poor_locale(
    moment: int, locale: dict[str, str], published: Path, tmp_path: Path
) -> None:
    (tmp_path / "clock").mkdir()
    (tmp_path / "clock/sitecustomize.py").write_text(CLOCK.format(moment=moment), encoding="utf-8")
    arguments = ["build", "--practices", str(published / "practices"), "--out", str(tmp_path / "site")]
    done = run(*arguments, PYTHONPATH=str(tmp_path / "clock"), **locale)
    assert (done.returncode, sentences(done.stderr)) == (cli.GOOD, [])
    assert print_of(tmp_path / "site") == print_of(published / "site")


def test_french_in_a_poor_locale() -> None:
    assert "est vide, mais il est demandé" in run("check", str(INVALID / "champ-vide.yml"), **POOR).stdout


def test_files_that_vanish_or_change_while_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    practices = Path(copytree(VALID, tmp_path / "practices"))
    real = loader._bytes_of

    def vanishing(path: Path) -> tuple[bytes, int]:
        if path.stem == "minimale":
            path.unlink()
        if path.stem == "decomposee":
            path.write_bytes(b"titre: autre chose\n")
        return real(path)

    monkeypatch.setattr(loader, "_bytes_of", vanishing)
    loaded = loader.load(practices, VOCABULARIES)
    assert {(Path(diagnostic.file).stem, diagnostic.code) for diagnostic in loaded.report} == {
        ("minimale", "fichier-illisible"), ("decomposee", "champ-manquant"),
    }  # fmt: skip
    assert {fiche.id for fiche in loaded.catalogue}.isdisjoint({"minimale", "decomposee"})


def test_the_next_build_cleans_up_and_succeeds(published: Path) -> None:
    before = print_of(published / "site")
    publish(published / "practices", published / "site")
    assert print_of(published / "site") == before
    assert sorted(path.name for path in published.iterdir()) == ["practices", "site"]


ASKED_FOR = {"init": ["dossier"], "new": ["Titre"], "import": ["fiche.docx"], "tree": ["--out", "pages"]}
"""What a command cannot be called without."""


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_what_nobody_foresaw_is_one_sentence_and_a_traceback_only_on_demand(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(cli.COMMANDS, command, lambda _: 1 // 0)
    for debug in ([], ["--debug"]):
        assert cli.main([command, *ASKED_FOR.get(command, []), *debug]) == cli.CANNOT_RUN
        told = capsys.readouterr().err
        assert ("Traceback" in told) == bool(debug)
        assert sentences(told)[-1] == "erreur imprevu : Un cas imprévu a arrêté le travail (aucun fichier en cause)."
