"""The feeds, read by a feed reader."""

from __future__ import annotations

import feedparser
import pytest
from lxml import etree

from practice_catalogue.exports import atom
from practice_catalogue.exports.publication import Publication
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.urls import FEEDS, WHOLE_FEED, feed_url
from practice_catalogue.output.artifacts import content_of
from tests.exports.conftest import ADDRESS

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def feeds(publication: Publication) -> dict[str, bytes]:
    return {path: content_of(feed) for path, feed in atom.feed_files(publication).items()}


def test_there_is_a_feed_of_all_and_one_a_heading(feeds: dict[str, bytes], catalogue: Catalogue) -> None:
    wanted = {feed_url(index, heading.id) for index in FEEDS for heading in catalogue.headings(index)}
    assert set(feeds) == {WHOLE_FEED} | wanted


def test_a_feed_reader_finds_nothing_to_complain_of(feeds: dict[str, bytes], catalogue: Catalogue) -> None:
    for path, data in feeds.items():
        read = feedparser.parse(data)
        assert (read.bozo, read.version) == (False, "atom10"), path
        assert read.feed.title
        assert read.feed.updated.endswith("Z")
    assert {entry.title for entry in feedparser.parse(feeds[WHOLE_FEED]).entries} == {
        fiche.titre for fiche in catalogue
    }


def test_a_feed_of_a_subject_holds_its_fiches(feeds: dict[str, bytes], catalogue: Catalogue) -> None:
    read = feedparser.parse(feeds[feed_url("communes", "strassen")])
    assert {entry.title for entry in read.entries} == {f.titre for f in catalogue.under("communes", "strassen")}
    assert feedparser.parse(feeds[feed_url("communes", "wincrange")]).entries == []


def test_what_the_format_requires_is_there(feeds: dict[str, bytes]) -> None:
    ids: set[str] = set()
    for data in feeds.values():
        feed = etree.fromstring(data)
        for part in (feed, *feed.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(part.findall(f"{ATOM}{name}")) == 1
        assert feed.find(f"{ATOM}author/{ATOM}name").text
        own = feed.find(f"{ATOM}id").text
        assert own.startswith("urn:uuid:")
        assert own not in ids
        ids.add(own)


def test_links_are_relative_until_there_is_an_address(feeds: dict[str, bytes], owned: Publication) -> None:
    path = feed_url("domaines", "logement")
    relative = etree.fromstring(feeds[path]).find(f"{ATOM}entry/{ATOM}link").get("href")
    assert relative.startswith("../../../fiches/")
    entry = feedparser.parse(content_of(atom.feed_files(owned)[path])).entries[0]
    assert entry.link.startswith(f"{ADDRESS}fiches/")


def test_ids_stay_when_the_site_moves(publication: Publication) -> None:
    moved = Publication(publication.catalogue, publication.settings, "https://ailleurs.example/")
    before, after = (etree.fromstring(content_of(atom.feed_files(one)[WHOLE_FEED])) for one in (publication, moved))
    assert [node.text for node in before.iter(f"{ATOM}id")] == [node.text for node in after.iter(f"{ATOM}id")]


def test_a_hostile_title_is_text(publication: Publication) -> None:
    title = "]]></title><script>alert(1)</script> & Cie"
    fiche = publication.catalogue.fiches[0].model_copy(update={"titre": title})
    one = Publication(Catalogue.of([fiche], publication.catalogue.vocabularies), publication.settings)
    assert etree.fromstring(content_of(atom.feed_files(one)[WHOLE_FEED])).find(f"{ATOM}entry/{ATOM}title").text == title
