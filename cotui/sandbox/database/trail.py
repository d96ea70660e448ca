"""Places of one long result that are known already: rows by their position."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, NamedTuple


class Place(NamedTuple):
    """A row of a result: how many rows precede it, and its values of the order's terms."""

    position: int
    values: tuple[Any, ...]


class Trail:
    """Places of one result in their order; true for as long as the data stays the same."""

    def __init__(self) -> None:
        self._places: list[Place] = []

    def before(self, position: int) -> Place | None:
        """The last known place up to this position; None when only the beginning is known."""
        index = bisect_right(self._places, position, key=_position)
        return self._places[index - 1] if index else None

    def after(self, position: int) -> Place | None:
        """The first known place past this position; None when there is none."""
        index = bisect_right(self._places, position, key=_position)
        return self._places[index] if index < len(self._places) else None

    def add(self, place: Place) -> None:
        """Remembers a place."""
        index = bisect_right(self._places, place.position, key=_position)
        if index == 0 or self._places[index - 1].position != place.position:
            self._places.insert(index, place)

    def __len__(self) -> int:
        return len(self._places)


def _position(place: Place) -> int:
    return place.position
