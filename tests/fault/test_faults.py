"""A build killed at any moment leaves the last good site as it was, and the next build cleans up and succeeds."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path
from shutil import copytree

from tests.support import ROOT, VALID, publish
from tests.test_publish import print_of

MOMENTS = 50


def test_a_build_killed_at_fifty_moments_never_costs_the_site(tmp_path: Path) -> None:
    practices, out = Path(copytree(VALID, tmp_path / "practices")), tmp_path / "site"
    publish(practices, out)
    before = print_of(out)
    changed = practices / "minimale.yml"
    old = changed.read_text(encoding="utf-8")
    new = old.replace("potager", "verger")
    changed.write_text(new, encoding="utf-8")
    started = time.perf_counter()
    after = print_of(publish(practices, tmp_path / "reference"))
    whole = time.perf_counter() - started
    command = [sys.executable, str(ROOT / "build_catalogue.py"), "build"]
    killed = 0
    for moment in range(MOMENTS):
        arguments = [*command, "--practices", str(practices), "--out", str(out)]
        started = time.perf_counter()
        with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            threading.Timer(whole * (moment + 1) / MOMENTS, running.kill).start()
        if running.returncode < 0:
            killed += 1
        else:  # it was quicker than thought, and would have nothing more to do: back again
            whole = min(whole, time.perf_counter() - started)
            changed.write_text(old if changed.read_text(encoding="utf-8") == new else new, encoding="utf-8")
        assert print_of(out) in (before, after)
    assert killed >= MOMENTS // 2
    changed.write_text(new, encoding="utf-8")
    assert print_of(publish(practices, out)) == after
    left = {"practices", "reference", "site"}
    assert {path.name for path in tmp_path.iterdir()} == left
