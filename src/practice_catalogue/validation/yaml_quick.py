"""YAML text → plain data without positions, as long as nothing in it is out of the ordinary."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yaml import CBaseLoader, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, StreamEndEvent

MAX_DEPTH = 12
EMPTY_WORDS = frozenset({"", "~", "null", "Null", "NULL"})
"""What YAML takes for nothing, where no quotes stand around it."""

_Next = Callable[[], Any]
"""The next event of the parser; the types of PyYAML do not tell which attributes each kind has."""


class UnusualError(Exception):
    """The text holds something that only the careful reading of `yaml_source` may judge."""


def plain_data(text: str) -> Any:
    """Mappings, lists, text and None; raises UnusualError or yaml.YAMLError.

    The events are those of the careful reading; it takes half the time, since no value needs its path and place.
    It judges nothing: whatever that reading might refuse, it leaves alone; so too whatever an escape stands for.
    """
    if "\\" in text:
        raise UnusualError
    next_event: _Next = CBaseLoader(text).get_event
    next_event()
    if type(next_event()) is StreamEndEvent:
        return None
    data = _value(next_event(), next_event, MAX_DEPTH)
    next_event()
    if type(next_event()) is not StreamEndEvent:
        raise UnusualError
    return data


def _value(event: Any, next_event: _Next, depth: int) -> Any:
    """The value that starts with an event; there may be values inside down to this depth."""
    if event.anchor is not None or event.tag is not None:
        raise UnusualError
    kind = type(event)
    if kind is ScalarEvent:
        text = event.value
        return None if text in EMPTY_WORDS and not event.style else text
    if not depth:
        raise UnusualError
    return _mapping(next_event, depth - 1) if kind is MappingStartEvent else _list(next_event, depth - 1)


def _mapping(next_event: _Next, depth: int) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    while type(event := next_event()) is ScalarEvent:
        key = event.value
        if not key or key in mapping or event.anchor is not None or not key.isprintable():
            raise UnusualError
        mapping[key] = _value(next_event(), next_event, depth)
    if type(event) is not MappingEndEvent:
        raise UnusualError
    return mapping


def _list(next_event: _Next, depth: int) -> list[Any]:
    items: list[Any] = []
    while type(event := next_event()) is not SequenceEndEvent:
        items.append(_value(event, next_event, depth))
    return items
