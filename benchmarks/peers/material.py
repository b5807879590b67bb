"""Writes the catalogue as a project for stock Material for MkDocs and Zensical: a page per fiche, tags, search."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.peers.pages import page_body, page_names
from practice_catalogue.model.catalogue import Catalogue

CONFIGURATION = """\
site_name: Vivre ensemble
site_url: https://catalogue.example/
theme:
  name: material
  language: fr
  font: false
  features: [navigation.tabs]
plugins:
  - search: {lang: fr}
  - tags
markdown_extensions: [attr_list, tables]
nav:
  - Accueil: index.md
  - Fiches: fiches/index.md
  - Index: tags.md
not_in_nav: /fiches/
"""
"""The navigation links to the lists only, as ours does; with all pages, each page would grow with the catalogue."""


def write_project(catalogue: Catalogue, folder: Path) -> None:
    """Writes a project that is ready for `mkdocs build`."""
    pages = folder / "docs/fiches"
    pages.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    (folder / "docs/index.md").write_text(
        "# Vivre ensemble\n\n[Toutes les fiches](fiches/index.md)\n", encoding="utf-8"
    )
    (folder / "docs/tags.md").write_text("# Index\n\n<!-- material/tags -->\n", encoding="utf-8")
    for fiche in catalogue:
        tags = [name for names in page_names(catalogue, fiche).values() for name in names]
        front = {"title": fiche.titre, "description": fiche.resume, "tags": list(dict.fromkeys(tags))}
        text = f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n\n# {fiche.titre}\n\n"
        (pages / f"{fiche.id}.md").write_text(text + page_body(fiche, catalogue.vocabularies), encoding="utf-8")
    listed = "".join(f"- [{fiche.titre}]({fiche.id}.md)\n" for fiche in catalogue)
    (pages / "index.md").write_text(f"# Fiches\n\n{listed}", encoding="utf-8")
