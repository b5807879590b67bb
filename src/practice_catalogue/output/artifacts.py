"""Files of the site by their path, each made when it is asked for: they never stand in memory all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

Content = str | bytes


@dataclass(frozen=True)
class LazyFile:
    """How a file is made, and of what besides settings and terms: of nothing, where that may be the whole catalogue."""

    make: Callable[[], Content]
    of: tuple[object, ...] | Callable[[], tuple[object, ...]] = ()


class Artifacts(Mapping[str, Content]):
    """Path within the site → content, or how it is made; what is asked for twice is made twice."""

    def __init__(self, files: Mapping[str, Content | LazyFile]) -> None:
        self._files = dict(files)

    def __getitem__(self, path: str) -> Content:
        content = self._files[path]
        return content.make() if isinstance(content, LazyFile) else content

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __or__(self, other: Artifacts) -> Artifacts:
        return Artifacts(self._files | other._files)

    def made_of(self, path: str) -> tuple[object, ...]:
        """All that a file shows besides settings and terms; nothing where that is not known."""
        content = self._files[path]
        of = content.of if isinstance(content, LazyFile) else ()
        return of() if callable(of) else of
