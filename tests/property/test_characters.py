"""What no file may hold is found, and can be taken out of any text."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as some

from practice_catalogue.model.characters import (
    _UNCOMMON,
    FORBIDDEN_CATEGORIES,
    UNSEEN,
    forbidden_places,
    without_forbidden,
)


def test_nothing_is_forbidden_among_the_characters_that_are_taken_for_common() -> None:
    common = [char for code in range(0x110000) if not _UNCOMMON.match(char := chr(code))]
    assert not UNSEEN.search("".join(common))
    assert {char for char in common if unicodedata.category(char) in FORBIDDEN_CATEGORIES} == {"\n", "\t"}


@given(some.text(some.characters() | some.sampled_from("e\u0301\u0323\ufe00\u3164\u200b\n\t")))
@example("e" + "\u0301" * 9)
@example("e" + "\u0323" * 3 + "\ufe00" + "\u0323" * 3)
@example("e\ufe00\u0301")
def test_of_any_text_only_that_is_left_which_a_file_may_hold(text: str) -> None:
    left = without_forbidden(text)
    assert forbidden_places(left) == []
    assert left == unicodedata.normalize("NFC", left)
    if not forbidden_places(composed := unicodedata.normalize("NFC", text)):
        assert left == composed
