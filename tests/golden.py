"""Makes every expected output of the tests, and the field reference, anew; read the difference before you commit it."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from catalogue.site.field_reference import field_reference
from tests.benchmarks.given import EXPECTED, expected_report
from tests.support import INVALID, ROOT, expectations, invalid_cases, report_of


def main() -> None:
    for gone in set(expectations()) - set(invalid_cases()):
        (INVALID / f"{gone}.txt").unlink()
    for case in invalid_cases():
        (INVALID / f"{case}.txt").write_text(report_of(case), encoding="utf-8")
    for name, text in expected_report().items():
        (EXPECTED / name).write_text(text, encoding="utf-8")
    (ROOT / "docs/contribuer/champs.md").write_text(field_reference(), encoding="utf-8")


if __name__ == "__main__":
    main()
