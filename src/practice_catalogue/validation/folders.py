"""Finds the fiches and pages in their folders; passes over what editors and systems leave there, names the rest."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from practice_catalogue.model.diagnostics import CannotRun, Diagnostic, Severity
from practice_catalogue.validation.owner_files import read_text

SUFFIX = ".yml"

_TEMPORARY = re.compile(
    r"\.gitkeep|\.gitignore|\.directory|\.DS_Store|\.localized|desktop\.ini|(?:eh)?Thumbs\.db"  # systems
    r"|\._.*|~\$.*|\.~.*|\.fuse_hidden.*|\.nfs.*|\.goutputstream-.*|\.syncthing\..*"  # macOS, Office, drives
    r"|\.#.*|#.*#|\..*\.(?:sw[a-px]|kate-swp)|4913|.*___jb_(?:tmp|old)___",  # Emacs, Vim, Kate, JetBrains
    re.DOTALL | re.IGNORECASE,
)
"""Names of files that are there while a program runs, or that nobody has made."""

_LEFT_BEHIND = re.compile(
    r".*(?:~|\.orig|\.rej|\.bak|\.old|\.tmp|\.temp|\.part|\.crdownload"
    r"|\.mine|\.r[0-9]+|_(?:BASE|LOCAL|REMOTE|BACKUP)_[0-9]+\.\w+"
    r"|\.sync-conflict-.*|\([^()]*(?:conflicted copy|copie en conflit)[^()]*\).*)",
    re.DOTALL | re.IGNORECASE,
)
"""Names of copies that an editor, a merge or a shared drive made: they may hold work, so they are named."""


def is_passed_over(name: str) -> bool:
    """Whether a name is that of a file which a program leaves beside the one it works on, and which is never read."""
    return bool(_TEMPORARY.fullmatch(name) or _LEFT_BEHIND.fullmatch(name))


def fiche_files(folder: Path) -> tuple[list[Path], list[Diagnostic]]:
    """Returns the sorted files of fiches in a folder, and a diagnostic for each other entry. Raises CannotRun."""
    if not folder.is_dir():
        raise CannotRun("dossier-absent", chemin=folder)
    files: list[Path] = []
    diagnostics: list[Diagnostic] = []
    for path in sorted(folder.iterdir()):
        if (found := _stray_file(path)) is not None:
            diagnostics += found
        elif not path.name.endswith(SUFFIX) or path.name == SUFFIX or not path.is_file():
            diagnostics.append(Diagnostic(str(path), 1, 1, "fichier-inattendu"))
        else:
            files.append(path)
    return files, diagnostics


def page_problems(docs: Path) -> Iterator[Diagnostic]:
    """Yields diagnostics for links and unexpected files in `docs`, which MkDocs would publish, and unreadable pages."""
    for here, folders, files in os.walk(docs):
        for path in (Path(here, name) for name in sorted((*folders, *files))):
            if path.name in folders and not path.is_symlink():
                continue
            if (found := _stray_file(path)) is not None:
                yield from found
            elif path.suffix == ".md" and path.is_file():
                yield from read_text(path)[1]
            elif not _is_picture(path):
                yield Diagnostic(str(path), 1, 1, "page-inattendue")


def _stray_file(path: Path) -> list[Diagnostic] | None:
    """Returns what to say of a link or of a file that is passed over, or None if it is neither."""
    if path.is_symlink() and not path.name.startswith(".#"):  # Emacs locks a file with a link that leads nowhere
        return [Diagnostic(str(path), 1, 1, "lien-symbolique")]
    if _TEMPORARY.fullmatch(path.name):
        return []
    if _LEFT_BEHIND.fullmatch(path.name):
        return [Diagnostic(str(path), 1, 1, "fichier-laisse", Severity.WARNING)]
    return None


def _is_picture(path: Path) -> bool:
    """Whether a file is an image, recognized by suffix and signature, so that none is fake."""
    if path.suffix not in {".png", ".webp"} or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            start = file.read(12)
    except OSError:
        return False
    return (path.suffix == ".png" and start.startswith(b"\x89PNG\r\n\x1a\n")) or (
        path.suffix == ".webp" and start[:4] == b"RIFF" and start[8:] == b"WEBP"
    )
