"""All exports: path within the site → text or bytes."""

from __future__ import annotations

from functools import partial

from catalogue.exports import api, atom, crawlers, linked_data, plan_form, spreadsheets
from catalogue.exports.publication import Publication
from catalogue.exports.tables import tables
from catalogue.offered import Offered


def files(publication: Publication) -> Offered:
    """What stands beside the pages, for machines and spreadsheets."""
    made = tables(publication)
    return api.files(publication) | Offered(
        {
            **{
                f"donnees/{table.name}.csv": partial(spreadsheets.csv_bytes, table.columns, table.rows)
                for table in made
            },
            "donnees/fiches.xlsx": partial(spreadsheets.workbook, publication, made),
            "donnees/plan-d-actions.csv": plan_form.as_csv(publication),
            "donnees/plan-d-actions.docx": plan_form.as_docx(publication),
            **atom.files(publication),
            linked_data.DCAT_FILE: linked_data.dcat(publication),
            "robots.txt": crawlers.robots(publication),
            "llms.txt": crawlers.llms(publication),
        }
    )
