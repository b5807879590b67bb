"""The rules of the house, held by reading the imports."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.support import ROOT

LAYERS = [
    {"problems", "addresses", "atomic", "settings", "word", "editors", "explanations", "changes", "links", "offered"},
    {"yaml_diagnosis", "yaml_quick", "vocabulary"},
    {"yaml_source", "wording", "fiche", "richtext"},
    {"fields", "collection", "reports", "phrases"},
    {"checking", "related", "rules", "skeleton", "fiche_file", "published"},
    {"review"},
    {"site", "exports", "booklet", "forms", "github"},
    {"loading", "repository"},
    {"bookmaking", "publish"},
    {"tree"},
    {"cli"},
]
"""A module imports only from the lines above its own; within a line only the parts of one face know each other."""

EXCEPTIONS = {
    ("site/hook", "loading"),  # plain `mkdocs build` starts here, not at cli
    ("site/hook", "exports/files"),  # the hook puts the exports beside the pages …
    ("site/hook", "exports/linked_data"),  # … and into each page what it is
    ("site/hook", "exports/publication"),
    ("site/hook", "forms/word_form"),  # … and the forms, for Word and on the web
    ("site/hook", "forms/web_form"),
    ("site/hook", "bookmaking"),  # … and offers the booklets too
    ("site/hook", "booklet/offer"),
    ("site/hook", "forms/schema"),  # … and the schema
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
    name = f"{name_of(path)}.py"
    assert name in (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
