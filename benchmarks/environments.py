"""Installs each peer in its own virtual environment, from its pinned requirements in `benchmarks/peers/`."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import venv
from functools import cache
from pathlib import Path

from benchmarks.workspace import WORKSPACE

PEERS = Path(__file__).parent / "peers"


class NotInstalled(Exception):  # noqa: N818  # needs no suffix
    """Raised when a peer cannot be installed; the message is one line with the reason."""


@cache
def folder_of(peer: str) -> Path:
    """Returns the environment of a peer, installed on first use; raises NotInstalled."""
    pins = (PEERS / f"{peer}.txt").read_bytes()
    state = hashlib.sha256(pins + sys.version.encode()).hexdigest()[:12]
    folder = WORKSPACE / "environments" / f"{peer}-{state}"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder)
        _install(folder, peer)
        (folder / "ready").touch()
    return folder


def program(peer: str, name: str) -> str:
    """Returns the path of a program of a peer; raises NotInstalled."""
    return str(folder_of(peer) / "bin" / name)


def pinned_version(peer: str, package: str) -> str:
    """Returns the pinned version of a package."""
    pins = (PEERS / f"{peer}.txt").read_text(encoding="utf-8")
    found = re.search(rf"^{re.escape(package)}==(\S+)", pins, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else "unknown"


def _install(folder: Path, peer: str) -> None:
    """Installs a peer with the pip of this environment, since installing pip into each environment is slow."""
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin/python"), "--disable-pip-version-check"]
    done = subprocess.run(  # noqa: S603  # our own list
        [*pip, "install", "--quiet", "--requirement", str(PEERS / f"{peer}.txt")],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise NotInstalled((errors or ["pip failed"])[-1][:200])
