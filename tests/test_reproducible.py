"""`make reproducible` names what differs; that nothing does is shown by running it, in `.ci/run`."""

from __future__ import annotations

from pathlib import Path

from tests.reproducible import compare, verdict


def folders(tmp_path: Path) -> tuple[Path, Path]:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        (folder / "site").mkdir(parents=True)
        (folder / "site/index.html").write_text("le même")
    return one, other


def test_the_same_bytes_are_the_same(tmp_path: Path) -> None:
    assert list(compare(*folders(tmp_path))) == []
    assert verdict([], 612).startswith("Reproductible : 612 fichiers, les mêmes octets")


def test_what_differs_is_named_with_the_first_byte(tmp_path: Path) -> None:
    one, other = folders(tmp_path)
    (one / "site/page.html").write_text("fait à 10 h 15")
    (other / "site/page.html").write_text("fait à 10 h 16")
    (other / "site/zoo").mkdir()
    (one / "plus.txt").touch()
    (one / "long.txt").write_text("ab")
    (other / "long.txt").write_text("abc")
    assert verdict(list(compare(one, other)), 4).splitlines() == [
        "Pas reproductible : 4 sur 4 fichiers diffèrent.",
        "long.txt : octet 3",
        "    b'ab'",
        "    b'abc'",
        "plus.txt : seulement dans le premier dossier",
        "site/page.html : octet 15",
        "    b'fait \\xc3\\xa0 10 h 15'",
        "    b'fait \\xc3\\xa0 10 h 16'",
        "site/zoo : seulement dans le second dossier",
    ]


def test_a_long_list_is_cut() -> None:
    assert verdict([str(number) for number in range(14)], 99).splitlines()[-2:] == ["9", "… et 4 autres"]
