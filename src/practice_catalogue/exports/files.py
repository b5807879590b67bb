"""Collects all exports: path within the site → function that makes the text or bytes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

from practice_catalogue.exports import api, atom, crawlers, linked_data, plan_form, spreadsheets
from practice_catalogue.exports.publication import Publication
from practice_catalogue.exports.tables import Table, table_names, tables
from practice_catalogue.output.artifacts import Artifacts

_TablesGetter = Callable[[], tuple[Table, ...]]


def export_files(publication: Publication) -> Artifacts:
    """Returns the exports of a catalogue, for programs and spreadsheets."""
    get_tables = lru_cache(maxsize=1)(partial(tables, publication))
    donnees: Artifacts = {
        **{f"donnees/{name}.csv": partial(_csv, get_tables, name) for name in table_names()},
        "donnees/fiches.xlsx": partial(_workbook, publication, get_tables, get_tables.cache_clear),
        "donnees/plan-d-actions.csv": partial(plan_form.as_csv, publication),
        "donnees/plan-d-actions.docx": partial(plan_form.as_docx, publication),
        linked_data.DCAT_FILE: partial(linked_data.dcat, publication),
    }
    for_robots: Artifacts = {
        "robots.txt": partial(crawlers.robots, publication),
        "llms.txt": partial(crawlers.llms, publication),
    }
    return api.api_files(publication) | donnees | atom.feed_files(publication) | for_robots


def _csv(get_tables: _TablesGetter, name: str) -> bytes:
    table = next(table for table in get_tables() if table.name == name)
    return spreadsheets.csv_bytes(table.columns, table.rows)


def _workbook(publication: Publication, get_tables: _TablesGetter, clear_cache: Callable[[], None]) -> bytes:
    """Makes the workbook, then clears the cached tables: nothing else uses them after it."""
    try:
        return spreadsheets.workbook(publication, get_tables())
    finally:
        clear_cache()
