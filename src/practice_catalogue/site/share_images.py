"""Catalogue → the pictures that shared links show, drawn with Typst in one go."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files

import typst

from practice_catalogue.build.workshop import Entries, Workshop
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.formatting import place
from practice_catalogue.model.richtext import french
from practice_catalogue.site.templating import fiche_url, share_image

WIDTH, HEIGHT = 1200, 630
"""In pixels, and in the points of the drawing: 72 of both to the inch."""

AT_ONCE = 100
"""How many are drawn in one go; all of a large catalogue would not fit into memory."""


def write_share_images(catalogue: Catalogue, site_name: str, workshop: Workshop) -> Entries:
    """Draws the picture of each fiche that the last site does not have, and puts it beside its page."""
    missing: dict[str, Fiche] = {}
    for fiche in catalogue:
        path = share_image(fiche_url(fiche.id))
        if not workshop.take_over(path, workshop.key(path, _card(catalogue, fiche))):
            missing[path] = fiche
    in_order = list(missing)
    for start in range(0, len(in_order), AT_ONCE):
        paths = in_order[start : start + AT_ONCE]
        pictures = draw(catalogue, [missing[path] for path in paths], site_name)
        for path, picture in zip(paths, pictures, strict=True):
            workshop.put(path, picture, workshop.key(path, _card(catalogue, missing[path])))
    return workshop.entries


def draw(catalogue: Catalogue, fiches: Sequence[Fiche], site_name: str) -> list[bytes]:
    """The pictures of some fiches as PNG, 1200 × 630. A fiche is data: its text is never markup."""
    if not fiches:
        return []
    drawn = typst.compile(
        files("practice_catalogue.site").joinpath("templates/partage.typ").read_bytes(),
        format="png",
        ppi=72,
        ignore_system_fonts=True,
        sys_inputs={
            "cards": json.dumps([_card(catalogue, fiche) for fiche in fiches], ensure_ascii=False),
            "site": site_name,
        },
    )
    return drawn if isinstance(drawn, list) else [drawn]


def _card(catalogue: Catalogue, fiche: Fiche) -> dict[str, object]:
    domaine = catalogue.vocabularies.domaines[fiche.domaines[0]]
    where = place(catalogue.communes_of(fiche)) or catalogue.vocabularies.territoires[fiche.territoire].libelle
    return {
        "titre": french(fiche.titre),
        "lieu": french(where),
        "domaine": french(domaine.libelle),
        "teinte": domaine.teinte,
    }
