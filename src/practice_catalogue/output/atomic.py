"""Swaps files and folders: one pair atomically on systems that support it, several pairs all or none."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable
from pathlib import Path

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100

ASIDE = ".ancien"
"""Suffix of the path at which `swap` keeps the other path for a moment, on systems without an atomic exchange."""


def swap_all(pairs: Iterable[tuple[Path, Path]]) -> None:
    """Swaps pairs of paths one after the other; swaps them back if one fails or `pairs` raises an exception."""
    done: list[tuple[Path, Path]] = []
    try:
        for one, other in pairs:
            swap(one, other)
            done.append((one, other))
    except BaseException:
        for one, other in reversed(done):
            swap(one, other)
        raise


def swap(one: Path, other: Path) -> None:
    """Swaps two paths on one file system, one of which may be missing. Raises OSError, with nothing changed."""
    if not os.path.lexists(other):
        one.rename(other)
    elif not os.path.lexists(one):
        other.rename(one)
    elif not exchange(one, other):
        _rename_three_times(one, other)


def _rename_three_times(one: Path, other: Path) -> None:
    aside = one.with_name(one.name + ASIDE)
    other.rename(aside)
    try:
        one.rename(other)
    except OSError:
        aside.rename(other)
        raise
    aside.rename(one)


def exchange(one: Path, other: Path) -> bool:
    """Swaps two paths with Linux' `renameat2`; returns False, with nothing changed, if that is not possible."""
    if sys.platform != "linux":
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)
