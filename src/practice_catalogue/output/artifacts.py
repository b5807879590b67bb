"""Files to be written, by their path: their content, or how it is made once it is wanted."""

from __future__ import annotations

from collections.abc import Callable

Content = str | bytes
Artifact = Content | Callable[[], Content]
Artifacts = dict[str, Artifact]
"""By path within the folder they go to. What is made late never stands in memory all at once."""


def content_of(artifact: Artifact) -> bytes:
    """The bytes of a file; text is UTF-8."""
    content = artifact() if callable(artifact) else artifact
    return content.encode() if isinstance(content, str) else content
