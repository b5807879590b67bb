"""Records → the files of one index, by Pagefind's own program, in the order of the records."""

from __future__ import annotations

import json
import os
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Mapping
from io import BufferedReader
from typing import Any

from pagefind_bin import get_executable

from practice_catalogue.model.diagnostics import CannotRun

_PIECE = 60
"""How much goes into a piece of the index, in Pagefind's own measure (it takes 20,000): so little that those of several
indexes begin with the same words often enough to be put together."""


def index(found: Mapping[str, str]) -> dict[str, bytes]:
    """The files of the index of these records, numbered in their order, by their path; may raise CannotRun.

    Records are told one by one, since Pagefind numbers the files of a folder as the disk happens to list them. Its
    files are asked for, since it says that it has written them before it has.
    """
    command = [str(get_executable()), "--service"]
    environment = os.environ | {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(_PIECE)}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    try:
        with subprocess.Popen(command, env=environment, **pipes) as program:  # noqa: S603  # ours
            _ask(program, type="NewIndex", config={"force_language": "fr"})
            for address, html in found.items():
                _ask(program, type="AddFile", index_id=0, file_path=f"{address}index.html", file_contents=html)
            files = _ask(program, type="GetFiles", index_id=0)["files"]
    except OSError as error:
        raise CannotRun("recherche-echouee", raison=str(error)) from error
    return {file["path"]: b64decode(file["content"]) for file in files}


def _ask(program: subprocess.Popen[bytes], **payload: object) -> dict[str, Any]:
    """The answer to a question: JSON in base 64, ended by a comma, both ways."""
    assert program.stdin is not None  # noqa: S101  # so it was begun
    assert isinstance(program.stdout, BufferedReader)  # noqa: S101  # so it was begun
    program.stdin.write(b64encode(json.dumps({"message_id": 1, "payload": payload}).encode()) + b",")
    program.stdin.flush()
    pieces: list[bytes] = []
    while not pieces or not pieces[-1].endswith(b","):
        pieces.append(program.stdout.read1())
        if not pieces[-1]:
            raise CannotRun("recherche-echouee", raison="Pagefind s'est arrêté")
    answer: dict[str, Any] = json.loads(b64decode(b"".join(pieces)[:-1]))["payload"]
    if answer["type"] == "Error":
        raise CannotRun("recherche-echouee", raison=answer["message"])
    return answer
