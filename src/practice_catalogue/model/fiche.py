"""The model of a fiche: every field with its French title, help, example and limits."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal, LiteralString, NamedTuple, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    StringConstraints,
    ValidationInfo,
)
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticCustomError

from practice_catalogue.model.addresses import is_email, is_phone, is_web_address
from practice_catalogue.model.characters import plain_signs
from practice_catalogue.model.vocabulary import Vocabularies

ID_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ID_LENGTH = 80
WINDOWS_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
)
"""Device names of Windows: a file of this name cannot be checked out there."""
RESERVED_IDS = WINDOWS_RESERVED | {"index"}
"""Ids that a fiche may not have; `index` would replace the page of the folder."""


class InTerms:
    """Annotation for text that names a term of a vocabulary; validation replaces the name by the id of the term."""

    def __init__(self, vocabulary: str) -> None:
        self.vocabulary = vocabulary

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return handler(Annotated[source, AfterValidator(self._resolve)])

    def _resolve(self, name: str, info: ValidationInfo) -> str:
        vocabularies = cast("Vocabularies", info.context)
        terms = vocabularies[self.vocabulary]
        term_id = terms.resolve(name)
        if term_id is None:
            raise PydanticCustomError(
                "terme-inconnu",
                "unknown term",
                {"valeur": name, "vocabulaire": self.vocabulary},
            )
        return term_id


def _one_line(text: str) -> str:
    if "\n" in text:
        raise PydanticCustomError("une-seule-ligne", "line breaks are not allowed")
    return text


_EURO = r"(?:€|[Ee][Uu][Rr](?:[Oo][Ss]?)?)"
_NUMBERS = (
    (r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+", r"(?:,(DECIMALS)|\.-{1,2})"),
    (r"[1-9][0-9]{0,2}(?:\s+[0-9]{3})+", "[.,](DECIMALS)"),
    (r"[1-9][0-9]{0,2}(?:['\u2019][0-9]{3})+", "[.,](DECIMALS)"),
    (r"[-+]?[0-9]+", "[.,](DECIMALS)"),
)
"""Ways to write a number in Luxembourg, the first that matches counts: grouped by points (before a decimal comma), by
spaces, by apostrophes, or not at all; then the decimals: `25.000,50`, `25 000,-`, `25'000.00`, `12.50`."""
AMOUNTS = tuple(
    rf"(?:{_EURO}\s*)?({number})(?:{decimals.replace('DECIMALS', '[0-9]+|-{1,2}')})?(?:\s*{_EURO})?"
    for number, decimals in _NUMBERS
)
"""Regular expressions of amounts after `plain_signs`, with the euros in the first group and the decimals in the second,
in the syntax that Python and JavaScript share."""
NO_CENTS = frozenset({"", "00", "-", "--"})
"""Decimals that add nothing to the euros."""
MOST_DIGITS = 15
"""Maximum number of digits of a number that JavaScript keeps exactly."""


class AmountRead(NamedTuple):
    """Result of reading an amount: the digits of its euros, or, if it is not a whole number, what it may mean."""

    euros: str = ""
    readings: tuple[str, ...] = ()


def read_amount(text: str) -> AmountRead:
    """Reads an amount as people write it; a text with cents, or of more than one meaning, has only readings.

    >>> [read_amount(text).euros for text in ("25.000", "25 000 €", "25'000.00", "EUR 12,-", "+3000")]
    ['25000', '25000', '25000', '12', '+3000']
    >>> [read_amount(text).readings for text in ("12,50", "25,000", "25.000,50", "environ 3000")]
    [('12', '13'), ('25', '25000'), ('25000', '25001'), ()]
    """
    found = next((match for form in AMOUNTS if (match := re.fullmatch(form, plain_signs(text).strip()))), None)
    if not found:
        return AmountRead()
    euros, cents = re.sub(r"[^-+0-9]", "", found[1]), found[2] or ""
    if cents in NO_CENTS:
        return AmountRead(euros)
    if len(euros + cents) > MOST_DIGITS:
        return AmountRead()
    whole, up = int(euros), int(euros) + 1
    joined = [euros + cents] if len(cents) == len("000") and whole else []
    return AmountRead("", tuple(map(str, (whole, *([up] if cents.strip("0") else []), *joined))))


def _amount(value: object) -> object:
    """Reads a text as an amount; a number is left to the integer validation."""
    if not isinstance(value, str):
        return value
    read = read_amount(value)
    if not read.euros:
        raise PydanticCustomError("nombre-attendu", "not an amount", {"proches": list(read.readings)})
    return read.euros


class DateForm(NamedTuple):
    """A date format: a regular expression for Python and JavaScript, and an example to show."""

    pattern: str
    shown: str


FULL_DATE = DateForm(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "2017-02-11")
PARTIAL_DATE = DateForm(r"[0-9]{4}(-[0-9]{2}){0,2}", "2017, 2017-02 ou 2017-02-11")
YEARS = r"[0-9]{4}(-[0-9]{4})?"
TYPED_DATE = r"(?:([0-9]{1,2}) ?[/.-] ?)?([0-9]{1,2}) ?[/.-] ?([0-9]{4})"
"""A date as people type it, after `plain_signs`: day (optional), month, year; for Python and JavaScript."""


def _full_date(text: str) -> str:
    return _date(text, FULL_DATE)


def _partial_date(text: str) -> str:
    return _date(text, PARTIAL_DATE)


def _date(text: str, form: DateForm) -> str:
    text = plain_signs(text)
    diagnostic = PydanticCustomError("date-invalide", "not a date", {"valeur": text, "formes": form.shown})
    if not re.fullmatch(form.pattern, text):
        raise diagnostic
    try:
        date.fromisoformat("-".join((*text.split("-"), "01", "01")[:3]))
    except ValueError:
        raise diagnostic from None
    return text


def _year(text: str) -> str:
    text = plain_signs(text)
    if not re.fullmatch(YEARS, text):
        raise PydanticCustomError("annee-invalide", "not a year", {"valeur": text})
    return text


def _address(check: Callable[[str], bool], code: LiteralString) -> AfterValidator:
    def validate(text: str) -> str:
        if not check(text):
            raise PydanticCustomError(code, "not a usable address", {"valeur": text})
        return text

    return AfterValidator(validate)


def is_id(text: str) -> bool:
    """Whether a text may be the id of a fiche, and so the name of its file and page on any system."""
    return len(text) <= ID_LENGTH and ID_PATTERN.fullmatch(text) is not None and text not in RESERVED_IDS


def _slug(text: str) -> str:
    if not is_id(text):
        raise PydanticCustomError("identifiant-invalide", "not an id", {"valeur": text})
    return text


class Text:
    """Annotation for text of several paragraphs in the Markdown subset of `richtext`; lengths in characters."""

    def __init__(self, longest: int, shortest: int = 1) -> None:
        self.limits = StringConstraints(strip_whitespace=True, min_length=shortest, max_length=longest)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return handler(Annotated[source, self.limits])


class Line(Text):
    """Annotation for text of one line without markup."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return handler(Annotated[source, self.limits, AfterValidator(_one_line)])


class Shape(NamedTuple):
    """Annotation for text of a fixed format, such as a date or a phone number.

    `pattern` (JSON Schema) matches every valid value in ASCII and possibly some invalid ones; validation is stricter.
    """

    kind: Literal["id", "date", "partial-date", "years", "web", "email", "phone", "amount"]
    pattern: str


Name = Annotated[str, Line(160)]
Sentence = Annotated[str, Line(600)]
LongText = Annotated[str, Text(6000)]
Slug = Annotated[str, AfterValidator(_slug), Shape("id", ID_PATTERN.pattern)]
FullDate = Annotated[str, AfterValidator(_full_date), Shape("date", FULL_DATE.pattern)]
PartialDate = Annotated[str, AfterValidator(_partial_date), Shape("partial-date", PARTIAL_DATE.pattern)]
Years = Annotated[str, AfterValidator(_year), Shape("years", YEARS)]
WebAddress = Annotated[str, Line(400), _address(is_web_address, "adresse-web-invalide"), Shape("web", r"https?://\S+")]
Email = Annotated[str, Line(120), _address(is_email, "courriel-invalide"), Shape("email", r"[^\s@]+@[^\s@]+\.[^\s@]+")]
Phone = Annotated[
    str,
    Line(40),
    _address(is_phone, "telephone-invalide"),
    AfterValidator(plain_signs),
    Shape("phone", "[-0-9 ./()+]+"),
]
LARGEST_AMOUNT = 1_000_000_000
Amount = Annotated[
    int,
    BeforeValidator(_amount),
    Field(ge=0, le=LARGEST_AMOUNT),
    Shape("amount", "|".join(form.replace("[0-9]+|-{1,2}", "00|-{1,2}") for form in AMOUNTS)),
]


class EntryName(NamedTuple):
    """Annotation for a list: the name of one entry with its article (« un objectif »)."""

    name: str


def champ(titre: str, aide: str, exemple: Any, *, most: int | None = None, un: str = "", **field: Any) -> Any:
    """Returns a pydantic field with title, help and example; for a list, `most` is its maximum length.

    `un` is the name of one entry of a list, with its article. A field without a default is required; a required list
    has at least one entry.
    """
    if most is not None:
        field |= {"max_length": most}
        if "default" not in field:
            field |= {"min_length": 1}
    made: FieldInfo = Field(title=titre, description=aide, examples=[exemple], **field)
    if un:
        made.metadata.append(EntryName(un))
    return made


class Part(BaseModel):
    """Base class of a fiche and its parts: immutable, unknown keys forbidden."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Porteur(Part):
    """Who carries the practice."""

    nom: Name = champ("Nom", "Le nom de la commune, de l'association ou du service.", "Commune de Strassen")
    type: Annotated[str, InTerms("types_de_porteur")] = champ("Type", "Le type de porteur.", "commune")


class Partenaire(Part):
    """Who helps, and with what."""

    nom: Name = champ("Nom", "Le nom du partenaire.", "Croix-Rouge luxembourgeoise")
    role: Sentence | None = champ("Rôle", "Ce qu'il fait dans le projet.", "forme les bénévoles", default=None)


class Indicateur(Part):
    """A measured result: what, how much, when."""

    mesure: Annotated[str, Line(200)] = champ("Mesure", "Ce qui est compté ou mesuré.", "Participants par soirée")
    valeur: Annotated[str, Line(80)] = champ("Valeur", "Le nombre, avec son unité.", "une centaine")
    annee: Years | None = champ("Année", "L'année, ou les deux années d'une période.", "2016", default=None)


class Defi(Part):
    """A difficulty, and how it was met."""

    defi: Sentence = champ("Difficulté", "Ce qui a été difficile, en une ou deux phrases.", "Trouver des animateurs.")
    reponse: Sentence | None = champ(
        "Réponse", "Ce qui a aidé à la surmonter.", "Une formation commune avec l'ASTI.", default=None
    )
    frein: Annotated[str, InTerms("freins")] | None = champ(
        "Frein", "Le nom commun de cette difficulté, pour la comparer avec celles d'ailleurs.", "moyens", default=None
    )


class Calendrier(Part):
    """When it began, when it ends, how often it happens."""

    debut: PartialDate | None = champ("Début", "Année, mois ou jour du début.", "2011", default=None)
    fin: PartialDate | None = champ(
        "Fin", "Année, mois ou jour de la fin, si elle est prévue.", "2018-12", default=None
    )
    periodicite: Annotated[str, Line(200)] | None = champ(
        "Périodicité", "À quel rythme.", "une fois par mois", default=None
    )


class Couts(Part):
    """What it costs, and who pays."""

    niveau: Annotated[str, InTerms("niveaux_de_cout")] = champ("Niveau", "L'ordre de grandeur du coût.", "faible")
    montant: Amount | None = champ("Montant", "Le montant en euros, ou le bas de la fourchette.", "3000", default=None)
    montant_max: Amount | None = champ("Montant maximal", "Le haut de la fourchette, en euros.", "5000", default=None)
    texte: Annotated[str, Text(1500)] | None = champ(
        "Précisions", "Ce qui coûte, et pour qui.", "Publications et petites collations.", default=None
    )
    financement: tuple[Name, ...] = champ(
        "Financement",
        "Qui paie.",
        ["Œuvre nationale de secours Grande-Duchesse Charlotte"],
        most=10,
        un="un financeur",
        default=(),
    )


class Contact(Part):
    """Whom to ask: a service first, a person if need be."""

    organisation: Name = champ("Organisation", "Le service ou l'association.", "Service à l'égalité des chances")
    nom: Annotated[str, Line(120)] | None = champ(
        "Nom", "La personne, si elle accepte d'être citée.", "Luiza Sosna", default=None
    )
    fonction: Annotated[str, Line(160)] | None = champ(
        "Fonction", "Sa fonction.", "chargée d'intégration", default=None
    )
    telephone: Phone | None = champ(
        "Téléphone", "Un numéro professionnel, pas un mobile privé.", "31 02 62 270", default=None
    )
    courriel: Email | None = champ(
        "Courriel", "L'adresse du service plutôt que celle d'une personne.", "info@equigaart.lu", default=None
    )
    adresse: Annotated[str, Line(240)] | None = champ(
        "Adresse", "L'adresse postale.", "64, rue Charles Martel, L-2134 Luxembourg", default=None
    )
    horaires: Annotated[str, Line(240)] | None = champ(
        "Horaires", "Quand joindre ou visiter le service.", "le mercredi de 8 h 30 à 11 h 30", default=None
    )
    confirme_le: FullDate | None = champ(
        "Confirmé le", "Le jour où ce contact a été vérifié pour la dernière fois.", "2026-03-15", default=None
    )


class Lien(Part):
    """A page on the web."""

    titre: Annotated[str, Line(160)] = champ("Titre", "Ce que l'on trouve à cette adresse.", "Site de l'association")
    url: WebAddress = champ("Adresse", "L'adresse complète, avec https://.", "https://www.equigaart.lu")


class Document(Part):
    """A publication: brochure, flyer, report."""

    titre: Annotated[str, Line(200)] = champ(
        "Titre", "Le nom du document, ou ce qu'il est.", "Brochure de présentation"
    )
    url: WebAddress | None = champ("Adresse", "Où le télécharger.", "https://www.esch.lu/sport", default=None)
    note: Sentence | None = champ(
        "Note", "Où le trouver, ou ce qu'il contient.", "disponible à l'hôtel de ville", default=None
    )


class Presentation(Part):
    """Where the practice was presented at the Assises."""

    edition: Annotated[str, InTerms("editions")] = champ("Édition", "L'édition des Assises.", "assises-2017")
    bloc: Annotated[str, Line(40)] | None = champ("Bloc", "Le bloc thématique.", "3", default=None)
    table: Annotated[str, Line(40)] | None = champ("Table", "La table de présentation.", "1", default=None)


class Source(Part):
    """The document that the fiche is taken from."""

    document: Annotated[str, Line(240)] = champ(
        "Document", "Le document d'où viennent les faits.", "Fiches projets des 2es Assises (2017)"
    )
    place: Annotated[str, Line(240)] | None = champ(
        "Endroit", "Où, dans ce document.", "Equigaart : jardin communautaire", default=None
    )


class Fiche(Part):
    """A good practice, as the catalogue keeps it; `id` is the name of its file."""

    id: Slug = Field(title="Identifiant", description="Le nom du fichier, sans « .yml ».", examples=["cafe-de-babel"])

    titre: Annotated[str, Line(120, 4)] = champ(
        "Titre", "Le nom de la pratique, tel qu'on le dirait à un collègue.", "Café de Babel"
    )
    sous_titre: Annotated[str, Line(200)] | None = champ(
        "Sous-titre", "Ce que le titre ne dit pas.", "Un café des langues animé par les habitants", default=None
    )
    resume: Annotated[str, Line(320, 40)] = champ(
        "Résumé",
        "Une ou deux phrases qui donnent envie de lire la suite ; elles figurent sur la carte de la fiche.",
        "Une fois par mois, une centaine d'habitants pratiquent huit langues autour d'un verre.",
    )
    porteurs: tuple[Porteur, ...] = champ(
        "Porteurs",
        "Qui porte la pratique et en répond.",
        [{"nom": "Commune de Strassen", "type": "commune"}],
        most=10,
        un="un porteur",
    )
    organisateurs: tuple[Name, ...] = champ(
        "Organisateurs",
        "Qui l'organise au quotidien, si ce n'est pas le porteur.",
        ["Service des sports"],
        most=10,
        un="un organisateur",
        default=(),
    )
    partenaires: tuple[Partenaire, ...] = champ(
        "Partenaires",
        "Qui aide, et à quoi.",
        [{"nom": "Caritas", "role": "forme les bénévoles"}],
        most=30,
        un="un partenaire",
        default=(),
    )
    territoire: Annotated[str, InTerms("territoires")] = champ("Territoire", "L'échelle de la pratique.", "communal")
    communes: tuple[Annotated[str, InTerms("communes")], ...] = champ(
        "Communes",
        "Les communes concernées, sous leur nom d'aujourd'hui ou d'avant une fusion, en français, en luxembourgeois "
        "ou en allemand. Une pratique communale ou intercommunale en nomme au moins une.",
        ["Strassen"],
        most=102,
        un="une commune",
        default=(),
    )
    lieu: Annotated[str, Line(240)] | None = champ(
        "Lieu", "Le lieu précis.", "Centre culturel Paul Barblé", default=None
    )
    domaines: tuple[Annotated[str, InTerms("domaines")], ...] = champ(
        "Domaines",
        "Le domaine principal d'abord, quatre au plus.",
        ["langues", "rencontre-et-loisirs"],
        most=4,
        un="un domaine",
    )
    publics: tuple[Annotated[str, InTerms("publics")], ...] = champ(
        "Publics", "À qui la pratique s'adresse, cinq au plus.", ["tous-les-residents"], most=5, un="un public"
    )
    public_cible: Annotated[str, Line(400)] | None = champ(
        "Public cible",
        "Le public, avec vos mots.",
        "Les habitants de Strassen, quelle que soit leur langue.",
        default=None,
    )
    besoins: LongText | None = champ(
        "Besoins",
        "Le constat de départ : pourquoi il fallait agir.",
        "Les habitants n'ont personne avec qui parler luxembourgeois.",
        default=None,
    )
    objectifs: tuple[Sentence, ...] = champ(
        "Objectifs",
        "Ce que la pratique veut obtenir. Commencez chaque objectif par un verbe.",
        ["Faire se rencontrer les habitants."],
        most=15,
        un="un objectif",
    )
    objectifs_secondaires: tuple[Sentence, ...] = champ(
        "Objectifs secondaires",
        "Ce que la pratique vise en plus.",
        ["Associer les communes voisines."],
        most=15,
        un="un objectif secondaire",
        default=(),
    )
    description: Annotated[str, Text(6000, 40)] = champ(
        "Description",
        "Comment cela se passe, pour qui voudrait faire pareil : qui fait quoi, où, à quel rythme.",
        "Chaque table a sa langue et son animateur bénévole. On change de table quand on veut.",
    )
    resultats: LongText | None = champ(
        "Résultats", "Ce que la pratique a changé.", "Des voisins qui s'ignoraient se tutoient.", default=None
    )
    indicateurs: tuple[Indicateur, ...] = champ(
        "Chiffres",
        "Les résultats que l'on peut compter.",
        [{"mesure": "Participants", "valeur": "300", "annee": "2016"}],
        most=30,
        un="un chiffre",
        default=(),
    )
    innovation: LongText | None = champ(
        "Originalité",
        "Ce que la pratique a de neuf ou de particulier.",
        "Le premier café des langues du pays.",
        default=None,
    )
    defis: tuple[Defi, ...] = champ(
        "Difficultés et réponses",
        "Ce qui a été difficile, et ce qui a aidé.",
        [{"defi": "Trouver des animateurs.", "reponse": "Une formation."}],
        most=20,
        un="une difficulté",
        default=(),
    )
    freins: tuple[Annotated[str, InTerms("freins")], ...] = champ(
        "Freins",
        "Les obstacles dont parle la fiche sans en faire une difficulté : constat de départ, contexte.",
        ["langue-et-culture"],
        most=8,
        un="un frein",
        default=(),
    )
    facteurs_de_reussite: tuple[Sentence, ...] = champ(
        "Facteurs de réussite",
        "Ce sans quoi cela n'aurait pas marché.",
        ["Des animateurs habitants."],
        most=15,
        un="un facteur de réussite",
        default=(),
    )
    leviers: tuple[Annotated[str, InTerms("leviers")], ...] = champ(
        "Leviers",
        "Ce qui a aidé, sous un nom commun à toutes les fiches.",
        ["participation", "convivialite"],
        most=8,
        un="un levier",
        default=(),
    )
    demarche: Annotated[str, InTerms("demarches")] | None = champ(
        "Démarche", "D'où vient l'initiative.", "ascendante", default=None
    )
    etapes_pci: tuple[Annotated[str, InTerms("etapes_pci")], ...] = champ(
        "Étapes du PCI",
        "Les étapes d'un plan communal que la pratique illustre.",
        ["etat-des-lieux"],
        most=11,
        un="une étape",
        default=(),
    )
    orientations: tuple[Annotated[str, InTerms("orientations")], ...] = champ(
        "Orientations",
        "Les orientations de la stratégie d'intégration locale qu'elle sert.",
        ["partenariats"],
        most=4,
        un="une orientation",
        default=(),
    )
    calendrier: Calendrier | None = champ(
        "Calendrier",
        "Depuis quand, jusqu'à quand, à quel rythme.",
        {"debut": "2011", "periodicite": "chaque semaine"},
        default=None,
    )
    couts: Couts | None = champ(
        "Coûts", "Ce que la pratique coûte, et qui paie.", {"niveau": "faible", "montant": "3000"}, default=None
    )
    contacts: tuple[Contact, ...] = champ(
        "Contacts",
        "À qui s'adresser.",
        [{"organisation": "Equigaart asbl", "courriel": "info@equigaart.lu"}],
        most=10,
        un="un contact",
    )
    liens: tuple[Lien, ...] = champ(
        "Liens",
        "Les pages utiles sur le web.",
        [{"titre": "Site de la commune", "url": "https://www.strassen.lu"}],
        most=20,
        un="un lien",
        default=(),
    )
    documents: tuple[Document, ...] = champ(
        "Documents", "Brochures, dépliants, rapports.", [{"titre": "Dépliant"}], most=20, un="un document", default=()
    )
    editions: tuple[Presentation, ...] = champ(
        "Présentée aux Assises",
        "Les éditions des Assises où elle a été présentée.",
        [{"edition": "assises-2017"}],
        most=20,
        un="une présentation",
        default=(),
    )
    sources: tuple[Source, ...] = champ(
        "Sources",
        "Les documents d'où viennent les faits.",
        [{"document": "Fiches projets des 2es Assises (2017)"}],
        most=10,
        un="une source",
        default=(),
    )
    langue: Annotated[str, InTerms("langues")] = champ("Langue", "La langue de la fiche.", "fr", default="fr")
    publie_le: FullDate | None = champ("Publiée le", "Le jour de son entrée au catalogue.", "2026-11-20", default=None)
    modifie_le: FullDate | None = champ("Modifiée le", "Le jour de sa dernière révision.", "2026-11-20", default=None)
    anciens_ids: tuple[Slug, ...] = champ(
        "Anciens identifiants",
        "Les noms que son fichier a portés : les anciennes adresses y mènent encore.",
        ["cafe-des-langues"],
        most=10,
        un="un ancien identifiant",
        default=(),
    )
