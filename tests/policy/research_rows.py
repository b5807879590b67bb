"""The rows of the research on the pact; run as a program, prints each fact of the site beside the rows it rests on."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from practice_catalogue.validation import loader

RESEARCH = Path(__file__).parent / "research"


def research_rows(name: str) -> dict[str, str]:
    """The rows of a file of research by their name, such as `5.2`, `9.puce 1`, `10.texte` or `12.4`."""
    rows: dict[str, str] = {}
    section, table, items = "", 0, 0
    for line in (RESEARCH / f"{name}.md").read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"## (\d+)\.", line):
            section, table, items = heading[1], -2, 0
        elif line.startswith("|"):
            table += 1
            if table > 0:
                rows[f"{section}.{table}"] = line
        elif numbered := re.match(r"(\d+)\. ", line):
            rows[f"{section}.{numbered[1]}"] = line
        elif line.startswith("- "):
            items += 1
            rows[f"{section}.puce {items}"] = line
        elif line:
            rows[f"{section}.texte"] = rows.get(f"{section}.texte", "") + line
    return rows


def all_rows() -> dict[str, str]:
    changed = [line for line in (RESEARCH / "2017.md").read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return research_rows("pacte") | {f"2017.{number}": line for number, line in enumerate(changed[2:], 1)}


ROWS = all_rows()


def main() -> None:
    """Prints a Markdown table."""
    terms = loader.load_vocabularies(Path("vocabularies"))
    facts = [(f"{one.titre} : {one.texte} {one.nuance}", one.lignes) for sujet in terms.pacte for one in sujet.faits]
    facts += [(f"{step.libelle} : {step.description}", step.lignes) for step in terms.etapes_du_pacte]
    facts += [(f"{one.date or 'sans date'} : {', '.join(one.communes)}", one.lignes) for one in terms.signataires]
    facts += [(one.depuis.texte, one.depuis.lignes) for one in terms.sigles if one.depuis]
    lines = [
        f"| {' '.join(text.split())} | {row} | {ROWS[row].strip('| ').replace(' | ', ' / ')} |\n"
        for text, rows in facts
        for row in rows
    ]
    sys.stdout.writelines(("| fact | row | research |\n", "|---|---|---|\n", *lines))


if __name__ == "__main__":
    main()
