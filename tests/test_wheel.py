"""The engine as others install it: the built package alone starts, publishes and serves a catalogue."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.site_reader import dead_links, read_site
from tests.support import ROOT

EXAMPLE = "fiches/exemple-cafe-des-langues/"
PATIENCE = 60
"""Seconds after which a preview that does not answer is taken for stuck."""


def run(*command: object, cwd: Path) -> str:
    done = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def locked_versions() -> str:
    """The versions that we work with, as constraints: without the hashes, which a wheel just built cannot have."""
    locked = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    return "\n".join(
        name + version for name, version in re.findall(r"^([\w.-]+)(?:\[.*?\])?(==[^\\\n]+)", locked, re.MULTILINE)
    )


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """Where the programs are of an environment with nothing but the wheel, which was built from the sdist."""
    run(sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", tmp_path, cwd=ROOT)
    (sdist,) = tmp_path.glob("*.tar.gz")
    run("tar", "--extract", "--file", sdist, cwd=tmp_path)
    source = tmp_path / sdist.name.removesuffix(".tar.gz")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path, cwd=source)
    (wheel,) = tmp_path.glob("*.whl")
    (tmp_path / "constraints.txt").write_text(locked_versions(), encoding="utf-8")
    run(sys.executable, "-m", "venv", "environment", cwd=tmp_path)
    programs = tmp_path / "environment/bin"
    run(programs / "python", "-m", "pip", "install", "--constraint", "constraints.txt", wheel, cwd=tmp_path)
    run(programs / "python", "-m", "pip", "check", cwd=tmp_path)
    return programs


def answer(address: str) -> str:
    """The page at an address, as soon as it is there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as page:
                return str(page.read().decode())
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError(address)


@pytest.mark.usefixtures("accept_sigint")
def test_the_wheel_alone_starts_publishes_and_serves_a_catalogue(programs: Path, tmp_path: Path) -> None:
    program = programs / "practice-catalogue"
    run(program, "init", "catalogue", cwd=tmp_path)
    catalogue = tmp_path / "catalogue"
    assert run(program, "build", cwd=catalogue).startswith("1 fiche, ")
    site = catalogue / "site"
    assert "Exemple : un café des langues" in (site / EXAMPLE / "index.html").read_text(encoding="utf-8")
    assert (site / "livret/catalogue.pdf").read_bytes().startswith(b"%PDF-")
    assert (site / "recherche/fiches.json").is_file()
    assert dead_links(site, read_site(site)) == []
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    with subprocess.Popen([program, "serve", "--address", address], cwd=catalogue, stderr=subprocess.DEVNULL) as server:
        assert "Exemple : un café des langues" in answer(f"http://{address}/{EXAMPLE}")
        server.send_signal(signal.SIGINT)
