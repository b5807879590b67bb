"""Turns what Word keeps in notations of its own into text: symbols, raised digits, equations, fields, pasted HTML."""

from __future__ import annotations

import email
import email.message
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from practice_catalogue.forms.importing.word_package import (
    Element,
    attribute,
    child_of,
    is_on,
    local_name,
    value_of,
    web_address,
)
from practice_catalogue.forms.word.paragraphs import Paragraph, Run, clean_text, merged_runs

UNKNOWN = "□"
"""Stands in the text for a symbol without a known equivalent."""

TICKED, UNTICKED = "☒", "☐"

# Symbols.

_SYMBOL = (
    " !∀#∃%&∋()*+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼" + "\0" * 33 + "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"
    "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\0〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)
"""The characters of the font Symbol from 0x20; source: Unicode's mapping table `ADOBE/symbol.txt`."""

_WINGDINGS = {
    0x21: "✏", 0x22: "✂", 0x23: "✁", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x36: "⌛", 0x3E: "✇", 0x3F: "✍",
    0x41: "✌", 0x43: "👍", 0x44: "👎", 0x45: "☜", 0x46: "☞", 0x47: "☝", 0x48: "☟", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹",
    0x51: "✈", 0x52: "☼", 0x54: "❄", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "☐", 0x71: "❑", 0x72: "❒", 0x73: "⬧",
    0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x78: "⌧", 0x7A: "⌘", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA7: "▪",
    0xA8: "☐", 0xAB: "★", 0xAC: "✶", 0xAF: "✹", 0xB1: "⌖", 0xB5: "✪", 0xB6: "✰", 0xD5: "⌫", 0xD8: "➢",
    0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE3: "↖", 0xE4: "↗", 0xE5: "↙", 0xE6: "↘", 0xE7: "←", 0xE8: "➔",
    0xE9: "↑", 0xEA: "↓", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xF3: "⇔", 0xF4: "⇕", 0xFB: "✗", 0xFC: "✓",
    0xFD: TICKED, 0xFE: "☑", **{0x80 + digit: "⓪①②③④⑤⑥⑦⑧⑨⑩"[digit] for digit in range(11)},
    **{0x8B + digit: "⓿❶❷❸❹❺❻❼❽❾❿"[digit] for digit in range(11)},
}  # fmt: skip
"""The signs of the font Wingdings that Word and people put into texts: arrows, ticks, boxes, bullets, faces."""

_FONTS = {
    "symbol": {place + 0x20: sign for place, sign in enumerate(_SYMBOL) if sign != "\0"},
    "wingdings": _WINGDINGS,
    "wingdings 2": {0x50: "✓", 0x4F: "✗", 0x51: TICKED, 0x52: "☑", 0x53: TICKED, 0x54: TICKED, 0xA3: "☐"},
    "wingdings 3": {0x66: "←", 0x67: "→", 0x68: "↑", 0x69: "↓", 0x70: "▲", 0x71: "▼", 0x74: "◀", 0x75: "▶", 0x7D: "▶"},
}
_PRIVATE = range(0xF020, 0xF100)
"""Characters for private use, behind which Word keeps those of fonts of symbols."""


def symbol_text(font: str, code: str) -> str:
    """Returns the character of a `w:sym` element.

    >>> symbol_text("Wingdings", "F0E0"), symbol_text("Symbol", "F0B3"), symbol_text("Arial", "2265")
    ('→', '≥', '≥')
    """
    number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,6}", code) else 0
    if font.casefold() in _FONTS or number in _PRIVATE:
        return _sign(font, number)
    return clean_text(chr(number)) if 0x20 <= number <= 0x10FFFF else UNKNOWN  # noqa: PLR2004  # the characters that exist


def with_symbols(text: str, font: str) -> str:
    r"""Replaces the characters of a font of symbols in the text of a run.

    >>> with_symbols("\uf0b7 un, \uf0e0 deux", "Wingdings"), with_symbols("\uf0b7 un", "")
    ('□ un, → deux', '• un')
    """
    return "".join(_sign(font, ord(char)) if ord(char) in _PRIVATE else char for char in text)


def _sign(font: str, number: int) -> str:
    signs = _FONTS.get(font.casefold(), {} if "dings" in font.casefold() else _FONTS["symbol"])
    return signs.get(number & 0xFF, UNKNOWN)


_RAISED = {
    "superscript": str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ"),  # the sign
    "subscript": str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"),  # the sign
}


def raised_text(text: str, position: str) -> str:
    """Returns a superscript or a subscript; letters such as those of `1er` stay letters.

    >>> raised_text("3", "superscript"), raised_text("2", "subscript"), raised_text("er", "superscript")
    ('³', '₂', 'er')
    """
    signs = _RAISED.get(position, {})
    return text.translate(signs) if all(ord(char) in signs or char.isspace() for char in text) else text


# Equations.


def equation_text(element: Element) -> str:
    """Returns an equation on one line, such as `(a + b)/2`."""
    name = local_name(element)
    if name == "t":
        return clean_text(element.text or "")
    if name in _EQUATION_LINES:
        return " ".join(filter(None, map(equation_text, element)))
    if name == "d":
        return _bracketed(element)
    if name not in _FORMULAS:
        return "".join(map(equation_text, element))
    parts = {local_name(one): equation_text(one) for one in element}
    scripts = _script(parts.get("sub", ""), "subscript") + _script(parts.get("sup", ""), "superscript")
    sign = value_of(child_of(element, "naryPr"), "chr") or "∫"
    return _FORMULAS[name].format(
        sign=sign,
        scripts=scripts,
        base=parts.get("e", ""),
        grouped=_grouped(parts.get("e", "")),
        above=_grouped(parts.get("num", "")),
        below=_grouped(parts.get("den", "")),
        degree=_script(parts.get("deg", ""), "superscript"),
    )


_EQUATION_LINES = frozenset({"eqArr", "m", "mr", "oMathPara"})
_FORMULAS = {
    "f": "{above}/{below}",
    "rad": "{degree}√{grouped}",
    "nary": "{sign}{scripts} {base}",
    **dict.fromkeys(("sSup", "sSub", "sSubSup", "sPre"), "{base}{scripts}"),
}
"""Elements of equations → how their parts are put on a line."""


def _bracketed(element: Element) -> str:
    marks = child_of(element, "dPr")
    inside = (value_of(marks, "sepChr") or "|").join(map(equation_text, _named("e", element)))
    return f"{value_of(marks, 'begChr') or '('}{inside}{value_of(marks, 'endChr') or ')'}"


def _named(name: str, parent: Element) -> Iterator[Element]:
    return (one for one in parent if local_name(one) == name)


def _grouped(text: str) -> str:
    return text if re.fullmatch(r"[\w.,  ]*", text) else f"({text})"


def _script(text: str, position: str) -> str:
    raised = raised_text(text, position)
    mark = "^" if position == "superscript" else "_"
    return raised if raised != text or not text else f"{mark}{_grouped(text)}"


# Fields.


@dataclass
class WordField:
    """A field that is being read; `shown` tells whether it has shown text, `form` is its form field, if any."""

    form: Element | None = None
    instruction: str = ""
    shown: bool = False

    @property
    def kind(self) -> str:
        return (self.instruction.split() or [""])[0].upper()

    @property
    def link(self) -> str:
        return link_of_field(self.instruction)


def link_of_field(instruction: str) -> str:
    r"""Returns the address in the instruction of a field, or an empty string if it is no link to the web.

    >>> link_of_field(' HYPERLINK "https://a.lu/b" \\l "c" \\o "titre" '), link_of_field(r'HYPERLINK \l "_Toc1"')
    ('https://a.lu/b#c', '')
    """
    found = re.match(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]\S*))', instruction, re.IGNORECASE)
    if not found:
        return ""
    anchor = re.search(r'\\l\s+"([^"]*)"', instruction[found.end() :])
    return web_address((found[1] or found[2] or "") + (f"#{anchor[1]}" if anchor else ""))


def form_field_text(form: Element | None) -> str:
    """Returns the state of a form field of old: the choice of a drop-down, or a ticked or empty box."""
    choices, box = child_of(form, "ddList"), child_of(form, "checkBox")
    if choices is not None:
        entries = [attribute(one, "val") for one in _named("listEntry", choices)]
        chosen = value_of(choices, "result") or value_of(choices, "default") or "0"
        return entries[int(chosen)] if chosen.isdecimal() and int(chosen) < len(entries) else ""
    if box is not None:
        state = "checked" if child_of(box, "checked") is not None else "default"
        return TICKED if is_on(box, state) else UNTICKED
    return ""


# Pasted parts.

_BLOCKS = frozenset({
    "article", "aside", "blockquote", "body", "caption", "dd", "div", "dl", "dt", "figcaption", "footer", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th", "tr",
    "ul",
})  # fmt: skip


def pasted_paragraphs(raw: bytes) -> list[Paragraph] | None:
    """Returns the paragraphs of a pasted part (HTML, web archive or text); None for other formats."""
    if raw.startswith((b"PK", b"{\\rtf", b"\xd0\xcf\x11\xe0")):
        return None
    if re.search(rb"(?im)^mime-version:", raw[:2000]):
        return _of_web_archive(raw)
    if re.search(
        rb"(?i)<(?:!doctype html|html|body|p|div|table|ul|ol|h[1-6]|span|br)\b", raw.replace(b"\0", b"")[:4000]
    ):
        return _of_html(_decoded(raw))
    return [Paragraph((Run(line),), style="Normal") for line in clean_text(_decoded(raw)).split("\n")]


def _of_web_archive(raw: bytes) -> list[Paragraph] | None:
    for part in email.message_from_bytes(raw, policy=email.policy.compat32).walk():
        payload = part.get_payload(decode=True)
        if part.get_content_maintype() == "text" and isinstance(payload, bytes):
            return pasted_paragraphs(payload)
    return None


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _of_html(text: str) -> list[Paragraph]:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        return []
    etree.strip_elements(root, "script", "style", "head", with_tail=False)
    return [one for one in _html_lines(root) if one.text.strip()]


def _html_lines(root: Element) -> Iterator[Paragraph]:
    runs: list[Run] = []
    style, item, link, strong, slanted = "Normal", "", "", 0, 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name, begins = local_name(element).lower(), event == "start"
        if name in _BLOCKS:
            yield Paragraph(tuple(merged_runs(runs)), item=item, style=style)
            runs, item = [], "-" if begins and name == "li" else ""
            style = f"heading {name[1]}" if begins and re.fullmatch(r"h[1-6]", name) else "Normal"
        strong += (begins or -1) * (name in {"b", "strong"})
        slanted += (begins or -1) * (name in {"i", "em"})
        if name == "a":
            link = web_address(attribute(element, "href")) if begins else ""
            link = link if re.match(r"(?i)https?://|mailto:", link) else ""
        said = re.sub(r"[^\S\u00a0\u202f]+", " ", (element.text if begins else element.tail) or "")
        runs.append(
            Run(clean_text("\n" + said if name == "br" and not begins else said), strong > 0, slanted > 0, link)
        )
    yield Paragraph(tuple(merged_runs(runs)), item=item, style=style)
