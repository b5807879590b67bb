"""Validates web, e-mail and phone addresses that may be published."""

from __future__ import annotations

import re
from urllib.parse import unquote

from practice_catalogue.model.characters import plain_signs

_PRIVATE = (
    *("alt", "arpa", "corp", "home", "internal", "intranet", "invalid"),
    *("lan", "local", "localdomain", "localhost", "onion", "private", "test"),
)
"""Top-level domains that resolve only inside a private network, or not at all (RFC 6761, RFC 6762, ICANN)."""


def _in_any_case(*words: str) -> str:
    return "|".join("".join(f"[{char.upper()}{char}]" if char.isalpha() else char for char in word) for word in words)


_LABEL = rf"(?!{_in_any_case('xn--')})[A-Za-z0-9](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])?"
_HOST = (
    r"(?=[A-Za-z0-9.-]{1,253}(?![A-Za-z0-9.-]))"
    rf"(?:{_LABEL}\.)+(?!(?:{_in_any_case(*_PRIVATE)})(?![A-Za-z]))[A-Za-z]{{2,63}}"
)
_PORT = r"(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"

EMAIL = rf"(?=[^@]{{1,64}}@)[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@{_HOST}"
PHONE = r"(?:\(\+[0-9]{1,3}\) ?|\+)?[0-9(][0-9 ./()-]*"
PHONE_DIGITS = range(5, 16)
WEB_ADDRESS = rf"https?://{_HOST}(?::{_PORT})?(?:[/?#][!#-&(-;=?-\[\]_a-z~]*)?"
"""Regular expressions of addresses, in the syntax that Python and JavaScript share; `PHONE` is for `plain_signs`.
"""


def is_web_address(text: str) -> bool:
    """Whether a text is an http(s) URL with a public ASCII host name, without user info, IP address or punycode."""
    return re.fullmatch(WEB_ADDRESS, text) is not None


def is_email(text: str) -> bool:
    """Whether a text is exactly one mailbox, without headers or further recipients."""
    return re.fullmatch(EMAIL, text) is not None


def is_phone(text: str) -> bool:
    """Whether a text is a phone number: 5 to 15 digits (ITU-T E.164), grouped in any usual way."""
    text = plain_signs(text)
    return re.fullmatch(PHONE, text) is not None and sum(char.isdigit() for char in text) in PHONE_DIGITS


def is_link(address: str) -> bool:
    """Whether an address is allowed as the target of a link in a long text: http(s), mailto or tel."""
    scheme, _, rest = address.partition(":")
    match scheme.lower():
        case "http" | "https":
            return is_web_address(address)
        case "mailto":
            return is_email(unquote(rest))
        case "tel":
            return is_phone(unquote(rest))
    return False
