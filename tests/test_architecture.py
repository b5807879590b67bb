"""The rules of the house, held by reading the imports."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.support import ROOT

HOUSE = ROOT / "src/practice_catalogue"

LAYERS = (
    {"model"},
    {"output"},
    {"validation"},
    {"site", "search", "booklet", "exports", "forms", "upkeep", "scaffold"},
    {"build"},
    {"cli"},
)
"""The packages, in order: each imports only from those above it, and those of one line do not know each other."""

MOST_IN_A_FOLDER = 12


def modules() -> list[Path]:
    return sorted(path for path in HOUSE.rglob("*.py") if path.name != "__init__.py")


def name_of(path: Path) -> str:
    return path.relative_to(HOUSE).with_suffix("").as_posix()


def package_of(name: str) -> str:
    return name.split("/", maxsplit=1)[0]


def layer_of(package: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if package in layer)


def imported_packages(path: Path) -> set[str]:
    """The packages of ours that a module imports from, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            first, *inside = (node.module or "").split(".")
            if first == HOUSE.name:
                found |= {inside[0]} if inside else {alias.name for alias in node.names}
    return found


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_run_one_way(path: Path) -> None:
    own = package_of(name_of(path))
    others = imported_packages(path) - {own}
    assert {other for other in others if layer_of(other) >= layer_of(own)} == set()


def test_no_folder_holds_more_than_a_dozen_modules() -> None:
    folders = Counter(name_of(path).rpartition("/")[0] for path in modules())
    assert {folder: number for folder, number in folders.items() if number > MOST_IN_A_FOLDER} == {}


@pytest.mark.parametrize("path", sorted(HOUSE.rglob("*.py")), ids=name_of)
def test_every_module_and_package_says_its_promise_in_one_line(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring
    assert "\n" not in docstring


@pytest.mark.parametrize("path", sorted(HOUSE.rglob("*.js")), ids=lambda path: path.stem)
def test_every_script_says_its_promise_in_its_first_line(path: Path) -> None:
    assert re.match(r"// [A-Z].*\.\n", path.read_text(encoding="utf-8"))


def test_no_two_classes_share_a_name() -> None:
    names = Counter(
        node.name
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert {name for name, number in names.items() if number > 1} == set()


def test_only_the_command_line_prints() -> None:
    printing = {
        name_of(path)
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert {package_of(name) for name in printing} == {"cli"}
