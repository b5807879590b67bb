"""The properties of the suite with fresh inputs, for as long as one likes: `make fuzz MINUTES=30`."""

from __future__ import annotations

import argparse
import functools
import importlib
import json
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from hypothesis import HealthCheck, settings
from hypothesis.errors import HypothesisException

MODULES = (
    "tests.property.test_any_input",
    "tests.property.test_characters",
    "tests.property.test_escaping",
    "tests.property.test_fiche_file",
    "tests.property.test_any_face",
    "tests.property.test_word_files",
)
"""Where the properties are; a module counts only if all of them need no fixture of pytest."""

EXAMPLES = 100
"""How many inputs a property gets before the next one has its turn."""

Property = Callable[[], None]


def main() -> int:
    """Runs until the time is up; writes each finding when it is made, and the counts at the end."""
    options = _options()
    settings.register_profile(
        "fuzz",
        deadline=None,
        derandomize=False,
        database=None,
        max_examples=EXAMPLES,
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("fuzz")
    runs: Counter[str] = Counter()
    findings: dict[str, str] = {}
    properties = {name: _counted(name, found, runs) for name, found in _properties()}
    start = time.monotonic()
    while properties.keys() - findings.keys() and time.monotonic() - start < options.minutes * 60:
        for name in [name for name in properties if name not in findings]:
            if told := _finding(properties[name]):
                findings[name] = told
                sys.stdout.write(f"{name}\n{told}\n")
            _save(options.out, runs, findings, (time.monotonic() - start) / 60)
            if time.monotonic() - start > options.minutes * 60:
                break
    sys.stdout.write(options.out.read_text(encoding="utf-8"))
    return bool(findings)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--out", type=Path, default=Path(".fuzz.json"), help="the counts and findings")
    return parser.parse_args()


def _properties() -> Iterator[tuple[str, Any]]:
    for module in MODULES:
        for name, found in vars(importlib.import_module(module)).items():
            if getattr(found, "is_hypothesis_test", False):
                yield f"{module.removeprefix('tests.')}.{name}", found


def _counted(name: str, prop: Any, runs: Counter[str]) -> Property:
    """The property, free of the number of examples the suite gives it, with its executions counted."""
    inner = prop.hypothesis.inner_test

    @functools.wraps(inner)
    def counting(*given: Any, **named: Any) -> None:
        runs[name] += 1
        inner(*given, **named)

    prop.hypothesis.inner_test = counting
    prop._hypothesis_internal_use_settings = settings()  # what @settings sets; nothing else undoes it
    return prop  # type: ignore[no-any-return]


def _finding(prop: Property) -> str:
    """What was found: the smallest input and how it failed."""
    try:
        prop()
    except HypothesisException:
        raise
    except Exception:  # noqa: BLE001  # whatever an input provokes is a finding
        return traceback.format_exc()
    return ""


def _save(out: Path, runs: Counter[str], findings: dict[str, str], minutes: float) -> None:
    counts = {"minutes": round(minutes, 1), "executions": sum(runs.values()), "properties": dict(sorted(runs.items()))}
    out.write_text(json.dumps(counts | {"findings": findings}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
