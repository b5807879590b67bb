"""Writes the reference of all fields for contributors from the model."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic.fields import FieldInfo

from practice_catalogue.model.fiche import Fiche, Part
from practice_catalogue.model.introspection import fields_of, limits_in_words, part_inside, yaml_example

_HEAD = """\
---
title: Les champs d’une fiche
description: Tous les champs d'une fiche, avec leur aide, un exemple et leurs limites.
hide: [navigation]
---

<!-- Fait par « make golden » à partir du modèle de la fiche : ne pas modifier à la main. -->

# Les champs d’une fiche

Une fiche est un fichier YAML dont le nom est l'identifiant : `cafe-de-babel.yml`, en minuscules sans accent, avec des
chiffres et des tirets. Voici ses champs, dans l'ordre où on les écrit d'ordinaire. Un champ facultatif que l'on ne
remplit pas se laisse de côté.

Les textes longs (description, besoins, résultats, originalité, précisions) peuvent avoir des paragraphes, des listes,
du **gras** et des liens : une ligne vide entre deux paragraphes, un tiret au début de chaque ligne d'une liste,
`**gras**`, `[le site](https://www.exemple.lu)`.
"""


def field_reference() -> str:
    """Returns the Markdown of `docs/contribuer/champs.md`."""
    return "\n".join([_HEAD, *_fields(Fiche)])


def _fields(model: type[Part]) -> Iterator[str]:
    for name, field in fields_of(model).items():
        yield f"## {field.title} : `{name}` {{ #{name.replace('_', '-')} }}\n"
        yield f"{field.description} {_kind(field)}\n"
        yield f"    {yaml_example(name, field)}\n"
        inner = part_inside(field)
        if inner is not None:
            yield "| sous-champ | ce qu'il contient | exemple |\n| --- | --- | --- |"
            yield "\n".join(_row(sub, part) for sub, part in fields_of(inner).items()) + "\n"


def _row(name: str, field: FieldInfo) -> str:
    return f"| `{name}` | **{field.title}.** {field.description} {_kind(field)} | `{(field.examples or [''])[0]}` |"


def _kind(field: FieldInfo) -> str:
    limits = re.sub("vocabularies/[a-z-]+[.]yml", r"`\g<0>`", limits_in_words(field))
    return f"*{limits}*"
