"""The commands; the only module that prints, and each command imports what only it needs."""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from catalogue import loading, wording
from catalogue.booklet.chapters import ORDERS
from catalogue.collection import slug
from catalogue.problems import CannotRun, Problem
from catalogue.reports import FORMATS, as_text, counted
from catalogue.skeleton import skeleton

ROOT = Path(__file__).resolve().parent.parent
GOOD, WRONG, CANNOT_RUN = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code: 0 good, 1 a fiche is wrong, 2 the job cannot run."""
    options = _parser().parse_args(_with_default(sys.argv[1:] if arguments is None else list(arguments)))
    try:
        code: int = options.run(options)
    except CannotRun as error:
        if options.debug and error.__cause__:
            traceback.print_exception(error.__cause__)
        _complain(error.problem)
        return CANNOT_RUN
    except KeyboardInterrupt:
        print("Interrompu : rien n'a été publié.", file=sys.stderr)
        return CANNOT_RUN
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has left
        return CANNOT_RUN
    except Exception:  # noqa: BLE001  # a sentence instead of a traceback, for whatever nobody foresaw
        if options.debug:
            traceback.print_exc()
        _complain(Problem("", 0, 0, "imprevu", details={"lieu": "aucun fichier en cause"}))
        return CANNOT_RUN
    return code


def check(options: argparse.Namespace) -> int:
    """Says all that is wrong with the fiches."""
    paths = [Path(path) for path in options.paths]
    for path in paths:
        if not path.is_file():
            raise CannotRun("fichier-absent", chemin=path)
    practices = _short(options.practices)
    inside = {path.resolve(): path for path in practices.iterdir()} if paths and practices.is_dir() else {}
    paths = [inside.get(path.resolve(), path) for path in paths]
    _, report, files = loading.load(practices, _short(ROOT / "vocabularies"), paths)
    if paths:
        report = report.about(frozenset(map(str, paths)))
    print(FORMATS[options.format](report, len(paths) or files))
    return WRONG if report.errors or (options.strict and report.warnings) else GOOD


def build(options: argparse.Namespace) -> int:
    """Checks and publishes the site."""
    from catalogue import publish

    start = time.perf_counter()
    folders = publish.Folders(ROOT, _short(options.practices), Path(options.out))
    with _Stages() as stages:
        published = publish.build(folders, stages.told, options.site_url)
    if published.report:
        print(as_text(published.report, published.fiches))
    if published.report.errors:
        print("Rien n'a été publié : corrigez d'abord ces erreurs.", file=sys.stderr)
        return WRONG
    seconds = f"{time.perf_counter() - start:.1f}".replace(".", ",")
    print(f"{counted(published.fiches, 'fiche')}, {counted(published.pages, 'page')}, {seconds} s.")
    print(f"Ouvrez {folders.out / 'index.html'}, ou lancez « make serve ».")
    return GOOD


def tree(options: argparse.Namespace) -> int:
    """Writes the pages as Markdown for another publisher."""
    from catalogue import tree as whole  # see `build`

    report = whole.write(ROOT, _short(options.practices), Path(options.out), options.site_url)
    if report:
        print(as_text(report, len(report)))
    if report.errors:
        print("Rien n'a été écrit : corrigez d'abord ces erreurs.", file=sys.stderr)
        return WRONG
    print(f"Les pages sont dans {_short(options.out)}.")
    return GOOD


def serve(options: argparse.Namespace) -> int:
    """Shows the site while the fiches are being written."""
    from mkdocs.commands import serve as mkdocs_serve

    from catalogue.site.handover import PREVIEW

    PREVIEW.serving = True
    print(f"Aperçu sur http://{options.address}/ ; Ctrl-C pour arrêter.")
    mkdocs_serve.serve(str(ROOT / "mkdocs.yml"), dev_addr=options.address)
    return GOOD


def new(options: argparse.Namespace) -> int:
    """Starts a fiche."""
    fiche_id = slug(options.titre)[:80].strip("-")
    if fiche_id == "sans-nom":
        raise CannotRun("titre-sans-identifiant", titre=options.titre)
    path = Path(options.practices) / f"{fiche_id}.yml"
    if not path.parent.is_dir():
        raise CannotRun("dossier-absent", chemin=path.parent)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(skeleton(" ".join(options.titre.split())))
    except FileExistsError:
        raise CannotRun("fichier-existe", chemin=path) from None
    except OSError:
        raise CannotRun("cible-non-inscriptible", chemin=path) from None
    print(f"{_short(path)} est prêt : remplissez-le, puis lancez « make check ».")
    return GOOD


def booklet(options: argparse.Namespace) -> int:
    """Makes a booklet of some fiches or of all."""
    from catalogue import bookmaking
    from catalogue.booklet.book_data import Make

    start = time.perf_counter()
    filters = {index: getattr(options, name) for name, index in _FILTERS.items()}
    paper = Make(
        a4=options.format == "a4",
        print=options.print,
        recto=options.recto,
        margin_for_fold=options.print or options.impose,
    )
    wish = bookmaking.Wish(
        options.edition, filters, options.select, options.order, paper, options.impose, options.site_url
    )
    out = Path(options.out or _booklet_name(options))
    made = bookmaking.make(ROOT, _short(options.practices), out, wish)
    if made.report:
        print(as_text(made.report, made.files))
    if made.booklet is None:
        print("Le livret n'a pas été fait : corrigez d'abord ces erreurs.", file=sys.stderr)
        return WRONG
    for problem in made.booklet.problems:
        print(wording.line(problem), file=sys.stderr)
    if not made.has_address:
        print("Sans l'adresse du site (catalogue.yml ou --site-url), le livret n'a pas de codes QR.", file=sys.stderr)
    seconds = f"{time.perf_counter() - start:.1f}".replace(".", ",")
    print(f"{_short(out)} : {counted(made.fiches, 'fiche')}, {counted(made.booklet.pages, 'page')}, {seconds} s.")
    if options.impose:
        print(FOLDING)
    return GOOD


_FILTERS = {"domaine": "domaines", "public": "publics", "commune": "communes", "canton": "cantons"}
"""The options that narrow a booklet, and their index."""

FOLDING = (
    "Imprimez sur A4, recto verso, à 100 % (« taille réelle »), en retournant sur le bord court. "
    "Gardez les feuilles dans l'ordre, pliez-les ensemble par le milieu, agrafez sur le pli."
)


def _booklet_name(options: argparse.Namespace) -> str:
    parts = ["livret", options.edition and slug(options.edition)]
    parts += ["imprimeur" if options.print else "", "feuilles" if options.impose else ""]
    return f"{'-'.join(part for part in parts if part)}.pdf"


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
        "--site-url", default="", metavar="ADRESSE", help="l'adresse publique, au lieu de celle de catalogue.yml"
    )
    _add_practices(command)
    command.set_defaults(run=booklet)


def _parser() -> argparse.ArgumentParser:
    parser = _FrenchParser(
        prog="build_catalogue.py", description="Le catalogue des bonnes pratiques : vérifier, publier, prévisualiser."
    )
    commands = parser.add_subparsers(metavar="COMMANDE", required=True, title="commandes", parser_class=_FrenchParser)

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
    command.set_defaults(run=check)

    command = commands.add_parser("build", help="vérifier puis publier le site (la commande par défaut)")
    command.add_argument("--out", default="site", metavar="DOSSIER", help="où publier (site)")
    command.add_argument(
        "--site-url", default="", metavar="ADRESSE", help="l'adresse publique, au lieu de celle de catalogue.yml"
    )
    _add_practices(command)
    command.set_defaults(run=build)

    command = commands.add_parser(
        "tree", help="écrire les pages en Markdown et les fichiers, pour un autre outil de publication que MkDocs"
    )
    command.add_argument("--out", required=True, metavar="DOSSIER", help="un dossier qui n'existe pas encore")
    command.add_argument("--site-url", default="", metavar="ADRESSE", help="l'adresse publique")
    _add_practices(command)
    command.set_defaults(run=tree)

    command = commands.add_parser("serve", help="prévisualiser : une fiche enregistrée apparaît aussitôt")
    command.add_argument("--address", default="127.0.0.1:8000", metavar="HÔTE:PORT", help="où servir (127.0.0.1:8000)")
    command.set_defaults(run=serve)

    _add_booklet(commands)

    command = commands.add_parser("new", help="commencer une fiche")
    command.add_argument("titre", metavar="TITRE", help="le titre, entre guillemets")
    _add_practices(command)
    command.set_defaults(run=new)
    return parser


def _add_practices(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--practices", default=str(ROOT / "practices"), metavar="DOSSIER", help="le dossier des fiches (practices)"
    )


def _with_default(arguments: list[str]) -> list[str]:
    """`build` where no command is named."""
    asks_for_help = bool({"-h", "--help"} & set(arguments[:1]))
    return ["build", *arguments] if not asks_for_help and (not arguments or arguments[0].startswith("-")) else arguments


class _FrenchParser(argparse.ArgumentParser):
    """argparse with French headings and errors, which it has no setting for."""

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
        self.exit(CANNOT_RUN, f"{self.format_usage()}{message[0].upper()}{message[1:]}.\n")


_ARGPARSE = {
    "the following arguments are required": "il manque",
    "unrecognized arguments": "argument inconnu",
    "invalid choice": "choix inconnu",
    "expected one argument": "il manque la valeur",
    "ambiguous option": "option ambiguë",
    "choose from": "choix possibles",
    "could match": "peut vouloir dire",
    "not allowed with argument": "ne va pas avec",
}


class _Stages:
    """A bar a stage on a terminal, a line a stage elsewhere."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

        self._console = Console(stderr=True)
        columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn())
        self._bars = Progress(*columns, console=self._console, disable=not self._console.is_terminal)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> _Stages:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def told(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total)
            if not self._console.is_terminal:
                print(f"{stage}…", file=sys.stderr)
        self._bars.update(self._tasks[stage], completed=done, total=total)


def _complain(problem: Problem) -> None:
    print(f"erreur {problem.code} : {wording.message(problem)}", file=sys.stderr)
    if advice := wording.hint(problem):
        print(f"    conseil : {advice}", file=sys.stderr)


def _short(path: str | Path) -> Path:
    """A path as one would type it from here."""
    path = Path(path)
    here = Path.cwd()
    return path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path
