"""Which web, e-mail and phone addresses may be published."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_HOST = rf"(?:{_LABEL}\.)+[A-Za-z]{{2,}}"
_EMAIL = re.compile(rf"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@{_HOST}")
PHONE_DIGITS = range(5, 16)
_PHONE = re.compile(r"(?:\(\+[0-9]{1,3}\) ?|\+)?[0-9(][0-9 ./()\u2013\u00a0\u202f-]*")


def is_web_address(text: str) -> bool:
    """Plain http(s) with a host name in ASCII: no user info, no number for a host, no look-alike."""
    if not re.fullmatch(r"https?://[\x21-\x7e]+", text) or re.search(r"[\"'<>\\^`{|}]", text):
        return False
    try:
        host = urlsplit(text).netloc
    except ValueError:
        return False
    return re.fullmatch(rf"{_HOST}(?::[0-9]{{1,5}})?", host) is not None and "xn--" not in host.lower()


def is_email(text: str) -> bool:
    """One mailbox and nothing else: no header, no second recipient."""
    return _EMAIL.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    """Digits as people group them, at most the fifteen of international numbers (ITU-T E.164)."""
    return _PHONE.fullmatch(text) is not None and sum(char.isdigit() for char in text) in PHONE_DIGITS


def is_link(address: str) -> bool:
    """Whether a link in a long text may lead there."""
    scheme, _, rest = address.partition(":")
    match scheme.lower():
        case "http" | "https":
            return is_web_address(address)
        case "mailto":
            return is_email(unquote(rest))
        case "tel":
            return is_phone(unquote(rest))
    return False
