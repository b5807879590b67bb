"""The content policy of each page: only what the site itself brings may run or load."""

from __future__ import annotations

import base64
import hashlib
import re

_INLINE_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
_HEAD = re.compile(r"<head>|<meta charset=[^>]*>", re.IGNORECASE)
_DATA = ("application/json", "application/ld+json")

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # the theme's icons are in its stylesheet
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}


def with_policy(page: str, content: str = "") -> str:
    """A page of HTML with its policy as the first thing in its head, and the hashes of the theme's scripts in it.

    `content` is what the page holds within the theme's frame: no script in there may run.
    """
    frame = page.replace(content, "") if content else page
    hashes = sorted({_hash(found["code"]) for found in _INLINE_SCRIPT.finditer(frame) if _runs(found["attributes"])})
    policy = _POLICY | {"script-src": " ".join([_POLICY["script-src"], *hashes])}
    content = "; ".join(f"{name} {value}" for name, value in policy.items())
    meta = f'<meta http-equiv="Content-Security-Policy" content="{content}">'
    return _HEAD.sub(lambda head: f"{head[0]}{meta}", page, count=1)


def _runs(attributes: str) -> bool:
    return "src=" not in attributes and not any(kind in attributes for kind in _DATA)


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
