"""Declares the options of each command, with their help in French."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, NoReturn

from practice_catalogue.booklet.chapters import ORDERS
from practice_catalogue.cli.console import short_path
from practice_catalogue.model.settings import PRACTICES, PUBLISHED_IDS, CatalogueFolder, is_site_address
from practice_catalogue.validation.reports import FORMATS

NOT_UNDERSTOOD = 2
"""Exit code for an unknown command or option."""

FILTERS = {"domaine": "domaines", "public": "publics", "commune": "communes", "canton": "cantons"}
"""The filter options of a booklet: option → index."""

FOLDING = (
    "Imprimez sur A4, recto verso, à 100 % (« taille réelle »), en retournant sur le bord court. "
    "Gardez les feuilles dans l'ordre, pliez-les ensemble par le milieu, agrafez sur le pli."
)


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Returns the options, with the command as `command`; exits with a message in French if they are invalid."""
    return _parser().parse_args(_with_default_command(list(arguments)))


def catalogue_folder(options: argparse.Namespace) -> CatalogueFolder:
    """Returns the catalogue in `options.root`; `--practices` replaces the folder of its fiches."""
    practices = getattr(options, "practices", None)
    return CatalogueFolder(short_path(options.root), short_path(practices) if practices else None)


def _parser() -> argparse.ArgumentParser:
    parser = _FrenchParser(description="Le catalogue des bonnes pratiques : vérifier, publier, prévisualiser.")
    commands = parser.add_subparsers(
        metavar="COMMANDE", dest="command", required=True, title="commandes", parser_class=_FrenchParser
    )
    for add in (_add_check, _add_check_pr, _add_review, _add_site, _add_booklet, _add_forms, _add_fiches, _add_init):
        add(commands)
    return parser


def _add_check(commands: Any) -> None:
    command = commands.add_parser("check", help="dire tout ce qui ne va pas dans les fiches")
    command.add_argument(
        "paths", nargs="*", metavar="FICHIER", help="ne vérifier que ces fichiers, au sein du catalogue"
    )
    command.add_argument(
        "--format",
        choices=sorted(FORMATS),
        default="text",
        help="text pour lire, json pour un programme, github pour des annotations",
    )
    command.add_argument("--strict", action="store_true", help="compter aussi les avertissements")
    _add_practices(command)


def _add_check_pr(commands: Any) -> None:
    command = commands.add_parser("check-pr", help="dire ce que cette branche changerait, avant de la proposer")
    command.add_argument(
        "--base",
        default="",
        metavar="BRANCHE",
        help="la branche à laquelle comparer (upstream/main si ce dépôt est connu, sinon origin/main)",
    )
    command.add_argument(
        "--format", choices=["text", "github"], default="text", help="text pour lire, github pour des annotations"
    )
    command.add_argument(
        "--summary", default="", metavar="FICHIER", help="ajouter le résumé, en Markdown, à la fin de ce fichier"
    )
    command.add_argument(
        "--good", default="", metavar="FICHIER", help="ajouter à ce fichier les identifiants des fiches en ordre"
    )


def _add_review(commands: Any) -> None:
    command = commands.add_parser(
        "review", help="dire ce qui a vieilli : contacts, projets terminés, liens, communes fusionnées, doublons"
    )
    command.add_argument("--format", choices=["text", "json", "github"], default="text", help="github pour un billet")
    command.add_argument("--links", action="store_true", help="demander aussi si les liens répondent (par Internet)")
    command.add_argument(
        "--memory",
        default="",
        metavar="FICHIER",
        help="avec --links, noter dans ce fichier quels liens n'ont pas répondu, et depuis quand : un lien n'est dit "
        "mort que s'il ne répond pas deux jours différents",
    )
    command.add_argument(
        "--today",
        type=_parse_day,
        default=datetime.now(UTC).date(),
        metavar="JOUR",
        help="le jour de la revue : 2026-11-20",
    )
    _add_practices(command)


def _add_site(commands: Any) -> None:
    command = commands.add_parser("build", help="vérifier puis publier le site (la commande par défaut)")
    command.add_argument("--out", default="site", metavar="DOSSIER", help="où publier (site)")
    command.add_argument(
        "--site-url",
        type=_parse_address,
        default="",
        metavar="ADRESSE",
        help="l'adresse publique, au lieu de celle de catalogue.yml",
    )
    _add_practices(command)

    command = commands.add_parser(
        "tree", help="écrire les pages en Markdown et les fichiers, pour un autre outil de publication que MkDocs"
    )
    command.add_argument("--out", required=True, metavar="DOSSIER", help="un dossier qui n'existe pas encore")
    command.add_argument("--site-url", type=_parse_address, default="", metavar="ADRESSE", help="l'adresse publique")
    _add_practices(command)

    command = commands.add_parser("serve", help="prévisualiser : une fiche enregistrée apparaît aussitôt")
    command.add_argument("--address", default="127.0.0.1:8000", metavar="HÔTE:PORT", help="où servir (127.0.0.1:8000)")


def _add_booklet(commands: Any) -> None:
    command = commands.add_parser(
        "booklet",
        help="faire le livret en PDF",
        description="Le livret en PDF, de toutes les fiches ou d'un choix. Plusieurs valeurs d'un même filtre "
        "s'ajoutent ; plusieurs filtres se combinent.",
        epilog=f"Avec --impose : {FOLDING}",
    )
    command.add_argument("--edition", default="", metavar="ÉDITION", help="une édition des Assises : assises-2017")
    for name, article in (("domaine", "ce"), ("public", "ce"), ("commune", "cette"), ("canton", "ce")):
        command.add_argument(
            f"--{name}",
            action="append",
            default=[],
            metavar="NOM",
            help=f"seulement {article} {name} ; à répéter au besoin",
        )
    command.add_argument(
        "--select", default="", metavar="CHOIX", help="des identifiants (a,b,c), un fichier qui les liste, ou un lien"
    )
    command.add_argument(
        "--order", default="", choices=sorted(ORDERS), help="l'ordre ; sinon le programme du jour, ou les domaines"
    )
    command.add_argument("--format", default="a5", choices=["a5", "a4"], help="le format des pages (a5)")
    command.add_argument("--recto", action="store_true", help="commencer chaque fiche sur une page de droite")
    on_paper = command.add_mutually_exclusive_group()
    on_paper.add_argument(
        "--print",
        action="store_true",
        help="pour un imprimeur : fond perdu de 3 mm, traits de coupe, noir pur, multiple de quatre pages",
    )
    on_paper.add_argument(
        "--impose", action="store_true", help="pour agrafer soi-même : des feuilles A4 à plier, recto verso"
    )
    command.add_argument("--out", default="", metavar="FICHIER", help="le PDF à écrire (livret.pdf)")
    command.add_argument(
        "--site-url",
        type=_parse_address,
        default="",
        metavar="ADRESSE",
        help="l'adresse publique, au lieu de celle de catalogue.yml",
    )
    _add_practices(command)


def _add_forms(commands: Any) -> None:
    command = commands.add_parser("form", help="faire le formulaire Word, vide ou rempli d'une fiche")
    command.add_argument("--output", default="fiche.docx", metavar="FICHIER", help="le fichier à écrire (fiche.docx)")
    command.add_argument("--fiche", default="", metavar="ID", help="remplir le formulaire d'une fiche qui existe")
    _add_practices(command)

    command = commands.add_parser(
        "import",
        help="lire des formulaires remplis, ou des fiches de 2017, en brouillons",
        description="Chaque fiche d'un document devient un brouillon en YAML ; aucun texte ne se perd, aucun fichier "
        "n'est remplacé.",
    )
    command.add_argument("paths", nargs="+", metavar="FICHIER", help="des documents Word (.docx) ou des textes (.txt)")
    command.add_argument("--out", dest="drafts", metavar="DOSSIER", help=f"où mettre les brouillons ({PRACTICES})")
    command.add_argument(
        "--format", choices=["json", "text"], default="text", help="text pour lire, json pour un programme"
    )


def _add_fiches(commands: Any) -> None:
    command = commands.add_parser("new", help="commencer une fiche")
    command.add_argument("titre", metavar="TITRE", help="le titre, entre guillemets")
    _add_practices(command)

    command = commands.add_parser(
        "publish-ids",
        help="noter les fiches publiées, dont l'adresse doit durer",
        description=f"Ajoute à {PUBLISHED_IDS} les identifiants des nouvelles fiches. À lancer après chaque "
        "publication : dès lors, « check » refuse qu'une fiche change de nom ou disparaisse sans laisser d'adresse.",
    )
    _add_practices(command)

    command = commands.add_parser("schema", help="écrire le schéma JSON d'une fiche, pour les éditeurs de texte")
    command.add_argument("--output", default="", metavar="FICHIER", help="où l'écrire ; sinon il est affiché")


def _add_init(commands: Any) -> None:
    command = commands.add_parser(
        "init",
        help="commencer un nouveau catalogue",
        description="Prépare un catalogue prêt à publier : une fiche d'exemple, les vocabulaires, les réglages.",
    )
    command.add_argument("folder", metavar="DOSSIER", help="un dossier qui n'existe pas encore, ou qui est vide")


def _parse_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"« {text} » n'est pas un jour : 2026-11-20"
        raise argparse.ArgumentTypeError(message) from None


def _parse_address(text: str) -> str:
    if text and not is_site_address(text):
        message = f"« {text} » n'est pas l'adresse d'un site : https://exemple.lu/"
        raise argparse.ArgumentTypeError(message)
    return text


def _add_practices(command: argparse.ArgumentParser) -> None:
    command.add_argument("--practices", metavar="DOSSIER", help=f"le dossier des fiches ({PRACTICES})")


def _with_default_command(arguments: list[str]) -> list[str]:
    """Inserts `build` if no command is given; `--debug` may stand before the command too."""
    if arguments[:1] == ["--debug"]:
        command, *rest = _with_default_command(arguments[1:])
        return [command, "--debug", *rest]
    asks_for_help = bool({"-h", "--help"} & set(arguments[:1]))
    return ["build", *arguments] if not asks_for_help and (not arguments or arguments[0].startswith("-")) else arguments


class _FrenchParser(argparse.ArgumentParser):
    """An argument parser with French headings and errors, for which argparse has no setting."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False)
        self._positionals.title = "arguments"
        self._optionals.title = "options"
        self.add_argument("-h", "--help", action="help", help="montrer cette aide")
        self.add_argument("--debug", action="store_true", help="montrer le détail d'un cas imprévu")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "emploi :", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "emploi :", 1)

    def error(self, message: str) -> NoReturn:
        message = message.removeprefix("argument ")
        for english, french in _ARGPARSE.items():
            message = message.replace(english, french)
        message = re.sub(r"(?<! ): ", " : ", message)
        self.exit(NOT_UNDERSTOOD, f"{self.format_usage()}{message[0].upper()}{message[1:]}.\n")


_ARGPARSE = {
    "the following arguments are required": "il manque",
    "unrecognized arguments": "argument inconnu",
    "invalid choice": "choix inconnu",
    "expected one argument": "il manque la valeur",
    "ambiguous option": "option ambiguë",
    "choose from": "choix possibles :",
    "could match": "peut vouloir dire",
    "not allowed with argument": "ne va pas avec",
}
