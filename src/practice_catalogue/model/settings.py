"""The settings in `catalogue.yml`, and the folders and files of a catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from practice_catalogue.model.fiche import Email, FullDate, Line, Name, Sentence, Text, WebAddress
from practice_catalogue.model.urls import with_slash

TO_BE_FILLED_IN = "à compléter"

PRACTICES = "practices"
SETTINGS = "catalogue.yml"
PUBLISHED_IDS = "published-ids.txt"

NEWEST_FORMAT = 1
"""The newest format of `catalogue.yml` that this engine reads."""


@dataclass(frozen=True)
class CatalogueFolder:
    """The folders and files of a catalogue; `other_practices` replaces the default folder of the fiches."""

    root: Path
    other_practices: Path | None = None

    @property
    def practices(self) -> Path:
        return self.other_practices or self.root / PRACTICES

    @property
    def vocabularies(self) -> Path:
        return self.root / "vocabularies"

    @property
    def docs(self) -> Path:
        """The hand-written pages."""
        return self.root / "docs"

    @property
    def sources(self) -> tuple[Path, ...]:
        """The folders that a site is made of."""
        return self.practices, self.vocabularies, self.docs

    @property
    def booklet_texts(self) -> Path:
        return self.docs / "livret"

    @property
    def settings(self) -> Path:
        return self.root / SETTINGS

    @property
    def mkdocs(self) -> Path:
        """The configuration of MkDocs."""
        return self.root / "mkdocs.yml"

    @property
    def published_ids(self) -> Path:
        """The list of published ids, next to the folder of the fiches."""
        return self.practices.parent / PUBLISHED_IDS


def is_site_address(text: str) -> bool:
    """Whether a text is the http(s) address of a site, public or within a network, without search and fragment."""
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018  # raises ValueError if it is not a number
    except ValueError:
        return False
    plain = text.isascii() and text.isprintable() and not set(text) & set(" \"'<>\\^`{|}?#@")
    return plain and parts.scheme in {"http", "https"} and bool(parts.hostname)


def _site_address(text: str) -> str:
    if not is_site_address(text):
        raise PydanticCustomError("adresse-de-site-invalide", "not the address of a site", {"valeur": text})
    return text


def _repository(text: str) -> str:
    """Returns the web address of a repository; git's own address of the same repository ends with `.git`."""
    if not is_site_address(text):
        raise PydanticCustomError("adresse-du-depot-invalide", "not a web address", {"valeur": text})
    return text.rstrip("/").removesuffix(".git")


def _beginning_of_address(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise PydanticCustomError("adresse-web-invalide", "not a web address", {"valeur": text})
    return text


SiteAddress = Annotated[str, Line(400), AfterValidator(_site_address)]
RepositoryAddress = Annotated[str, Line(400), AfterValidator(_repository)]


class ExemptAddress(BaseModel):
    """A prefix of addresses that the link check skips, with the reason."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    adresse: Annotated[str, Line(400), AfterValidator(_beginning_of_address)]
    raison: Sentence


class Settings(BaseModel):
    """The content of `catalogue.yml`; an empty string means that the setting is still to be decided.

    Fields with a title are shown in the legal notice.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version_du_format: int = Field(default=NEWEST_FORMAT, ge=1, le=NEWEST_FORMAT, examples=[NEWEST_FORMAT])
    nom: Name = Field(examples=["Vivre ensemble"])
    adresse_du_site: SiteAddress = Field(default="", title="Adresse du site", examples=["https://exemple.lu/"])
    depot: RepositoryAddress = Field(default="", title="Dépôt", examples=["https://forge.exemple.lu/groupe/catalogue"])
    branche: Annotated[str, Line(160), Field(pattern=r"^[^\s~^:?*\[\\]+$")] = Field(default="main", examples=["main"])
    editeur: Sentence = Field(default="", title="Éditeur", examples=["Commune de Strassen"])
    adresse_de_l_editeur: Annotated[str, Text(600)] = Field(
        default="", title="Adresse de l'éditeur", examples=["1, place Grande-Duchesse Charlotte, L-8041 Strassen"]
    )
    hebergeur: Sentence = Field(default="", title="Hébergeur", examples=["Exemple SA, Luxembourg"])
    contact_juridique: Sentence = Field(default="", title="Contact juridique", examples=["info@exemple.lu"])
    contact_securite: Sentence = Field(default="", title="Contact de sécurité", examples=["securite@exemple.lu"])
    courriel_des_contributions: Email = Field(
        default="", title="Courriel des contributions", examples=["pratiques@exemple.lu"]
    )
    licence_des_textes: Sentence = Field(default="", title="Licence des textes", examples=["CC BY 4.0"])
    adresse_de_la_licence: WebAddress = Field(
        default="", title="Adresse de la licence", examples=["https://creativecommons.org/licenses/by/4.0/deed.fr"]
    )
    version_des_donnees: Name = Field(default="", title="Version des données", examples=["1.0"])
    date_des_donnees: FullDate = Field(default="", title="Date des données", examples=["2026-11-20"])
    liens_sans_controle: tuple[ExemptAddress, ...] = Field(
        default=(), examples=[[{"adresse": "https://exemple.lu/", "raison": "vérifié à la main"}]]
    )

    @property
    def address(self) -> str:
        """The address of the site with a trailing slash, or an empty string."""
        return with_slash(self.adresse_du_site)

    def correction_link(self, fiche_id: str) -> str:
        """Returns the address where the repository's website edits a fiche, or an empty string."""
        return f"{self.depot.rstrip('/')}/edit/{self.branche}/{PRACTICES}/{fiche_id}.yml" if self.depot else ""

    def new_file_link(self) -> str:
        """Returns the address where the repository's website creates a fiche, or an empty string."""
        return f"{self.depot.rstrip('/')}/new/{self.branche}/{PRACTICES}" if self.depot else ""

    def shown(self) -> list[tuple[str, str]]:
        """Returns the rows of the legal notice: title and value of a setting; the value may be empty."""
        return [(field.title, getattr(self, name)) for name, field in type(self).model_fields.items() if field.title]

    def is_exempt(self, address: str) -> bool:
        """Whether the link check skips an address."""
        return any(address.startswith(exempt.adresse) for exempt in self.liens_sans_controle)
