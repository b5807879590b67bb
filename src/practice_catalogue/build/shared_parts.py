"""Parts of the theme around pages, rendered once for all the pages on which they are the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable


class SharedParts:
    """What `shared` calls in the theme: `{% call shared("header", base_url) %}…{% endcall %}`.

    Switched off, each part is rendered on each page, which gives the same bytes and takes longer.
    """

    def __init__(self, *, enabled: bool = True) -> None:
        self._enabled = enabled
        self._rendered: dict[tuple[Hashable, ...], str] = {}

    def __call__(self, *key: Hashable, caller: Callable[[], str]) -> str:
        """The part with this name, which depends on nothing but the rest of the key."""
        if not self._enabled:
            return caller()
        if key not in self._rendered:
            self._rendered[key] = caller()
        return self._rendered[key]
