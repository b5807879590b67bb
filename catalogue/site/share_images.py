"""Catalogue → the pictures that shared links show, drawn with Typst in one go."""

from __future__ import annotations

import json
from importlib.resources import files

import typst

from catalogue.collection import Catalogue
from catalogue.fiche import Fiche
from catalogue.phrases import place
from catalogue.richtext import french
from catalogue.site.rendering import fiche_url, share_image

WIDTH, HEIGHT = 1200, 630
"""In pixels, and in the points of the drawing: 72 of both to the inch."""


def share_images(catalogue: Catalogue, site_name: str) -> dict[str, bytes]:
    """The address of each picture within the site → PNG, 1200 × 630. A fiche is data: its text is never markup."""
    if not len(catalogue):
        return {}
    cards = [_card(catalogue, fiche) for fiche in catalogue]
    template = files("catalogue.site").joinpath("templates/partage.typ").read_bytes()
    drawn = typst.compile(
        template,
        format="png",
        ppi=72,
        ignore_system_fonts=True,
        sys_inputs={"cards": json.dumps(cards, ensure_ascii=False), "site": site_name},
    )
    pictures = drawn if isinstance(drawn, list) else [drawn]
    return {share_image(fiche_url(fiche.id)): picture for fiche, picture in zip(catalogue, pictures, strict=True)}


def _card(catalogue: Catalogue, fiche: Fiche) -> dict[str, object]:
    domaine = catalogue.vocabularies.domaines[fiche.domaines[0]]
    where = place(catalogue.communes_of(fiche)) or catalogue.vocabularies.territoires[fiche.territoire].libelle
    return {
        "titre": french(fiche.titre),
        "lieu": french(where),
        "domaine": french(domaine.libelle),
        "teinte": domaine.teinte,
    }
