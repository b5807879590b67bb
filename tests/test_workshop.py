"""A build after another takes over what has not changed, and cannot be told from a build anew; work is shared out."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import wait
from functools import partial
from pathlib import Path
from shutil import copytree

import pytest

from practice_catalogue.build import context, task_pool
from practice_catalogue.build import publisher as publish_module
from practice_catalogue.build.digest import Digest
from practice_catalogue.build.task_pool import TaskPool
from practice_catalogue.build.workshop import Entries, LastSite, Workshop, notes
from practice_catalogue.model.diagnostics import CannotRun
from practice_catalogue.output.artifacts import Artifacts, LazyFile
from tests.support import ROOT, VALID, publish
from tests.test_publish import print_of


def change(practices: Path) -> None:
    path = practices / "minimale.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("titre: ", "titre: Autrement, ", 1), encoding="utf-8")


def test_a_changed_fiche_gives_the_site_that_a_build_anew_gives(tmp_path: Path) -> None:
    practices = Path(copytree(VALID, tmp_path / "practices"))
    publish(practices, tmp_path / "site")
    change(practices)
    assert print_of(publish(practices, tmp_path / "site")) == print_of(publish(practices, tmp_path / "anew"))


def test_a_large_catalogue_makes_all_at_the_end_and_gives_the_same_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "AT_ONCE", 0)
    pieces: list[int] = []
    monkeypatch.setattr(context.BuildContext, "finish", counting(context.BuildContext.finish, pieces))
    publish_module.build(publish_module.Folders(ROOT, VALID, tmp_path / "large"), lambda *_: None)
    assert pieces == [1]
    assert print_of(tmp_path / "large") == print_of(publish(VALID, tmp_path / "small"))


def counting(
    finish: Callable[[context.BuildContext], None], pieces: list[int]
) -> Callable[[context.BuildContext], None]:
    """Notes in how many pieces the work of a build was begun."""

    def finished(self: context.BuildContext) -> None:
        pieces.append(len(self.work))
        finish(self)

    return finished


def test_a_page_that_shows_the_same_is_the_same_file(tmp_path: Path) -> None:
    practices = Path(copytree(VALID, tmp_path / "practices"))
    pages = [tmp_path / f"site/fiches/{name}/index.html" for name in ("minimale", "decomposee")]
    publish(practices, tmp_path / "site")
    before = [page.stat().st_ino for page in pages]
    change(practices)
    publish(practices, tmp_path / "site")
    assert [page.stat().st_ino == inode for page, inode in zip(pages, before, strict=True)] == [False, True]


def test_a_last_site_that_cannot_be_trusted_is_not(tmp_path: Path) -> None:
    expected = print_of(publish(VALID, tmp_path / "site"))
    (tmp_path / "site/fiches/minimale/index.html").write_text("faux", encoding="utf-8")
    (tmp_path / "site/fiches/decomposee/index.html").unlink()
    assert print_of(publish(VALID, tmp_path / "site")) == expected
    for wrong in ("pas du JSON", "[]", '{"fiches/minimale/index.html": 1}', '{"a": ["b"]}'):
        (tmp_path / ".site-cache/files.json").write_text(wrong, encoding="utf-8")
        assert LastSite.of(tmp_path / "site", tmp_path / ".site-cache/files.json").entries == {}
    assert print_of(publish(VALID, tmp_path / "site")) == expected


def test_a_site_of_which_nothing_changed_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    practices = Path(copytree(VALID, tmp_path / "practices"))
    made: list[object] = []
    monkeypatch.setattr(publish_module, "_publish", lambda *given: made.append(given))
    monkeypatch.setattr(publish_module, "_refuse_foreign", lambda _: None)

    def built(site_url: str = "") -> bool:
        before = len(made)
        publish_module.build(publish_module.Folders(ROOT, practices, tmp_path / "site"), lambda *_: None, site_url)
        return len(made) > before

    assert [built(), built()] == [True, False]
    assert [built("https://exemple.lu/"), built("https://exemple.lu/")] == [True, False]
    assert [built(), built()] == [True, False]
    comment = practices / "minimale.yml"
    comment.write_text(f"{comment.read_text(encoding='utf-8')}# Un commentaire.\n", encoding="utf-8")
    assert [built(), built()] == [True, False]
    (tmp_path / "site/de-trop.txt").write_text("faux", encoding="utf-8")
    assert [built(), built()] == [True, False]
    for wrong in ("pas du JSON", "[]", '["a", "b", 1]', "1"):
        (tmp_path / ".site-cache/site.json").write_text(wrong, encoding="utf-8")
        assert [built(), built()] == [True, False]


def filled(folder: Path, last: LastSite, surroundings: bytes = b"", **files: str) -> Entries:
    """What is known of files whose content is their name in capitals, made of what is given."""
    offered = Artifacts({name: LazyFile(name.upper, (of,)) for name, of in files.items()})
    return Workshop(folder, last, surroundings).fill(offered, files)


def test_a_file_is_taken_over_only_if_all_that_it_was_made_of_is_the_same(tmp_path: Path) -> None:
    first, then, otherwise = (tmp_path / name for name in ("first", "then", "otherwise"))
    known = filled(first, LastSite(first), a="1", b="1")
    (tmp_path / "notes").write_text(notes(known), encoding="utf-8")
    last = LastSite.of(first, tmp_path / "notes")
    assert last.entries == known
    filled(then, last, a="1", b="2")
    filled(otherwise, last, b"another theme", a="1")
    assert (then / "a").samefile(first / "a")
    assert not (then / "b").samefile(first / "b")
    assert not (otherwise / "a").samefile(first / "a")
    assert print_of(then) == print_of(first)


def test_a_disk_that_gives_a_file_no_second_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    last = LastSite(tmp_path / "first", filled(tmp_path / "first", LastSite(tmp_path / "first"), a="1"))

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    filled(tmp_path / "then", last, a="1")
    assert print_of(tmp_path / "then") == print_of(tmp_path / "first")


@pytest.mark.parametrize("processors", [1, 3])
def test_each_task_is_done_once(processors: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task_pool, "_processors", lambda: processors)
    assert sorted(TaskPool([partial(pow, number, 2) for number in range(50)]).results()) == [n * n for n in range(50)]


@pytest.mark.parametrize("here", [True, False], ids=["here", "elsewhere"])
def test_what_goes_wrong_is_told_wherever_it_happens(here: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task_pool, "_processors", lambda: 1 if here else 2)
    begun = TaskPool([partial(_fail, "essai")])
    wait(begun._elsewhere)
    with pytest.raises(CannotRun) as caught:
        list(begun.results())
    assert (caught.value.diagnostic.code, caught.value.diagnostic.details) == ("recherche-echouee", {"raison": "essai"})


def _fail(why: str) -> None:
    raise CannotRun("recherche-echouee", raison=why)


def test_a_process_that_the_system_ends_is_told_as_a_want_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task_pool, "_processors", lambda: 2)
    begun = TaskPool([partial(os._exit, 9)])
    wait(begun._elsewhere)
    with pytest.raises(CannotRun) as caught:
        list(begun.results())
    assert caught.value.diagnostic.code == "memoire"


def test_different_things_have_different_digests() -> None:
    values = [
        (),
        ("",),
        ("a",),
        ("a", ""),
        (("a",),),
        ("a", ("b",)),
        ("a", "b"),
        ("ab",),
        (1,),
        ("1",),
        (b"1",),
        (None,),
    ]
    assert len({Digest()(*value) for value in values}) == len(values)
