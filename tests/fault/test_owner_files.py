"""Whatever is wrong with a file of the owner, `check` and `build` say so in a sentence, or do their work."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from practice_catalogue import cli

Output = pytest.CaptureFixture[str]


def _is_a_folder(path: Path, _: bytes) -> None:
    path.mkdir()


def _is_a_circle(path: Path, _: bytes) -> None:
    path.symlink_to(path.name)


def _is_a_pipe(path: Path, _: bytes) -> None:
    os.mkfifo(path)


def _is_missing(path: Path, _: bytes) -> None:
    """Leaves nothing at the path."""


def _text(change: Callable[[bytes], bytes]) -> Callable[[Path, bytes], object]:
    return lambda path, before: path.write_bytes(change(before))


DAMAGES: dict[str, Callable[[Path, bytes], object]] = {
    "empty": _text(lambda _: b""),
    "spaces": _text(lambda _: b" \n\n"),
    "list": _text(lambda _: b"- a\n- b\n"),
    "number": _text(lambda _: b"7\n"),
    "null": _text(lambda _: b"null\n"),
    "no-mapping": _text(lambda _: b"a: 1\n"),
    "lists-as-values": _text(lambda text: re.sub(rb"(?m)^(\w+):.*$", rb"\1: [{a: 1}, [2]]", text)),
    "groups-as-values": _text(lambda text: re.sub(rb"(?m)^(\w+):.*$", rb"\1: {a: {b: []}}", text)),
    "nothing-as-values": _text(lambda text: re.sub(rb"(?m)^(\w+):.*$", rb"\1:", text)),
    "numbers-as-values": _text(lambda text: re.sub(rb"(?m)^(\w+):.*$", rb"\1: -99999999999999999999", text)),
    "syntax": _text(lambda text: text + b"\n  'x: [{\n"),
    "twice": _text(lambda text: text + text),
    "anchors": _text(lambda text: b"a: &a [*a]\nb: !!python/name:os.system x\n" + text),
    "binary": _text(lambda _: bytes(range(256)) * 20),
    "zeros": _text(lambda _: b"\0" * 5000),
    "half": _text(lambda text: text[: len(text) // 2]),
    "windows-1252": _text(lambda text: text + "\n# Les communes à l’écoute\n".encode("cp1252")),
    "utf-16": _text(lambda text: text.decode().encode("utf-16")),
    "utf-16-unmarked": _text(lambda text: text.decode().encode("utf-16-le")),
    "utf-32": _text(lambda text: text.decode().encode("utf-32")),
    "mark": _text(lambda text: b"\xef\xbb\xbf" + text),
    "crlf": _text(lambda text: text.replace(b"\n", b"\r\n")),
    "cr": _text(lambda text: text.replace(b"\n", b"\r")),
    "long-line": _text(lambda text: text + b"\nx: " + b"long " * 20_000 + b"\n"),
    "deep": _text(lambda text: text + b"\nx: " + b"[" * 3000 + b"]" * 3000 + b"\n"),
    "front-matter": _text(lambda text: b"---\ntitle: [a\ntemplate: ../x.html\nhide: 3\n---\n" + text),
    "front-matter-list": _text(lambda text: b"---\ntitle: [1, {a: b}]\ndescription: {a: 2026-01-01}\n---\n" + text),
    "folder": _is_a_folder,
    "circle": _is_a_circle,
    "pipe": _is_a_pipe,
    "missing": _is_missing,
}

FILES = (
    *("catalogue.yml", "mkdocs.yml", "published-ids.txt", "practices/exemple-cafe-des-langues.yml"),
    *("vocabularies/communes.yml", "vocabularies/mots-cles.yml"),
    *("docs/livret/avant-propos.md", "docs/contribuer/index.md"),
)

ONLY_YAML = {"list", "number", "null", "no-mapping", "syntax", "twice", "anchors", "deep", "nothing-as-values"}
"""Damages that leave a page a page."""

CASES = [(file, damage) for file in FILES for damage in DAMAGES if not (file.endswith(".md") and damage in ONLY_YAML)]

WORTH_A_BUILD = {"mark", "front-matter", "front-matter-list", "long-line", "missing", "empty"}
"""Damages that are built even if `check` finds nothing; a build takes a second, and the others are alike to MkDocs."""

READ_ALL_THE_SAME = {"mark", "crlf", "cr"}
"""What Windows and old editors do to a text; nothing is wrong with it."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new catalogue with one fiche, whose address is listed, and one page of the owner."""
    folder = tmp_path_factory.mktemp("catalogue") / "sound"
    assert cli.main(["init", str(folder)]) == cli.GOOD
    (folder / "published-ids.txt").write_bytes(b"# Les adresses\nexemple-cafe-des-langues\n")
    (folder / "docs/contribuer/index.md").write_bytes("# Contribuer\n\nÀ vous !\n".encode())
    return folder


def run(folder: Path, capsys: Output, *arguments: str) -> tuple[int, str]:
    with chdir(folder):
        code = cli.main([*arguments], folder)
    said = capsys.readouterr()
    return code, said.out + said.err


@pytest.mark.parametrize(("name", "damage"), CASES)
def test_no_damage_is_unforeseen(name: str, damage: str, sound: Path, tmp_path: Path, capsys: Output) -> None:
    folder = Path(copytree(sound, tmp_path / "catalogue"))
    path = folder / name
    before = path.read_bytes() if path.exists() else b"# Lisez-moi\n"
    path.unlink(missing_ok=True)
    DAMAGES[damage](path, before)
    code = cli.WRONG
    for command in (["check"], ["build", "--out", "made"]):
        if command[0] == "build" and code == cli.GOOD and damage not in WORTH_A_BUILD:
            continue
        code, said = run(folder, capsys, *command)
        assert "imprevu" not in said
        assert "Traceback" not in said
        assert code in (cli.GOOD, cli.WRONG, cli.CANNOT_RUN)
        if code != cli.GOOD:
            assert Path(name).stem in said
            assert damage not in READ_ALL_THE_SAME
            assert not (folder / "made").exists()
    rmtree(folder)


def test_what_editors_leave_among_the_pages_is_not_published(sound: Path, tmp_path: Path, capsys: Output) -> None:
    folder = Path(copytree(sound, tmp_path / "catalogue"))
    (folder / "docs/notes").mkdir()
    (folder / "docs/notes/index.md").write_bytes(b"# Notes\n")
    for name in ("index.md~", "#index.md#", "~$index.md", "index.md.orig", "Thumbs.db"):
        (folder / "docs/notes" / name).write_bytes(b"secret")
    (folder / "docs/notes/.#index.md").symlink_to("maire@poste.4711")
    for command in (["build", "--out", "made"], ["tree", "--out", "pages"]):
        assert run(folder, capsys, *command)[0] == cli.GOOD
    made = {path.name for path in (folder / "made/notes").iterdir()}
    pages = {path.name for path in (folder / "pages/notes").iterdir()}
    assert (made, pages) == ({"index.html"}, {"index.md"})


ONLY_MKDOCS_KNOWS = {
    "docs/contribuer/index.md": {"---\ntemplate: ../x.html\n---\n": "le modèle « ../x.html » ne convient pas"},
    "mkdocs.yml": {
        "nav: [{Ailleurs: ailleurs.md}]\n": "ailleurs.md",
        "theme: 7\n": "theme",
        "hooks: [absent.py]\n": "absent.py",
    },
}


@pytest.mark.parametrize(
    ("file", "line"), [(file, line) for file, lines in ONLY_MKDOCS_KNOWS.items() for line in lines]
)
def test_what_only_mkdocs_knows_is_said_by_build(
    file: str, line: str, sound: Path, tmp_path: Path, capsys: Output
) -> None:
    folder = Path(copytree(sound, tmp_path / "catalogue"))
    path = folder / file
    text = path.read_text(encoding="utf-8")
    key = line.partition(":")[0]
    path.write_text(line + re.sub(rf"(?m)^{key}:.*\n(?: .*\n)*", "", text), encoding="utf-8")
    code, said = run(folder, capsys, "build")
    assert (code, "publication-echouee" in said) == (cli.CANNOT_RUN, True)
    assert ONLY_MKDOCS_KNOWS[file][line] in said
    assert "Corrigez mkdocs.yml, ou la page dont il est question." in said
