"""Catalogue → the pictures that shared links show, drawn with Typst in one go."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import typst

from catalogue.collection import Catalogue
from catalogue.fiche import Fiche
from catalogue.phrases import place
from catalogue.richtext import french
from catalogue.site.cache import Cache, Digest, program
from catalogue.site.rendering import fiche_url, share_image

WIDTH, HEIGHT = 1200, 630
"""In pixels, and in the points of the drawing: 72 of both to the inch."""

AT_ONCE = 100
"""How many are drawn in one go; all of a large catalogue would not fit into memory."""


def write_share_images(catalogue: Catalogue, site_name: str, folder: Path, cache: Cache) -> None:
    """Draws the picture of each fiche that is not drawn yet; writes it beside its page in the folder of the site."""
    surroundings, digest = program(site_name), Digest()
    missing: dict[str, Fiche] = {}
    keys = {fiche.id: digest(surroundings, _card(catalogue, fiche)) for fiche in catalogue}
    for fiche in catalogue:
        if picture := cache.get(keys[fiche.id]):
            _write(folder / share_image(fiche_url(fiche.id)), picture)
        else:
            missing[fiche.id] = fiche
    to_draw = list(missing.values())
    for start in range(0, len(to_draw), AT_ONCE):
        fiches = to_draw[start : start + AT_ONCE]
        for fiche, picture in zip(fiches, draw(catalogue, fiches, site_name), strict=True):
            _write(folder / share_image(fiche_url(fiche.id)), picture)
            cache.put(keys[fiche.id], picture)


def _write(path: Path, picture: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture)


def draw(catalogue: Catalogue, fiches: Sequence[Fiche], site_name: str) -> list[bytes]:
    """The pictures of some fiches as PNG, 1200 × 630. A fiche is data: its text is never markup."""
    if not fiches:
        return []
    drawn = typst.compile(
        files("catalogue.site").joinpath("templates/partage.typ").read_bytes(),
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
