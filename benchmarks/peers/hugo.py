"""The catalogue as a project of Hugo: a comparable page a fiche, three taxonomies, a search index of all texts."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.peers.pages import INDEXED, body, page_names
from practice_catalogue.model.catalogue import Catalogue

CONFIGURATION = {
    "baseURL": "https://catalogue.example/",
    "languageCode": "fr",
    "title": "Vivre ensemble",
    "taxonomies": {index: index for index in INDEXED},
    "paginate": 200,
    "outputs": {"home": ["HTML", "JSON"]},
}

LAYOUTS = {
    "_default/baseof.html": """<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} - {{ site.Title }}</title>
{{ with .Params.description }}<meta name="description" content="{{ . }}">{{ end }}
<link rel="canonical" href="{{ .Permalink }}">
</head>
<body>
<a href="#contenu">Aller au contenu</a>
<header><nav><ul>
<li><a href="{{ "/" | relURL }}">Accueil</a></li>
<li><a href="{{ "/fiches/" | relURL }}">Fiches</a></li>
{{ range $name, $_ := site.Taxonomies }}<li><a href="{{ printf "/%s/" $name | relURL }}">{{ $name }}</a></li>
{{ end }}</ul></nav></header>
<main id="contenu"><h1>{{ .Title }}</h1>
{{ block "main" . }}{{ end }}</main>
<footer><p>{{ site.Title }}</p></footer>
</body>
</html>
""",
    "_default/single.html": """{{ define "main" }}
<nav aria-label="Sur cette page">{{ .TableOfContents }}</nav>
{{ range $name, $_ := site.Taxonomies }}<ul>
{{ range $.GetTerms $name }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>
{{ end }}</ul>
{{ end }}
{{ .Content }}
{{ end }}
""",
    "_default/list.html": """{{ define "main" }}
<ul>
{{ range .Paginator.Pages }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ .Params.description }}</li>
{{ end }}</ul>
{{ template "_internal/pagination.html" . }}
{{ end }}
""",
    "_default/terms.html": """{{ define "main" }}
<ul>
{{ range .Data.Terms.Alphabetical }}<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> ({{ .Count }})</li>
{{ end }}</ul>
{{ end }}
""",
    "index.json": """{{ $found := slice }}{{ range site.RegularPages }}{{ $found = $found | append
(dict "title" .Title "url" .RelPermalink "text" .Plain) }}{{ end }}{{ $found | jsonify }}
""",
}


def write_project(catalogue: Catalogue, folder: Path) -> None:
    """Makes the folder ready for `hugo`."""
    (folder / "config.json").write_text(json.dumps(CONFIGURATION), encoding="utf-8")
    for name, layout in LAYOUTS.items():
        path = folder / "layouts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(layout, encoding="utf-8")
    pages = folder / "content/fiches"
    pages.mkdir(parents=True)
    (pages / "_index.md").write_text('{"title": "Fiches"}\n', encoding="utf-8")
    for fiche in catalogue:
        front = {"title": fiche.titre, "description": fiche.resume, **page_names(catalogue, fiche)}
        text = f"{json.dumps(front, ensure_ascii=False, indent=1)}\n\n{body(fiche, catalogue.vocabularies)}"
        (pages / f"{fiche.id}.md").write_text(text, encoding="utf-8")
