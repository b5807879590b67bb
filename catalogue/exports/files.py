"""All exports: path within the site → text or bytes."""

from __future__ import annotations

from catalogue.exports import api, atom, crawlers, linked_data, plan_form, spreadsheets
from catalogue.exports.publication import Publication
from catalogue.exports.tables import tables


def files(publication: Publication) -> dict[str, str | bytes]:
    """What stands beside the pages, for machines and spreadsheets."""
    made = tables(publication)
    return {
        **api.files(publication),
        **{f"donnees/{table.name}.csv": spreadsheets.csv_bytes(table.columns, table.rows) for table in made},
        "donnees/fiches.xlsx": spreadsheets.workbook(publication, made),
        "donnees/plan-d-actions.csv": plan_form.as_csv(publication),
        "donnees/plan-d-actions.docx": plan_form.as_docx(publication),
        **atom.files(publication),
        linked_data.DCAT_FILE: linked_data.dcat(publication),
        "robots.txt": crawlers.robots(publication),
        "llms.txt": crawlers.llms(publication),
    }
