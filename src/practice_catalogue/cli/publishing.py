"""The commands that publish: build, tree, serve, booklet."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from practice_catalogue.cli.console import GOOD, WRONG, ProgressBars, seconds_text, short_path
from practice_catalogue.cli.options import FILTERS, FOLDING, catalogue_folder
from practice_catalogue.model.catalogue import slug
from practice_catalogue.validation import messages
from practice_catalogue.validation.reports import as_text, counted

if TYPE_CHECKING:
    from practice_catalogue.build.booklets import BookletRequest


def build(options: argparse.Namespace) -> int:
    """Checks and publishes the site."""
    from practice_catalogue.build import publisher

    start = time.perf_counter()
    out = Path(options.out)
    with ProgressBars() as bars:
        result = publisher.build(catalogue_folder(options), out, bars.update, options.site_url)
    if result.report:
        print(as_text(result.report, result.fiches))
    if result.report.errors:
        print("Rien n'a été publié : corrigez d'abord ces erreurs.", file=sys.stderr)
        return WRONG
    seconds = seconds_text(time.perf_counter() - start)
    print(f"{counted(result.fiches, 'fiche')}, {counted(result.pages, 'page')}, {seconds}.")
    print(f"Ouvrez {out / 'index.html'}, ou lancez la commande « serve ».")
    return GOOD


def tree(options: argparse.Namespace) -> int:
    """Writes the site as Markdown for another publisher."""
    from practice_catalogue.build import markdown_export

    report = markdown_export.export_markdown(catalogue_folder(options), Path(options.out), options.site_url)
    if report:
        print(as_text(report, len(report)))
    if report.errors:
        print("Rien n'a été écrit : corrigez d'abord ces erreurs.", file=sys.stderr)
        return WRONG
    print(f"Les pages sont dans {short_path(options.out)}.")
    return GOOD


def serve(options: argparse.Namespace) -> int:
    """Serves a live preview."""
    from practice_catalogue.build import preview_server

    address = preview_server.free_address(options.address)
    print(f"Aperçu sur {address.url} ; Ctrl-C pour arrêter.", flush=True)
    if address.is_open:
        print("Il est ouvert au réseau : d'autres ordinateurs peuvent le lire.", file=sys.stderr)
    preview_server.serve(catalogue_folder(options).mkdocs, address)
    return GOOD


def booklet(options: argparse.Namespace) -> int:
    """Builds a booklet of all or some fiches."""
    from practice_catalogue.build import booklets

    start = time.perf_counter()
    out = Path(options.out or _booklet_name(options))
    result = booklets.write_booklet(catalogue_folder(options), out, _booklet_request(options))
    if result.report:
        print(as_text(result.report, result.files))
    if result.booklet is None:
        print("Le livret n'a pas été fait : corrigez d'abord ces erreurs.", file=sys.stderr)
        return WRONG
    for diagnostic in result.booklet.diagnostics:
        print(messages.line(diagnostic), file=sys.stderr)
    if not result.has_address:
        print("Sans l'adresse du site (catalogue.yml ou --site-url), le livret n'a pas de codes QR.", file=sys.stderr)
    seconds = seconds_text(time.perf_counter() - start)
    print(f"{short_path(out)} : {counted(result.fiches, 'fiche')}, {counted(result.booklet.pages, 'page')}, {seconds}.")
    if options.impose:
        print(FOLDING)
    return GOOD


def _booklet_request(options: argparse.Namespace) -> BookletRequest:
    from practice_catalogue.booklet.book_data import BookletLayout
    from practice_catalogue.build import booklets

    filters = {index: getattr(options, name) for name, index in FILTERS.items()}
    paper = BookletLayout(
        a4=options.format == "a4",
        print=options.print,
        recto=options.recto,
        margin_for_fold=options.print or options.impose,
    )
    return booklets.BookletRequest(
        options.edition, filters, options.select, options.order, paper, options.impose, options.site_url
    )


def _booklet_name(options: argparse.Namespace) -> str:
    parts = ["livret", options.edition and slug(options.edition)]
    parts += ["imprimeur" if options.print else "", "feuilles" if options.impose else ""]
    return f"{'-'.join(part for part in parts if part)}.pdf"
