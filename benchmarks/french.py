"""Generates synthetic French-looking text on a theme, with realistic word frequencies."""

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
"""Common nouns, most frequent first."""

FIRST_SYLLABLES = (
    "bar cor del fan gal hal jor lim mor nar pel qui ron sel tur val vin bri cla dro flo gra pri tra".split()
)
NEXT_SYLLABLES = "ba ce di fo gu la me ni po ra si ta ve vo lo mi".split()
ENDINGS = "ation ement age ité ance ure isme ette oir eur".split()
"""Parts of invented nouns; three syllables and an ending give as many nouns as a real language has."""

_STRIDE = 7919
"""A prime, so that nouns of similar frequency begin differently and no noun is made twice."""

DIFFERENT = 60_000
"""Number of different nouns."""

SINGULAR, PLURAL = ("chaque", "leur", "notre"), ("les", "des", "ces", "nos", "ses", "leurs")
"""Determiners for both genders."""

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
"""Verbs whose third person ends in -e, most frequent first."""

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
"""Number of nouns of a domain, and of the most frequent nouns that they are chosen from; each domain has its order."""

DOMAIN, AGAIN = 0.5, 0.36
"""Share of nouns from the domain; share of words that repeat an earlier word of the text."""

PARAGRAPH = 350
"""Maximum characters per paragraph."""

LISTS, BOLD = 0.15, 0.1
"""Shares of paragraphs that are lists, and that begin with bold words."""

TO_DO, SEVERAL, BARE = 0.3, 0.6, 0.5
"""Shares of imperative sentences, of plural nouns, and of nouns without a complement."""

SENTENCE = (50, 130)
"""Minimum and maximum characters per sentence, unless less is requested."""

COLUMNS = 106

GROUP = 15
"""Approximate characters of an additional phrase."""


def zipf(number: int, exponent: float = 1.05, flattened: float = 2.7) -> list[float]:
    """Returns cumulative weights of ranks, distributed as words in texts are (Zipf-Mandelbrot law)."""
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
    """Words of one kind, most frequent first, with their cumulative weights."""

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
    """Returns the nouns of texts about a domain."""
    random = Random(domain)  # noqa: S311  # not for cryptography
    own = sorted(NOUNS[:KNOWN], key=lambda _: random.random())[:THEME]
    return Ranked(ALL_NOUNS.kind, own, zipf(THEME, 1.05, 10))


class Writer:
    """Writes one text about a few domains, reproducible for a seed of its random generator.

    Co-occurrence of words is realistic: a text has a theme and repeats its words.
    """

    def __init__(self, random: Random, domains: Sequence[str]) -> None:
        self.random = random
        self.domains = domains
        self.used: dict[str, list[str]] = defaultdict(list)

    def noun(self) -> str:
        """Returns a noun, from the domains or from all nouns, weighted by frequency."""
        return self._word(nouns_of(self._choose(self.domains)) if self._happens(DOMAIN) else ALL_NOUNS)

    def phrase(self, length: int) -> str:
        """Returns a phrase without a full stop, about `length` characters long."""
        text = self.noun().capitalize()
        while len(text) < length - GROUP:
            text += self._joined()
        return _contracted(text)

    def sentences(self, length: int) -> str:
        """Returns one or more sentences, about `length` characters in total."""
        text = self._sentence(length)
        while len(text) < length - 2 * GROUP:
            text += " " + self._sentence(length - len(text))
        return _contracted(text)

    def paragraphs(self, length: int) -> str:
        """Returns paragraphs, some as lists or with bold words, about `length` characters in total."""
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
        """Returns an imperative or declarative sentence, extended by phrases up to `length` characters."""
        text = self._verb() if self._happens(TO_DO) else f"{self._single()} {self._verb()[:-1]}"
        text += f" {self._thing()}"
        longest = min(length, self._between(*SENTENCE))
        while len(text) < longest - GROUP:
            text += self._more()
        return f"{text[0].upper()}{text[1:]}."

    def _more(self) -> str:
        """Returns an additional phrase."""
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
