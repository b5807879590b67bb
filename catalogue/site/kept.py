"""Parts of the theme that are the same on many pages, rendered once: menu, header, footer."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from catalogue.site.ready_page import ReadyPage


class Kept:
    """What a block of the theme has become, by its name and by all that it depends on."""

    def __init__(self) -> None:
        self._rendered: dict[Hashable, str] = {}

    def __call__(self, name: str, depends_on: Hashable, render: Callable[[], str]) -> str:
        """A template calls it with a block; where nothing is known to depend on, the block is rendered each time."""
        if not depends_on:
            return render()
        key = (name, depends_on)
        if key not in self._rendered:
            self._rendered[key] = render()
        return self._rendered[key]


def shell_of(page: ReadyPage) -> Hashable:
    """All that the theme around a page depends on: the folder it is in, what it hides, its script and its headings."""
    folder, _, _ = page.url.rstrip("/").rpartition("/")
    headings = tuple(item.id for item in page.toc)
    return folder or page.url, tuple(page.meta["hide"]), page.meta.get("script", ""), headings
