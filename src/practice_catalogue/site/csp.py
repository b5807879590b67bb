"""Writes the content security policy of a page, which allows only resources of the site itself."""

from __future__ import annotations

import base64
import hashlib
import re

_INLINE_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
_DATA_TYPES = ("application/json", "application/ld+json")

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # the theme's stylesheet embeds its icons as data URLs
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}


def content_policy(theme: str) -> str:
    """Returns the policy of a page; inline scripts may run only if `theme`, the HTML around the content, has them."""
    hashes = sorted(
        {_hash(found["code"]) for found in _INLINE_SCRIPT.finditer(theme) if _is_executable(found["attributes"])}
    )
    policy = _POLICY | {"script-src": " ".join([_POLICY["script-src"], *hashes])}
    return "; ".join(f"{name} {value}" for name, value in policy.items())


def _is_executable(attributes: str) -> bool:
    return "src=" not in attributes and not any(kind in attributes for kind in _DATA_TYPES)


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
