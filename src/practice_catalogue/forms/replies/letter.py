"""Decodes a mail as mail programs really write it: sender, day, subject, lines of text, names of attachments."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import Literal

from practice_catalogue.forms.importing.limits import RefusedError, reject_long_document
from practice_catalogue.forms.replies.html_lines import html_lines
from practice_catalogue.forms.word.paragraphs import clean_text

MAX_BYTES = 40_000_000
MAX_TEXT = 4_000_000
MAX_DEPTH = 20
"""Maximum size in bytes of a mail with its attachments and of one of its texts, and depth of its parts."""

Kind = Literal["reply", "absence", "bounce"]

_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_ABSENCE = re.compile(
    r"(?:re|tr|aw|fw)?[: ]*(?:r.ponse automatique|automatic reply|automatische antwort|out of office|abwesen|absence\b"
    r"|absent|message d.absence|auto(?:matic)?[ -]?reply|abwiesenheet|automatesch)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_HEADER = re.compile(rb"(?:From [^\r\n]*\r?\n|[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+")
_OF_MAILS = (b"subject:", b"to:", b"date:", b"received:", b"message-id:", b"mime-version:")


@dataclass(frozen=True)
class Letter:
    """A mail in plain words.

    `day` is the ISO date (UTC) on which it was sent, or empty. `lines` keep the marks of quoted text (`> `). `failed`
    are the addresses that a bounce names, `inner` the mails that are attached.
    """

    sender: str
    name: str
    day: str
    subject: str
    lines: tuple[str, ...]
    kind: Kind = "reply"
    attachments: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    inner: tuple[Letter, ...] = ()
    message_id: str = ""


def is_mail(raw: bytes) -> bool:
    """Whether a file begins with the header of a mail (RFC 5322)."""
    found = _HEADER.match(raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:100_000])
    names = b"\n" + found[0].lower() if found else b""
    return b"\nfrom:" in names and any(b"\n" + name in names for name in _OF_MAILS)


def parse_letter(raw: bytes) -> Letter:
    """Decodes a mail; what its header declares wrongly is guessed. Raises RefusedError."""
    if len(raw) > MAX_BYTES:
        raise RefusedError("courriel-trop-gros")
    try:
        message = email.message_from_bytes(raw.removeprefix(b"\xef\xbb\xbf").lstrip(), policy=email.policy.compat32)
        return _letter(message, 0)
    except RecursionError:
        raise RefusedError("courriel-trop-gros") from None


def _letter(message: Message, depth: int) -> Letter:
    lines, attachments, inner = list[str](), list[str](), list[Letter]()
    kind, failed = _kind(message), list[str]()
    for part in _parts(message, depth):
        if part.get_content_type() == "message/rfc822":
            content = part.get_payload()
            attached = content[0] if isinstance(content, list) and content else None
            if isinstance(attached, Message) and depth < MAX_DEPTH:
                inner.append(_letter(attached, depth + 1))
        elif part.get_content_type() == "message/delivery-status":
            failed += _ADDRESS.findall(part.as_string())
        elif _is_text(part):
            lines += [*([""] if lines else []), *_lines(part)]
        elif part.get_content_type() not in _SIGNATURES:
            attachments.append(_file_name(part))
    reject_long_document(lines)
    failed += _ADDRESS.findall(_header(message, "X-Failed-Recipients"))
    name, sender = _from(message)
    return Letter(
        sender=sender,
        name=name,
        day=_day(message),
        subject=" ".join(_header(message, "Subject").split()),
        lines=tuple(lines),
        kind=kind,
        attachments=tuple(attachments),
        failed=tuple(dict.fromkeys(address.lower() for address in failed)),
        inner=tuple(inner),
        message_id=_header(message, "Message-ID").strip(),
    )


# Parts.


def _parts(message: Message, depth: int) -> Iterator[Message]:
    """Yields the parts to read; of alternatives the plain text, or else the HTML."""
    if not message.is_multipart() or message.get_content_type() in {"message/rfc822", "message/delivery-status"}:
        yield message
        return
    if depth > MAX_DEPTH:
        raise RefusedError("courriel-trop-gros")
    content = message.get_payload()
    parts_inside = content if isinstance(content, list) else []
    inside = [list(_parts(part, depth + 1)) for part in parts_inside if isinstance(part, Message)]
    if message.get_content_type() == "multipart/alternative":
        inside = _best_alternative(inside)
    for parts in inside:
        yield from parts


def _best_alternative(alternatives: list[list[Message]]) -> list[list[Message]]:
    with_text = [parts for parts in alternatives if any(_is_text(part) and _has_words(part) for part in parts)]
    plain = [parts for parts in with_text if any(part.get_content_type() == "text/plain" for part in parts)]
    return [*(plain or with_text)[:1]] or alternatives


def _has_words(part: Message) -> bool:
    return any(line.strip() for line in _lines(part))


def _is_text(part: Message) -> bool:
    is_text = part.get_content_type() in {"text/plain", "text/html"}
    return is_text and part.get_content_disposition() != "attachment"


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except (LookupError, UnicodeError, ValueError, TypeError):
        name = ""
    if "\ufffd" in name:  # raw bytes, which only the header itself still has
        found = re.search(r'filename="?([^";]+)', _header(part, "Content-Disposition"))
        name = found[1] if found else name
    return " ".join(_decoded_words(name).split()) or part.get_content_type()


def _lines(part: Message) -> list[str]:
    text = _text(part)
    if part.get_content_type() == "text/html":
        return html_lines(text)
    lines = clean_text(text).split("\n")
    flowed = str(part.get_param("format") or "").lower() == "flowed"
    return _unflowed(lines, delsp=str(part.get_param("delsp") or "").lower() == "yes") if flowed else lines


def _unflowed(lines: list[str], *, delsp: bool) -> list[str]:
    """Joins the lines of flowed paragraphs (RFC 3676)."""
    made: list[str] = []
    open_depth = -1
    for line in lines:
        marks = re.match(">*", line)
        depth = len(marks[0]) if marks else 0
        content = line[depth:].removeprefix(" ")
        joins = open_depth == depth and content != "-- "
        if joins:
            made[-1] += content
        else:
            made.append(f"{'>' * depth}{' ' if depth else ''}{content}")
        is_open = content.endswith(" ") and content != "-- "
        open_depth = depth if is_open else -1
        if is_open and delsp:
            made[-1] = made[-1][:-1]
    return made


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    raw = content if isinstance(content, bytes) else b""
    if len(raw) > MAX_TEXT:
        raise RefusedError("courriel-trop-gros")
    try:
        declared = part.get_content_charset() or ""
    except (LookupError, UnicodeError, ValueError):
        declared = ""
    return _repaired(_decoded(raw, declared))


def _decoded(raw: bytes, declared: str) -> str:
    """Decodes text; a declaration that does not hold is replaced by what bytes of mails most often are."""
    declared = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "utf-8", "": "utf-8"}.get(declared, declared)
    for encoding in (declared, "utf-8", "cp1252"):
        try:
            return raw.decode(encoding)
        except (LookupError, UnicodeError, ValueError):
            continue
    return raw.decode("latin-1")


def _repaired(text: str) -> str:
    """Undoes UTF-8 that was read as Windows-1252 on the way (« RÃ©ponse »)."""
    if not re.search("[ÃÂ][\x80-\xbf\u0152-\u2122]", text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


# Header.


def _header(message: Message, name: str) -> str:
    """Returns a field of the header as text, whatever stands in it."""
    value = next((str(raw) for key, raw in message.raw_items() if key.lower() == name.lower()), "")
    return _decoded_words(_decoded(re.sub(r"\r?\n", "", value).encode("utf-8", "surrogateescape"), ""))


def _decoded_words(text: str) -> str:
    try:
        chunks = decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    texts = (chunk if isinstance(chunk, str) else _decoded(chunk, (name or "").lower()) for chunk, name in chunks)
    return clean_text("".join(texts))


def _from(message: Message) -> tuple[str, str]:
    """Returns name and address of the sender, in lower case."""
    value = next((str(raw) for key, raw in message.raw_items() if key.lower() == "from"), "")
    address = next((found for _, found in getaddresses([value]) if "@" in found), "")
    shown = _header(message, "From")
    if not address:
        found = _ADDRESS.search(shown)
        address = found[0] if found else ""
    return re.sub(r"[\"<].*|[<(].*", "", shown.lstrip('"')).strip(), address.lower()


def _day(message: Message) -> str:
    try:
        sent = parsedate_to_datetime(_header(message, "Date"))
        return (sent.astimezone(UTC) if sent.tzinfo else sent).date().isoformat()
    except (TypeError, ValueError, OverflowError, IndexError):
        return ""


def _kind(message: Message) -> Kind:
    sender = _from(message)[1].partition("@")[0]
    report = str(message.get_param("report-type") or "").lower() == "delivery-status"
    if report or sender in {"mailer-daemon", "postmaster"} or _header(message, "X-Failed-Recipients"):
        return "bounce"
    automatic = _header(message, "Auto-Submitted").strip().lower() not in {"", "no"}
    replied = _header(message, "X-Autoreply") or _header(message, "X-Autorespond")
    bulk = _header(message, "Precedence").strip().lower() == "auto_reply"
    return "absence" if automatic or replied or bulk or _ABSENCE.match(_header(message, "Subject")) else "reply"
