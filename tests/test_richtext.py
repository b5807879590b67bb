"""Long texts: a small Markdown in, safe HTML on one line out."""

from __future__ import annotations

import pytest

from practice_catalogue.model import richtext


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Un.\n\nDeux.", "<p>Un.</p><p>Deux.</p>"),
        ("Un\ndeux", "<p>Un deux</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("**fort** et *doux*", "<p><strong>fort</strong> et <em>doux</em></p>"),
        (
            "[lien](https://www.strassen.lu/a?b=1&c=2)",
            '<p><a href="https://www.strassen.lu/a?b=1&amp;c=2">lien</a></p>',
        ),
        ("[écrire](mailto:info@strassen.lu)", '<p><a href="mailto:info@strassen.lu">écrire</a></p>'),
        ("[lien](javascript:alert(1))", "<p>[lien](javascript:alert(1))</p>"),
        ("[lien](//evil.example)", "<p>[lien](//evil.example)</p>"),
        ("[lien](https://a@evil.example/)", "<p>[lien](https://a@evil.example/)</p>"),
        ("[lien](mailto:a@b.lu?bcc=c@d.lu)", "<p>[lien](mailto:a@b.lu?bcc=c@d.lu)</p>"),
        ("![image](https://evil.example/x.png)", '<p>!<a href="https://evil.example/x.png">image</a></p>'),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("l'[asbl](https://a.lu)", '<p>l’<a href="https://a.lu">asbl</a></p>'),
        ("# titre", "<p># titre</p>"),
        ("```\ncode\n```", "<p>``` code ```</p>"),
        ("{{ 7*7 }} C# [x] 5 $", "<p>{{ 7*7 }} C# [x] 5 $</p>"),
    ],
)
def test_text_becomes_html(text: str, html: str) -> None:
    assert richtext.to_html(text) == html


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("L'été d'ici", "L’été d’ici"),
        ("Quoi ? Oui ! Non ; si", "Quoi\u202f? Oui\u202f! Non\u202f; si"),
        ("Voici : « mot »", "Voici\u00a0: «\u00a0mot\u00a0»"),
        ("3 000 € et 36 %", "3\u202f000\u00a0€ et 36\u00a0%"),
        ("de 19 h à 21 h", "de 19\u00a0h à 21\u00a0h"),
        ("https://a.lu/?b=c:d", "https://a.lu/?b=c:d"),
    ],
)
def test_plain_typing_becomes_french_typography(typed: str, shown: str) -> None:
    assert richtext.french(typed) == shown


def test_the_words_alone() -> None:
    assert richtext.to_plain("**Un** [lien](https://a.lu)\n\n- deux\n- trois") == "Un lien deux trois"


@pytest.mark.parametrize("text", ["*" * 6000, "*a **a " * 400 + "b" + " a** a*" * 400, "- " * 3000 + "a"])
def test_no_depth_of_markup_is_too_much(text: str) -> None:
    """Found by CommonMark's own pathological inputs: thousands of emphases in one another stopped the booklet."""
    assert "<em><em><em><em><em><em><em><em><em><em><em><em><em>" not in richtext.to_html(text)
    assert richtext.to_blocks(text)
