"""Text that looks French and says nothing, but has a theme: common words, a long tail of invented ones, patterns."""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")

COMMON = """
projet commune habitant quartier rencontre association bénévole service langue famille école réseau partenaire atelier
équipe soirée voisin accueil formation réunion jeune travail activité salle groupe jardin fête sport parcours visite
cours dialogue guide soutien échange information démarche réfugié culture musique cuisine bibliothèque lecture théâtre
marché place local outil table parole écoute conseil comité charte plan budget étude enquête bilan résultat année
semaine matinée mois week-end vacances rentrée automne printemps hiver été gare village forêt rivière chemin vélo
autobus maison immeuble cour balcon terrasse atelier-vélo potager verger ruche repas goûter recette conte récit photo
exposition affiche brochure dépliant carnet journal site lettre invitation annonce tournoi match équipement maillot
ballon course marche randonnée pique-nique concert chorale danse fanfare instrument répétition spectacle public scène
artiste peinture couture tricot réparation bricolage ressourcerie épicerie café restaurant boutique entreprise emploi
stage apprentissage métier diplôme dossier rendez-vous permanence guichet accompagnement interprète traduction
vocabulaire grammaire conversation alphabet niveau apprenant enseignant élève classe crèche parent enfant adolescent
adulte senior grand-parent génération mixité confiance respect amitié solidarité entraide proximité curiosité envie
plaisir idée initiative décision élection candidat électeur scrutin vote conseil-communal bourgmestre échevin
commission ministère convention subvention dépense recette-fiscale facture loyer bail caution propriétaire locataire
chantier rénovation chauffage énergie déchet tri compost santé médecin infirmier pharmacie prévention repos handicap
mobilité transport trajet covoiturage sécurité médiation conflit bruit règle habitude coutume tradition fête-nationale
carnaval kermesse brocante don collecte vêtement meuble jouet livre tablette ordinateur téléphone connexion numérique
logement
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

SINGULAR, PLURAL = ("chaque", "leur", "notre"), ("les", "des", "ces", "nos", "ses", "leurs")
"""Those that serve both genders."""

VERBS = """
organiser proposer aider donner trouver préparer animer présenter accompagner rencontrer participer informer former
créer partager favoriser développer demander rester apporter montrer rassembler financer encourager expliquer
transformer relier retrouver visiter inviter chercher gagner aborder adapter aimer améliorer amener assurer augmenter
chanter changer collaborer communiquer compter confier conseiller consulter coordonner cuisiner débuter décider
dépasser diffuser discuter durer écouter éclairer échanger élaborer engager entourer épauler évaluer éviter évoluer
exister explorer exposer fonder garder habiter héberger identifier imaginer intégrer intéresser installer jouer laisser
lancer limiter lier lutter manquer marcher monter motiver mêler négocier observer oser parler passer penser planter
porter poser profiter prouver rapprocher raconter regrouper remarquer remplacer renforcer réparer respecter
sensibiliser signer soigner stimuler surmonter tester tisser toucher travailler traiter utiliser valoriser veiller
viser voyager
""".split()
"""All of them say with -e what one does, the first most often."""

JOINTS = """
de|pour|et|avec|dans|sur|entre|sans|par|chez|grâce à|selon|autour de|près de|pendant|après|avant|depuis|auprès de|
contre|parmi|sous|lors de|devant|vers|malgré|au-delà de|en plus de|au nom de|à partir de|à côté de
""".replace("\n", "").split("|")

ADVERBS = """
aussi|souvent|ensemble|mieux|encore|parfois|déjà|toujours|peu à peu|enfin|ailleurs|en soirée|sur place|chaque semaine|
surtout|au printemps|par exemple|sans inscription|en plusieurs langues|une fois par mois|pas à pas|deux fois par an|
dès la rentrée|en petits groupes|de porte en porte|sous forme de jeu|gratuitement|le samedi matin|
tout au long de l'année
""".replace("\n", "").split("|")

THEME, KNOWN = 300, 1_000
"""So many nouns, of so many that are known everywhere, are those of a domain, in an order of their own."""

DOMAIN, AGAIN = 0.5, 0.36
"""How often a noun is one of the domain; how often a word is one used before, the likelier the oftener."""

PARAGRAPH = 350
"""Characters of a paragraph, at most."""

LISTS, BOLD = 0.15, 0.1
"""How often a paragraph is a list, or begins with bold words."""

TO_DO, SEVERAL, BARE = 0.3, 0.6, 0.5
"""How often a sentence says what to do, a thing is several, a noun stands alone."""

SENTENCE = (50, 130)
"""Characters of a sentence, unless there is less room."""

COLUMNS = 106

GROUP = 15
"""Characters of one more group of words, more or less."""


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


@dataclass(frozen=True)
class Ranked:
    """Words of one kind, the most frequent first, with their cumulative weights."""

    kind: str
    words: Sequence[str]
    weights: Sequence[float]

    @classmethod
    def of(cls, kind: str, words: Sequence[str]) -> Ranked:
        return cls(kind, words, zipf(len(words)))


ALL_NOUNS = Ranked("noun", NOUNS, zipf(len(NOUNS), 1.35, 50))
ALL_VERBS, ALL_JOINTS = Ranked.of("verb", VERBS), Ranked.of("joint", JOINTS)
ALL_ADVERBS = Ranked.of("adverb", ADVERBS)


@cache
def nouns_of(domain: str) -> Ranked:
    """Those of texts about a domain."""
    random = Random(domain)  # noqa: S311  # nothing is secret here
    own = sorted(NOUNS[:KNOWN], key=lambda _: random.random())[:THEME]
    return Ranked(ALL_NOUNS.kind, own, zipf(THEME, 1.05, 10))


class Writer:
    """Writes one text about a few domains with the numbers of one generator: the same text for the same seed.

    It is lifelike in which words stand together: a text is about something, and returns to its words.
    """

    def __init__(self, random: Random, domains: Sequence[str]) -> None:
        self.random = random
        self.domains = domains
        self.used: dict[str, list[str]] = defaultdict(list)

    def noun(self) -> str:
        """Of the domain, or of all texts: the common ones often, the invented ones seldom."""
        return self._word(nouns_of(self._choose(self.domains)) if self._happens(DOMAIN) else ALL_NOUNS)

    def phrase(self, length: int) -> str:
        """A group of words without a full stop, about so many characters long."""
        text = self.noun().capitalize()
        while len(text) < length - GROUP:
            text += self._joined()
        return _contracted(text)

    def sentences(self, length: int) -> str:
        """Whole sentences, about so many characters together: at least one."""
        text = self._sentence(length)
        while len(text) < length - 2 * GROUP:
            text += " " + self._sentence(length - len(text))
        return _contracted(text)

    def paragraphs(self, length: int) -> str:
        """Paragraphs, some with a list or bold words, about so many characters together."""
        blocks: list[str] = []
        left = length
        while left > GROUP:
            is_list = bool(blocks) and self._happens(LISTS)
            blocks.append(self._list() if is_list else self._paragraph(min(left, PARAGRAPH)))
            left -= len(blocks[-1])
        return "\n\n".join(blocks)

    def _paragraph(self, length: int) -> str:
        text = self.sentences(length)
        if self._happens(BOLD):
            text = f"**{self.phrase(12)}.** {text}"
        return textwrap.fill(text, COLUMNS, break_long_words=False, break_on_hyphens=False)

    def _list(self) -> str:
        return "\n".join(
            _contracted(f"- {self._verb()} {self._thing()}{self._more()} ;") for _ in range(self._between(3, 6))
        )

    def _sentence(self, length: int) -> str:
        """What to do, or who does what, and more until it is long enough."""
        text = self._verb() if self._happens(TO_DO) else f"{self._single()} {self._verb()[:-1]}"
        text += f" {self._thing()}"
        longest = min(length, self._between(*SENTENCE))
        while len(text) < longest - GROUP:
            text += self._more()
        return f"{text[0].upper()}{text[1:]}."

    def _more(self) -> str:
        """Another group of words."""
        kind = int(self.random.random() * 5)
        if kind == 0:
            return f" {self._word(ALL_ADVERBS)}"
        return f" pour {self._verb()} {self._thing()}" if kind == 1 else self._joined()

    def _joined(self) -> str:
        return f" {self._word(ALL_JOINTS)} {self.noun() if self._happens(BARE) else self._thing()}"

    def _thing(self) -> str:
        return f"{self._choose(PLURAL)} {_plural(self.noun())}" if self._happens(SEVERAL) else self._single()

    def _single(self) -> str:
        return f"{self._choose(SINGULAR)} {self.noun()}"

    def _verb(self) -> str:
        return self._word(ALL_VERBS)

    def _word(self, ranked: Ranked) -> str:
        used = self.used[ranked.kind]
        if used and self._happens(AGAIN):
            word = self._choose(used)
        else:
            word = self.random.choices(ranked.words, cum_weights=ranked.weights)[0]
        used.append(word)
        return word

    def _choose(self, choices: Sequence[T]) -> T:
        return choices[int(self.random.random() * len(choices))]

    def _between(self, least: int, end: int) -> int:
        return least + int(self.random.random() * (end - least))

    def _happens(self, share: float) -> bool:
        return self.random.random() < share


def _plural(noun: str) -> str:
    return noun if noun[-1] in "sxz" else noun + ("x" if noun.endswith("eau") else "s")


def _contracted(text: str) -> str:
    return re.sub(r"\bde (?=[aeiouyéèêh])", "d'", re.sub(r"\bde [dl]es\b", "des", text))
