"""A file for MkDocs whose content is made when it is written, and let go at once."""

from __future__ import annotations

from collections.abc import Callable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from catalogue.offered import Content


class LateFile(File):
    """A file of the site that is no page."""

    def __init__(self, path: str, config: MkDocsConfig, make: Callable[[], Content]) -> None:
        super().__init__(path, None, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.INCLUDED)
        self.generated_by = __name__
        self._make = make

    def copy_file(self, dirty: bool = False) -> None:
        self._content = self._make()
        super().copy_file(dirty)
        self._content = ""
