"""Console output of commands: exit codes, errors, paths, durations, progress bars."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from pathlib import Path

from practice_catalogue.model.diagnostics import Diagnostic
from practice_catalogue.validation import messages

GOOD, WRONG, CANNOT_RUN, INTERRUPTED = 0, 1, 2, 130


def write_utf8(*, always: bool = False) -> None:
    """Makes output work in any locale; what cannot be encoded, such as undecodable file names, is escaped.

    UTF-8 replaces an ASCII encoding, or on request any other. A closed stream is replaced by one that nobody reads.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            plain = stream.encoding.lower() in {"ascii", "us-ascii", "ansi_x3.4-1968"}
            stream.reconfigure(encoding="utf-8" if plain or always else None, errors="backslashreplace")


def os_reason(error: OSError) -> str:
    """Returns the reason of a refused read or write in French; rare reasons get a general wording."""
    return _OS_REASONS.get(error.errno or 0, "le système l'a refusé")


_OS_REASONS = {
    errno.EACCES: "vous n'en avez pas le droit",
    errno.EPERM: "vous n'en avez pas le droit",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOENT: "le fichier ou le dossier n'existe pas",
    errno.ENOTDIR: "un fichier est là où un dossier est attendu",
    errno.EISDIR: "un dossier est là où un fichier est attendu",
    errno.ELOOP: "un lien mène à lui-même",
    errno.ENAMETOOLONG: "le nom est trop long",
    errno.EIO: "le disque est défaillant",
}


def discard_output() -> None:
    """Redirects stdout to the null device, so that Python does not fail when it flushes it at exit."""
    with suppress(OSError):  # a stream without a file needs no null device
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_error(diagnostic: Diagnostic) -> None:
    """Prints a diagnostic and its hint to stderr, with its place if it has one."""
    print(messages.line(diagnostic), file=sys.stderr)
    if advice := messages.hint(diagnostic):
        print(f"    conseil : {advice}", file=sys.stderr)


def short_path(path: str | Path) -> Path:
    """Returns a path relative to the current folder if it lies in it."""
    path = Path(path)
    here = Path.cwd()
    return path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path


def shown_path(path: str | Path) -> str:
    """Returns a path as text for a terminal, relative to the current folder, with control characters escaped."""
    return messages.log_text(str(short_path(path)))


def seconds_text(seconds: float) -> str:
    """Formats a duration in seconds in French.

    >>> seconds_text(3.14)
    '3,1 s'
    """
    return f"{seconds:.1f} s".replace(".", ",")


class ProgressBars:
    """Shows one progress bar per stage on a terminal, one line per stage elsewhere."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

        self._console = Console(stderr=True)
        columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn())
        self._bars = Progress(*columns, console=self._console, disable=not self._console.is_terminal)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> ProgressBars:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def update(self, stage: str, done: int, total: int) -> None:
        """Updates the progress of a stage, counted in steps."""
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total)
            if not self._console.is_terminal:
                print(f"{stage}…", file=sys.stderr)
        self._bars.update(self._tasks[stage], completed=done, total=total)
