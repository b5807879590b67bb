"""`make newest` names what a new release changes; the workflow of that name runs it, since it needs the internet."""

from __future__ import annotations

from pathlib import Path

from tests.newest import group_changes, read_site, verdict

PAGE = (
    '<html lang="fr"><head><meta name="generator" content="{version}"></head>'
    '<body class="md-{kind}">{text}</body></html>'
)


def write_site(folder: Path, version: str, script_hash: str, kind: str, pages: dict[str, str]) -> Path:
    (folder / "assets/javascripts").mkdir(parents=True)
    (folder / f"assets/javascripts/bundle.{script_hash}.min.js").write_text(version)
    for name, text in pages.items():
        page = PAGE.format(
            version=version, kind=kind, text=f'{text}<script src="bundle.{script_hash}.min.js"></script>'
        )
        (folder / name).write_text(page)
    return folder


def test_the_version_of_a_publisher_is_no_difference(tmp_path: Path) -> None:
    pages = {"index.html": "Bienvenue"}
    before = read_site(write_site(tmp_path / "before", "mkdocs-1.6.1", "0a1b2c3d", "typeset", pages))
    after = read_site(write_site(tmp_path / "after", "mkdocs-ProperDocs 1.6.7", "ffffffff", "typeset", pages))
    assert group_changes(before, after) == {}
    assert verdict("ProperDocs", {}, len(before)) == "ProperDocs : 2 fichiers, aucun ne diffère."


def test_pages_that_differ_are_listed_by_what_differs(tmp_path: Path) -> None:
    pages = {f"{number}.html": "Le même" for number in range(6)}
    one = write_site(tmp_path / "before", "1", "0a1b2c3d", "typeset", pages | {"seule.html": "avant"})
    other = write_site(tmp_path / "after", "2", "0a1b2c3d", "content", pages | {"seule.html": "après"})
    (one / "disparue.html").touch()
    (one / "tableau.xlsx").write_bytes(b"1")
    (other / "tableau.xlsx").write_bytes(b"2")
    (other / "nouveau.txt").touch()
    before, after = read_site(one), read_site(other)
    assert verdict("Les versions les plus récentes", group_changes(before, after), len(before)).splitlines() == [
        "Les versions les plus récentes : 10 fichiers sur 10 diffèrent.",
        "0.html, 1.html, 2.html, 3.html, 4.html et 1 autres :",
        '    -<body class="md-typeset">Le même<script src="bundle.min.js">',
        '    +<body class="md-content">Le même<script src="bundle.min.js">',
        "disparue.html :",
        "    fichier manquant",
        "nouveau.txt :",
        "    fichier en plus",
        "seule.html :",
        '    -<body class="md-typeset">avant<script src="bundle.min.js">',
        '    +<body class="md-content">après<script src="bundle.min.js">',
        "tableau.xlsx :",
        "    d’autres octets",
    ]
