"""Passwords that can be read out on the phone: a few common words in a row."""

from __future__ import annotations

from functools import cache
from math import ceil, log2
from typing import Final, NamedTuple

#: a generated password is at least this hard to guess, in bits
ENOUGH_BITS: Final = 60
#: characters below which a typed password is called short
SHORT: Final = 12
#: a generated password ends in one of so many numbers, of two digits
_NUMBERS: Final = 100


class Generated(NamedTuple):
    """A password and how hard it is to guess for whoever knows how it was made, in whole bits."""

    text: str
    bits: int
    words: int

    def __repr__(self) -> str:
        return f"Generated({self.bits} bits)"


def generate() -> Generated:
    """A new password, such as "Maple-rainbow-copper-violin-tulip-42": many portals want a capital letter and a number."""
    import secrets

    words = word_list()
    count = ceil((ENOUGH_BITS - log2(_NUMBERS)) / log2(len(words)))
    chosen = [secrets.choice(words) for _ in range(count)]
    text = "-".join([chosen[0].capitalize(), *chosen[1:], f"{secrets.randbelow(_NUMBERS):02}"])
    return Generated(text, int(count * log2(len(words)) + log2(_NUMBERS)), count)


@cache
def word_list() -> tuple[str, ...]:
    """The words that passwords are made of: `password_words.txt`, a list of cotui's own, under its licence.

    Common English words of three to nine letters that are written as they are heard: none that sounds like
    another, is spelled differently in Britain and in America, or would be unpleasant to read out.
    """
    from importlib.resources import files

    return tuple(files("cotui.tui.access").joinpath("password_words.txt").read_text(encoding="ascii").split())


def weaknesses(password: str, known: tuple[str, ...] = ()) -> list[str]:
    """Why a typed password is easy to guess, a few words each. `known`: what others know of the user, such as a name."""
    found = []
    if len(password) < SHORT:
        found.append(f"shorter than {SHORT} characters")
    if password.isdigit():
        found.append("digits only")
    elif len(set(password)) < 5:
        found.append("few different characters")
    folded = password.casefold()
    if any(len(word) > 3 and word.casefold() in folded for text in known for word in _parts(text)):
        found.append("holds the user's name or address")
    if password != password.strip():
        found.append("begins or ends with a space, which is easily lost")
    return found


def _parts(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in text).split()
