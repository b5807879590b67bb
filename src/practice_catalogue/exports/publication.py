"""Defines Publication: a catalogue with its settings, date and addresses, the input of every export."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property

from practice_catalogue.model.catalogue import Catalogue, data_date
from practice_catalogue.model.settings import Settings


@dataclass(frozen=True)
class Publication:
    """A catalogue to be published; `base` is the address of the site with a final slash, or empty if unknown."""

    catalogue: Catalogue
    settings: Settings
    base: str = ""

    @cached_property
    def date(self) -> str:
        """The ISO date of the data: from the settings, else the last change of a fiche."""
        return self.settings.date_des_donnees or data_date(self.catalogue)

    def address(self, path: str, own: str = "") -> str:
        """Returns the address of a page or file: absolute, or relative to `own` if the address of the site is unknown.

        >>> Publication(None, None).address("fiches/jardin/", "donnees/flux/fiches.xml")  # type: ignore[arg-type]
        '../../fiches/jardin/'
        """
        if self.base:
            return self.base + path
        way = posixpath.relpath(f"/{path}", posixpath.dirname(f"/{own}"))
        return f"{way}/" if path.endswith("/") or not path else way
