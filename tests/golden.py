"""Makes the expected outputs of the tests, the field reference and the schema anew; read the difference."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from practice_catalogue.forms.field_reference import field_reference
from practice_catalogue.forms.schema import schema_text
from practice_catalogue.model import urls
from practice_catalogue.model.settings import Settings
from practice_catalogue.upkeep.issue import issue_text
from practice_catalogue.validation import loader
from practice_catalogue.validation.reports import sections_as_text
from tests import test_mails
from tests.benchmarks import sample
from tests.forms import test_replies
from tests.github.workflows import EXPECTED, PREVIEW, Repository
from tests.support import INVALID, ROOT, VOCABULARIES, expected_reports, invalid_cases, report_of
from tests.test_review import FOLDER, TODAY, sections


def main() -> None:
    for gone in set(expected_reports()) - set(invalid_cases()):
        (INVALID / f"{gone}.txt").unlink()
    for case in invalid_cases():
        (INVALID / f"{case}.txt").write_text(report_of(case), encoding="utf-8")
    sample.EXPECTED.write_text(sample.sample_report(), encoding="utf-8")
    (ROOT / "docs/contribuer/champs.md").write_text(field_reference(), encoding="utf-8")
    schema = schema_text(loader.load_vocabularies(VOCABULARIES))
    (ROOT / urls.COMMITTED_SCHEMA).write_text(schema, encoding="utf-8")
    (FOLDER / "expected.txt").write_text(sections_as_text(sections()) + "\n", encoding="utf-8")
    settings = Settings(nom="Essai", depot="https://forge.example.org/catalogue")
    (FOLDER / "expected.md").write_text(issue_text(sections(), TODAY, settings, links=True), encoding="utf-8")
    test_replies.EXPECTED.write_text(test_replies.told_of_all(), encoding="utf-8")
    test_mails.EXPECTED.write_bytes(test_mails.mail_of_the_choir())
    _proposals()


def _proposals() -> None:
    for name, fiches in {"wrong": ("jardin-voisin.yml", "fausse.yml"), "good": ("jardin-voisin.yml",)}.items():
        with tempfile.TemporaryDirectory() as folder:
            repository = Repository(Path(folder) / "project")
            repository.propose(*fiches, keeps_addresses=name == "good")
            ran = repository.run("check.yml", "fiches", PREVIEW)
        (EXPECTED / f"{name}.md").write_text(ran.summary, encoding="utf-8")
        if ran.code:
            (EXPECTED / "annotations.txt").write_text(ran.said, encoding="utf-8")


if __name__ == "__main__":
    main()
