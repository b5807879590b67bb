"""JSON-LD and DCAT-AP, read by an RDF library that asks nobody for anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, XSD

from practice_catalogue.exports.linked_data import dcat, page_script
from practice_catalogue.exports.publication import Publication
from practice_catalogue.model.catalogue import Catalogue
from tests.exports.conftest import ADDRESS

SCHEMA = Namespace("https://schema.org/")
HERE = "http://site.test/"

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own


def graph(text: str, base: str) -> Graph:
    return Graph().parse(data=text, format="json-ld", base=base)


def script_of(path: Path) -> str:
    (script,) = html.parse(str(path)).xpath('//script[@type="application/ld+json"]')
    return str(script.text)


def test_every_page_says_what_it_is(site: Path) -> None:
    for path in sorted(site.rglob("index.html")):
        address = HERE + path.relative_to(site).as_posix().removesuffix("index.html")
        read = graph(script_of(path), address)
        kinds = set(read.objects(URIRef(address), RDF.type))
        assert kinds & {SCHEMA.WebPage, SCHEMA.CollectionPage, SCHEMA.Article}, path
        assert (URIRef(HERE), RDF.type, SCHEMA.WebSite) in read


def test_a_fiche_is_an_article_with_its_facts(site: Path, catalogue: Catalogue) -> None:
    for fiche in catalogue:
        page = URIRef(f"{HERE}fiches/{fiche.id}/")
        read = graph(script_of(site / f"fiches/{fiche.id}/index.html"), str(page))
        assert (page, RDF.type, SCHEMA.Article) in read
        assert str(read.value(page, SCHEMA.headline)) == fiche.titre
        assert str(read.value(page, SCHEMA.datePublished)) == fiche.publie_le
        about = {str(topic) for topic in read.objects(page, SCHEMA.about)}
        assert about == {f"{HERE}domaines/{domaine}/" for domaine in fiche.domaines}
        assert read.value(page, SCHEMA.license) == URIRef("https://creativecommons.org/licenses/by/4.0/deed.fr")


def test_a_page_of_an_index_lists_its_fiches(site: Path, catalogue: Catalogue) -> None:
    page = URIRef(f"{HERE}communes/strassen/")
    read = graph(script_of(site / "communes/strassen/index.html"), str(page))
    listed = {str(part) for part in read.objects(page, SCHEMA.hasPart)}
    assert listed == {f"{HERE}fiches/{fiche.id}/" for fiche in catalogue.under("communes", "strassen")}


@pytest.mark.parametrize("title", ["</script><script>alert(1)</script>", "<!--<script>", "a & b", "é"])
def test_a_title_cannot_end_the_script(publication: Publication, title: str) -> None:
    script = page_script(publication, "essai/", title, title)
    assert not set("<>&") & set(script)
    assert json.loads(script)["@graph"][1]["name"] == title


def test_the_data_set_is_described(owned: Publication) -> None:
    read = graph(dcat(owned), ADDRESS)
    (catalog,) = read.subjects(RDF.type, DCAT.Catalog)
    (dataset,) = read.objects(catalog, DCAT.dataset)
    for subject, wanted in (
        (catalog, (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license)),
        (
            dataset,
            (
                *(DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.spatial, DCTERMS.language),
                *(DCAT.contactPoint, DCAT.keyword, DCAT.theme, DCAT.distribution, DCAT.landingPage),
            ),
        ),
    ):
        assert [name for name in wanted if (subject, name, None) not in read] == []
    publisher = read.value(catalog, DCTERMS.publisher)
    assert read.value(publisher, FOAF.name) == Literal("Un éditeur")
    assert read.value(dataset, DCTERMS.modified) == Literal(owned.date, datatype=XSD.date)


def test_each_file_of_the_data_set_exists_and_has_its_licence(publication: Publication, site: Path) -> None:
    read = graph(dcat(publication), f"{HERE}donnees/dcat.jsonld")
    files = list(read.subjects(RDF.type, DCAT.Distribution))
    assert len(files) == 4
    for file in files:
        address = str(read.value(file, DCAT.downloadURL))
        assert (site / address.removeprefix(HERE)).is_file()
        for name in (DCTERMS.license, DCTERMS.format, DCAT.mediaType, DCAT.accessURL):
            assert isinstance(read.value(file, name), URIRef)


def test_what_the_owner_has_not_said_is_left_out(publication: Publication) -> None:
    read = graph(dcat(publication), HERE)
    assert list(read.subject_objects(DCTERMS.publisher)) == []
    assert list(read.subject_objects(DCAT.contactPoint)) == []
