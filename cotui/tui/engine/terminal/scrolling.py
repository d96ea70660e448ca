"""Finds the lines that only changed their place."""

from __future__ import annotations

from collections.abc import Sequence
from operator import ne, or_
from typing import Final, NamedTuple

from cotui.tui.engine.terminal.screen import ScreenLine

#: bytes of a scroll itself
_WORTH: Final = 20
#: bytes that each place takes which is written to: to go there, and its style
_PLACE: Final = 12


class Scroll(NamedTuple):
    """Lines of a region, from `top` to `bottom`, that move up by some; down where that is negative."""

    top: int
    bottom: int
    by: int


def find_scroll(
    shown: Sequence[ScreenLine | None], target: Sequence[ScreenLine], changed: Sequence[int]
) -> Scroll | None:
    """The scroll that leaves the least to be written, or None where none pays.

    Args:
        shown: what the terminal shows; None for lines of which that is not known.
        target: what it is to show.
        changed: lines that differ, in order.
    """
    # The left half of a line is looked at: beside the table there may be a pane that stays.
    half = max(1, len(target[0].chars) // 2)
    first, last = changed[0], changed[-1]
    places: dict[str, list[int]] = {}
    for y in range(first, last + 1):
        line = shown[y]
        if line is not None and line.raw is None:
            places.setdefault(line.chars[:half], []).append(y)
    votes: dict[int, list[int]] = {}
    for y in changed:
        text = target[y].chars[:half]
        if text.isspace():
            continue
        for source in places.get(text, ())[:3]:
            if source != y:
                votes.setdefault(source - y, []).append(y)
    if not votes:
        return None
    by = max(votes, key=lambda step: len(votes[step]))
    movers = votes[by]
    if len(movers) < max(2, len(changed) // 4):
        return None
    top = min(movers[0], movers[0] + by)
    bottom = max(movers[-1], movers[-1] + by)
    if any(not _sure(line) for line in (*shown[top : bottom + 1], *target[top : bottom + 1])):
        return None  # what a terminal that counts otherwise has behind such a text would be left there
    moved = _WORTH
    for y in range(top, bottom + 1):
        moved += _cost(target[y], shown[y + by] if top <= y + by <= bottom else None)
    still = 0
    for y in range(top, bottom + 1):
        still += _cost(target[y], shown[y])
        if still > moved:
            return Scroll(top, bottom, by)
    return None


def _sure(line: ScreenLine | None) -> bool:
    return line is not None and line.raw is None


def _cost(new: ScreenLine, old: ScreenLine | None) -> int:
    """About how many bytes it takes to make one line of another."""
    if old is None:
        return len(new.chars)
    if new.chars == old.chars and new.styles == old.styles:
        return 0
    flags = bytes(map(or_, map(ne, new.chars, old.chars), map(ne, new.styles, old.styles)))
    return flags.count(1) + _PLACE * (b"\0" + flags).count(b"\0\1")
