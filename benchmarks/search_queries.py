"""Search queries for the evaluation: words, places and sentences in four languages, with the relevant pages.

Written from the fiches before the search was tuned; every third query of each list is held out from tuning.
"""

from __future__ import annotations

from typing import NamedTuple

FIRST = 3
"""A query is answered if a relevant page is among this many first results."""

HELD_OUT = 3
"""One of this many queries is held out from tuning."""


class Query(NamedTuple):
    """The words of a query, and the paths of its relevant pages, any of which counts as an answer."""

    kind: str
    words: str
    pages: frozenset[str]
    held_out: bool


_HOUSING = (
    "ais-partenaire-des-communes hauscare-redange neien-ufank betreit-wunnen-hesperange lisko tout-savoir-accueil-dpi"
)
_REFUGEES = (
    "neien-ufank lisko office-social-sanem formation-benevoles-refugies benevolat-refugies-dudelange"
    " enfants-refugies-ecole-luxembourg nice-to-meet-you tout-savoir-accueil-dpi move-together"
)
_REFUGEE_HOUSING = "neien-ufank lisko tout-savoir-accueil-dpi"
_VOLUNTEERS = "formation-benevoles-refugies benevolat-refugies-dudelange cai-pratique-de-la-langue"
_PRACTISE = "cafe-de-babel cai-pratique-de-la-langue vivre-ensemble-remich"
_PLANS = "pci-esch-sur-alzette pci-luxembourg pci-strassen pci-miselerland"
_SCHOOL = "enfants-refugies-ecole-luxembourg"
_GARDEN = "equigaart"
_VOTE = "formation-de-multiplicateurs"
_SPORT = "integration-par-le-sport-esch"
_NEIGHBOURS = "vivre-ensemble-remich"
_EMPTY_HOMES = "ais-partenaire-des-communes hauscare-redange"
_ARRIVING = f"{_NEIGHBOURS} move-together benevolat-refugies-dudelange tout-savoir-accueil-dpi"

_WORDS = {
    "espagnol": "cafe-de-babel",
    "italien": "cafe-de-babel",
    "inscription": _VOTE,
    "d'école": f"{_SCHOOL} betreit-wunnen-hesperange neien-ufank lisko kufika tout-savoir-accueil-dpi",
    "oeuvre": "move-together formation-benevoles-refugies neien-ufank",
    "coeur": "lisko",
    '"Café de Babel"': "cafe-de-babel",
    "Gemengepakt": _PLANS,
    "potager": _GARDEN,
    "Gemeinschaftsgarten": _GARDEN,
    "Ehrenamt": f"{_VOLUNTEERS} wok-differdange",
    "Wunnen": _HOUSING,
    "housing": _HOUSING,
    "Flüchtlinge": _REFUGEES,
    "Nopeschfest": _NEIGHBOURS,
    "Poterowend": _NEIGHBOURS,
    "arabe": "move-together",
    "locataire": "hauscare-redange ais-partenaire-des-communes",
    "sans-abri": f"{_HOUSING} office-social-sanem",
    "sans domicile fixe": "betreit-wunnen-hesperange",
    "électeurs": _VOTE,
    "droit de vote": _VOTE,
    "danse": "kufika",
    "théâtre": "kufika",
    "voisine": _NEIGHBOURS,
    "ambassadrices": _NEIGHBOURS,
    "animatrice": _SPORT,
    "bénévolle": _VOLUNTEERS,
    "jardn": _GARDEN,
    "intrepretes": "lisko",
    "logemant": _HOUSING,
    "épicerie": f"{_NEIGHBOURS} office-social-sanem",
    "crèche": "lisko",
    "charte de la diversité": "pci-strassen",
    "questionnaire": "pci-luxembourg pci-esch-sur-alzette",
    "Erythrée": "lisko",
    "coaching": "cai-pratique-de-la-langue",
    "tables de conversation": _PRACTISE,
    "Sprachcafé": "cafe-de-babel cai-pratique-de-la-langue",
    "volunteers": _VOLUNTEERS,
    "Kanner": f"kufika {_SCHOOL}",
    "psycho\u2011socio\u2011éducatif": "benevolat-refugies-dudelange",
    "RMG": "office-social-sanem",
    "gratuit": f"{_VOTE} tout-savoir-accueil-dpi",
    "pas cher": "cafe-de-babel equigaart kufika formation-de-multiplicateurs tout-savoir-accueil-dpi",
    "Caritas": "neien-ufank formation-benevoles-refugies",
    "Noperschaft": f"{_NEIGHBOURS} neien-ufank",
    "L’IMMEUBLE": "neien-ufank",
    "women": _SPORT,
    "Zeitschrift": "move-together",
}

_PLACES = {
    "Bissen": "bissen",
    "Miersch": "mersch",
    "Belvaux": "sanem",
    "Zolwer": "sanem",
    "Oberkorn": "differdange",
    "Bascharage": "kaerjeng",
    "Nidderkäerjeng": "kaerjeng",
    "Niederkerschen": "kaerjeng",
    "Kirchberg": "luxembourg",
    "Bouneweg": "luxembourg",
    "Cents": "luxembourg",
    "Limpertsberg": "luxembourg",
    "bereldange": "walferdange",
    "Olm": "kehlen",
    "Capellen": "mamer",
    "Septfontaines": "habscht",
    "Simmer": "habscht",
    "Wasserbillig": "mertert",
    "Waasserbelleg": "mertert",
    "Moersdorf": "rosport-mompach",
    "Boevange-sur-Attert": "helperknapp",
    "Tüntingen": "helperknapp",
    "Ermsdorf": "vallee-de-l-ernz",
    "Heischent": "esch-sur-sure",
    "Housen": "parc-hosingen",
    "Rodange": "petange",
    "Péiteng": "petange",
    "Clerf": "clervaux",
    "Elwen": "troisvierges",
    "Fels": "larochette",
    "Gréiwemaacher": "grevenmacher",
    "Stengefort": "steinfort",
    "Esch-Uelzecht": "esch-sur-alzette",
    "Esch/Alzette": "esch-sur-alzette",
    "lac de la haute sure": "lac-de-la-haute-sure",
    "MONDORF LES BAINS": "mondorf-les-bains",
    "Lëtzebuerg": "luxembourg",
    "Berg": "betzdorf colmar-berg",
    "Roodt": "ell habscht",
    "que se fait-il à Bettembourg ?": "bettembourg",
    "pratiques à Diekirch": "diekirch",
    "commune de Lintgen": "lintgen",
    "Projekte in Echternach": "echternach",
    "practices in Vianden": "vianden",
    "wat gëtt zu Wolz gemaach": "wiltz",
    "Betembourg": "bettembourg",
    "Etelbruck": "ettelbruck",
    "Burmerange": "schengen",
    "l’Ahn": "wormeldange",
    "Wahl": "groussbus-wal",
}

_SENTENCES = {
    "comment aider les réfugiés à trouver un logement": f"{_REFUGEE_HOUSING} office-social-sanem",
    "je cherche une idée pour que les voisins se rencontrent": _NEIGHBOURS,
    "que faire pour les jeunes qui n'ont pas de toit ?": "betreit-wunnen-hesperange",
    "comment convaincre les propriétaires de louer leurs logements vides": _EMPTY_HOMES,
    "amener les étrangers à voter aux élections communales": _VOTE,
    "nous voulons former nos bénévoles": _VOLUNTEERS,
    "nos habitants apprennent le luxembourgeois mais ne le parlent avec personne": _PRACTISE,
    "activités culturelles gratuites pour les enfants": "kufika",
    "élaborer un plan communal avec la population": _PLANS,
    "plusieurs petites communes qui font un plan ensemble": "pci-miselerland",
    "un foyer de demandeurs d'asile ouvre chez nous, que faire ?": "tout-savoir-accueil-dpi",
    "scolariser les enfants réfugiés": _SCHOOL,
    "faire venir la famille d'un réfugié": "office-social-sanem",
    "lutter contre les préjugés envers les Syriens": "nice-to-meet-you",
    "du sport pour les femmes immigrées": _SPORT,
    "comment travailler avec les associations et les clubs": "wok-differdange",
    "jardiner avec des gens de toutes origines": _GARDEN,
    "informer les nouveaux arrivants dans leur langue": "move-together",
    "une idée pas chère pour pratiquer une langue": "cafe-de-babel",
    "accompagner les nouveaux habitants dans leurs démarches": _NEIGHBOURS,
    "Wie finden Flüchtlinge eine Wohnung?": _REFUGEE_HOUSING,
    "Sprachen üben mit Ehrenamtlichen": _PRACTISE,
    "ein gemeinsamer Garten für alle Einwohner": _GARDEN,
    "Wie können Ausländer bei den Gemeindewahlen wählen?": _VOTE,
    "Sportkurse für Frauen": _SPORT,
    "Flüchtlingskinder in der Schule": _SCHOOL,
    "leerstehende Wohnungen vermieten": _EMPTY_HOMES,
    "ein Fest mit den Nachbarn organisieren": _NEIGHBOURS,
    "Ausbildung für Freiwillige": _VOLUNTEERS,
    "Integrationsplan der Gemeinde": _PLANS,
    "Wunneng fir Flüchtlingen": _REFUGEE_HOUSING,
    "wéi kann ech Lëtzebuergesch schwätzen a praktizéieren": _PRACTISE,
    "e Gaart fir jiddereen": _GARDEN,
    "Hëllef fir jonk Leit ouni Wunneng": "betreit-wunnen-hesperange office-social-sanem",
    "Sport fir Fraen": _SPORT,
    "Walrecht fir Auslänner": _VOTE,
    "Benevoller forméieren": _VOLUNTEERS,
    "mat de Veräiner zesummeschaffen": "wok-differdange",
    "Konscht a Musek fir Kanner": "kufika",
    "Fest mat den Noperen": _NEIGHBOURS,
    "housing for refugees": _REFUGEE_HOUSING,
    "how to train volunteers": _VOLUNTEERS,
    "a garden shared by the residents": _GARDEN,
    "language café run by residents": "cafe-de-babel",
    "getting foreigners to register to vote": _VOTE,
    "young people who have no home": "betreit-wunnen-hesperange",
    "sports classes for women": _SPORT,
    "family reunification of refugees": "office-social-sanem",
    "school for refugee children": _SCHOOL,
    "renting empty homes to low-income households": _EMPTY_HOMES,
}


def _queries() -> tuple[Query, ...]:
    lists = (("word", "fiches", _WORDS), ("place", "communes", _PLACES), ("sentence", "fiches", _SENTENCES))
    return tuple(
        Query(kind, words, frozenset(f"{folder}/{page}/" for page in pages.split()), number % HELD_OUT == HELD_OUT - 1)
        for kind, folder, asked in lists
        for number, (words, pages) in enumerate(asked.items())
    )


QUERIES = _queries()
