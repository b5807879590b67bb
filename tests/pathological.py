"""Texts on which careless Markdown parsers take for ever, after CommonMark's own list: a second of computing each."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from practice_catalogue.model.richtext import to_blocks, to_html, to_plain

LONGEST = 6000
"""Characters of the longest text that a fiche may hold."""

INPUTS = {
    "nested emphasis": "*a **a " * 400 + "b" + " a** a*" * 400,
    "closers without openers": "a_ " * 2000,
    "openers without closers": "_a " * 2000,
    "ends of links": "a]" * 3000,
    "beginnings of links": "[a" * 3000,
    "mismatched emphasis": "*a_ " * 1500,
    "multiples of three": "a**b" + "c* " * 2000,
    "links and emphasis": "[ a_" * 1500,
    "brackets and parentheses": "[ (](" * 1200,
    "nested brackets": "[" * 3000 + "a" + "]" * 3000,
    "nested quotations": "> " * 3000 + "a",
    "nested lists": "- " * 3000 + "a",
    "deeper and deeper lists": "".join(f"{'  ' * depth}* a\n" for depth in range(75)),
    "empty lines in nested lists": "- " * 1500 + "x" + "\n" * 3000,
    "numbered lists": "1. " * 2000,
    "backticks": "".join(f"e{'`' * length}" for length in range(1, 108)),
    "unclosed links": "[a](b" * 1200,
    "unclosed links in angles": "[a](<b" * 1000,
    "pictures in links": "![[]()" * 1000,
    "references": "[a]: u\n" * 400 + "[a] " * 800,
    "comments": "</" + "<!--" * 1490,
    "instructions": "a <?" * 1500,
    "entities": "&" * 6000,
    "escapes": "\\" * 6000,
    "stars": "*" * 6000,
    "underscores": "_" * 6000,
    "stars apart": "* " * 3000,
    "strikes": "~" * 6000,
    "mail addresses": "a@b.lu " * 857,
    "addresses": "https://a.lu/" * 461,
    "tables": "|a" * 3000,
    "hard breaks": "a  \n" * 1500,
    "spaces": "a" + " " * 5998 + "b",
}


def main() -> int:
    """Names the inputs that took too long."""
    slow = [name for name, text in INPUTS.items() if not _in_time(text[:LONGEST])]
    sys.stdout.write(f"{len(INPUTS)} {slow}\n")
    return bool(slow)


def _in_time(text: str) -> bool:
    signal.signal(signal.SIGVTALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_VIRTUAL, 1)  # computing, so that a busy machine makes no difference
    try:
        for face in (to_html, to_blocks, to_plain):
            face(text)
    except KeyboardInterrupt:
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return True


if __name__ == "__main__":
    sys.exit(main())
