"""Text that looks French and says nothing: a few common words, a long tail of invented ones, patterns of sentences."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")

COMMON = """
projet commune habitant quartier rencontre association bénévole service langue famille école logement réseau partenaire
atelier équipe soirée voisin accueil formation réunion jeune travail activité salle groupe jardin fête sport parcours
visite cours dialogue guide soutien échange information démarche réfugié culture musique cuisine bibliothèque lecture
théâtre marché place local outil table parole écoute conseil comité charte plan budget étude enquête bilan résultat
année semaine matinée mois week-end vacances rentrée automne printemps hiver été gare village forêt rivière chemin vélo
autobus maison immeuble cour balcon terrasse atelier-vélo potager verger ruche repas goûter recette conte récit photo
exposition affiche brochure dépliant carnet journal site lettre invitation annonce tournoi match équipement maillot
ballon course marche randonnée pique-nique concert chorale danse fanfare instrument répétition spectacle public scène
artiste peinture couture tricot réparation bricolage ressourcerie épicerie café restaurant boutique entreprise emploi
stage apprentissage métier diplôme dossier rendez-vous permanence guichet accompagnement interprète traduction
vocabulaire grammaire conversation alphabet niveau apprenant enseignant élève classe crèche parent enfant adolescent
adulte senior grand-parent génération mixité confiance respect amitié solidarité entraide proximité curiosité envie
plaisir idée initiative décision élection candidat électeur scrutin vote conseil-communal bourgmestre échevin commission
ministère convention subvention dépense recette-fiscale facture loyer bail caution propriétaire locataire chantier
rénovation chauffage énergie déchet tri compost santé médecin infirmier pharmacie prévention repos handicap mobilité
transport trajet covoiturage sécurité médiation conflit bruit règle habitude coutume tradition fête-nationale carnaval
kermesse brocante don collecte vêtement meuble jouet livre tablette ordinateur téléphone connexion numérique
""".split()
"""What such texts are about; the first stand first in the order of frequency."""

FIRST_SYLLABLES = (
    "bar cor del fan gal hal jor lim mor nar pel qui ron sel tur val vin bri cla dro flo gra pri tra".split()
)
NEXT_SYLLABLES = "ba ce di fo gu la me ni po ra si ta ve vo lo mi".split()
ENDINGS = "ation ement age ité ance ure isme ette oir eur".split()
"""What invented words are made of; three syllables and an ending give as many as a real language has."""

_STRIDE = 7919
"""A prime, so that neighbours in the order of frequency do not begin alike and none is made twice."""

DIFFERENT = 60_000
"""How many different nouns there are."""

DETERMINERS = ("chaque", "leur", "notre")
"""Those that serve both genders."""

DOERS = """
la commune|l'association|le service|l'équipe|la commission|le comité|une habitante|un voisin|l'école|la bibliothèque|
chaque participant|la coordinatrice|le club|la maison des jeunes|l'office social|un groupe de parents|le réseau
""".replace("\n", "").split("|")

DOES = """
organise|prépare|propose|accueille|anime|soutient|relie|ouvre|partage|présente|accompagne|transforme|finance|découvre|
retrouve|explique|rassemble|encourage|met en valeur|fait connaître|prend en charge|ouvre à tous
""".replace("\n", "").split("|")

TO_DO = """
organiser|préparer|proposer|accueillir|animer|soutenir|relier|ouvrir|partager|présenter|accompagner|transformer|
financer|découvrir|retrouver|expliquer|rassembler|encourager|mettre en valeur|faire connaître
""".replace("\n", "").split("|")

WHEN = """
chaque semaine|une fois par mois|au printemps|pendant l'été|après l'école|en soirée|le samedi matin|depuis le début|
dès la première année|à la rentrée|tout au long de l'année|à la fin du trimestre
""".replace("\n", "").split("|")

WHERE = """
dans le quartier|à la maison communale|au centre culturel|à l'école fondamentale|sur la place du village|
dans plusieurs localités|au foyer|chez les habitants|près de la gare|au bord de la rivière
""".replace("\n", "").split("|")

HOW = """
avec des bénévoles|sans inscription|en plusieurs langues|avec peu de moyens|pas à pas|dans la bonne humeur|
avec l'aide des partenaires|en petits groupes|de porte en porte|sous forme de jeu
""".replace("\n", "").split("|")


PARAGRAPH = 350
"""Characters of a paragraph, at most."""

LISTS, BOLD = 0.15, 0.1
"""How often a paragraph is a list, or begins with bold words."""

COLUMNS = 106


def zipf(number: int, exponent: float = 1.05, flattened: float = 2.7) -> list[float]:
    """Cumulative weights of so many ranks, as often as words are met in a text (Zipf's law, Mandelbrot's form)."""
    return list(accumulate(1 / (rank + flattened) ** exponent for rank in range(1, number + 1)))


def _invented(place: int) -> str:
    rank = place * _STRIDE % (len(FIRST_SYLLABLES) * len(NEXT_SYLLABLES) ** 2 * len(ENDINGS))
    rank, ending = divmod(rank, len(ENDINGS))
    rank, third = divmod(rank, len(NEXT_SYLLABLES))
    first, second = divmod(rank, len(NEXT_SYLLABLES))
    return FIRST_SYLLABLES[first] + NEXT_SYLLABLES[second] + NEXT_SYLLABLES[third] + ENDINGS[ending]


NOUNS = [*COMMON, *map(_invented, range(DIFFERENT - len(COMMON)))]
_NOUN_WEIGHTS = zipf(len(NOUNS))


class Writer:
    """Writes with the numbers of one generator: the same text for the same seed."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def noun(self) -> str:
        """A word of its place in the order of frequency: the common ones often, the invented ones seldom."""
        return self.random.choices(NOUNS, cum_weights=_NOUN_WEIGHTS)[0]

    def one(self, choices: Sequence[T]) -> T:
        return choices[int(self.random.random() * len(choices))]

    def phrase(self, length: int) -> str:
        """A group of words without a full stop, about so many characters long."""
        words = [self.noun().capitalize()]
        joints = ("et", "pour", "de", "avec", "sans", "en", "par")
        while len(" ".join(words)) < length - 4:
            words += [self.one(joints), self.noun()]
        return _elided(" ".join(words))

    def sentence(self) -> str:
        """One of a few patterns, from eight to twenty-five words."""
        pattern = int(self.random.random() * 4)
        doer, does, where = self.one(DOERS), self.one(DOES), self.one(WHERE)
        if pattern == 0:
            text = f"{doer} {does} {self._things()} {where}, {self.one(HOW)}"
        elif pattern == 1:
            text = f"{self.one(WHEN)}, {doer} {does} {self._things()} et {self.one(DOES)} {self._thing()}"
        elif pattern == 2:  # noqa: PLR2004  # the patterns are four
            text = f"pour {self.one(TO_DO)} {self._things()}, {doer} {does} {self._thing()} {where}"
        else:
            text = f"{self.one(TO_DO)} {self._things()} {self.one(WHEN)} {where}"
        return f"{text[0].upper()}{text[1:]}."

    def sentences(self, length: int) -> str:
        """Whole sentences, about so many characters together: at least one."""
        text = self.sentence()
        while len(text) < length - 50:
            text += " " + self.sentence()
        return text

    def paragraphs(self, length: int) -> str:
        """Paragraphs, some with a list or bold words, about so many characters together."""
        blocks: list[str] = []
        left = length
        while left > 0:
            is_list = bool(blocks) and self.random.random() < LISTS
            blocks.append(self._list() if is_list else self._paragraph(min(left, PARAGRAPH)))
            left -= len(blocks[-1])
        return "\n\n".join(blocks)

    def _paragraph(self, length: int) -> str:
        text = self.sentences(length)
        if self.random.random() < BOLD:
            text = f"**{self.phrase(12)}.** {text}"
        return textwrap.fill(text, COLUMNS, break_long_words=False, break_on_hyphens=False)

    def _list(self) -> str:
        return "\n".join(f"- {self._thing()} {self.one(WHERE)} ;" for _ in range(3 + int(self.random.random() * 3)))

    def _things(self) -> str:
        return f"{self._thing()} et {self._thing()}" if self.random.random() < 0.5 else self._thing()  # noqa: PLR2004  # as often as not

    def _thing(self) -> str:
        thing = f"{self.one(DETERMINERS)} {self.noun()}"
        return _elided(f"{thing} de {self.noun()}") if self.random.random() < 0.3 else thing  # noqa: PLR2004  # now and then


def _elided(text: str) -> str:
    return re.sub(r"\bde (?=[aeiouyéèêh])", "d'", text)
