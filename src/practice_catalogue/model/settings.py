"""The settings in `catalogue.yml`, and the folders and files of a catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

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


class ExemptAddress(BaseModel):
    """A prefix of addresses that the link check skips, with the reason."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    adresse: str = Field(pattern=r"^https?://")
    raison: str = Field(min_length=1)


class Settings(BaseModel):
    """The content of `catalogue.yml`; an empty string means that the setting is still to be decided.

    Fields with a title are shown in the legal notice.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version_du_format: int = Field(default=NEWEST_FORMAT, ge=1, le=NEWEST_FORMAT)
    nom: str = Field(min_length=1)
    adresse_du_site: str = Field(default="", title="Adresse du site")
    depot: str = Field(default="", title="Dépôt")
    branche: str = "main"
    editeur: str = Field(default="", title="Éditeur")
    adresse_de_l_editeur: str = Field(default="", title="Adresse de l'éditeur")
    hebergeur: str = Field(default="", title="Hébergeur")
    contact_juridique: str = Field(default="", title="Contact juridique")
    contact_securite: str = Field(default="", title="Contact de sécurité")
    courriel_des_contributions: str = Field(default="", title="Courriel des contributions")
    licence_des_textes: str = Field(default="", title="Licence des textes")
    adresse_de_la_licence: str = Field(default="", title="Adresse de la licence")
    version_des_donnees: str = Field(default="", title="Version des données")
    date_des_donnees: str = Field(default="", title="Date des données")
    liens_sans_controle: tuple[ExemptAddress, ...] = ()

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
