"""Text measured in terminal cells: cutting, padding, wrapping.

Widths are those of `rich.cells`, because Textual lays out with them: a wide character takes two
cells, a combining mark none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Literal, TypeAlias

from rich.cells import cell_len as cell_len
from rich.cells import chop_cells, split_graphemes

from cotui.safety.text import EDGES, clean, is_plain

Align: TypeAlias = "Literal['left', 'right']"

#: marks the place where text was cut
ELLIPSIS = "…"
_WORDS = re.compile(r" +|[^ ]+")


def fit(text: str, width: int, align: Align = "left") -> str:
    """The text cut or padded to exactly `width` cells, on one line.

    A cut is marked by "…". A wide character is never halved: the cell it leaves is filled by a space.
    """
    if is_plain(text):  # nearly every cell of a table
        if len(text) > width:
            return text[: width - 1] + ELLIPSIS if width > 0 else ""
        return text.rjust(width) if align == "right" else text.ljust(width)
    if width <= 0:
        return ""
    # A cell is hardly ever made of more than a base and a few marks: look at no more than may be needed.
    head = text[: 16 * width + 64]
    is_cut = len(head) < len(text)
    text = clean(head).strip(EDGES)
    used = cell_len(text)
    if used > width or is_cut:
        text = cut(text, width - 1) + ELLIPSIS
        used = cell_len(text)
    padding = " " * (width - used)
    return padding + text if align == "right" else text + padding


def cut(text: str, width: int) -> str:
    """The longest beginning of whole characters that takes at most `width` cells, without a mark."""
    if width <= 0:
        return ""
    if is_plain(text):
        return text[:width]
    # A cell is hardly ever made of more than a base and a few marks: measure no more than may be needed.
    head = text[: 16 * width + 64]
    used = end = 0
    for _, stop, size in split_graphemes(head)[0]:
        if used + size > width:
            break
        used += size
        end = stop
    return head[:end].rstrip(EDGES)


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells (at least 2), broken at spaces where possible.

    Line breaks and indentation are kept; a word longer than a line is broken anywhere, never inside a
    character.
    """
    width = max(2, width)
    lines: list[str] = []
    for line in text.split("\n"):
        line = clean(line)
        size = len if is_plain(line) else _cells_of_clean
        if size(line) <= width:
            lines.append(line)
        else:
            lines.extend(_wrap_line(line, width, size))
    return lines


def _cells_of_clean(text: str) -> int:
    # nearly every word of a long text, which a single "…" makes more than ASCII
    return len(text) if text.replace(ELLIPSIS, "").isascii() else cell_len(text)


def widest(lines: Iterable[str], most: int) -> int:
    """Cells of the widest line; something above `most` where one is wider, which is then not measured to its end."""
    # a cell is hardly ever made of more than a base and a few marks
    return max(_cells_of_clean(line) if len(line) <= 16 * most + 64 else most + 1 for line in lines)


def _wrap_line(line: str, width: int, cells: Callable[[str], int]) -> list[str]:
    lines: list[str] = []
    current = ""
    used = 0
    for word in _WORDS.findall(line):
        size = cells(word)
        if used + size <= width:
            current += word
            used += size
            continue
        if word[0] == " ":  # the break swallows the spaces
            lines.append(current)
            current, used = "", 0
            continue
        if size > width:
            *full, current = _chopped(current + word, width) or [""]
            lines.extend(full)
        else:
            lines.append(current.rstrip(" "))
            current = word
        used = cells(current)
    if current.strip(" ") or not lines:
        lines.append(current)
    return lines


def _chopped(word: str, width: int) -> list[str]:
    if is_plain(word):
        return [word[at : at + width] for at in range(0, len(word), width)]
    return chop_cells(word, width)
