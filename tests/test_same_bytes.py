"""What makes a build faster changes no byte of any page or file."""

from __future__ import annotations

from pathlib import Path
from shutil import copy, copytree

from tests.support import ROOT, publish
from tests.test_publish import print_of


def test_a_site_is_the_same_without_shared_parts_and_without_other_processes(site: Path, tmp_path: Path) -> None:
    for name in ("practices", "vocabularies", "docs"):
        copytree(ROOT / name, tmp_path / name)
    for name in ("build_catalogue.py", "catalogue.yml", "published-ids.txt"):
        if (ROOT / name).exists():
            copy(ROOT / name, tmp_path)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    plain = "  - practice-catalogue: {shared_parts: false, parallel: false}\n"
    line = next(line for line in settings.splitlines(keepends=True) if line.startswith("  - practice-catalogue"))
    (tmp_path / "mkdocs.yml").write_text(settings.replace(line, plain), encoding="utf-8")
    plainly = publish(tmp_path / "practices", tmp_path / "site", root=tmp_path)
    assert print_of(plainly) == print_of(site)
