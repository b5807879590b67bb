"""The cases of `tests/hostile/`, and a site of the texts that may be published, each in every field that takes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.support import ROOT, publish

HOSTILE = ROOT / "tests/hostile"
CASES: dict[str, dict[str, Any]] = yaml.safe_load((HOSTILE / "index.yml").read_text(encoding="utf-8"))
TEXTS: dict[str, dict[str, str]] = yaml.safe_load((HOSTILE / "texts.yml").read_text(encoding="utf-8"))
SITE_PATHS: list[str] = CASES["F08"]["ids"]
ADDRESS = "https://catalogue.example/"
ENOUGH = " Assez de texte pour que la fiche soit complète et que rien d'autre ne la retienne."


def with_outcome(kind: str) -> list[str]:
    """The cases that end in this way."""
    return [name for name, case in CASES.items() if kind in case]


def publish_hostile_texts(folder: Path) -> Path:
    """The site of all texts, and of fiches called like other pages."""
    practices = folder / "practices"
    practices.mkdir()
    own_names = {name: {"titre": f"Fiche {name}", "description": "Texte."} for name in SITE_PATHS}
    for name, text in (TEXTS | own_names).items():
        written = yaml.safe_dump(fiche_of(name, **text), allow_unicode=True, sort_keys=False)
        (practices / f"{name}.yml").write_text(written, encoding="utf-8")
    return publish(practices, folder / "site", "--site-url", ADDRESS)


def fiche_of(name: str, titre: str, description: str) -> dict[str, Any]:
    """A fiche that holds a text wherever it takes one."""
    line = " ".join(f"{titre} {description}".split())[:150] or name
    return {
        "titre": title_of(name, titre),
        "sous_titre": line,
        "resume": f"{line[:120]}{ENOUGH}",
        "porteurs": [{"nom": line, "type": "commune"}],
        "partenaires": [{"nom": line, "role": line}],
        "territoire": "communal",
        "communes": ["Strassen"],
        "lieu": line,
        "domaines": ["langues"],
        "publics": ["enfants"],
        "objectifs": [line],
        "description": f"{description}\n\n{ENOUGH}",
        "resultats": description or line,
        "indicateurs": [{"mesure": line, "valeur": line[:60]}],
        "defis": [{"defi": line, "reponse": line}],
        "couts": {"niveau": "faible", "texte": line},
        "contacts": [{"organisation": line, "nom": line[:100], "telephone": "31 02 62 1"}],
        "documents": [{"titre": line, "note": line}],
        "sources": [{"document": line}],
    }


def title_of(name: str, titre: str) -> str:
    """The title, after its name, so that no two are the same."""
    return f"{name} {titre}"[:118].strip()
