"""Writes robots.txt and llms.txt: what crawlers may read, and an overview of the site for language models."""

from __future__ import annotations

from collections.abc import Iterator

from practice_catalogue.exports.publication import Publication
from practice_catalogue.model.urls import fiche_url

PAGES = (
    ("fiches/", "Toutes les fiches"),
    ("pacte/", "Le pacte communal"),
    ("guide-pci/", "Faire un pacte communal"),
    ("orientations/", "Les quatre orientations"),
    ("analyse/", "Analyse transversale : freins, leviers, réponses"),
    ("chiffres/", "Le catalogue en chiffres"),
    ("sigles/", "Sigles"),
)
DATA = (
    ("api/v1/fiches.json", "Toutes les fiches en JSON"),
    ("api/v1/vocabulaires.json", "Les vocabulaires"),
    ("api/v1/index.json", "Les index croisés"),
    ("donnees/fiches.csv", "Toutes les fiches en CSV"),
    ("donnees/", "Toutes les données et leur licence"),
)


def robots(publication: Publication) -> str:
    """Returns robots.txt: it allows everything, and names the sitemap if the address of the site is known."""
    where = f"\nSitemap: {publication.base}sitemap.xml\n" if publication.base else ""
    return f"User-agent: *\nAllow: /\n{where}"


def llms(publication: Publication) -> str:
    """Returns an overview of the catalogue in Markdown, in the format of llmstxt.org."""
    return "\n".join(_llms(publication)) + "\n"


def _llms(publication: Publication) -> Iterator[str]:
    settings = publication.settings
    yield f"# {escape_markdown(settings.nom)}\n"
    yield "> Les bonnes pratiques des communes du Luxembourg pour que tous les habitants vivent bien ensemble.\n"
    version, licence = settings.version_des_donnees or "–", settings.licence_des_textes or "–"
    yield f"Version {version} du {publication.date}. Licence : {licence}.\n"
    for name, pages in (("Pages", PAGES), ("Données", DATA)):
        yield f"## {name}\n"
        yield "\n".join(f"- [{titre}]({publication.address(path, 'llms.txt')})" for path, titre in pages) + "\n"
    yield "## Fiches\n"
    for fiche in publication.catalogue:
        address = publication.address(fiche_url(fiche.id), "llms.txt")
        yield f"- [{escape_markdown(fiche.titre)}]({address}): {escape_markdown(fiche.resume)}"


def escape_markdown(text: str) -> str:
    r"""Escapes text for Markdown and joins its lines.

    >>> print(escape_markdown("C# & [co] : 2 * 3"))
    C\# \& \[co\] : 2 \* 3
    """
    return " ".join("".join(f"\\{char}" if char in "\\[]<>`*_#&~|!" else char for char in text).split())
