"""Publishing all fiches: ours with all its pages and its search, other publishers, and the disk alone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.environments import LISTS, program, system_program
from benchmarks.measures import Measure
from benchmarks.measuring import Failed, Job
from benchmarks.peers import hugo, material
from benchmarks.places import BENCH, catalogue, empty, project, set_aside
from benchmarks.series import Side
from practice_catalogue.model.catalogue import Catalogue

QUIET = (("NO_MKDOCS_2_WARNING", "1"),)


def sides() -> list[Side]:
    """Each build is from nothing: no site, no cache."""
    return [
        Side("ours", _ours),
        Side("Material", _material),
        Side("Zensical", _zensical),
        Side("Hugo", _hugo),
        Side("disk alone", _disk),
    ]


def site_of(side: str, size: int) -> Path:
    """Where a side puts its site."""
    return BENCH / "projects" / f"{side}-{size}" / "site"


def _ours(size: int) -> Job:
    folder = site_of("ours", size).parent
    return Job((sys.executable, "build_catalogue.py", "build", "--out", "site"), folder, lambda: project(size))


def _material(size: int) -> Job:
    folder = _written("material", size, material.write_project)
    command = (program("material", "mkdocs"), "build", "--quiet", "--site-dir", "site")
    return Job(command, folder, _forget(folder, "site"), environment=QUIET)


def _zensical(size: int) -> Job:
    command = (program("zensical", "zensical"), "build")
    folder = _written("zensical", size, material.write_project)
    return Job(command, folder, _forget(folder, "site", ".cache"))


def _hugo(size: int) -> Job:
    command = (system_program("hugo"), "--quiet", "--destination", "site")
    folder = _written("hugo", size, hugo.write_project)
    return Job(command, folder, _forget(folder, "site", "resources"))


def _disk(size: int) -> Job:
    """Our finished site written again; raises Failed where it was not made."""
    if not site_of("ours", size).is_dir():
        reason = "our own site of this size was not made"
        raise Failed(reason)
    command = (sys.executable, str(LISTS / "write_again.py"), str(site_of("ours", size)), "site")
    folder = empty("projects", f"disk-{size}")
    return Job(command, folder, _forget(folder, "site"), says_seconds=True)


def _written(side: str, size: int, write: Callable[[Catalogue, Path], None]) -> Path:
    folder = empty("projects", f"{side}-{size}")
    write(catalogue(size), folder)
    return folder


def _forget(folder: Path, *names: str) -> Callable[[], None]:
    def forget(names: Sequence[str] = names) -> None:
        for name in names:
            set_aside(folder / name)

    return forget


def largest_page(size: int) -> Iterator[Measure]:
    """How many HTML pages our site has, and kilobytes of the largest one."""
    pages = {path: path.stat().st_size for path in site_of("ours", size).rglob("*.html")}
    if pages:
        largest = max(pages, key=lambda path: (pages[path], path))
        where = largest.parent.relative_to(site_of("ours", size)).as_posix()
        yield Measure("publishing", "ours", size, "pages", (len(pages),))
        yield Measure("publishing", "ours", size, "kilobytes of the largest page", (pages[largest] / 1000,), where)
