"""Draws the preview images of shared links with Typst, in batches."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from importlib.resources import files

import typst

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.formatting import place
from practice_catalogue.model.richtext import french
from practice_catalogue.model.urls import fiche_url, share_image_url
from practice_catalogue.output.artifacts import Artifacts

WIDTH, HEIGHT = 1200, 630
"""Size of an image in pixels; it is drawn at 72 ppi, so that a point is a pixel."""

BATCH_SIZE = 100
"""Number of images per batch; all images of a large catalogue would not fit into memory."""


def share_images(catalogue: Catalogue, site_name: str) -> Artifacts:
    """Returns the image of each fiche: path within the site → function that makes the PNG."""
    pictures: Artifacts = {}
    for start in range(0, len(catalogue), BATCH_SIZE):
        fiches = catalogue.fiches[start : start + BATCH_SIZE]
        batch = _Batch(partial(draw_images, catalogue, fiches, site_name))
        pictures |= {share_image_url(fiche_url(one.id)): partial(batch.take, at) for at, one in enumerate(fiches)}
    return pictures


class _Batch:
    """Images that are drawn together when the first one is taken; each is kept until it is taken."""

    def __init__(self, draw_all: Callable[[], list[bytes]]) -> None:
        self._draw_all = draw_all
        self._drawn: dict[int, bytes] = {}

    def take(self, at: int) -> bytes:
        if at not in self._drawn:
            self._drawn = dict(enumerate(self._draw_all()))
        return self._drawn.pop(at)


def draw_images(catalogue: Catalogue, fiches: Sequence[Fiche], site_name: str) -> list[bytes]:
    """Returns the images of some fiches as PNG, 1200 × 630. Texts are passed as data, never as Typst markup."""
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
    where = place(fiche, catalogue.vocabularies)
    return {
        "titre": french(fiche.titre),
        "lieu": french(where),
        "domaine": french(domaine.libelle),
        "teinte": domaine.teinte,
    }
