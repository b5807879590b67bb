"""Reads all YAML files of a folder and checks them against a schema: `python validate.py SCHEMA FOLDER`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator


def main() -> None:
    validator = Draft202012Validator(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    errors = [
        f"{path.name}: {error.json_path}: {error.message[:80]}"
        for path in sorted(Path(sys.argv[2]).glob("*.yml"))
        for error in validator.iter_errors(yaml.load(path.read_bytes(), yaml.CSafeLoader))
    ]
    sys.exit("\n".join(errors) if errors else 0)


if __name__ == "__main__":
    main()
