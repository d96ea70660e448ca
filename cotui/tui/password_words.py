"""Passwords that can be read out on the phone: a few common words in a row."""

from __future__ import annotations

from functools import cache
from math import ceil, log2
from typing import Final, NamedTuple

#: a generated password is at least this hard to guess, in bits
ENOUGH_BITS: Final = 60
#: characters below which a typed password is called short
SHORT: Final = 12


class Generated(NamedTuple):
    """A password and how hard it is to guess for whoever knows how it was made, in whole bits."""

    text: str
    bits: int
    words: int

    def __repr__(self) -> str:
        return f"Generated({self.bits} bits)"


def generate() -> Generated:
    """A new password, such as "Doable-superman-erupt-overall-palpable-7".

    The capital letter and the digit are there for the rules that many portals have.
    """
    import secrets

    words = _words()
    count = ceil(ENOUGH_BITS / log2(len(words)))
    # the library's own way of drawing turns weak by an option of the command line; its list does not
    chosen = [secrets.choice(words) for _ in range(count)]
    text = "-".join([chosen[0].capitalize(), *chosen[1:], str(secrets.randbelow(10))])
    return Generated(text, int(count * log2(len(words)) + log2(10)), count)


@cache
def _words() -> tuple[str, ...]:
    """The EFF's long list, as xkcdpass ships it: 7,776 words chosen to be easy to read, hear and spell."""
    from xkcdpass import xkcd_password

    path = xkcd_password.locate_wordfile("eff-long")
    return tuple(xkcd_password.generate_wordlist(path, min_length=3, max_length=9, valid_chars="[a-z]"))


def weaknesses(password: str, known: tuple[str, ...] = ()) -> list[str]:
    """Why a typed password is easy to guess, a few words each; empty when nothing speaks against it.

    Args:
        password: what was typed.
        known: what others know of the user: name, address, company.
    """
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
