"""The command line, the only package that prints."""

from practice_catalogue.cli.console import CANNOT_RUN, GOOD, INTERRUPTED, WRONG
from practice_catalogue.cli.program import COMMANDS, main

__all__ = ["CANNOT_RUN", "COMMANDS", "GOOD", "INTERRUPTED", "WRONG", "main"]
