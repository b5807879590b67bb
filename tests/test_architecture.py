"""The rules of the house, as ARCHITECTURE.md tells them, held by reading the imports."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from tests.support import ROOT

HOUSE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
LAYERS = [set(line.split()) for line in HOUSE.partition("Imports run one way")[2].split("\n\n")[1].splitlines()]
"""A module imports only from the lines above its own; within a line only the parts of one face know each other."""

EXCEPTIONS = {
    ("site/hook", "loading"),  # plain `mkdocs build` starts here, not at cli
    ("site/hook", "beside"),  # it hands over the exports and the forms …
    ("site/hook", "exports/linked_data"),  # … puts into each page what it is
    ("site/hook", "exports/publication"),
    ("site/hook", "bookmaking"),  # … and offers the booklets too
    ("site/hook", "booklet/offer"),
}


def modules() -> list[Path]:
    return sorted(path for path in (ROOT / "catalogue").rglob("*.py") if path.name != "__init__.py")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT / "catalogue").with_suffix("").as_posix()


def layer_of(name: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if name.split("/", maxsplit=1)[0] in layer)


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "catalogue":
            parts = (node.module or "").split(".")[1:]
            found |= (
                {"/".join(parts)}
                if parts and parts != ["site"]
                else {"/".join([*parts, alias.name]) for alias in node.names}
            )
    return found


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_run_one_way(path: Path) -> None:
    name = name_of(path)
    allowed = {
        target
        for target in imports_of(path)
        if layer_of(target) < layer_of(name)
        or (target.split("/")[0] == name.split("/")[0])
        or (name, target) in EXCEPTIONS
    }
    assert imports_of(path) - allowed == set()


def test_only_the_command_line_prints() -> None:
    printing = {
        name_of(path)
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert printing == {"cli", "site/hook"}  # the hook speaks to someone who previews with plain MkDocs


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_every_file_says_its_promise_in_one_line(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring
    assert "\n" not in docstring


@pytest.mark.parametrize("path", sorted((ROOT / "catalogue/site/theme").rglob("*.js")), ids=lambda path: path.stem)
def test_every_script_says_its_promise_in_its_first_line(path: Path) -> None:
    assert re.match(r"// [A-Z].*\.\n", path.read_text(encoding="utf-8"))


def test_every_module_has_its_row_and_every_row_its_module() -> None:
    rows = re.findall(r"^\| `catalogue/(\S+)\.py` \| ", HOUSE, re.MULTILINE)
    assert sorted(rows) == sorted(map(name_of, modules()))


def test_every_dependency_says_what_it_is_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[><=]", one)[0] for one in wanted}
    table = HOUSE.partition("## What each dependency is for")[2].partition("\n## ")[0]
    assert {name for name in names if not re.search(rf"^\|[^|]*\b{name}\b", table, re.MULTILINE)} == set()
