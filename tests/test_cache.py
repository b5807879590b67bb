"""A build after another: what has not changed is taken from the last one, and nothing can be told from a build anew."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from shutil import copytree

from catalogue.site.cache import Digest, FileCache
from tests.support import VALID, publish
from tests.test_publish import print_of


def change(practices: Path) -> None:
    path = practices / "minimale.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("titre: ", "titre: Autrement, ", 1), encoding="utf-8")


def test_a_changed_fiche_gives_the_site_that_a_build_anew_gives(tmp_path: Path) -> None:
    practices = Path(copytree(VALID, tmp_path / "practices"))
    publish(practices, tmp_path / "site")
    change(practices)
    assert print_of(publish(practices, tmp_path / "site")) == print_of(publish(practices, tmp_path / "anew"))


def test_a_cache_that_cannot_be_trusted_is_not(tmp_path: Path) -> None:
    expected = print_of(publish(VALID, tmp_path / "site"))
    kept = tmp_path / ".site-cache"
    with sqlite3.connect(kept) as table:
        table.execute("UPDATE kept SET content = 'faux'")
    assert print_of(publish(VALID, tmp_path / "site")) == expected
    kept.write_bytes(b"ceci n'est pas une base")
    assert print_of(publish(VALID, tmp_path / "site")) == expected


def test_what_a_build_does_not_ask_for_is_let_go(tmp_path: Path) -> None:
    for asked in ({b"a", b"b"}, {b"b", b"c"}):
        cache = FileCache(tmp_path / "cache")
        for key in asked:
            if cache.get(key) is None:
                cache.put(key, key * 2)
        cache.keep()
        cache.close()
    cache = FileCache(tmp_path / "cache")
    assert [cache.get(key) for key in (b"a", b"b", b"c")] == [None, b"bb", b"cc"]
    cache.close()


def test_a_build_that_failed_keeps_nothing(tmp_path: Path) -> None:
    cache = FileCache(tmp_path / "cache")
    cache.put(b"a", b"aa")
    cache.close()
    again = FileCache(tmp_path / "cache")
    assert again.get(b"a") is None
    again.close()


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
