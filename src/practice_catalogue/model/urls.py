"""Where the pages and files of a site live within it, and where editors find the schema of a fiche."""

from __future__ import annotations

FEEDS = ("domaines", "publics", "communes", "cantons")
"""The indexes whose headings have a feed each."""

WHOLE_FEED = "donnees/flux/fiches.xml"
"""The feed of all fiches."""

COMMITTED_SCHEMA = ".vscode/fiche.schema.json"
"""The copy of the schema in the repository, from its root; `make golden` makes it."""

PUBLISHED_SCHEMA = "schema/fiche.schema.json"
"""The schema on the site."""

SCHEMA_FROM_A_FICHE = f"../{COMMITTED_SCHEMA}"
"""The way from a fiche to the copy in the repository."""

SCHEMA_LINE = f"# yaml-language-server: $schema={SCHEMA_FROM_A_FICHE}"
"""How a fiche made by a tool begins: a comment in which editors with a YAML language server find the schema."""


def with_slash(address: str | None) -> str:
    """An address of a site with its final slash, or nothing.

    >>> with_slash("https://exemple.lu"), with_slash(None)
    ('https://exemple.lu/', '')
    """
    return f"{address.rstrip('/')}/" if address else ""


def page_url(path: str) -> str:
    """The address of a page, from the path of its Markdown file.

    >>> page_url("fiches/lisko.md"), page_url("domaines/index.md"), page_url("index.md")
    ('fiches/lisko/', 'domaines/', '')
    """
    stem = path.removesuffix(".md")
    return stem.removesuffix("index") if stem.split("/")[-1] == "index" else f"{stem}/"


def fiche_path(fiche_id: str) -> str:
    """The path of the page of a fiche, as Markdown."""
    return f"fiches/{fiche_id}.md"


def fiche_url(fiche_id: str) -> str:
    """The address of a fiche."""
    return f"fiches/{fiche_id}/"


def heading_url(index: str, heading: str) -> str:
    """The address of a heading of an index."""
    return f"{index}/{heading}/"


def feed_url(index: str, heading: str) -> str:
    """The address of the feed of a heading."""
    return f"donnees/flux/{index}/{heading}.xml"


def share_image_url(page: str) -> str:
    """The address of the picture that a shared link to a page shows."""
    return f"{page}partage.png"
