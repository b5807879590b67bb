"""Files of the site by their path, each made when it is asked for: they never stand in memory all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

Content = str | bytes


class Offered(Mapping[str, Content]):
    """Path within the site → content, or how it is made; what is asked for twice is made twice."""

    def __init__(self, files: Mapping[str, Content | Callable[[], Content]]) -> None:
        self._files = dict(files)

    def __getitem__(self, path: str) -> Content:
        content = self._files[path]
        return content() if callable(content) else content

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __or__(self, other: Offered) -> Offered:
        return Offered(self._files | other._files)
