"""The addresses of pages and files within the site, and the locations of the JSON Schema of a fiche."""

from __future__ import annotations

FEEDS = ("domaines", "publics", "communes", "cantons")
"""Indexes with one feed per heading."""

WHOLE_FEED = "donnees/flux/fiches.xml"
"""The feed of all fiches."""

COMMITTED_SCHEMA = ".vscode/fiche.schema.json"
"""Path of the schema within the repository; `make golden` writes it."""

PUBLISHED_SCHEMA = "schema/fiche.schema.json"
"""Path of the schema within the site."""

SCHEMA_FROM_A_FICHE = f"../{COMMITTED_SCHEMA}"
"""Path of the schema in the repository, relative to a fiche."""

SCHEMA_LINE = f"# yaml-language-server: $schema={SCHEMA_FROM_A_FICHE}"
"""First line of generated fiches: a comment that tells editors with a YAML language server where the schema is."""


def with_slash(address: str | None) -> str:
    """Returns the address of a site with a trailing slash, or an empty string.

    >>> with_slash("https://exemple.lu"), with_slash(None)
    ('https://exemple.lu/', '')
    """
    return f"{address.rstrip('/')}/" if address else ""


def page_url(path: str) -> str:
    """Returns the address of a page from the path of its Markdown file.

    >>> page_url("fiches/lisko.md"), page_url("domaines/index.md"), page_url("index.md")
    ('fiches/lisko/', 'domaines/', '')
    """
    stem = path.removesuffix(".md")
    return stem.removesuffix("index") if stem.split("/")[-1] == "index" else f"{stem}/"


def fiche_path(fiche_id: str) -> str:
    """Returns the path of the Markdown file of a fiche."""
    return f"fiches/{fiche_id}.md"


def fiche_url(fiche_id: str) -> str:
    """Returns the address of the page of a fiche."""
    return f"fiches/{fiche_id}/"


def heading_url(index: str, heading: str) -> str:
    """Returns the address of the page of a heading."""
    return f"{index}/{heading}/"


def feed_url(index: str, heading: str) -> str:
    """Returns the address of the feed of a heading."""
    return f"donnees/flux/{index}/{heading}.xml"


def share_image_url(page: str) -> str:
    """Returns the address of the preview image (Open Graph) of a page."""
    return f"{page}partage.png"
