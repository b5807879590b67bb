"""The exports stand in the published site, and lead into it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import feedparser
import pytest

from practice_catalogue import cli
from practice_catalogue.exports.publication import Publication
from practice_catalogue.model.urls import PUBLISHED_SCHEMA
from tests.exports.conftest import ADDRESS, made_of
from tests.support import VALID


def test_the_site_holds_every_export(site: Path, made: dict[str, str | bytes]) -> None:
    for path, content in made.items():
        published = (site / path).read_bytes()
        assert published == (content if isinstance(content, bytes) else content.encode()), path


def test_every_page_names_the_feed(site: Path) -> None:
    page = (site / "fiches/lisko/index.html").read_text(encoding="utf-8")
    assert '<link rel="alternate feed" type="application/atom+xml"' in page


def test_no_address_of_an_export_leads_nowhere(site: Path, made: dict[str, str | bytes]) -> None:
    base = "http://site.test/"
    found = {urljoin(f"{base}llms.txt", way) for way in re.findall(r"\]\(([^)]+)\)", str(made["llms.txt"]))}
    for path, data in made.items():
        if path.endswith(".xml"):
            read = feedparser.parse(data)
            links = [link.href for part in (read.feed, *read.entries) for link in part.links]
            found |= {urljoin(base + path, link) for link in links}
    for address in found:
        target = site / address.removeprefix(base)
        assert (target / "index.html" if address.endswith("/") else target).is_file(), address


@pytest.mark.parametrize("path", ["robots.txt", "llms.txt"])
def test_crawlers_are_told_the_address_once_it_is_known(
    path: str, owned: Publication, publication: Publication
) -> None:
    assert ADDRESS in str(made_of(owned)[path])
    assert "://catalogue" not in str(made_of(publication)[path])


def test_robots_and_the_site_map_agree(owned: Publication) -> None:
    assert f"Sitemap: {ADDRESS}sitemap.xml" in str(made_of(owned)["robots.txt"])


def test_the_page_for_language_models_lists_each_fiche(made: dict[str, str | bytes], publication: Publication) -> None:
    text = str(made["llms.txt"])
    assert text.startswith("# Vivre ensemble\n\n> ")
    assert text.count("](fiches/") == len(publication.catalogue) + 1


def test_an_address_given_to_the_build_reaches_every_file(tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert cli.main(["build", "--practices", str(VALID), "--out", str(out), "--site-url", ADDRESS]) == cli.GOOD
    for path in (
        "robots.txt",
        "llms.txt",
        "sitemap.xml",
        "donnees/flux/fiches.xml",
        "donnees/dcat.jsonld",
        PUBLISHED_SCHEMA,
    ):
        assert ADDRESS in (out / path).read_text(encoding="utf-8"), path
    assert f'"@id": "{ADDRESS}fiches/minimale/"' in (out / "fiches/minimale/index.html").read_text(encoding="utf-8")
    assert f'"adresse": "{ADDRESS}fiches/minimale/"' in (out / "api/v1/fiches/minimale.json").read_text(
        encoding="utf-8"
    )
