"""What visitors type into the search, for the tests and for the comparison of searches."""

from __future__ import annotations

QUERIES = {
    # spelt in haste
    "benevole": "formation-benevoles-refugies",
    "refugie": "neien-ufank",
    "cafe des langues": "cafe-de-babel",
    "ecole refugies": "enfants-refugies-ecole-luxembourg",
    "fete des voisins": "vivre-ensemble-remich",
    "etat des lieux": "pci-luxembourg",
    # one or many
    "jardins": "equigaart",
    "logements vides": "ais-partenaire-des-communes",
    "bénévoles": "benevolat-refugies-dudelange",
    "associations": "wok-differdange",
    "écoles": "enfants-refugies-ecole-luxembourg",
    "magazines": "move-together",
    # what one wants to do
    "apprendre le luxembourgeois": "cai-pratique-de-la-langue",
    "trouver un logement": "hauscare-redange",
    "sport pour femmes": "integration-par-le-sport-esch",
    "spectacle enfants": "kufika",
    "inscription listes électorales": "formation-de-multiplicateurs",
    "jeunes sans abri": "betreit-wunnen-hesperange",
    "regroupement familial": "office-social-sanem",
    "aider les nouveaux habitants": "vivre-ensemble-remich",
    "brochure pour les communes": "tout-savoir-accueil-dpi",
    "rencontrer des Syriens": "nice-to-meet-you",
    "consultation des habitants": "pci-esch-sur-alzette",
    "garantie de loyer": "hauscare-redange",
    "épicerie sociale": "vivre-ensemble-remich",
    # communes, in three languages and as they were
    "Déifferdeng": "wok-differdange",
    "Differdingen": "wok-differdange",
    "Diddeleng": "benevolat-refugies-dudelange",
    "Esch an der Alzette": "integration-par-le-sport-esch",
    "Réiden": "hauscare-redange",
    "Stroossen": "kufika",
    "Hesper": "betreit-wunnen-hesperange",
    "Grosbous": "hauscare-redange",
    "Waldbredimus": "pci-miselerland",
    "Larochette": "ais-partenaire-des-communes",
    # acronyms and what they stand for, both ways
    "BPI": "neien-ufank",
    "bénéficiaires de protection internationale": "lisko",
    "DPI": "tout-savoir-accueil-dpi",
    "demandeurs d'asile": "tout-savoir-accueil-dpi",
    "CAI": "cai-pratique-de-la-langue",
    "contrat d'accueil et d'intégration": "cai-pratique-de-la-langue",
    "agence immobilière sociale": "ais-partenaire-des-communes",
    "PCI Strassen": "pci-strassen",
    # other words for the same thing
    "réfugiés": "neien-ufank",
    "Ehrenamt": "formation-benevoles-refugies",
    "Wohnen": "ais-partenaire-des-communes",
    "jeunesse": "betreit-wunnen-hesperange",
}
"""What visitors type, and a fiche that must be among the first three."""

FIRST = 3
