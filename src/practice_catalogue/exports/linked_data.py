"""Writes JSON-LD: schema.org metadata of each page, and DCAT-AP metadata of the data set."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from practice_catalogue.exports.api import json_text
from practice_catalogue.exports.publication import Publication
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.urls import WHOLE_FEED, fiche_url

Node = dict[str, Any]

DCAT_FILE = "donnees/dcat.jsonld"

_EU = "http://publications.europa.eu/resource/authority"
_IANA = "https://www.iana.org/assignments/media-types"

_DCAT_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_FILES = (
    ("api/v1/fiches.json", "Toutes les fiches en JSON", "JSON", "application/json"),
    ("donnees/fiches.csv", "Toutes les fiches en CSV", "CSV", "text/csv"),
    (
        "donnees/fiches.xlsx",
        "Toutes les fiches en un classeur",
        "XLSX",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (WHOLE_FEED, "Le flux des nouveautés", "ATOM", "application/atom+xml"),
)
"""The files that hold the whole data set: path, title, code in the EU's file type list, media type."""


def page_script(
    publication: Publication,
    url: str,
    title: str,
    description: str,
    shows: Fiche | tuple[Fiche, ...] = (),
) -> str:
    """Returns the schema.org description of a page as JSON for a `script` element.

    `url` is the address of the page within the site; `shows` is the fiche that it presents, or those that it lists.
    """
    page = _page(publication, url, title, description)
    if isinstance(shows, Fiche):
        page |= _fiche(publication, url, shows)
    elif shows:
        page |= {"@type": "CollectionPage", "hasPart": _links(publication, url, shows)}
    nodes = [_site(publication, url), page]
    return script_json({"@context": {"@vocab": "https://schema.org/"}, "@graph": nodes})


def script_json(data: Any) -> str:
    """Returns JSON in which no text can close the `script` element (`</script>`) or open a comment (`<!--`)."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _site(publication: Publication, page_url: str) -> Node:
    settings = publication.settings
    node: Node = {
        "@type": "WebSite",
        "@id": publication.address("", page_url),
        "name": settings.nom,
        "inLanguage": "fr",
    }
    if settings.editeur:
        node["publisher"] = {"@type": "Organization", "name": settings.editeur}
    return node


def _page(publication: Publication, url: str, title: str, description: str) -> Node:
    node: Node = {
        "@type": "WebPage",
        "@id": publication.address(url, url),
        "name": title,
        "description": description,
        "inLanguage": "fr",
        "isPartOf": {"@id": publication.address("", url)},
    }
    if publication.settings.adresse_de_la_licence:
        node["license"] = {"@id": publication.settings.adresse_de_la_licence}
    return node


def _fiche(publication: Publication, page_url: str, fiche: Fiche) -> Node:
    terms = publication.catalogue.vocabularies
    places = [terms.communes[commune].libelle for commune in fiche.communes] or ["Luxembourg"]
    node: Node = {
        "@type": "Article",
        "headline": fiche.titre,
        "abstract": fiche.resume,
        "inLanguage": fiche.langue,
        "about": [
            {
                "@type": "DefinedTerm",
                "@id": publication.address(f"domaines/{key}/", page_url),
                "name": terms.domaines[key].libelle,
            }
            for key in fiche.domaines
        ],
        "audience": [{"@type": "Audience", "audienceType": terms.publics[key].libelle} for key in fiche.publics],
        "spatialCoverage": [{"@type": "AdministrativeArea", "name": place} for place in places],
        "sourceOrganization": [{"@type": "Organization", "name": porteur.nom} for porteur in fiche.porteurs],
        "citation": [source.document for source in fiche.sources],
    }
    dates = {"datePublished": fiche.publie_le, "dateModified": fiche.modifie_le}
    return node | {name: day for name, day in dates.items() if day}


def _links(publication: Publication, page_url: str, fiches: tuple[Fiche, ...]) -> list[Node]:
    return [
        {"@type": "Article", "@id": publication.address(fiche_url(fiche.id), page_url), "headline": fiche.titre}
        for fiche in fiches
    ]


def dcat(publication: Publication) -> str:
    """Describes the data set and its files in DCAT-AP 3; properties without a setting are left out."""
    catalog: Node = _common_properties(publication) | {
        "@id": publication.address("donnees/", DCAT_FILE) + "#catalogue",
        "@type": "dcat:Catalog",
        "foaf:homepage": {"@id": publication.address("", DCAT_FILE)},
        "dct:license": _license(publication),
        "dcat:dataset": _dataset(publication),
    }
    return json_text({"@context": _DCAT_CONTEXT} | _without_empty(catalog))


def _dataset(publication: Publication) -> Node:
    terms = publication.catalogue.vocabularies
    settings = publication.settings
    mailbox = settings.courriel_des_contributions
    contact = {"@type": "vcard:Kind", "vcard:fn": settings.nom, "vcard:hasEmail": {"@id": f"mailto:{mailbox}"}}
    return _without_empty(
        _common_properties(publication)
        | {
            "@id": publication.address("donnees/", DCAT_FILE) + "#fiches",
            "@type": "dcat:Dataset",
            "dcat:landingPage": {"@id": publication.address("donnees/", DCAT_FILE)},
            "dcat:version": settings.version_des_donnees,
            "dcat:contactPoint": contact if mailbox else None,
            "dcat:keyword": [{"@value": domaine.libelle, "@language": "fr"} for domaine in terms.domaines],
            "dcat:theme": [{"@id": f"{_EU}/data-theme/{theme}"} for theme in ("SOCI", "GOVE")],
            "dct:accessRights": {"@id": f"{_EU}/access-right/PUBLIC"},
            "dct:accrualPeriodicity": {"@id": f"{_EU}/frequency/IRREG"},
            "dct:conformsTo": {"@id": publication.address("api/v1/schema.json", DCAT_FILE)},
            "dcat:distribution": [_distribution(publication, *file) for file in _FILES],
        }
    )


def _common_properties(publication: Publication) -> Node:
    """Returns the properties that the catalogue and its only data set have in common."""
    settings = publication.settings
    return {
        "dct:title": {"@value": settings.nom, "@language": "fr"},
        "dct:description": {
            "@value": "Les bonnes pratiques du vivre-ensemble dans les communes du Luxembourg.",
            "@language": "fr",
        },
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": settings.editeur} if settings.editeur else None,
        "dct:language": {"@id": f"{_EU}/language/FRA"},
        "dct:spatial": {"@id": f"{_EU}/country/LUX"},
        "dct:modified": {"@value": publication.date, "@type": "xsd:date"},
    }


def _distribution(publication: Publication, path: str, titre: str, kind: str, media: str) -> Node:
    return _without_empty(
        {
            "@type": "dcat:Distribution",
            "dct:title": {"@value": titre, "@language": "fr"},
            "dcat:accessURL": {"@id": publication.address("donnees/", DCAT_FILE)},
            "dcat:downloadURL": {"@id": publication.address(path, DCAT_FILE)},
            "dct:format": {"@id": f"{_EU}/file-type/{kind}"},
            "dcat:mediaType": {"@id": f"{_IANA}/{media}"},
            "dct:license": _license(publication),
        }
    )


def _license(publication: Publication) -> Node | None:
    address = publication.settings.adresse_de_la_licence
    return {"@id": address} if address else None


def _without_empty(node: Mapping[str, Any]) -> Node:
    """Returns a node without its empty properties."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}
