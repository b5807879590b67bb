"""Records → one index of Pagefind, through its own program: the same records in the same order give the same pages."""

from __future__ import annotations

import json
import os
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pagefind_bin import get_executable

from catalogue.problems import CannotRun

_PIECE = 3_000
"""How much goes into a piece of the index, in Pagefind's own measure (it takes 20,000): a visitor loads one or two."""


def index(found: Mapping[str, str], folder: Path) -> None:
    """Writes the index of these records, numbered in their order, and its scripts; may raise CannotRun.

    Told one by one, since Pagefind numbers the files of a folder as the disk happens to list them.
    """
    command = [str(get_executable()), "--service"]
    environment = os.environ | {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(_PIECE)}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=environment, **pipes) as program:  # noqa: S603  # ours
        try:
            _ask(program, type="NewIndex", config={"force_language": "fr"})
            for address, html in found.items():
                _ask(program, type="AddFile", index_id=0, file_path=f"{address}index.html", file_contents=html)
            _ask(program, type="WriteFiles", index_id=0, output_path=str(folder.resolve()))
        except OSError as error:
            raise CannotRun("recherche-echouee", raison=str(error)) from error
        finally:
            program.terminate()


def _ask(program: subprocess.Popen[bytes], **payload: object) -> None:
    """One question and its answer: JSON in base 64, ended by a comma, both ways."""
    assert program.stdin and program.stdout
    program.stdin.write(b64encode(json.dumps({"message_id": 1, "payload": payload}).encode()) + b",")
    program.stdin.flush()
    raw = b""
    while not raw.endswith(b","):
        piece = program.stdout.read1()  # type: ignore[attr-defined]  # a pipe of bytes is buffered
        if not piece:
            raise CannotRun("recherche-echouee", raison="Pagefind s'est arrêté")
        raw += piece
    answer = json.loads(b64decode(raw[:-1]))["payload"]
    if answer["type"] == "Error":
        raise CannotRun("recherche-echouee", raison=answer["message"])
