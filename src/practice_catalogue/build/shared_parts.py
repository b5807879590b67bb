"""Caches rendered parts of the theme (header, menu, footer) that are the same on many pages."""

from __future__ import annotations

from collections.abc import Callable, Hashable


class SharedParts:
    """A cache of rendered parts, called in templates as `{% call shared("header", base_url) %}…{% endcall %}`.

    If disabled, each part is rendered on each page, which gives the same output more slowly.
    """

    def __init__(self, *, enabled: bool = True) -> None:
        self._enabled = enabled
        self._rendered: dict[tuple[Hashable, ...], str] = {}

    def __call__(self, *key: Hashable, caller: Callable[[], str]) -> str:
        """Returns the part for a key: its name, then all values that its output depends on."""
        if not self._enabled:
            return caller()
        if key not in self._rendered:
            self._rendered[key] = caller()
        return self._rendered[key]
