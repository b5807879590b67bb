"""Explanations of the problems of fiches for the site: cause, wrong example, corrected example."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from practice_catalogue.model.settings import PUBLISHED_IDS

FOLDER = "contribuer/erreurs/"
"""Folder of the explanations within the site."""


def explanation_page(code: str) -> str:
    """Returns the address of the explanation of a code within the site."""
    return f"{FOLDER}{code}/"


class Shows(StrEnum):
    """Kind of an example: the value is its heading on the page; tests check each kind in its own way."""

    LINES = "Dans la fiche"
    WHOLE = "Le fichier entier"
    NAME = "Le nom du fichier"
    LIST = f"Dans {PUBLISHED_IDS}"


class Explanation(NamedTuple):
    """Content of the page of a code; the examples are empty if nothing can be shown.

    `warning` marks a warning: the fiche is published nevertheless.
    """

    title: str
    cause: str
    wrong: str = ""
    right: str = ""
    shows: Shows = Shows.LINES
    warning: bool = False


GROUPS: dict[str, dict[str, Explanation]] = {
    "Le fichier": {
        "fichier-trop-gros": Explanation(
            "Fichier trop gros",
            "Une fiche tient en quelques pages. Le plus souvent, un rapport entier a été collé dans un champ. "
            "Gardez l'essentiel et ajoutez le rapport aux documents, avec son adresse.",
        ),
        "encodage": Explanation(
            "Encodage",
            "Les accents peuvent être enregistrés de plusieurs façons ; le catalogue attend la plus courante, UTF-8. "
            "D'anciens éditeurs sous Windows en choisissent une autre : à l'enregistrement, demandez UTF-8.",
        ),
        "caractere-interdit": Explanation(
            "Caractère invisible",
            "Un texte copié d'un PDF, d'une page web ou de Word emporte parfois des caractères que l'on ne voit pas : "
            "espaces sans largeur, marques de direction, signes de commande. Ils gênent la recherche et l'impression. "
            "Effacez le mot indiqué et retapez-le.",
        ),
        "fichier-inattendu": Explanation(
            "Fichier qui n'est pas une fiche",
            "Le dossier des fiches ne contient que des fiches, chacune dans un fichier dont le nom finit par « .yml ». "
            "Une image, un document Word ou un fichier « .yaml » n'y ont pas leur place.",
            "cafe-de-babel.yaml",
            "cafe-de-babel.yml",
            Shows.NAME,
        ),
        "page-inattendue": Explanation(
            "Fichier qui n'est pas une page",
            "Le dossier des pages écrites à la main ne contient que du texte en Markdown (.md) et des images PNG ou "
            "WebP. Tout ce qui s'y trouve serait publié : un autre document ou un lien n'y ont pas leur place.",
        ),
        "nom-de-fichier": Explanation(
            "Nom de fichier",
            "Le nom du fichier devient l'adresse de la fiche sur le site. Il s'écrit donc en minuscules, sans accent "
            "ni espace, avec des tirets entre les mots.",
            "Café de Babel.yml",
            "cafe-de-babel.yml",
            Shows.NAME,
        ),
        "nom-reserve": Explanation(
            "Nom réservé",
            "Windows refuse quelques noms de fichier : con, prn, aux, nul, com1, lpt1 et leurs voisins. Sur un tel "
            "ordinateur, le catalogue ne pourrait plus être copié.",
            "aux.yml",
            "aux-quatre-vents.yml",
            Shows.NAME,
        ),
        "lien-symbolique": Explanation(
            "Lien vers un autre fichier",
            "Ce fichier n'est qu'un renvoi vers un autre. Copiez le contenu de la fiche dans un vrai fichier.",
        ),
        "fichier-illisible": Explanation(
            "Fichier illisible",
            "Le fichier a disparu pendant la lecture, ou l'ordinateur refuse de l'ouvrir. Vérifiez qu'il est bien là "
            "et qu'un autre programme ne le garde pas ouvert.",
        ),
        "autres-problemes": Explanation(
            "Beaucoup de problèmes",
            "Le contrôle s'arrête là, pour rester lisible. Souvent, une seule erreur en haut du fichier cause les "
            "autres : corrigez les premières, puis relancez le contrôle.",
        ),
    },
    "La forme du fichier": {
        "yaml-tabulation": Explanation(
            "Tabulation",
            "Le retrait d'une ligne dit à quoi elle appartient. Une tabulation peut valoir deux, quatre ou huit "
            "espaces : elle est donc refusée. Remplacez-la par des espaces.",
            "porteurs:\n\t- {nom: Commune de Strassen, type: commune}",
            "porteurs:\n  - {nom: Commune de Strassen, type: commune}",
        ),
        "yaml-deux-points": Explanation(
            "Deux-points dans un texte",
            "Un deux-points suivi d'une espace sépare un champ de sa valeur. S'il fait partie du texte, mettez tout le "
            "texte entre guillemets droits.",
            "titre: Café de Babel : le café des langues",
            'titre: "Café de Babel : le café des langues"',
        ),
        "yaml-cle-sans-deux-points": Explanation(
            "Deux-points manquant",
            "Après le nom du champ viennent un deux-points et une espace. L'un des deux manque.",
            "titre Café de Babel",
            "titre: Café de Babel",
        ),
        "yaml-guillemet": Explanation(
            "Guillemet qui ne se ferme pas",
            "Un texte ouvert par un guillemet ou une apostrophe doit finir par le même signe. Souvent, une apostrophe "
            "au milieu du texte l'a fermé trop tôt : préférez les guillemets droits autour du texte.",
            "sous_titre: 'L'échange des langues'",
            'sous_titre: "L\'échange des langues"',
        ),
        "yaml-indentation": Explanation(
            "Retrait",
            "Les champs commencent au bord gauche ; ce qui leur appartient est en retrait de deux espaces. Une espace "
            "de trop ou de moins change le sens.",
            "titre: Café de Babel\n  lieu: Centre culturel",
            "titre: Café de Babel\nlieu: Centre culturel",
        ),
        "yaml-caractere-initial": Explanation(
            "Signe réservé en tête",
            "Au début d'un texte, les signes @, `, % et quelques autres ont un sens pour le format. Mettez le texte "
            "entre guillemets droits.",
            "titre: @venir, le café des jeunes",
            'titre: "@venir, le café des jeunes"',
        ),
        "yaml-crochet": Explanation(
            "Crochet ou accolade qui ne se ferme pas",
            "Une liste ouverte par [ se ferme par ], un groupe ouvert par { se ferme par }.",
            "communes: [Strassen, Bertrange",
            "communes: [Strassen, Bertrange]",
        ),
        "yaml-ancre": Explanation(
            "Les signes & et * en tête",
            "Au début d'un texte, & et * ont un sens pour le format. Mettez le texte entre guillemets droits.",
            "titre: &toi et moi, café des langues",
            'titre: "&toi et moi, café des langues"',
        ),
        "yaml-etiquette": Explanation(
            "Le signe ! en tête",
            "Au début d'un texte, le point d'exclamation a un sens pour le format. Mettez le texte entre guillemets "
            "droits.",
            "titre: !Bienvenue au café de Babel",
            'titre: "!Bienvenue au café de Babel"',
        ),
        "yaml-plusieurs-documents": Explanation(
            "Plusieurs fiches dans un fichier",
            "La ligne « --- » commence un nouveau document. Une fiche occupe un fichier : coupez-le en deux, ou "
            "retirez la ligne.",
            "titre: Café de Babel\n---\nlieu: Centre culturel",
            "titre: Café de Babel\nlieu: Centre culturel",
        ),
        "yaml-cle-complexe": Explanation(
            "Nom de champ impossible",
            "Le nom d'un champ est un simple mot, suivi d'un deux-points. Un point d'interrogation ou un crochet en "
            "tête de ligne annonce autre chose.",
            "? [titre]\n: Café de Babel",
            "titre: Café de Babel",
        ),
        "yaml-trop-profond": Explanation(
            "Trop de niveaux",
            "Une fiche a des champs et des sous-champs, pas davantage. Des crochets répétés par erreur créent des "
            "niveaux de trop.",
            "communes: [[[[[[[[[[[[[[Strassen]]]]]]]]]]]]]]",
            "communes: [Strassen]",
        ),
        "yaml-syntaxe": Explanation(
            "Forme incomprise",
            "Le fichier ne peut plus être lu à partir de cet endroit, sans que la cause soit claire. Regardez cette "
            "ligne et celle d'avant : un signe étranger, un bout de texte collé par erreur ?",
            "%titre\ntitre: Café de Babel",
            "titre: Café de Babel",
        ),
        "cle-en-double": Explanation(
            "Champ écrit deux fois",
            "Le même champ figure deux fois : le programme ne peut pas deviner laquelle des deux valeurs compte.",
            "lieu: Centre culturel\nlieu: Hall de la mairie",
            "lieu: Centre culturel, puis hall de la mairie",
        ),
    },
    "Les champs": {
        "fiche-vide": Explanation(
            "Fiche vide",
            "Le fichier ne contient rien, ou seulement des commentaires : dans le modèle, les lignes qui commencent "
            "par # ne comptent pas.",
            "# titre: Café de Babel",
            "titre: Café de Babel\n…",
            Shows.WHOLE,
        ),
        "pas-une-fiche": Explanation(
            "Pas de champs",
            "Le fichier contient du texte ou une liste, mais aucune ligne de la forme « champ: valeur ».",
            "- Café de Babel\n- Strassen",
            "titre: Café de Babel\ncommunes: [Strassen]\n…",
            Shows.WHOLE,
        ),
        "cle-inconnue": Explanation(
            "Champ inconnu",
            "Ce nom de champ n'existe pas : une faute de frappe, un accent, un pluriel oublié. Un sous-champ écrit au "
            "bord gauche, au lieu d'être en retrait, donne la même erreur.",
            "soustitre: Le café des langues",
            "sous_titre: Le café des langues",
        ),
        "champ-manquant": Explanation(
            "Champ manquant",
            "Ce champ est demandé à chaque fiche, ou à chaque entrée de cette liste.",
            "liens:\n  - {url: https://www.strassen.lu}",
            "liens:\n  - {titre: Site de la commune, url: https://www.strassen.lu}",
        ),
        "champ-vide": Explanation(
            "Champ demandé, mais vide",
            "Le champ est là, mais il n'y a rien derrière. D'un champ facultatif, on peut retirer la ligne ; celui-ci "
            "est demandé.",
            "domaines:",
            "domaines: [langues]",
        ),
        "texte-trop-court": Explanation(
            "Texte trop court",
            "Le texte est trop bref pour être utile aux lecteurs : une phrase de plus suffit.",
            "resume: Un café.",
            "resume: Une fois par mois, les habitants pratiquent leurs langues autour d'un verre.",
        ),
        "texte-trop-long": Explanation(
            "Texte trop long",
            "Le texte dépasse la place prévue sur la page et dans le livret. Gardez l'essentiel ; le reste va dans la "
            "description ou dans un document.",
            "titre: Café de Babel, le rendez-vous mensuel où les habitants de Strassen pratiquent ensemble leurs "
            "langues, de la première phrase à la conversation",
            "titre: Café de Babel, le café des langues de Strassen",
        ),
        "une-seule-ligne": Explanation(
            "Texte sur plusieurs lignes",
            "Ce champ n'a ni paragraphe ni retour à la ligne. Le signe | les garde ; le signe >- les remplace par des "
            "espaces.",
            "lieu: |\n  Centre culturel\n  Paul Barblé",
            "lieu: >-\n  Centre culturel\n  Paul Barblé",
        ),
        "liste-trop-longue": Explanation(
            "Liste trop longue",
            "La liste compte plus d'éléments que prévu. Au-delà, un choix ne distingue plus rien : gardez les plus "
            "importants.",
            "domaines: [langues, logement, culture, education, environnement]",
            "domaines: [langues, culture]",
        ),
        "texte-attendu": Explanation(
            "Texte attendu",
            "Ce champ prend un simple texte, pas une liste ni un groupe de sous-champs.",
            "lieu: [Centre culturel, Hall de la mairie]",
            "lieu: Centre culturel, puis hall de la mairie",
        ),
        "liste-attendue": Explanation(
            "Liste attendue",
            "Ce champ prend une liste, même s'il n'y a qu'un élément : entre crochets, ou un élément par ligne après "
            "un tiret.",
            "communes: Strassen",
            "communes: [Strassen]",
        ),
        "groupe-attendu": Explanation(
            "Sous-champs attendus",
            "Ce champ se compose de plusieurs sous-champs, chacun avec son nom.",
            "couts: 3000",
            "couts:\n  niveau: faible\n  montant: 3000",
        ),
        "nombre-attendu": Explanation(
            "Nombre attendu",
            "Ce champ prend un nombre entier d'euros : 25000, 25 000 €, 25.000 ou 25'000,00. Les centimes et les mots "
            "n'y ont pas de place ; les explications vont dans « texte ».",
            "couts: {niveau: faible, montant: environ 3000}",
            "couts: {niveau: faible, montant: 3000, texte: Montant approximatif.}",
        ),
        "nombre-hors-limites": Explanation(
            "Nombre invraisemblable",
            "Le nombre est négatif, ou bien trop grand pour un montant en euros.",
            "couts: {niveau: faible, montant: -3000}",
            "couts: {niveau: faible, montant: 3000}",
        ),
        "valeur-invalide": Explanation(
            "Valeur qui ne convient pas",
            "La valeur n'a pas la forme attendue. Comparez-la avec l'exemple que donne la page des champs.",
        ),
        "terme-inconnu": Explanation(
            "Terme inconnu",
            "Ce champ se remplit avec les termes d'une liste, pour que les fiches puissent être comparées. Un terme se "
            "reconnaît à son nom ou à son identifiant, avec ou sans accents et majuscules ; une commune, aussi par son "
            "nom allemand, luxembourgeois ou d'autrefois.",
            "domaines: [languages-etrangeres]",
            "domaines: [langues]",
        ),
        "date-invalide": Explanation(
            "Date",
            "Une date s'écrit année-mois-jour, avec quatre, deux et deux chiffres, et doit exister dans le calendrier.",
            "publie_le: 11/02/2017",
            "publie_le: 2017-02-11",
        ),
        "annee-invalide": Explanation(
            "Année",
            "Une année s'écrit en quatre chiffres, une période avec un tiret entre deux années.",
            "indicateurs:\n  - {mesure: Participants, valeur: 300, annee: depuis 2016}",
            "indicateurs:\n  - {mesure: Participants, valeur: 300, annee: 2016}",
        ),
        "adresse-web-invalide": Explanation(
            "Adresse web",
            "L'adresse doit être complète, commencer par https:// ou http://, et ne contenir ni espace ni accent. Le "
            "plus sûr est de la copier depuis la barre d'adresse du navigateur.",
            "liens:\n  - {titre: Site de la commune, url: www.strassen.lu}",
            "liens:\n  - {titre: Site de la commune, url: https://www.strassen.lu}",
        ),
        "courriel-invalide": Explanation(
            "Adresse de courriel",
            "Une seule adresse, sans nom ni espace. Pour deux adresses, ajoutez un second contact.",
            "contacts:\n  - {organisation: Commune de Strassen, courriel: info(at)commune.lu}",
            "contacts:\n  - {organisation: Commune de Strassen, courriel: info@commune.lu}",
        ),
        "telephone-invalide": Explanation(
            "Numéro de téléphone",
            "Des chiffres, des espaces et des tirets, avec l'indicatif si vous voulez. Deux numéros font deux contacts "
            "; les heures d'appel vont dans « horaires ».",
            "contacts:\n  - {organisation: Commune de Strassen, telephone: 26 12 10-1 (le matin)}",
            "contacts:\n  - {organisation: Commune de Strassen, telephone: 26 12 10-1, horaires: le matin}",
        ),
        "identifiant-invalide": Explanation(
            "Identifiant",
            "L'identifiant d'une fiche est le nom de son fichier sans « .yml » : des minuscules sans accent, des "
            "chiffres, des tirets.",
            "anciens_ids: [Café des langues]",
            "anciens_ids: [cafe-des-langues]",
        ),
    },
    "Ce qui ne va pas ensemble": {
        "communes-manquantes": Explanation(
            "Communes manquantes",
            "Une pratique communale ou intercommunale se passe quelque part : sans commune, elle manque sur la carte.",
            "territoire: communal\ncommunes: []",
            "territoire: communal\ncommunes: [Strassen]",
        ),
        "terme-en-double": Explanation(
            "Terme répété",
            "Le même terme figure deux fois, peut-être sous deux noms.",
            "domaines: [langues, Langues]",
            "domaines: [langues]",
            warning=True,
        ),
        "dates-inversees": Explanation(
            "Fin avant le début",
            "La date de fin précède celle du début : les deux sont sans doute interverties.",
            "calendrier: {debut: 2018, fin: 2016}",
            "calendrier: {debut: 2016, fin: 2018}",
        ),
        "montants-inverses": Explanation(
            "Fourchette inversée",
            "Le montant maximal est plus petit que le montant : les deux sont sans doute intervertis.",
            "couts: {niveau: faible, montant: 5000, montant_max: 3000}",
            "couts: {niveau: faible, montant: 3000, montant_max: 5000}",
        ),
        "montant-sans-minimum": Explanation(
            "Fourchette sans bas",
            "Le haut de la fourchette est donné, mais pas le bas. S'il n'y a qu'un chiffre, c'est le montant.",
            "couts: {niveau: faible, montant_max: 5000}",
            "couts: {niveau: faible, montant: 5000}",
        ),
        "alphabets-meles": Explanation(
            "Deux alphabets dans un mot",
            "Un titre copié contient parfois des lettres cyrilliques ou grecques qui ressemblent aux nôtres : on lit "
            "le même mot, mais la recherche ne le trouve pas, et deux fiches de même titre sembleraient différentes.",
            "titre: Le pоtager de la rue",
            "titre: Le potager de la rue",
        ),
        "titre-en-double": Explanation(
            "Titre déjà pris",
            "Deux fiches portent le même titre : dans une liste, rien ne les distinguerait. Précisez le lieu ou le "
            "porteur. Si c'est la même pratique, complétez la fiche qui existe.",
            "titre: Kufika",
            "titre: Kufika à Strassen",
        ),
        "ancien-id-occupe": Explanation(
            "Ancien identifiant occupé",
            "Cette ancienne adresse est celle d'une autre fiche, qui existe : elle ne peut pas mener à deux endroits.",
            "anciens_ids: [kufika]",
            "anciens_ids: [cafe-des-langues]",
        ),
        "adresse-perdue": Explanation(
            "Adresse publiée qui disparaît",
            "Une fiche déjà publiée a changé de nom ou n'est plus là. Des liens, des signets et des livrets imprimés "
            "mènent à son adresse : la fiche qui la remplace doit la reprendre.",
            "titre: Café de Babel",
            "titre: Café de Babel\nanciens_ids: [cafe-des-langues]",
        ),
        "adresse-retiree": Explanation(
            "Fiche retirée, mais présente",
            "La liste des adresses dit que la fiche est retirée, mais son fichier est encore là, ou une autre fiche a "
            "repris son adresse.",
            "cafe-de-babel retirée",
            "cafe-de-babel",
            Shows.LIST,
        ),
        "adresse-illisible": Explanation(
            "Liste des adresses",
            "Chaque ligne de cette liste est un identifiant, suivi de « retirée » si la fiche a été retirée exprès.",
            "Café de Babel",
            "cafe-de-babel",
            Shows.LIST,
        ),
    },
    "Les contacts": {
        "courriel-prive": Explanation(
            "Boîte privée",
            "L'adresse ressemble à celle d'une personne plutôt que d'un service. Elle serait visible de tous, pour "
            "longtemps. Préférez celle du service ou de l'association. Une "
            "adresse dans un commentaire (« # ») est publique aussi : retirez-la.",
            "contacts:\n  - {organisation: Commune de Strassen, courriel: prenom.nom@gmail.com}",
            "contacts:\n  - {organisation: Commune de Strassen, courriel: integration@commune.lu}",
            warning=True,
        ),
        "mobile-prive": Explanation(
            "Numéro de mobile",
            "Le numéro ressemble à un mobile, souvent privé. Il serait visible de tous, pour longtemps. Préférez le "
            "numéro d'un service. Un numéro dans un commentaire (« # ») est public aussi : retirez-le.",
            "contacts:\n  - {organisation: Commune de Strassen, telephone: 621 000 000}",
            "contacts:\n  - {organisation: Commune de Strassen, telephone: 26 12 10-1}",
            warning=True,
        ),
        "contact-injoignable": Explanation(
            "Contact injoignable",
            "Aucun contact n'a de téléphone, de courriel ni d'adresse : qui veut en savoir plus ne sait à qui "
            "s'adresser.",
            "contacts:\n  - {organisation: Commune de Strassen}",
            "contacts:\n  - {organisation: Commune de Strassen, courriel: info@commune.lu}",
            warning=True,
        ),
    },
}
"""Group title → code → explanation, in display order."""

EXPLANATIONS = {code: explanation for group in GROUPS.values() for code, explanation in group.items()}
"""Code → explanation."""
