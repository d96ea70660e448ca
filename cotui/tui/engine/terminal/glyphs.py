"""How many cells a character takes, and whether every terminal agrees."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from rich.cells import cell_len

#: what terminals count differently, or join with what stands before
UNSURE: Final = -1

_ODD = frozenset({"Mn", "Me", "Mc", "Cf", "Cc", "Co", "Cn", "Cs", "Sk", "Zl", "Zp"})
#: scripts whose letters form clusters that some terminals draw in fewer cells
_CLUSTERS = ((0x0900, 0x0DFF), (0x0E00, 0x0FFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF))
#: pictures: their width depends on the terminal's edition of Unicode and on what follows
_PICTURES = (
    (0x200B, 0x200F),
    (0x231A, 0x23FF),
    (0x25FD, 0x25FE),
    (0x2600, 0x27BF),
    (0x2B00, 0x2BFF),
    (0x1F000, 0x1FFFF),
)
#: directions (UAX 9) of what some terminals, mlterm among them, reorder a line for when they show it: what is
#: written into such a line lands elsewhere
_FROM_THE_RIGHT = frozenset({"R", "AL", "AN"})
#: signs among the pictures that are one cell wide everywhere
_PLAIN_SIGNS = frozenset("✓✗✔✘")


@lru_cache(8192)
def width(char: str) -> int:
    """Cells of one character: 1 or 2, or `UNSURE`."""
    code = ord(char)
    if 0x20 <= code < 0x7F or (0xA1 <= code < 0x300 and code != 0xAD):
        return 1
    if char in _PLAIN_SIGNS:
        return 1
    if (
        unicodedata.category(char) in _ODD
        or unicodedata.bidirectional(char) in _FROM_THE_RIGHT
        or any(first <= code <= last for first, last in (*_CLUSTERS, *_PICTURES))
    ):
        return UNSURE
    cells = cell_len(char)
    wide = unicodedata.east_asian_width(char) in "WF"
    return cells if cells == (2 if wide else 1) else UNSURE
