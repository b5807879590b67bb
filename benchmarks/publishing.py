"""Measures full builds of the site: ours with booklets, exports and search, and those of peers."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.environments import program
from benchmarks.peers import material
from benchmarks.processes import Command
from benchmarks.rounds import Stage, Tool
from benchmarks.workspace import REAL, WORKSPACE, copy_project, empty_folder, load_catalogue, move_away


def site_folder(tool: str, fiches: int) -> Path:
    """Returns the folder of the site built by a tool."""
    return WORKSPACE / "projects" / f"{tool}-{fiches}" / "site"


def _ours(fiches: int) -> Command:
    arguments = (sys.executable, "build_catalogue.py", "build", "--out", "site")
    return Command(arguments, site_folder("ours", fiches).parent, lambda: copy_project(fiches))


def _material(fiches: int) -> Command:
    arguments = (program("material", "mkdocs"), "build", "--quiet", "--site-dir", "site")
    folder = _material_project("Material", fiches)
    return Command(arguments, folder, _without(folder, "site"), (("NO_MKDOCS_2_WARNING", "1"),))


def _zensical(fiches: int) -> Command:
    arguments = (program("zensical", "zensical"), "build")
    folder = _material_project("Zensical", fiches)
    return Command(arguments, folder, _without(folder, "site", ".cache"))


def _material_project(tool: str, fiches: int) -> Path:
    folder = empty_folder("projects", f"{tool}-{fiches}")
    material.write_project(load_catalogue(fiches), folder)
    return folder


def _without(folder: Path, *names: str) -> Callable[[], None]:
    """Returns a function that removes entries of a folder, so that each build starts from nothing."""

    def prepare() -> None:
        for name in names:
            move_away(folder / name)

    return prepare


OURS = Tool("ours", _ours)
MATERIAL = Tool("Material", _material)
ZENSICAL = Tool("Zensical", _zensical)
"""Successor of Material for MkDocs; only for small catalogues, since it takes 4.7 GB for 1,000 fiches."""

STAGES = (
    Stage(REAL, 5, (OURS, MATERIAL, ZENSICAL)),
    Stage(100, 5, (OURS, MATERIAL, ZENSICAL)),
    Stage(300, 5, (OURS, MATERIAL, ZENSICAL)),
    Stage(1_000, 3, (OURS, MATERIAL)),
    Stage(10_000, 1, (OURS,)),
)
