"""Every problem, said in plain French: one sentence, and a hint where there is something to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from catalogue.problems import Problem


class Wording(NamedTuple):
    """A sentence and a hint; `{…}` are filled from the details of the problem."""

    message: str
    hint: str = ""


LONGEST_VALUE = 160
"""How many characters of a wrong value a message repeats."""

OF_FILES: dict[str, Wording] = {
    # A file that cannot be read.
    "fichier-trop-gros": Wording(
        "Le fichier pèse {taille} octets ; une fiche ne dépasse pas {maximum} octets. Le plus long : {champ}.",
        "Raccourcissez les textes et renvoyez vers un document en ligne pour les détails.",
    ),
    "encodage": Wording(
        "Ce caractère n'est pas codé en UTF-8.",
        "Dans votre éditeur, choisissez « Enregistrer sous » et l'encodage UTF-8.",
    ),
    "caractere-interdit": Wording(
        "Un caractère invisible, réservé ou de trop ({caractere}) s'est glissé ici.",
        "Effacez-le, ou retapez le mot à la main au lieu de le coller.",
    ),
    "fichier-inattendu": Wording(
        "Ce fichier n'a pas sa place parmi les fiches.",
        "Une fiche est un fichier dont le nom se termine par « .yml », directement dans ce dossier.",
    ),
    "nom-reserve": Wording("Le nom « {nom} » est réservé par Windows.", "Ajoutez un mot : con-projet.yml."),
    "nom-de-fichier": Wording(
        "Le nom du fichier « {nom} » ne convient pas.",
        "Utilisez des minuscules sans accent, des chiffres et des tirets : cafe-de-babel.yml.",
    ),
    "lien-symbolique": Wording("Ce fichier est un lien vers un autre.", "Remplacez-le par le vrai fichier."),
    "fichier-illisible": Wording(
        "Le fichier ne peut pas être lu.", "Vérifiez qu'il existe et que vous avez le droit de le lire."
    ),
    "autres-problemes": Wording("Ce fichier a encore d'autres problèmes.", "Corrigez d'abord ceux-ci."),
    # A file that is not YAML as we read it.
    "yaml-tabulation": Wording(
        "Cette ligne commence par une tabulation.", "Remplacez-la par des espaces : deux par niveau."
    ),
    "yaml-deux-points": Wording(
        "Le deux-points au milieu du texte fait croire à un nouveau champ.",
        'Mettez tout le texte entre guillemets droits : titre: "Café : le retour".',
    ),
    "yaml-cle-sans-deux-points": Wording(
        "Il manque le deux-points après le nom du champ.",
        "Écrivez « titre: Café de Babel », avec une espace après le deux-points.",
    ),
    "yaml-guillemet": Wording(
        "Le guillemet qui ouvre ce texte ne se ferme pas à la fin.",
        "Fermez-le à la fin du texte. S'il contient lui-même des guillemets droits ou des apostrophes, "
        "préférez « … » et ’ à l'intérieur.",
    ),
    "yaml-indentation": Wording(
        "Le retrait de cette ligne ne correspond pas à celui des lignes voisines.",
        "Alignez-la : les champs au bord gauche, leurs sous-champs deux espaces plus loin.",
    ),
    "yaml-caractere-initial": Wording(
        "Un texte ne peut pas commencer par « {caractere} ».", "Mettez-le entre guillemets droits."
    ),
    "yaml-crochet": Wording(
        "Un crochet ou une accolade ouvert ici ne se ferme pas.",
        "Fermez-le sur la même ligne, ou mettez le texte entre guillemets droits.",
    ),
    "yaml-ancre": Wording(
        "Les signes & et * en tête d'un texte ont un sens réservé.", "Mettez le texte entre guillemets droits."
    ),
    "yaml-etiquette": Wording(
        "Le signe ! en tête d'un texte a un sens réservé.", "Mettez le texte entre guillemets droits."
    ),
    "yaml-plusieurs-documents": Wording(
        "Le fichier contient plusieurs documents, séparés par « --- ».", "Une fiche, un fichier : coupez-le en deux."
    ),
    "yaml-cle-complexe": Wording(
        "Le nom d'un champ doit être un simple mot.", "Retirez le point d'interrogation ou les crochets."
    ),
    "yaml-trop-profond": Wording("Les éléments sont trop imbriqués.", "Reprenez la forme du modèle de fiche."),
    "yaml-syntaxe": Wording(
        "La forme du fichier n'est pas comprise à partir d'ici.",
        "Comparez cette ligne et celle d'avant avec le modèle de fiche.",
    ),
    "cle-en-double": Wording(
        "Le champ « {cle} » figure déjà à la ligne {premiere}.", "Gardez une seule des deux lignes, ou réunissez-les."
    ),
    # A fiche that is not what the model says.
    "fiche-vide": Wording(
        "Le fichier ne contient aucune fiche.", 'Partez d\'un modèle : python build_catalogue.py new "Titre".'
    ),
    "pas-une-fiche": Wording(
        "Le fichier ne contient pas les champs d'une fiche.", "Une fiche se compose de lignes « champ: valeur »."
    ),
    "cle-inconnue": Wording(
        "Le champ « {cle} » n'existe pas.", "Les champs possibles sont décrits dans docs/contribuer/champs.md."
    ),
    "champ-manquant": Wording("Il manque le champ « {cle} » ({titre}).", "{aide}"),
    "champ-vide": Wording("Le champ « {cle} » ({titre}) est vide, mais il est demandé.", "{aide}"),
    "texte-trop-court": Wording("Le texte compte {longueur} caractères ; il en faut au moins {minimum}.", "{aide}"),
    "texte-trop-long": Wording(
        "Le texte compte {longueur} caractères ; le maximum est de {maximum}.", "Retirez au moins {exces} caractères."
    ),
    "une-seule-ligne": Wording(
        "Ce champ tient sur une seule ligne.", "Remplacez « | » par « >- », ou retirez les lignes vides."
    ),
    "liste-trop-longue": Wording(
        "La liste compte {longueur} éléments ; le maximum est de {maximum}.", "Gardez les plus importants."
    ),
    "texte-attendu": Wording("Un simple texte est attendu ici.", "Par exemple : {exemple}"),
    "liste-attendue": Wording("Une liste est attendue ici, même pour un seul élément.", "Par exemple : {exemple}"),
    "groupe-attendu": Wording("Plusieurs sous-champs sont attendus ici : {sous_champs}.", "Par exemple : {exemple}"),
    "nombre-attendu": Wording("Un nombre entier est attendu ici, et non « {valeur} ».", "Par exemple : {exemple}"),
    "nombre-hors-limites": Wording("Le nombre {valeur} n'est pas vraisemblable.", "Par exemple : {exemple}"),
    "valeur-invalide": Wording("La valeur de ce champ ne convient pas.", "Par exemple : {exemple}"),
    "terme-inconnu": Wording(
        "« {valeur} » n'est pas dans la liste des {liste}.", "La liste complète est dans vocabularies/{fichier}.yml."
    ),
    "date-invalide": Wording("« {valeur} » n'est pas une date.", "Écrivez {formes}."),
    "annee-invalide": Wording("« {valeur} » n'est pas une année.", "Écrivez 2016 ou 2015-2016."),
    "adresse-web-invalide": Wording(
        "« {valeur} » n'est pas une adresse web que l'on peut publier.",
        "Copiez l'adresse complète, de « https:// » jusqu'à la fin, sans espace ni accent.",
    ),
    "courriel-invalide": Wording("« {valeur} » n'est pas une adresse de courriel.", "Par exemple : info@commune.lu"),
    "telephone-invalide": Wording(
        "« {valeur} » n'est pas un numéro de téléphone.", "Par exemple : 26 12 10-1 ou +352 26 12 10-1"
    ),
    "identifiant-invalide": Wording(
        "« {valeur} » n'est pas un identifiant.", "Utilisez des minuscules sans accent, des chiffres et des tirets."
    ),
    # What does not hold together.
    "communes-manquantes": Wording(
        "Une pratique communale ou intercommunale nomme ses communes.",
        "Ajoutez le champ « communes » : communes: [Strassen].",
    ),
    "terme-en-double": Wording("« {libelle} » est déjà dans la liste.", "Retirez la répétition."),
    "dates-inversees": Wording("La fin ({fin}) précède le début ({debut}).", "Vérifiez les deux dates."),
    "montants-inverses": Wording("Le montant maximal est inférieur au montant.", "Échangez les deux nombres."),
    "montant-sans-minimum": Wording(
        "Le haut de la fourchette est donné sans le bas.",
        "Ajoutez « montant », ou n'utilisez que « montant » s'il n'y a qu'un chiffre.",
    ),
    "titre-en-double": Wording(
        "Une autre fiche porte le même titre : {autre}.", "Précisez le lieu ou le porteur dans le titre."
    ),
    "ancien-id-occupe": Wording(
        "L'ancien identifiant « {id} » est celui de la fiche {autre}.",
        "Une adresse ne mène qu'à une fiche : retirez-le d'ici.",
    ),
    "courriel-prive": Wording(
        "« {valeur} » ressemble à une boîte privée.", "Préférez l'adresse d'un service : elle sera visible de tous."
    ),
    "mobile-prive": Wording(
        "« {valeur} » ressemble à un numéro de mobile.", "Préférez le numéro d'un service : il sera visible de tous."
    ),
    "contact-injoignable": Wording(
        "Aucun contact n'a de téléphone, de courriel ni d'adresse.", "Ajoutez au moins un moyen de joindre quelqu'un."
    ),
}
"""What can be wrong with a file of the fiches."""

OF_JOBS: dict[str, Wording] = {
    "dossier-absent": Wording(
        "Le dossier « {chemin} » n'existe pas.", "Lancez la commande depuis la racine du projet."
    ),
    "fichier-absent": Wording("Le fichier « {chemin} » n'existe pas.", "Vérifiez le chemin."),
    "vocabulaire-illisible": Wording("Le vocabulaire « {chemin} » est illisible : {raison}."),
    "reglages-illisibles": Wording("Le fichier de réglages « {chemin} » est illisible : {raison}."),
    "fichier-existe": Wording(
        "Le fichier « {chemin} » existe déjà : il n'a pas été touché.",
        "Choisissez un autre titre, ou complétez ce fichier.",
    ),
    "titre-sans-identifiant": Wording(
        "Le titre « {titre} » ne contient ni lettre ni chiffre latins.", "Donnez un titre en lettres latines."
    ),
    "cible-occupee": Wording(
        "« {chemin} » existe et n'est pas un site publié par ce programme : rien n'a été touché.",
        "Choisissez un autre dossier avec --out.",
    ),
    "cible-non-inscriptible": Wording("Impossible d'écrire dans « {chemin} »."),
    "publication-en-cours": Wording(
        "Une autre publication vers « {chemin} » est en cours.", "Attendez qu'elle se termine, puis recommencez."
    ),
    "disque": Wording(
        "Le site n'a pas pu être écrit dans « {chemin} » : {raison}.", "Faites de la place, ou changez de dossier."
    ),
    "imprevu": Wording(
        "Un cas imprévu a arrêté le travail ({lieu}).",
        "Relancez avec --debug et transmettez le détail aux développeurs.",
    ),
    "publication-echouee": Wording("MkDocs n'a pas pu publier le site : {raison}"),
    "recherche-echouee": Wording("L'index de recherche n'a pas pu être fait : {raison}"),
    # The booklet.
    "livret-vide": Wording(
        "Aucune fiche ne répond à ce choix : le livret serait vide.", "Retirez un filtre ou une partie de la sélection."
    ),
    "filtre-inconnu": Wording(
        "« {valeur} » n'est pas dans la liste « {liste} ».", "Les noms possibles sont dans le dossier vocabularies."
    ),
    "fiche-inconnue": Wording(
        "Aucune fiche ne s'appelle « {id} ».", "Un identifiant est le nom du fichier, sans « .yml »."
    ),
    "sans-programme": Wording(
        "Ce choix n'a pas de programme : les blocs de la plupart de ses fiches ne sont pas connus.",
        "Nommez une édition qui en a un, ou choisissez --order domaine.",
    ),
    "texte-du-livret-absent": Wording(
        "Le texte « {chemin} », par lequel le livret commence, n'existe pas ou n'est pas lisible.",
        "Écrivez-le en Markdown : une ligne « # Titre », puis le texte.",
    ),
    "texte-du-livret-vide": Wording(
        "Le texte « {chemin} » n'a pas de titre, ou rien que son titre.",
        "Écrivez une ligne « # Titre », puis le texte.",
    ),
    "composition-echouee": Wording("Le livret n'a pas pu être composé : {raison}"),
    "glyphe-absent": Wording(
        "Fiche « {fiche} » : aucune police du livret n'a le caractère {caractere} ({nom}) ; {marque} le remplace."
    ),
}
"""Why a job cannot run."""

_WORDINGS = OF_FILES | OF_JOBS


def message(problem: Problem) -> str:
    """What is wrong, in one sentence."""
    return _filled(_WORDINGS[problem.code].message, problem.details)


def hint(problem: Problem) -> str:
    """What to do about it, or nothing; names that come near to an unknown one (`proches`) say it best."""
    near = problem.details.get("proches")
    if isinstance(near, list | tuple) and near:
        return "Vouliez-vous dire " + " ou ".join(f"« {_shown(name)} »" for name in near) + " ?"
    return _filled(_WORDINGS[problem.code].hint, problem.details)


def _filled(template: str, details: Mapping[str, object]) -> str:
    return template.format_map({name: _shown(value) for name, value in details.items()})


def _shown(value: object) -> str:
    """Values come from files of strangers: one line, and not too much of it."""
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def line(problem: Problem) -> str:
    """A problem on one line, with its place, as an editor or a terminal shows it."""
    place = f"{problem.file}:{problem.line}:{problem.column}: " if problem.file else ""
    about = f" {problem.field}" if problem.field else ""
    return f"{place}{problem.severity} {problem.code}{about} : {message(problem)}"
