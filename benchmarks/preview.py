"""Measures the preview: the seconds from saving a fiche until `serve` shows the change on its page."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measures import SECONDS, Measure
from benchmarks.processes import CommandFailed
from benchmarks.rounds import TIMEOUT, Tell
from benchmarks.workspace import copy_project

EDITS = 5

PAUSE = 4.0
"""Seconds between two edits, about as long as an author looks at the page."""

POLL_INTERVAL = 0.02
"""Seconds between two requests of the page."""


def measures(fiches: int, tell: Tell) -> Iterator[Measure]:
    """Measures the delay of several edits of one fiche."""
    folder = copy_project(fiches, "preview")
    files = sorted((folder / "practices").glob("*.yml"))
    edited = files[len(files) // 2]
    waits: list[float] = []
    note = ""
    with _serving(folder) as address:
        page = f"{address}/fiches/{edited.stem}/"
        try:
            tell(f"preview, {fiches:,} fiches: ready after {_wait_for(page, '<h1'):.1f} s")
            for number in range(EDITS):
                title = f"Essai {number}"
                _write_title(edited, title)
                waits.append(round(_wait_for(page, title), 3))
                tell(f"preview, {fiches:,} fiches: the change is shown after {waits[-1]:.2f} s")
                time.sleep(PAUSE)
        except CommandFailed as failure:
            note = str(failure)
            tell(f"preview, {fiches:,} fiches: {note}")
    yield Measure("preview", "ours", fiches, SECONDS, tuple(waits), note)


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    """Runs the preview of a project; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    server = subprocess.Popen(  # noqa: S603  # our own command
        [sys.executable, "build_catalogue.py", "serve", "--address", address],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=_heed_interrupts,  # noqa: PLW1509  # there are no threads
    )
    try:
        yield f"http://{address}"
    finally:
        server.send_signal(signal.SIGINT)  # as Ctrl-C, on which it removes its temporary files
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _heed_interrupts() -> None:
    """Restores the default handling of SIGINT, which background processes of a shell ignore and pass on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _write_title(fiche: Path, title: str) -> None:
    lines = fiche.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = (f'titre: "{title}"\n' if line.startswith("titre: ") else line for line in lines)
    fiche.write_text("".join(changed), encoding="utf-8")


def _wait_for(page: str, text: str) -> float:
    """Returns the seconds until a page shows a text; raises CommandFailed after the timeout."""
    start = time.monotonic()
    while time.monotonic() - start < TIMEOUT:
        try:
            with urllib.request.urlopen(page, timeout=TIMEOUT) as answer:  # noqa: S310  # our own address
                if text in answer.read().decode():
                    return time.monotonic() - start
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(POLL_INTERVAL)
    reason = f"nothing was shown within {TIMEOUT:.0f} s"
    raise CommandFailed(reason)
