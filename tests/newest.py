"""Builds the site with the newest releases that are allowed, and with ProperDocs, and lists what differs."""

from __future__ import annotations

import difflib
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent.parent

LOCKED = ROOT / ".venv/bin"
NEWEST = ROOT / ".newest/bin"
"""The programs as `requirements.txt` locks them, and as `make newest` installs them."""

BUILD = ("python", "build_catalogue.py", "build", "--debug", "--out")
PROPERDOCS = ("properdocs", "build", "--quiet", "--config-file", "mkdocs.yml", "--site-dir")

VERSIONS = (
    (re.compile(r'<meta name="generator"[^>]*>'), '<meta name="generator">'),
    (re.compile(r"\.[0-9a-f]{8}\.min\."), ".min."),
)
"""What every release of MkDocs or Material changes: its version, and the hashes in the names of its files."""

THEME_FILES = ("assets/javascripts/", "assets/stylesheets/")
"""Where the scripts and styles of Material are: their content is its own business, their names are compared."""

MOST_LINES = 20
MOST_NAMES = 5
"""How much is shown of one change, and of the files in which it stands."""

Content = bytes | list[str]
"""The lines of a file where a difference can be read, otherwise its bytes."""


def main() -> int:
    print(f"Versions essayées : {', '.join(tried_releases()) or 'celles du verrou'}.")
    with tempfile.TemporaryDirectory() as folder:
        locked = build_site(LOCKED, BUILD, Path(folder) / "locked/site")
        same = True
        for name, command in {"Les versions les plus récentes": BUILD, "ProperDocs": PROPERDOCS}.items():
            try:
                changes = group_changes(locked, build_site(NEWEST, command, Path(folder) / name / "site"))
            except subprocess.CalledProcessError as failed:
                print(f"{name} : la construction échoue.\n{failed.stderr}")
                same = False
            else:
                print(verdict(name, changes, len(locked)))
                same = same and not changes
    return 0 if same else 1


def tried_releases() -> list[str]:
    """The releases (`name==version`) that are installed beside, but not locked."""
    locked, newest = (
        subprocess.run([programs / "pip", "freeze", "--exclude-editable"], check=True, capture_output=True, text=True)
        for programs in (LOCKED, NEWEST)
    )
    return sorted(set(newest.stdout.splitlines()) - set(locked.stdout.splitlines()))


def build_site(programs: Path, command: Sequence[str], site: Path) -> dict[str, Content]:
    """The files of the site that a command builds; raises `CalledProcessError` where it does not build any."""
    program, *options = command
    subprocess.run([programs / program, *options, site], cwd=ROOT, check=True, capture_output=True, text=True)
    return read_site(site)


def read_site(site: Path) -> dict[str, Content]:
    """The files of a site by their path, without what every release changes."""
    return {
        _without_versions(path.relative_to(site).as_posix()): _content(path, path.relative_to(site).as_posix())
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def _content(path: Path, name: str) -> Content:
    if name.startswith(THEME_FILES):
        return b""
    if path.suffix == ".html":
        lines = _without_versions(path.read_text(encoding="utf-8")).replace("><", ">\n<").splitlines()
        return [line.strip() for line in lines if line.strip()]
    if path.suffix == ".pdf":  # its bytes carry the version of Typst
        with pypdfium2.PdfDocument(path) as book:
            return [line for page in book for line in ("—", *page.get_textpage().get_text_range().splitlines())]
    return path.read_bytes()


def _without_versions(text: str) -> str:
    for pattern, replacement in VERSIONS:
        text = pattern.sub(replacement, text)
    return text


def group_changes(before: Mapping[str, Content], after: Mapping[str, Content]) -> dict[str, list[str]]:
    """Each change, as text, with the files in which it is found: a new release often does the same to many pages."""
    changes = defaultdict(list)
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            changes[_change(before.get(name), after.get(name))].append(name)
    return dict(changes)


def _change(before: Content | None, after: Content | None) -> str:
    if before is None or after is None:
        return "fichier en plus" if before is None else "fichier manquant"
    if not (isinstance(before, list) and isinstance(after, list)):
        return "d’autres octets"
    compared = list(difflib.unified_diff(before, after, n=0, lineterm=""))[2:]
    lines = [line for line in compared if not line.startswith("@@")]
    return "\n".join([*lines[:MOST_LINES], *(["…"] if len(lines) > MOST_LINES else [])])


def verdict(name: str, changes: Mapping[str, Sequence[str]], files: int) -> str:
    if not changes:
        return f"{name} : {files} fichiers, aucun ne diffère."
    lines = [f"{name} : {sum(map(len, changes.values()))} fichiers sur {files} diffèrent."]
    for change, names in changes.items():
        more = f" et {len(names) - MOST_NAMES} autres" if len(names) > MOST_NAMES else ""
        lines += [f"{', '.join(names[:MOST_NAMES])}{more} :", *(f"    {line}" for line in change.split("\n"))]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
