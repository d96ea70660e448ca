"""Which records were given already, without keeping them."""

from __future__ import annotations

from typing import TypeAlias

#: what tells a row from others: its primary key, or where it has none a pair of "" and a number made of its content
Mark: TypeAlias = "int | str | tuple[str, int]"

_BITS = 8
_MASK = (1 << _BITS) - 1


class Seen:
    """A set of marks. Numbers that lie close together, as ids do, take a bit each: a million, a few megabytes."""

    def __init__(self) -> None:
        self._blocks: dict[int, int] = {}
        self._others: set[Mark] = set()

    def __contains__(self, mark: Mark) -> bool:
        if isinstance(mark, int):
            return bool(self._blocks.get(mark >> _BITS, 0) >> (mark & _MASK) & 1)
        return mark in self._others

    def add(self, mark: Mark) -> None:
        """Keep a mark."""
        if isinstance(mark, int):
            block = mark >> _BITS
            self._blocks[block] = self._blocks.get(block, 0) | 1 << (mark & _MASK)
        else:
            self._others.add(mark)
