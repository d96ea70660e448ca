"""Styles of cells: what Textual writes as SGR sequences, and the shortest way from one style to the next.

A style has a code, a single character, so that the styles of a line are a text like its characters are: lines
are cut, joined, compared and searched at the speed of strings.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

#: SGR codes that switch an attribute on, and the code that switches it off (ECMA-48; 21 is doubly underlined)
_OFF: Final = {1: 22, 2: 22, 3: 23, 4: 24, 5: 25, 6: 25, 7: 27, 8: 28, 9: 29, 21: 24, 51: 54, 52: 54, 53: 55}
_ENDS: Final = {
    off: frozenset(on for on, its in _OFF.items() if its == off) for off in frozenset(_OFF.values())
}


#: attributes of which a cell has one at a time
_RIVAL: Final = {4: 21, 21: 4, 5: 6, 6: 5, 51: 52, 52: 51}


#: attributes that show where there is no character: lines over, under and around it, and reversed colours
_SEEN_ON_BLANKS: Final = frozenset({4, 7, 9, 21, 51, 52, 53})


class UnknownStyleError(ValueError):
    """A sequence holds what this module does not know."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks.

    Attributes:
        attributes: SGR codes that are on, such as 1 for bold.
        foreground: SGR parameters of the text's colour, "39" for the terminal's own.
        background: SGR parameters of the ground's colour, "49" for the terminal's own.
        link: parameters and address of a hyperlink (OSC 8) as written; "" for none.
        blank: the style of blanks of which nothing but the ground is seen, whatever wrote or erased them.
    """

    attributes: frozenset[int] = frozenset()
    foreground: str = "39"
    background: str = "49"
    link: str = ""
    blank: bool = False

    @property
    def erases(self) -> bool:
        """Whether a blank of this style looks the same as an erased cell of its background."""
        return not (self.attributes & _SEEN_ON_BLANKS or self.link)


_styles: list[Style] = []
_codes: dict[Style, str] = {}


def code_of(style: Style) -> str:
    """The character that stands for a style.

    Raises:
        UnknownStyleError: there are more styles than characters.
    """
    code = _codes.get(style)
    if code is None:
        if len(_styles) > sys.maxunicode:
            raise UnknownStyleError("too many styles")
        code = _codes[style] = chr(len(_styles))
        _styles.append(style)
    return code


def style_of(code: str) -> Style:
    """The style that a character stands for."""
    return _styles[ord(code)]


#: the terminal's own colours, nothing else
PLAIN: Final = code_of(Style())


@lru_cache(4096)
def ground_of(code: str) -> str:
    """The style that blanks written in a style have: its ground where only that is seen, else the style itself."""
    style = style_of(code)
    return code_of(Style(background=style.background, blank=True)) if style.erases else code


@lru_cache(4096)
def pen_of(code: str) -> str:
    """The style to write a cell with: of blanks, the plain one on their ground."""
    style = style_of(code)
    return code_of(Style(background=style.background)) if style.blank else code


#: blanks on the terminal's own ground
EMPTY: Final = ground_of(PLAIN)


@lru_cache(4096)
def read_sgr(parameters: str, before: str = PLAIN) -> str:
    """The style that an SGR sequence makes of the one before.

    Raises:
        UnknownStyleError: a parameter is none of those known.
    """
    style = style_of(before)
    attributes = set(style.attributes)
    foreground, background = style.foreground, style.background
    codes = iter(parameters.split(";"))
    for code in codes:
        if code in ("38", "48"):
            value = _colour(code, next(codes, ""), codes)
            if code == "38":
                foreground = value
            else:
                background = value
            continue
        if code and not (code.isascii() and code.isdigit()):
            raise UnknownStyleError(parameters)
        number = int(code or "0")
        if number == 0:
            attributes, foreground, background = set(), "39", "49"
        elif number in _OFF:
            attributes.discard(_RIVAL.get(number, 0))
            attributes.add(number)
        elif number in _ENDS:
            attributes -= _ENDS[number]
        elif 30 <= number <= 37 or 90 <= number <= 97 or number == 39:
            foreground = str(number)
        elif 40 <= number <= 47 or 100 <= number <= 107 or number == 49:
            background = str(number)
        else:
            raise UnknownStyleError(parameters)
    return code_of(Style(frozenset(attributes), foreground, background, style.link))


@lru_cache(256)
def linked(address: str, before: str) -> str:
    """The style with another hyperlink; an address of ";" ends it."""
    style = style_of(before)
    link = address if address.partition(";")[2] else ""
    return code_of(Style(style.attributes, style.foreground, style.background, link))


def _colour(kind: str, mode: str, codes: Iterator[str]) -> str:
    count = {"2": 3, "5": 1}.get(mode)
    if count is None:
        raise UnknownStyleError(kind)
    parts = [next(codes, "") for _ in range(count)]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise UnknownStyleError(kind)
    return ";".join([kind, mode, *parts])


@lru_cache(16384)
def transition(before: str, after: str) -> str:
    """The shortest sequence that takes the terminal's pen from one style to the other."""
    old, new = style_of(before), style_of(after)
    link = f"\x1b]8;{new.link or ';'}\x1b\\" if old.link != new.link else ""
    if (old.attributes, old.foreground, old.background) == (new.attributes, new.foreground, new.background):
        return link
    colours = [
        (was, now) for was, now in ((old.foreground, new.foreground), (old.background, new.background))
    ]
    afresh = [*map(str, sorted(new.attributes)), *(now for _, now in colours if now not in ("39", "49"))]
    reset = "\x1b[m" if not afresh else f"\x1b[;{';'.join(afresh)}m"
    gone = {_OFF[code] for code in old.attributes - new.attributes}
    # switching one off may take a sibling with it (22 ends bold and dim), and so may switching one on (4 makes
    # one line of two): that sibling is switched on again
    gained = {_OFF[code] for code in new.attributes - old.attributes}
    again = {code for code in new.attributes if _OFF[code] in gone | gained}
    change = [
        *map(str, sorted(gone)),
        *map(str, sorted((new.attributes - old.attributes) | again)),
        *(now for was, now in colours if was != now),
    ]
    step = f"\x1b[{';'.join(change)}m"
    return link + min(step, reset, key=len)
