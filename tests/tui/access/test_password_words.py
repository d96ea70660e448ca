"""Passwords that are made up are strong and can be read out; what is weak of typed ones is said."""

from __future__ import annotations

import pytest

from cotui.tui.access.password_words import ENOUGH_BITS, generate, weaknesses, word_list


def test_a_made_up_password_is_strong_and_readable() -> None:
    made = [generate() for _ in range(50)]
    assert len({one.text for one in made}) == 50
    for one in made:
        *words, number = one.text.split("-")
        assert len(words) == one.words
        assert all(word.lower() in word_list() for word in words)
        assert number.isdigit()
        assert len(number) == 2
        assert one.bits >= ENOUGH_BITS
        assert weaknesses(one.text) == []
        assert one.text not in repr(one)


def test_the_words_can_be_read_out() -> None:
    words = word_list()
    assert len(set(words)) == len(words) >= 2048
    assert list(words) == sorted(words)
    assert all(word.isascii() and word.isalpha() and word.islower() and 3 <= len(word) <= 9 for word in words)
    assert not [word for word in words if f"{word}s" in words]  # which is hard to hear


@pytest.mark.parametrize(
    ("password", "known", "words"),
    [
        ("short", (), "shorter than 12 characters"),
        ("123456789012345", (), "digits only"),
        ("ababababababab", (), "few different"),
        ("xxWhitakerxx2026", ("amelia.whitaker@example.com",), "user's name"),
        (" padded-with-space", (), "space"),
    ],
)
def test_what_is_easy_to_guess(password: str, known: tuple[str, ...], words: str) -> None:
    assert words in "; ".join(weaknesses(password, known))
