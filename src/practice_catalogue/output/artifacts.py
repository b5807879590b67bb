"""Output files as data: path → content, or a function that makes the content."""

from __future__ import annotations

from collections.abc import Callable

Content = str | bytes
Artifact = Content | Callable[[], Content]
Artifacts = dict[str, Artifact]
"""Path within the output folder → content, or a function called on writing, so that few contents are in memory."""


def content_of(artifact: Artifact) -> bytes:
    """Returns the content of a file as bytes; text is encoded as UTF-8."""
    content = artifact() if callable(artifact) else artifact
    return content.encode() if isinstance(content, str) else content
