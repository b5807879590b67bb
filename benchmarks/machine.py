"""Describes the machine and the versions used for the measures."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import environments
from benchmarks.processes import MACHINE_MEMORY
from benchmarks.workspace import ROOT


@dataclass(frozen=True)
class Setting:
    """Machine, commit, date and versions of a measurement."""

    date: str
    commit: str
    machine: str
    versions: tuple[tuple[str, str], ...]


def setting() -> Setting:
    """Returns the setting of the current machine and environment."""
    system = platform.freedesktop_os_release().get("PRETTY_NAME", "") if Path("/etc/os-release").exists() else ""
    machine = (
        f"{os.cpu_count()} cores of {_processor()}, {MACHINE_MEMORY / 1000:.0f} GB, {system or platform.platform()}"
    )
    date = datetime.now(UTC).date().isoformat()
    return Setting(date, _output("git", "describe", "--always", "--dirty"), machine, tuple(_versions()))


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def _versions() -> Iterator[tuple[str, str]]:
    yield "Python", platform.python_version()
    for package in ("mkdocs", "mkdocs-material", "pydantic", "PyYAML", "typst"):
        yield f"ours: {package}", version(package)
    for peer, package in (
        ("check-jsonschema", "check-jsonschema"),
        ("material", "mkdocs-material"),
        ("zensical", "zensical"),
        ("weasyprint", "weasyprint"),
    ):
        yield f"peer: {package}", environments.pinned_version(peer, package)
    yield "Chromium", next(iter(_output("chromium", "--version").split()[1:2]), "not installed")


def _output(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603  # ours
    except OSError:
        return ""
    return done.stdout.strip()
