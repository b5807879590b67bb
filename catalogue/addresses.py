"""Which web, e-mail and phone addresses may be published."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_HOST = rf"(?:{_LABEL}\.)+[A-Za-z]{{2,}}"
_MAILBOX = re.compile(r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*")
_PRIVATE = frozenset(
    {"alt", "arpa", "corp", "home", "internal", "intranet", "invalid"}
    | {"lan", "local", "localdomain", "localhost", "onion", "private", "test"}
)
"""Endings of names that mean something inside one network only (RFC 6761, RFC 6762, ICANN) or nowhere."""
_LONGEST_HOST, _LONGEST_LABEL, _LONGEST_MAILBOX, _LAST_PORT = 253, 63, 64, 65535
PHONE_DIGITS = range(5, 16)
_PHONE = re.compile(r"(?:\(\+[0-9]{1,3}\) ?|\+)?[0-9(][0-9 ./()\u2013\u00a0\u202f-]*")


def is_web_address(text: str) -> bool:
    """Plain http(s) with a host name in ASCII: no user info, no number for a host, no look-alike, no private name."""
    if not re.fullmatch(r"https?://[\x21-\x7e]+", text) or re.search(r"[\"'<>\\^`{|}]", text):
        return False
    try:
        host, colon, port = urlsplit(text).netloc.partition(":")
    except ValueError:
        return False
    return _is_public(host) and (
        not colon or (re.fullmatch("[1-9][0-9]{0,4}", port) is not None and int(port) <= _LAST_PORT)
    )


def _is_public(host: str) -> bool:
    """A name that leads to the same place from anywhere, and looks like no other."""
    labels = host.lower().split(".")
    return (
        re.fullmatch(_HOST, host) is not None
        and len(host) <= _LONGEST_HOST
        and all(len(label) <= _LONGEST_LABEL and not label.startswith("xn--") for label in labels)
        and labels[-1] not in _PRIVATE
    )


def is_email(text: str) -> bool:
    """One mailbox and nothing else: no header, no second recipient."""
    mailbox, _, host = text.partition("@")
    return _MAILBOX.fullmatch(mailbox) is not None and len(mailbox) <= _LONGEST_MAILBOX and _is_public(host)


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
