"""The entry point: runs a command and maps failures to exit codes; commands import their dependencies lazily."""

from __future__ import annotations

import argparse
import errno
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from practice_catalogue.cli import checking, contributing, publishing
from practice_catalogue.cli.console import CANNOT_RUN, INTERRUPTED, discard_output, os_reason, print_error, write_utf8
from practice_catalogue.cli.options import parse_arguments
from practice_catalogue.model.diagnostics import CannotRun, Diagnostic
from practice_catalogue.validation import loader

COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "check": checking.check,
    "check-pr": checking.check_pr,
    "review": checking.review,
    "build": publishing.build,
    "tree": publishing.tree,
    "serve": publishing.serve,
    "booklet": publishing.booklet,
    "form": contributing.form,
    "import": contributing.import_files,
    "new": contributing.new,
    "publish-ids": contributing.publish_ids,
    "schema": contributing.schema,
    "init": contributing.init,
}

WITHOUT_CATALOGUE = frozenset({"init"})
"""The commands that do not need a catalogue around the current folder."""


def main(arguments: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Runs a command on the catalogue in `root`, by default the one that contains the current folder.

    Returns 0 on success, 1 if a fiche has problems, 2 if the command cannot run, 130 after Ctrl-C.
    """
    write_utf8()
    options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    if is_data(options):
        write_utf8(always=True)
    try:
        if options.command not in WITHOUT_CATALOGUE:
            options.root = root or loader.find_catalogue(Path.cwd())
        code = COMMANDS[options.command](options)
        sys.stdout.flush()
    except CannotRun as error:
        if options.debug and error.__cause__:
            traceback.print_exception(error.__cause__)
        for diagnostic in error.diagnostics:
            print_error(diagnostic)
        return CANNOT_RUN
    except KeyboardInterrupt:
        print("Interrompu : rien n'a été publié.", file=sys.stderr)
        return INTERRUPTED
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001  # no traceback for users; Rust panics are not Exceptions
        if options.debug:
            traceback.print_exc()
        return _explain_failure(error)
    return code


def is_data(options: argparse.Namespace) -> bool:
    """Whether a command prints something for a program, which is UTF-8 whatever the console is."""
    return options.command == "schema" or getattr(options, "format", "") in {"json", "github"}


def _explain_failure(error: BaseException) -> int:
    """Prints why the command failed, and returns its exit code."""
    match error:
        case BrokenPipeError():  # the reader of the output has exited
            discard_output()
        case MemoryError():
            print_error(Diagnostic("", 0, 0, "memoire"))
        case OSError(errno=errno.ENOSPC | errno.EFBIG | errno.EDQUOT):
            discard_output()
            print_error(Diagnostic("", 0, 0, "sortie", details={"raison": "le disque est plein"}))
        case OSError(filename=str() | bytes()):
            details = {"chemin": os.fsdecode(error.filename), "raison": os_reason(error)}
            print_error(Diagnostic("", 0, 0, "fichier-inaccessible", details=details))
        case OSError():  # of a stream, such as a terminal that is gone
            print_error(Diagnostic("", 0, 0, "sortie", details={"raison": os_reason(error)}))
        case _:
            print_error(Diagnostic("", 0, 0, "imprevu", details={"lieu": "aucun fichier en cause"}))
    return CANNOT_RUN
