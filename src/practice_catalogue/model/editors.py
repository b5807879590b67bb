"""Where text editors find the JSON Schema of a fiche: in the repository, on the site, from the first line of a file."""

from __future__ import annotations

COMMITTED = ".vscode/fiche.schema.json"
"""The copy in the repository, from its root; `make golden` makes it."""

PUBLISHED = "schema/fiche.schema.json"
"""The file on the site."""

FROM_A_FICHE = f"../{COMMITTED}"
"""The way from a fiche to the copy in the repository."""

FIRST_LINE = f"# yaml-language-server: $schema={FROM_A_FICHE}"
"""How a fiche made by a tool begins: a comment in which editors with a YAML language server find the schema."""
