"""The French wording of all problems: code → message and hint."""

from __future__ import annotations

import errno
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple, cast

from practice_catalogue.model.diagnostics import Diagnostic


class Wording(NamedTuple):
    """Message and hint of a problem; the placeholders `{…}` are filled from the details of the diagnostic."""

    message: str
    hint: str = ""


LONGEST_VALUE = 160
"""Maximum length in characters of a value quoted in a message."""

FILE_PROBLEMS: dict[str, Wording] = {
    # Unreadable files.
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
    "page-inattendue": Wording(
        "Ce fichier n'a pas sa place parmi les pages : on n'y met que du Markdown (.md) et des images PNG ou WebP.",
        "Publiez-le ailleurs, et donnez son adresse dans la page.",
    ),
    "nom-reserve": Wording(
        "Le nom « {nom} » est réservé, par Windows ou par le site.", "Ajoutez un mot : con-projet.yml."
    ),
    "nom-de-fichier": Wording(
        "Le nom du fichier « {nom} » ne convient pas.",
        "Utilisez des minuscules sans accent, des chiffres et des tirets : cafe-de-babel.yml.",
    ),
    "lien-symbolique": Wording("Ce fichier est un lien vers un autre.", "Remplacez-le par le vrai fichier."),
    "fichier-illisible": Wording(
        "Le fichier ne peut pas être lu.", "Vérifiez qu'il existe et que vous avez le droit de le lire."
    ),
    "autres-problemes": Wording("Ce fichier a encore d'autres problèmes.", "Corrigez d'abord ceux-ci."),
    # Files outside the accepted subset of YAML.
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
    # Fiches that do not match the model.
    "fiche-vide": Wording(
        "Le fichier ne contient aucune fiche.", 'Partez d\'un modèle : la commande « new "Titre" » en prépare un.'
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
    "nombre-attendu": Wording("Un nombre entier d'euros est attendu, et non « {valeur} ».", "Par exemple : {exemple}"),
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
    # Rules across fields and fiches.
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
    "alphabets-meles": Wording(
        "Le mot « {mot} » mêle des lettres latines et des lettres d'un autre alphabet, qui leur ressemblent.",
        "Retapez ce mot à la main au lieu de le coller.",
    ),
    "titre-en-double": Wording(
        "Une autre fiche porte le même titre : {autre}.", "Précisez le lieu ou le porteur dans le titre."
    ),
    "ancien-id-occupe": Wording(
        "L'ancien identifiant « {id} » est celui de la fiche {autre}.",
        "Une adresse ne mène qu'à une fiche : retirez-le d'ici.",
    ),
    "nouvelle-future": Wording(
        "La nouvelle porte une date à venir ({date}).", "Écrivez le jour où cela a été dit, année d'abord : 2026-03-15."
    ),
    "nouvelle-avant-le-debut": Wording(
        "La nouvelle ({date}) est plus ancienne que le début de la pratique ({debut}).", "Vérifiez les deux dates."
    ),
    "reprise-inconnue": Wording(
        "Le catalogue n'a pas de fiche « {id} ».",
        "L'identifiant est la fin de l'adresse de la fiche reprise : /fiches/cafe-de-babel/ donne cafe-de-babel.",
    ),
    "reprise-en-cercle": Wording(
        "La fiche se reprend elle-même, directement ou par une autre ({id}).",
        "« reprise_de » nomme la pratique d'origine : retirez-le de la fiche la plus ancienne.",
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
    # Published ids.
    "adresse-perdue": Wording(
        "L'adresse de la fiche « {id} », déjà publiée, ne mènerait plus nulle part.",
        "Si la fiche a changé de nom, ajoutez « anciens_ids: [{id}] » à la fiche {fiche}. Si vous la retirez exprès, "
        "écrivez « {id} retirée » à cette ligne.",
    ),
    "adresse-retiree": Wording(
        "La fiche « {id} » est dite retirée, mais elle est encore là.",
        "Retirez le mot « retirée » de cette ligne, ou le fichier de la fiche.",
    ),
    "adresse-illisible": Wording(
        "Cette ligne n'est pas un identifiant, ni un identifiant suivi de « retirée ».",
        "Un identifiant par ligne : cafe-de-babel, ou cafe-de-babel retirée.",
    ),
}
"""Problems of the files of the fiches."""

COMMAND_PROBLEMS: dict[str, Wording] = {
    # The catalogue.
    "catalogue-absent": Wording(
        "Ni « {chemin} » ni un dossier au-dessus de lui ne contient de catalogue : il n'y a pas de catalogue.yml.",
        "Allez dans le dossier de votre catalogue, ou commencez-en un : practice-catalogue init DOSSIER.",
    ),
    "dossier-occupe": Wording(
        "« {chemin} » existe et n'est pas un dossier vide : rien n'a été touché.",
        "Choisissez le nom d'un dossier qui n'existe pas encore.",
    ),
    "format-trop-recent": Wording(
        "Ce fichier annonce le format {demande} ; ce programme lit au plus le format {connu}.",
        "Mettez le programme à jour : python -m pip install --upgrade practice-catalogue.",
    ),
    "liste-renommee": Wording(
        "Le fichier « {chemin} » n'est plus lu sous ce nom : les adresses déjà publiées ne seraient plus gardées.",
        "Renommez-le en « {nouveau} » ; si celui-ci existe déjà, réunissez-y les lignes des deux.",
    ),
    "exceptions-deplacees": Wording(
        "Le fichier « {chemin} » n'est plus lu : ses exceptions ont leur place dans « {nouveau} ».",
        "Recopiez-y ses lignes sous la clé « liens_sans_controle », puis supprimez-le.",
    ),
    "dossier-absent": Wording(
        "Le dossier « {chemin} » n'existe pas.", "Créez-le, ou lancez la commande depuis la racine du projet."
    ),
    "fichier-absent": Wording("Le fichier « {chemin} » n'existe pas.", "Vérifiez le chemin."),
    "fichier-laisse": Wording(
        "Ce fichier, qu'un autre programme a laissé ici, n'est pas lu.",
        "Reprenez-en ce qui vaut encore, puis supprimez-le.",
    ),
    "fichier-manquant": Wording("Ce fichier n'existe pas.", "Reprenez-le d'une version antérieure du catalogue."),
    "fichier-demesure": Wording("Ce fichier dépasse {maximum} Mo.", "Vérifiez que c'est bien le bon fichier."),
    "pas-de-cles": Wording(
        "Le fichier est vide, ou n'est pas fait de lignes « clé: valeur ».",
        "Reprenez-le d'une version antérieure du catalogue.",
    ),
    "cle-manquante": Wording("Il manque la clé « {cle} », ou sa valeur.", "{aide}"),
    "cle-de-trop": Wording("La clé « {cle} » n'existe pas ici.", "Vérifiez son nom, ou retirez cette ligne."),
    "valeur-inattendue": Wording("La valeur « {valeur} » ne convient pas : {attendu}.", "{aide}"),
    "adresse-de-site-invalide": Wording(
        "« {valeur} » n'est pas l'adresse d'un site.",
        "Écrivez-la en entier, de « https:// » à la barre finale : https://exemple.lu/",
    ),
    "adresse-du-depot-invalide": Wording(
        "« {valeur} » n'est pas l'adresse web d'un dépôt.",
        "Ouvrez le dépôt dans un navigateur et copiez son adresse : https://forge.exemple.lu/groupe/catalogue",
    ),
    "dossier-des-pages": Wording(
        "Les pages écrites à la main sont dans le dossier « docs », et nulle part ailleurs.",
        "Écrivez « docs_dir: docs ».",
    ),
    "plugin-absent": Wording(
        "Le plugin « practice-catalogue », qui fait les pages des fiches, n'est pas nommé.",
        "Ajoutez « practice-catalogue » à la liste « plugins ».",
    ),
    "vocabulaire-vide": Wording(
        "Ce vocabulaire n'a aucun terme : aucune fiche ne pourrait s'y rapporter.", "Donnez-lui au moins un terme."
    ),
    "terme-repete": Wording(
        "L'identifiant « {id} » est déjà celui du terme de la ligne {premiere}.", "Gardez un seul des deux termes."
    ),
    "nom-ambigu": Wording(
        "« {nom} » désigne à la fois {premier} et {second}.", "Gardez ce nom pour un seul des deux termes."
    ),
    "reference-inconnue": Wording(
        "« {id} » n'est l'identifiant d'aucun terme de vocabularies/{fichier}.yml.",
        "Écrivez l'identifiant (« id ») d'un terme de cette liste.",
    ),
    "succession-en-cercle": Wording(
        "De « devenue » en « devenue », {commune} mène à elle-même.",
        "Nommez la commune d'aujourd'hui, qui n'a pas de « devenue ».",
    ),
    "hexagone-absent": Wording(
        "{commune} n'a pas de place sur la carte.", "Ajoutez sa colonne et sa rangée : hexagone: [4, 7]."
    ),
    "hexagone-occupe": Wording(
        "{commune} est à la même place de la carte que {autre}.", "Donnez à l'une des deux une autre place."
    ),
    "fichier-existe": Wording(
        "Le fichier « {chemin} » existe déjà : il n'a pas été touché.",
        "Choisissez un autre titre, ou complétez ce fichier.",
    ),
    "formulaire-existe": Wording(
        "Le fichier « {chemin} » existe déjà, peut-être rempli : il n'a pas été touché.",
        "Choisissez un autre nom avec --output.",
    ),
    "titre-sans-identifiant": Wording(
        "Le titre « {titre} » ne contient ni lettre ni chiffre latins.", "Donnez un titre en lettres latines."
    ),
    "cible-occupee": Wording(
        "« {chemin} » existe et n'est pas un site publié par ce programme : rien n'a été touché.",
        "Choisissez un autre dossier avec --out.",
    ),
    "cible-non-inscriptible": Wording("Impossible d'écrire dans « {chemin} » : {raison}."),
    "cible-dans-les-sources": Wording(
        "« {chemin} » contient les fichiers dont le site est fait, ou se trouve parmi eux : rien n'a été touché.",
        "Choisissez un autre dossier avec --out.",
    ),
    "publication-en-cours": Wording(
        "Une autre publication vers « {chemin} » est en cours.", "Attendez qu'elle se termine, puis recommencez."
    ),
    "disque": Wording(
        "Le site n'a pas pu être écrit dans « {chemin} » : {raison}.", "Faites de la place, ou changez de dossier."
    ),
    "adresse-incomprise": Wording(
        "« {adresse} » n'est pas une adresse pour l'aperçu.",
        "Donnez un hôte et un port entre 1 et 65535 : --address 127.0.0.1:8001.",
    ),
    "adresse-d-un-autre": Wording(
        "« {hote} » n'est ni un nom ni une adresse de cet ordinateur.", "Par exemple : --address 127.0.0.1:8001."
    ),
    "port-pris": Wording(
        "Le port {port} est déjà pris sur cet ordinateur, peut-être par un autre aperçu.",
        "Fermez l'autre programme, ou choisissez un autre port : --address 127.0.0.1:8001.",
    ),
    "port-reserve": Wording(
        "Le port {port} est réservé au système.", "Choisissez un port plus grand : --address 127.0.0.1:8001."
    ),
    "memoire": Wording("La mémoire de cet ordinateur ne suffit pas.", "Fermez d'autres programmes, puis recommencez."),
    "fichier-inaccessible": Wording(
        "« {chemin} » ne peut pas être lu ou écrit : {raison}.", "Vérifiez que vous y avez accès, puis recommencez."
    ),
    "sortie": Wording("Le résultat n'a pas pu être écrit : {raison}.", "Faites de la place, ou écrivez-le ailleurs."),
    "imprevu": Wording(
        "Un cas imprévu a arrêté le travail ({lieu}).",
        "Relancez avec --debug et transmettez le détail aux développeurs.",
    ),
    "publication-echouee": Wording(
        "MkDocs n'a pas pu publier le site : {raison}", "Corrigez mkdocs.yml, ou la page dont il est question."
    ),
    "recherche-echouee": Wording("L'index de recherche n'a pas pu être fait : {raison}"),
    # Import of documents.
    "document-trop-gros": Wording(
        "Ce fichier dépasse {maximum} Mo : il n'a pas été lu.", "Retirez-en les images, puis recommencez."
    ),
    "document-trop-gros-deplie": Wording(
        "Ce fichier Word contient bien plus que du texte : il n'a pas été lu.",
        "Retirez-en les images et les objets, ou collez le texte dans un formulaire vide.",
    ),
    "document-trop-long": Wording(
        "Ce fichier contient plus de {maximum} {quoi} : il n'a pas été lu.",
        "Partagez-le en plusieurs fichiers, ou copiez son texte dans un formulaire vide.",
    ),
    "document-vide": Wording("Ce fichier est vide.", "Vérifiez que le formulaire rempli a bien été enregistré."),
    "document-chiffre": Wording(
        "Ce fichier est protégé par un mot de passe : il n'a pas été lu.",
        "Dans Word : Fichier, Informations, Protéger le document ; retirez le mot de passe, puis enregistrez.",
    ),
    "document-macros": Wording(
        "Ce fichier contient des macros : par prudence, il n'a pas été lu.",
        "Enregistrez-le au format « Document Word (.docx) », sans macros.",
    ),
    "document-ancien-word": Wording(
        "Ce fichier est d'un ancien format de Word (.doc) : il n'a pas été lu.",
        "Ouvrez-le, puis enregistrez-le au format « Document Word (.docx) ».",
    ),
    "document-autre-format": Wording(
        "Ce fichier est au format {format} : il n'a pas été lu.",
        "Enregistrez-le au format « Document Word (.docx) » ou en texte simple (.txt).",
    ),
    "document-pas-word": Wording(
        "Ce fichier n'est pas un document Word, même si son nom le laisse croire.",
        "Ouvrez-le avec le programme qui l'a fait, puis enregistrez-le au format « Document Word (.docx) ».",
    ),
    "document-abime": Wording(
        "Ce fichier Word est abîmé : il n'a pas pu être lu.",
        "Ouvrez-le dans Word, qui sait parfois le réparer, et enregistrez-le sous un autre nom.",
    ),
    "document-dtd": Wording(
        "Ce fichier contient des déclarations qu'aucun programme de bureau n'écrit : il n'a pas été lu.",
        "Copiez son texte dans un formulaire vide.",
    ),
    "document-inconnu": Wording(
        "Ce fichier n'est ni un document Word ni un texte.",
        "Enregistrez-le au format « Document Word (.docx) » ou en texte simple (.txt).",
    ),
    "document-deja-fiche": Wording(
        "C'est déjà une fiche : il n'y a rien à reprendre.",
        "Placez ce fichier dans le dossier des fiches (practices), puis lancez la commande « check ».",
    ),
    "document-courriel": Wording(
        "Ce fichier est un courriel : il n'a pas été lu.",
        "Si c'est une réponse au catalogue, enregistrez-la au format « .eml ». Sinon, enregistrez la pièce jointe, ou "
        "copiez le texte du message dans un fichier de texte (.txt), puis reprenez-le.",
    ),
    "import-imprevu": Wording(
        "Ce fichier n'a pas pu être lu, pour une raison que le programme ne connaît pas.",
        "Copiez son texte dans un formulaire vide, et signalez ce cas avec le fichier.",
    ),
    "document-sans-reponse": Wording(
        "Le formulaire est vide : aucun champ n'a été rempli.", "Vérifiez que c'est bien le fichier rempli."
    ),
    "document-sans-rubrique": Wording(
        "Aucune rubrique de fiche n'a été reconnue : rien n'a été repris.",
        "Donnez au moins un titre, « Objectifs », « Description » et « Contact », chacun sur sa ligne.",
    ),
    "image-ignoree": Wording("Une image dans {lieu} n'a pas été reprise ; le texte l'a été."),
    "encodage-devine": Wording(
        "Le texte n'est pas en UTF-8 : il a été lu comme {encodage}.", "Vérifiez les accents dans le brouillon."
    ),
    "encodage-mele": Wording(
        "Une partie du texte n'est pas en UTF-8 : elle a été lue comme Windows-1252.",
        "Vérifiez les accents dans le brouillon.",
    ),
    "formulaire-autre-version": Wording(
        "Le formulaire vient d'une autre version du modèle ({version}, aujourd'hui {actuelle}).",
        "Ce qui n'a plus de champ est gardé en commentaire, à la fin du brouillon.",
    ),
    "formulaire-plusieurs-fiches": Wording(
        "Le formulaire contient {nombre} fiches : chacune a son brouillon.", "Relisez la limite entre les deux."
    ),
    "brouillon-a-cote": Wording(
        "« {chemin} » existe déjà et n'a pas été touché.", "Comparez-le avec le brouillon, puis gardez l'un des deux."
    ),
    "brouillon-du-meme-nom": Wording(
        "« {chemin} », fait à l'instant d'après « {source} », a le même titre.",
        "Si c'est deux fois la même fiche, effacez l'un des deux brouillons.",
    ),
    # Replies by mail.
    "courriel-trop-gros": Wording(
        "Ce courriel est trop gros, ou trop compliqué : il n'a pas été lu.",
        "Ouvrez-le dans votre messagerie, et recopiez la réponse dans la fiche.",
    ),
    "reponse-absence": Wording(
        "C'est un message d'absence automatique ({qui}) : il ne répond pas.",
        "Écrivez au remplaçant s'il en nomme un, ou attendez le retour.",
    ),
    "reponse-non-distribuee": Wording(
        "Le courriel n'est pas arrivé à {adresses} (fiches : {fiches}).",
        "Cherchez une adresse valable, corrigez le contact de la fiche, puis écrivez de nouveau.",
    ),
    "reponse-vide": Wording("Cette réponse est vide.", "Demandez au porteur ce qu'il a voulu dire."),
    "reponse-en-double": Wording("C'est le même courriel que « {autre} » : il n'a été lu qu'une fois."),
    "reponse-a-lire": Wording("Une personne doit lire ceci, qui n'est dans aucun brouillon."),
    "reponse-pieces-jointes": Wording(
        "Des pièces jointes n'ont pas été lues : {noms}.", "Ouvrez-les dans votre messagerie."
    ),
    "reponse-sans-date": Wording("Ce courriel n'a pas de date : le jour de l'import l'a remplacée."),
    "reponse-date-future": Wording(
        "Ce courriel porte une date à venir ({date}) : il n'a pas été repris.",
        "Cherchez le jour où il est vraiment arrivé, et ajoutez la nouvelle à la main.",
    ),
    "reponse-fiche-inconnue": Wording(
        "La réponse parle d'une fiche que le catalogue n'a pas, ou qui contient des erreurs : « {id} ».",
        "La fiche a-t-elle été retirée ? Lancez la commande « check ».",
    ),
    "reponse-sans-fiche": Wording(
        "On ne sait pas de quelle fiche parle cette réponse ({adresse}).",
        "Lisez-la, et ajoutez la nouvelle à la bonne fiche.",
    ),
    "reponse-fiche-devinee": Wording(
        "La réponse ne nomme aucune fiche ; « {fiche} » est la seule dont {adresse} est le contact."
    ),
    "reponse-plusieurs-fiches": Wording(
        "La réponse parle de {nombre} fiches : chacune est traitée à part.", "Vérifiez que rien n'a été confondu."
    ),
    "reponse-sans-choix": Wording(
        "La réponse ne dit rien de la fiche « {fiche} ».", "Posez la question de nouveau pour cette fiche."
    ),
    "reponse-sans-precision": Wording(
        "La réponse dit que quelque chose a changé pour « {fiche} », mais non quoi.",
        "Cherchez-le dans le reste du message, ou demandez-le au porteur.",
    ),
    "reponse-incomprise": Wording(
        "La réponse sur « {fiche} » n'a pas été comprise : ni encore exact, ni changé, ni terminé.",
        "Lisez-la, et ajoutez la nouvelle à la main.",
    ),
    "reponse-contradictoire": Wording(
        "La réponse sur « {fiche} » se contredit : rien n'a été repris.", "Demandez au porteur ce qui vaut."
    ),
    "reponse-devinee": Wording(
        "La réponse sur « {fiche} » a été comprise comme « {reponse} », d'après « {mots} ».",
        "Vérifiez-le avant de reprendre le brouillon.",
    ),
    "reponse-sur-une-fin": Wording(
        "La fiche « {fiche} » dit que la pratique est terminée, et la réponse que c'est encore exact : la fin est-elle "
        "exacte, ou la pratique continue-t-elle ?",
        "Demandez-le au porteur ; rien n'a été repris.",
    ),
    "reponse-d-un-inconnu": Wording(
        "{adresse} n'est pas un contact de la fiche « {fiche} », ni un collègue : rien n'a été repris.",
        "Demandez à un contact de la fiche s'il est d'accord.",
    ),
    "reponse-d-un-collegue": Wording(
        "{adresse} n'est pas un contact de la fiche « {fiche} », mais écrit de la même maison qu'un contact ({qui}).",
        "Faut-il changer le contact ?",
    ),
    "reponse-inverifiable": Wording(
        "La fiche « {fiche} » n'a aucune adresse : on ne peut pas vérifier que {adresse} parle pour elle.",
        "Vérifiez-le autrement avant de reprendre le brouillon.",
    ),
    "reponse-transferee": Wording(
        "Cette réponse ({adresse}) a été transmise par {par}.", "Vérifiez qu'elle est bien de cette personne."
    ),
    "reponse-deja-reprise": Wording("La fiche « {fiche} » contient déjà cette nouvelle : rien n'est à faire."),
    "brouillon-deja-la": Wording("« {chemin} » contient déjà cette correction : il n'y a pas d'autre brouillon."),
    "reponses-reunies": Wording("Le brouillon de « {fiche} » réunit cette réponse et celle de « {autre} »."),
    "reponses-contraires": Wording(
        "Des réponses sur « {fiche} » se contredisent : le brouillon a les deux nouvelles, la plus récente compte.",
        "Demandez ce qui vaut, puis retirez l'autre nouvelle.",
    ),
    "reponse-fin-a-venir": Wording(
        "« {fiche} » serait terminée depuis une date à venir ({date}) : rien n'a été repris.",
        "Demandez la date au porteur.",
    ),
    "reponse-fin-avant-le-debut": Wording(
        "« {fiche} » se terminerait ({fin}) avant son début ({debut}) : les dates n'ont pas été reprises.",
        "Demandez les deux dates au porteur.",
    ),
    "reponse-date-incomprise": Wording(
        "Pour « {fiche} », ces dates n'ont pas été comprises : « {texte} ». Elles sont dans le texte de la nouvelle.",
        "Complétez le calendrier à la main.",
    ),
    "reponse-cout-incompris": Wording(
        "Pour « {fiche} », ce coût n'a pas été compris : « {texte} ». Il est dans le texte de la nouvelle.",
        "Complétez les coûts à la main.",
    ),
    "reponse-contact-incompris": Wording(
        "Pour « {fiche} », ce contact n'a pas été compris : « {texte} ».", "Complétez les contacts à la main."
    ),
    "reponse-texte-long": Wording(
        "Pour « {fiche} », le texte de « {champ} » dépasse {maximum} caractères : il n'est pas dans le brouillon.",
        "Résumez-le en une ou deux phrases.",
    ),
    # Pull requests.
    "git-absent": Wording("Le programme git n'est pas installé.", "Installez-le, ou lancez la commande « check »."),
    "depot-absent": Wording("« {chemin} » n'est pas un dépôt git.", "Lancez plutôt la commande « check »."),
    "base-inconnue": Wording(
        "Le dépôt ne connaît pas « {base} ».",
        "Lancez « git fetch origin », ou nommez la branche à laquelle comparer : --base main.",
    ),
    "depot-refuse": Wording(
        "git ne peut pas lire le dépôt « {chemin} » : {raison}.",
        "S'il appartient à un autre compte et que vous lui faites confiance, lancez : "
        'git config --global --add safe.directory "{chemin}".',
    ),
    "depot-sans-version": Wording(
        "Le dépôt « {chemin} » ne contient encore aucune version enregistrée (commit).",
        "Enregistrez-en une avec « git commit », ou lancez la commande « check ».",
    ),
    "historique-absent": Wording(
        "L'historique ne remonte pas jusqu'à ce que cette branche et « {base} » ont en commun : le dépôt n'est copié "
        "qu'en partie, ou les deux n'ont rien en commun.",
        "Lancez « git fetch --unshallow », ou nommez une autre branche : --base main.",
    ),
    # Booklets.
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
"""Reasons why a command cannot run, and its warnings."""

FORM_WORDINGS: dict[str, Wording] = {
    "champ-manquant": Wording("Ce champ est à remplir."),
    "texte-trop-court": Wording("Le texte compte {longueur} caractères ; il en faut au moins {minimum}."),
    "terme-inconnu": Wording(
        "« {valeur} » n'est pas dans la liste des {liste}.", "Choisissez un nom parmi ceux qui sont proposés."
    ),
    "nombre-attendu": Wording(
        "« {valeur} » n'est pas un nombre d'euros.",
        "Écrivez des euros entiers, comme 3000 ; le reste va sous « Précisions ».",
    ),
    "communes-manquantes": Wording(
        "Une pratique communale ou intercommunale nomme ses communes.", "Choisissez au moins une commune."
    ),
    "montant-sans-minimum": Wording(
        "Le haut de la fourchette est donné sans le bas.",
        "Remplissez aussi « Montant », ou lui seul s'il n'y a qu'un chiffre.",
    ),
    "changement-manquant": Wording("Dites ce qui a changé, ou corrigez-le plus bas."),
    "fin-a-venir": Wording(
        "Cette fin n'est pas encore passée.",
        "Si elle est seulement prévue, choisissez « Quelque chose a changé » et corrigez les dates.",
    ),
    "identifiant-pris": Wording(
        "Une fiche s'appelle déjà « {id} », ou s'est appelée ainsi.",
        "Ajoutez un mot : le nom de la commune, par exemple.",
    ),
}
"""Different wording for the web form, whose users see the titles of fields and not their names in YAML."""

REVIEW_PROBLEMS: dict[str, Wording] = {
    "lien-mort": Wording(
        "« {adresse} » ne répond plus : {raison}.",
        "Remplacez l'adresse, ou retirez-la. Si elle s'ouvre dans un navigateur, ajoutez-la aux "
        "« liens_sans_controle » de catalogue.yml, avec la raison.",
    ),
    "contact-a-confirmer": Wording(
        "Contact non confirmé depuis {depuis} : {qui}.",
        "Joignez ce contact, corrigez-le au besoin, puis ajoutez-y « confirme_le: {jour} ».",
    ),
    "contact-jamais-confirme": Wording(
        "Contact jamais confirmé : {qui}.",
        "Joignez ce contact, corrigez-le au besoin, puis ajoutez-y « confirme_le: {jour} ».",
    ),
    "projet-termine": Wording(
        "La fin annoncée est passée : {fin}.",
        "Demandez au porteur s'il continue et, sinon, pourquoi il s'est arrêté et ce que l'on ne referait pas "
        "(« review --mails » prépare le courriel) ; sa réponse devient une nouvelle de la fiche.",
    ),
    "fin-sans-raison": Wording(
        "La pratique est terminée ; la fiche ne dit pas {quoi}.",
        "Demandez-le au porteur (« review --mails » prépare le courriel), puis complétez la nouvelle : « texte » dit "
        "pourquoi, « a_eviter » ce que l'on ne referait pas.",
    ),
    "commune-fusionnee": Wording(
        "{ancienne} fait aujourd'hui partie de {aujourdhui}.",
        "Le site le dit déjà. Nommez la commune d'aujourd'hui si la pratique y continue.",
    ),
    "doublon-possible": Wording(
        "Le texte ressemble beaucoup à celui de la fiche « {autre} ».",
        "Est-ce la même pratique ? Alors réunissez-les en une fiche, dont « anciens_ids » nomme l'autre.",
    ),
    "lien-sans-reponse": Wording(
        "« {adresse} » n'a pas répondu : {raison}.",
        "Une panne passe souvent : un lien n'est dit mort que s'il ne répond pas deux jours différents. Rien n'est à "
        "faire avant la prochaine revue.",
    ),
}
"""Outdated content of fiches, found by the regular review."""

REVIEW_HEADINGS = {
    "lien-mort": "À corriger : liens qui ne répondent plus",
    "contact-jamais-confirme": "À confirmer : contacts",
    "contact-a-confirmer": "À confirmer : contacts",
    "projet-termine": "À confirmer : projets dont la fin est passée",
    "fin-sans-raison": "À demander : ce que l'on apprend de ce qui est terminé",
    "commune-fusionnee": "Bon à savoir : communes qui ont fusionné",
    "doublon-possible": "Bon à savoir : doublons possibles",
    "lien-sans-reponse": "Bon à savoir : liens qui n'ont pas répondu, une première fois",
}
"""Code → heading of the section of a review, most urgent first; the problems of a section have the same remedy."""

_LINK_FAILURES = {
    "trop-de-renvois": "elle renvoie d'une page à l'autre sans fin",
    "renvoi-impossible": "elle renvoie vers autre chose qu'une page",
    "reseau-prive": "elle mène dans un réseau privé",
    "serveur-introuvable": "ce serveur n'existe pas, ou plus",
    "certificat-refuse": "la connexion n'est pas sûre, le certificat est refusé",
    "delai-depasse": "le serveur met trop de temps",
    "pas-de-reponse": "le serveur ne répond pas",
    "404": "la page n'existe pas (réponse 404)",
    "410": "la page a été supprimée (réponse 410)",
}

_DISK_FAILURES = {
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "la place qui vous est accordée est épuisée",
    errno.EFBIG: "un fichier dépasse la taille permise",
    errno.EROFS: "le disque est en lecture seule",
    errno.EACCES: "vous n'en avez pas le droit",
    errno.EPERM: "vous n'en avez pas le droit",
    errno.EIO: "le disque est défaillant",
    errno.ESTALE: "le disque du réseau ne répond plus",
    errno.ENOENT: "ce dossier n'existe pas, ou plus",
    errno.EEXIST: "un fichier se trouve là où il faudrait un dossier",
    errno.ENOTDIR: "un fichier se trouve là où il faudrait un dossier",
    errno.EISDIR: "un dossier se trouve là où il faudrait un fichier",
    errno.ENAMETOOLONG: "ce nom est trop long",
    errno.ELOOP: "ce lien ne mène qu'à lui-même",
    errno.EBUSY: "un autre programme s'en sert",
    errno.EXDEV: "une partie se trouve sur un autre disque",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.ENFILE: "trop de fichiers sont ouverts",
}
"""Error number of the system → why a file could not be written."""

_WORDINGS = FILE_PROBLEMS | COMMAND_PROBLEMS | REVIEW_PROBLEMS


def link_failure(reason: str) -> str:
    """Returns in French why a link failed; `reason` is a code of `links` or an HTTP status."""
    return _LINK_FAILURES.get(reason, f"le serveur refuse (réponse {reason})")


def message(diagnostic: Diagnostic) -> str:
    """Returns the message of a diagnostic, one French sentence."""
    return _filled(_WORDINGS[diagnostic.code].message, diagnostic.details)


def hint(diagnostic: Diagnostic) -> str:
    """Returns the hint of a diagnostic, or an empty string; similar names (`proches`) take the place of a hint."""
    near = diagnostic.details.get("proches")
    if isinstance(near, list | tuple) and near:
        return "Vouliez-vous dire " + " ou ".join(f"« {_shown(name)} »" for name in near) + " ?"
    return _filled(_WORDINGS[diagnostic.code].hint, diagnostic.details)


def in_general(code: str) -> Wording:
    """Returns the wording of a code with `…` for its placeholders; the hint is empty if it is only a placeholder."""
    said = _WORDINGS[code]
    open_blanks: Mapping[str, str] = defaultdict(lambda: "…")
    sentence, advice = (text.format_map(open_blanks).replace("….", "…") for text in said)
    return Wording(sentence, "" if advice in {"…", "Par exemple : …"} else advice)


def _filled(template: str, details: Mapping[str, object]) -> str:
    if "errno" in details:
        details = {**details, "raison": _DISK_FAILURES.get(cast("int", details["errno"]), "le disque a refusé")}
    return template.format_map({name: _shown(value) for name, value in details.items()})


def _shown(value: object) -> str:
    """Returns a value on one line, shortened: it comes from an untrusted file."""
    text = log_text(str(value))
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def log_text(text: str) -> str:
    r"""Escapes text for one line of a log: no line breaks, control characters or GitHub workflow commands.

    >>> log_text("a\n::error::\x1b[2J b"), log_text("##[add-mask]e")
    ('a ::error::\\x1b[2J b', '# #[add-mask]e')
    """
    one_line = " ".join(text.split()).replace("##[", "# #[")
    return "".join(char if char.isprintable() or char in "\xa0\u202f" else _escape(char) for char in one_line)


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def line(diagnostic: Diagnostic) -> str:
    """Formats a diagnostic on one line: position, severity, code, field and message."""
    file = log_text(diagnostic.file)
    file = f"./{file}" if file.startswith(":") else file  # a line that starts with :: would be a workflow command
    place = f"{file}:{diagnostic.line}:{diagnostic.column}: " if diagnostic.file else ""
    about = f" {_shown(diagnostic.field)}" if diagnostic.field else ""
    return f"{place}{diagnostic.severity} {diagnostic.code}{about} : {message(diagnostic)}"
