"""Writes Atom feeds (RFC 4287): one of all fiches, and one per domain, public, commune and canton."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from xml.etree import ElementTree as ET

from practice_catalogue.exports.publication import Publication
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.urls import FEEDS, WHOLE_FEED, feed_url, fiche_url, heading_url
from practice_catalogue.output.artifacts import Artifacts

_ATOM = "http://www.w3.org/2005/Atom"

MAX_ENTRIES = 100
"""Maximum number of entries of a feed, newest first."""


def feed_files(publication: Publication) -> Artifacts:
    """Returns the feeds: path within the site → function that makes the XML."""
    settings, catalogue = publication.settings, publication.catalogue
    made: Artifacts = {WHOLE_FEED: _feed(publication, WHOLE_FEED, settings.nom, "fiches/", catalogue.fiches)}
    for index in FEEDS:
        for heading in catalogue.headings(index):
            feed_path = feed_url(index, heading.id)
            title = f"{settings.nom} : {heading.libelle}"
            made[feed_path] = _feed(publication, feed_path, title, heading_url(index, heading.id), heading.fiches)
    return made


def _feed(
    publication: Publication, feed_path: str, title: str, page: str, fiches: Iterable[Fiche]
) -> Callable[[], bytes]:
    newest = sorted(fiches, key=lambda fiche: _modified_at(publication, fiche), reverse=True)[:MAX_ENTRIES]
    return partial(_xml, publication, feed_path, title, page, newest)


def _xml(publication: Publication, feed_path: str, title: str, page: str, newest: Sequence[Fiche]) -> bytes:
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "fr"})
    _add(feed, "title", title)
    _add(feed, "id", _stable_id(publication, feed_path))
    modified = (_modified_at(publication, fiche) for fiche in newest)
    _add(feed, "updated", max(modified, default=_timestamp(publication.date)))
    _add(feed, "link", rel="self", type="application/atom+xml", href=publication.address(feed_path, feed_path))
    _add(feed, "link", rel="alternate", type="text/html", href=publication.address(page, feed_path))
    author = ET.SubElement(feed, "author")
    _add(author, "name", publication.settings.editeur or publication.settings.nom)
    if publication.settings.licence_des_textes:
        _add(feed, "rights", publication.settings.licence_des_textes)
    for fiche in newest:
        _entry(feed, publication, feed_path, fiche)
    made: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return made


def _entry(feed: ET.Element, publication: Publication, feed_path: str, fiche: Fiche) -> None:
    page = fiche_url(fiche.id)
    entry = ET.SubElement(feed, "entry", {"xml:lang": fiche.langue})
    _add(entry, "title", fiche.titre)
    _add(entry, "id", _stable_id(publication, page))
    _add(entry, "updated", _modified_at(publication, fiche))
    if fiche.publie_le:
        _add(entry, "published", _timestamp(fiche.publie_le))
    _add(entry, "link", rel="alternate", type="text/html", href=publication.address(page, feed_path))
    _add(entry, "summary", fiche.resume)
    for domaine in fiche.domaines:
        _add(entry, "category", term=domaine, label=publication.catalogue.vocabularies.domaines[domaine].libelle)


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = text or None


def _stable_id(publication: Publication, path: str) -> str:
    """Returns a URN that does not depend on the address of the site, which may change or be unknown."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{publication.settings.nom}/{path}").urn


def _modified_at(publication: Publication, fiche: Fiche) -> str:
    return _timestamp(fiche.modifie_le or fiche.publie_le or publication.date)


def _timestamp(day: str) -> str:
    return f"{day}T00:00:00Z"
