"""The machine and the versions that measures come from."""

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
from benchmarks.measuring import MACHINE
from benchmarks.places import ROOT


@dataclass(frozen=True)
class Setting:
    """Where and with what something was measured."""

    date: str
    commit: str
    machine: str
    versions: tuple[tuple[str, str], ...]


def setting() -> Setting:
    """The one that this runs on."""
    system = platform.freedesktop_os_release().get("PRETTY_NAME", "") if Path("/etc/os-release").exists() else ""
    machine = f"{os.cpu_count()} cores of {_processor()}, {MACHINE / 1000:.0f} GB, {system or platform.platform()}"
    date = datetime.now(UTC).date().isoformat()
    return Setting(date, _said("git", "describe", "--always", "--dirty"), machine, tuple(_versions()))


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def _versions() -> Iterator[tuple[str, str]]:
    yield "Python", platform.python_version()
    for package in ("PyYAML", "pydantic", "mkdocs", "mkdocs-material", "typst"):
        yield f"ours: {package}", version(package)
    for peer, package in (
        ("checking", "check-jsonschema"),
        ("checking", "jsonschema"),
        ("checking", "PyYAML"),
        ("checking", "rapidyaml"),
        ("checking-c", "ruamel.yaml.clib"),
        ("material", "mkdocs-material"),
        ("zensical", "zensical"),
        ("weasyprint", "weasyprint"),
    ):
        yield f"peer: {package}", environments.version(peer, package)
    yield "peer: Hugo", next(iter(_said("hugo", "version").split()[1:2]), "not installed").split("+")[0]
    yield "Chromium", next(iter(_said("chromium", "--version").split()[1:2]), "not installed")


def _said(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603  # ours
    except OSError:
        return ""
    return done.stdout.strip()
