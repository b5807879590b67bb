"""Replaces the folder of a published site by a finished one, one build at a time, as a whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import platform
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from practice_catalogue.model.diagnostics import CannotRun
from practice_catalogue.output.atomic import ASIDE, swap, swap_all
from practice_catalogue.output.writer import cannot_write

MARKER = "api/v1/fiches.json"
"""A file that every published site contains."""

_OF_THE_SYSTEM = frozenset({"lost+found", "System Volume Information", "$RECYCLE.BIN"})
_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_MADE = "site"


@contextmanager
def new_site(out: Path, sources: Iterable[Path] = ()) -> Iterator[Path]:
    """Yields an empty folder that replaces the site in `out` at the end; after an exception the last site remains.

    A symbolic link is published into the folder that it leads to. What is hidden at the top of the folder remains
    (`.git`, `.htaccess`, the lock of an editor). Where the folder itself has to stay in its place, its files are
    replaced one by one. `sources` are the folders that the site must not contain or lie in.

    Raises CannotRun, before anything is done if the folder is not a site, cannot be written or is being published.
    """
    target = Path(os.path.realpath(out))
    with _lock(target, out):
        try:
            _check(target, out, sources)
            _clear(target)
            working = _working_folder(target)
            try:
                made = working / _MADE
                made.mkdir()
                yield made
                _replace(target, made)
            finally:
                _remove(working)
        except OSError as error:
            raise cannot_publish(out, error) from error


def check_apart(out: Path, sources: Iterable[Path]) -> None:
    """Raises CannotRun if a folder contains one of the sources or lies in it."""
    target = Path(os.path.realpath(out))
    for source in sources:
        real = Path(os.path.realpath(source))
        if target.is_relative_to(real) or real.is_relative_to(target):
            raise CannotRun("cible-dans-les-sources", chemin=out)


def cannot_publish(out: Path, error: OSError) -> CannotRun:
    """Returns the exception that says why a site could not be written."""
    return CannotRun("disque", chemin=out, errno=error.errno) if error.errno in _NO_SPACE else cannot_write(out, error)


@contextmanager
def _lock(target: Path, out: Path) -> Iterator[None]:
    """Lets one build at a time write a site; the system frees the lock of a build that is killed.

    The file stays, since a build could lock it just when another one removes it. It is in the system's folder of
    temporary files, where files can be locked even if the site is on a disk where they cannot, and is open to all
    users, any of whom may publish next.
    """
    path = Path(tempfile.gettempdir()) / f"catalogue-{_key(target)}.verrou"
    lock = FileLock(path, timeout=0, mode=0o666)
    try:
        lock.acquire()
    except Timeout:
        raise CannotRun("publication-en-cours", chemin=out) from None
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        yield
    finally:
        lock.release()


def _key(target: Path) -> str:
    """Returns a short name of a folder on this machine: containers that share the folder do not share the lock."""
    name = platform.node().encode() + b"\0" + os.fsencode(os.path.normcase(target))
    return hashlib.sha256(name).hexdigest()[:12]


def _check(target: Path, out: Path, sources: Iterable[Path]) -> None:
    """Raises CannotRun if the folder contains somebody's work: anything but a published site."""
    check_apart(out, sources)
    if os.path.lexists(target) and (not target.is_dir() or (_entries(target) and not (target / MARKER).is_file())):
        raise CannotRun("cible-occupee", chemin=out)


def _entries(target: Path) -> list[Path]:
    """Returns what a build replaces: the entries of a site's folder, without hidden ones and those of the system."""
    return sorted(path for path in target.iterdir() if not _is_kept(path))


def _is_kept(path: Path) -> bool:
    return path.name.startswith(".") or path.name in _OF_THE_SYSTEM


def _prefix(target: Path) -> str:
    return f".site-{_key(target)}-"


def _working_folder(target: Path) -> Path:
    """Creates a folder on the file system of the site: beside it, or in it if it is a mount or its parent read-only."""
    prefix = _prefix(target)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
    inside = Path(tempfile.mkdtemp(prefix=prefix, dir=target))
    beside = target.parent / inside.name
    with suppress(OSError):
        return inside.rename(beside)
    return inside


def _clear(target: Path) -> None:
    """Removes what killed builds left, and puts the last site back if one was killed between two renames."""
    for place in (target.parent, target):
        for left in place.glob(f"{_prefix(target)}*"):
            last = left / (_MADE + ASIDE)
            if last.exists() and not target.exists():
                last.rename(target)
            _remove(left)


def _remove(folder: Path) -> None:
    """Removes a folder, read-only folders in it too, as far as the system lets us."""
    for parent, names, _ in os.walk(folder):
        for name in names:
            if not (path := Path(parent, name)).is_symlink():
                with suppress(OSError):
                    path.chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)


def _replace(target: Path, made: Path) -> None:
    """Swaps the two folders, or all their files if the folder has to stay or the system refuses to move it."""
    if not target.exists():
        swap(made, target)
        return
    shutil.copymode(target, made)
    if not _has_to_stay(target, made):
        with suppress(OSError):  # such as folders in the image of a container, or open ones on Windows
            swap(made, target)
            return
    try:
        swap_all(_file_pairs(target, made))
    finally:
        _remove_empty_folders(target)


def _has_to_stay(target: Path, made: Path) -> bool:
    """Whether the folder is a mount, contains what a build keeps, or is the current folder of whoever builds."""
    here = ""
    with suppress(FileNotFoundError):
        here = os.path.realpath(Path.cwd())
    keeps = any(_is_kept(path) and not (made / path.name).exists() for path in target.iterdir())
    return keeps or Path(here).is_relative_to(target)


def _file_pairs(target: Path, made: Path) -> Iterator[tuple[Path, Path]]:
    """Yields the pairs of files to swap, and creates their folders: files that go first, pages last."""
    new = {path.relative_to(made) for path in _files(made.iterdir())}
    old = {path.relative_to(target) for path in _files(_entries(target))}
    removed = made.with_name("retire")
    for path in sorted(old - new):
        (removed / path).parent.mkdir(parents=True, exist_ok=True)
        yield removed / path, target / path
    for path in sorted(new, key=lambda path: (path != Path(MARKER), path.suffix == ".html", path)):
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        yield made / path, target / path


def _files(entries: Iterable[Path]) -> Iterator[Path]:
    """Yields the files and symbolic links among and below some entries of a folder. Raises OSError."""
    for path in entries:
        if path.is_symlink() or not path.is_dir():
            yield path
        else:
            yield from _files(path.iterdir())


def _remove_empty_folders(target: Path) -> None:
    for entry in _entries(target):
        for folder, _, _ in os.walk(entry, topdown=False):
            with suppress(OSError):
                Path(folder).rmdir()
