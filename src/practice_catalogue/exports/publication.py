"""What every export says of itself: catalogue, owner, date, and where things are."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.settings import Settings

FALLBACK_DATE = "2017-02-11"
"""The day of the Assises: for a catalogue without a single date."""

FEEDS = ("domaines", "publics", "communes", "cantons")
"""The indexes whose headings have a feed each."""


@dataclass(frozen=True)
class Publication:
    """A catalogue about to be published; `base` is the address of the site with its final slash, or nothing."""

    catalogue: Catalogue
    settings: Settings
    base: str = ""

    @cached_property
    def date(self) -> str:
        """The ISO date of the data: the owner's, else the last change of a fiche."""
        known = [day for fiche in self.catalogue for day in (fiche.publie_le, fiche.modifie_le) if day]
        return self.settings.date_des_donnees or max(known, default=FALLBACK_DATE)

    def address(self, path: str, own: str = "") -> str:
        """The address of a page or file of the site: absolute, or relative to `own` where the site has no address yet.

        >>> Publication(None, None).address("fiches/jardin/", "donnees/flux/fiches.xml")  # type: ignore[arg-type]
        '../../fiches/jardin/'
        """
        if self.base:
            return self.base + path
        way = posixpath.relpath(f"/{path}", posixpath.dirname(f"/{own}"))
        return f"{way}/" if path.endswith("/") or not path else way


def fiche_page(fiche_id: str) -> str:
    """The address of a fiche within the site."""
    return f"fiches/{fiche_id}/"


def heading_page(index: str, heading: str) -> str:
    """The address of a heading of an index within the site."""
    return f"{index}/{heading}/"


def feed_file(index: str, heading: str) -> str:
    """The address of the feed of a heading within the site."""
    return f"donnees/flux/{index}/{heading}.xml"


WHOLE_FEED = "donnees/flux/fiches.xml"
