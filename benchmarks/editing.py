"""What one edited fiche costs: in the preview, and in a repeated build."""

from __future__ import annotations

import hashlib
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measures import Measure
from benchmarks.measuring import Failed, Job, run
from benchmarks.places import project
from benchmarks.series import PATIENCE, Budget, Tell

EDITS = 5
PAUSE = 4.0
"""Seconds between two edits: the next one comes while all that mentions the fiche is being made."""

LOOK = 0.02
"""Seconds between two looks at the page."""


def measures(size: int, budget: Budget, tell: Tell) -> Iterator[Measure]:
    """The preview, then repeated builds, at one size."""
    yield from _preview(size, budget, tell)
    yield from _builds(size, budget, tell)


def _preview(size: int, budget: Budget, tell: Tell) -> Iterator[Measure]:
    folder = project(size, "preview")
    fiche = _a_fiche(folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "build_catalogue.py", "serve", "--address", f"127.0.0.1:{port}"]
    page = f"http://127.0.0.1:{port}/fiches/{fiche.stem}/"
    waits: list[float] = []
    note = ""
    with subprocess.Popen(  # noqa: S603  # our own command
        command,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=_heed_interrupts,  # noqa: PLW1509  # there are no threads
    ) as server:
        try:
            begun = _wait_for(page, "<h1", PATIENCE)
            tell(f"editing, {size:,} fiches: the preview stands after {begun:.1f} s")
            for number in range(EDITS):
                _edit(fiche, f"Essai {number}")
                waits.append(round(_wait_for(page, f"Essai {number}", PATIENCE), 3))
                tell(f"editing, {size:,} fiches: the page is up to date after {waits[-1]:.2f} s")
                if budget.left < EDITS * waits[-1]:
                    break
                time.sleep(PAUSE)
        except Failed as failure:
            note = str(failure)
            tell(f"editing, {size:,} fiches: {note}")
        server.send_signal(signal.SIGINT)  # as Ctrl-C: it clears up behind itself
    yield Measure("editing", "preview", size, "seconds", tuple(waits), note)


def _builds(size: int, budget: Budget, tell: Tell) -> Iterator[Measure]:
    """In each round a full build in a fresh project, an edit, a repeated build; at the end a full one of the same."""
    full: list[float] = []
    again: list[float] = []
    note = ""
    try:
        for number in range(3):
            folder = project(size, "again")
            job = Job((sys.executable, "build_catalogue.py", "build", "--out", "site"), folder)
            full.append(run(job, PATIENCE).seconds)
            _edit(_a_fiche(folder), f"Essai {number}")
            again.append(run(job, PATIENCE).seconds)
            tell(f"editing, {size:,} fiches: full build {full[-1]:.1f} s, repeated build {again[-1]:.1f} s")
            if budget.left < 3 * (full[-1] + again[-1]):
                break
        repeated = _state(folder / "site")
        _edit(_a_fiche(project(size, "again")), f"Essai {number}")
        run(job, PATIENCE)
        same = float(_state(folder / "site") == repeated)
        tell(f"editing, {size:,} fiches: the bytes are {'the same' if same else 'not the same'}")
        yield Measure("editing", "repeated build", size, "same bytes", (same,))
    except Failed as failure:
        note = str(failure)
        tell(f"editing, {size:,} fiches: {note}")
    yield Measure("editing", "full build", size, "seconds", tuple(round(one, 3) for one in full), note)
    yield Measure("editing", "repeated build", size, "seconds", tuple(round(one, 3) for one in again), note)


def _a_fiche(folder: Path) -> Path:
    fiches = sorted((folder / "practices").glob("*.yml"))
    return fiches[len(fiches) // 2]


def _edit(fiche: Path, title: str) -> None:
    lines = fiche.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = (f'titre: "{title}"\n' if line.startswith("titre: ") else line for line in lines)
    fiche.write_text("".join(changed), encoding="utf-8")


def _heed_interrupts() -> None:
    """A command of a shell in the background is begun deaf to Ctrl-C, and so are those that it begins."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _wait_for(page: str, text: str, patience: float) -> float:
    """Seconds until a page shows a text; raises Failed when patience ends."""
    start = time.monotonic()
    while time.monotonic() - start < patience:
        try:
            with urllib.request.urlopen(page, timeout=patience) as answer:  # noqa: S310  # our own address
                if text in answer.read().decode():
                    return time.monotonic() - start
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(LOOK)
    reason = f"nothing to be seen after {patience:.0f} s"
    raise Failed(reason)


def _state(site: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(site)}\0".encode() + path.read_bytes())
    return digest.hexdigest()
