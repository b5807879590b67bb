"""Makes the expected outputs of the tests, the field reference and the schema anew; read the difference."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from catalogue import editors, loading
from catalogue.forms.schema import schema_text
from catalogue.site.field_reference import field_reference
from tests.support import INVALID, ROOT, VOCABULARIES, expectations, invalid_cases, report_of


def main() -> None:
    for gone in set(expectations()) - set(invalid_cases()):
        (INVALID / f"{gone}.txt").unlink()
    for case in invalid_cases():
        (INVALID / f"{case}.txt").write_text(report_of(case), encoding="utf-8")
    (ROOT / "docs/contribuer/champs.md").write_text(field_reference(), encoding="utf-8")
    schema = schema_text(loading.load_vocabularies(VOCABULARIES))
    (ROOT / editors.COMMITTED).write_text(schema, encoding="utf-8")


if __name__ == "__main__":
    main()
