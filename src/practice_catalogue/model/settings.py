"""What only the owner of the catalogue can know, and which links are not to be asked."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

TO_BE_FILLED_IN = "à compléter"


class Settings(BaseModel):
    """The content of `catalogue.yml`; an empty text means that the owner has not said yet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    nom: str = Field(title="Nom du catalogue", min_length=1)
    adresse_du_site: str = Field(default="", title="Adresse du site")
    depot: str = Field(default="", title="Dépôt")
    branche: str = Field(default="main", title="Branche du dépôt")
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

    @property
    def address(self) -> str:
        """The address of the site with its final slash, or nothing."""
        return f"{self.adresse_du_site.rstrip('/')}/" if self.adresse_du_site else ""

    def correction_link(self, fiche_id: str) -> str:
        """Where a fiche can be corrected on the website of the repository, or nothing."""
        return f"{self.depot.rstrip('/')}/edit/{self.branche}/practices/{fiche_id}.yml" if self.depot else ""

    def new_file_link(self) -> str:
        """Where a fiche can be added on the website of the repository, or nothing."""
        return f"{self.depot.rstrip('/')}/new/{self.branche}/practices" if self.depot else ""

    def shown(self) -> list[tuple[str, str]]:
        """What the legal notice says: the name of a setting and its value, which may be empty."""
        names = type(self).model_fields.items()
        return [(field.title or name, getattr(self, name)) for name, field in names if name not in {"branche", "nom"}]


class Exempt(BaseModel):
    """Addresses that start like this are not asked, for a reason that someone wrote down."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    adresse: str = Field(pattern=r"^https?://")
    raison: str = Field(min_length=1)


class Exemptions(BaseModel):
    """The content of `liens-sans-controle.yml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    exceptions: tuple[Exempt, ...] = ()

    def cover(self, address: str) -> bool:
        return any(address.startswith(exempt.adresse) for exempt in self.exceptions)
