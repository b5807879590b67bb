"""Reads all YAML files of a folder with one parser and nothing more: `python parse.py PARSER FOLDER`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path


def pyyaml() -> Callable[[bytes], object]:
    """PyYAML's C loader."""
    import yaml  # noqa: PLC0415  # only one of the parsers is wanted

    return lambda raw: yaml.load(raw, yaml.CSafeLoader)


def rapidyaml() -> Callable[[bytes], object]:
    """A C++ parser; its tree becomes Python values by way of JSON, which is faster than walking it."""
    import ryml  # noqa: PLC0415  # same

    return lambda raw: json.loads(ryml.emit_json(ryml.parse_in_arena(raw)))


def main() -> None:
    read = {"pyyaml": pyyaml, "rapidyaml": rapidyaml}[sys.argv[1]]()
    data = [read(path.read_bytes()) for path in sorted(Path(sys.argv[2]).glob("*.yml"))]
    sys.stdout.write(f"{len(data)} files\n")


if __name__ == "__main__":
    main()
