"""What a window tells its listeners."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Change:
    """Something about a window changed.

    Attributes:
        kind: "rows": rows of the range came, went, failed or look different; "length": length, total
            or its certainty; "state": loading, ready or failed; "shifted": the list changed on the server
            while it was read, so rows around the range may have moved (they are being read again);
            "moved": what was looked at stands `by` rows further on by now, and the window takes it that this
            is looked at from now on; "skipped": rows of the range may have been passed over, because the list
            changed (where the range is empty it is not known which: any on the way so far).
        start: first index concerned.
        stop: index behind the last one; 0 with start 0 where no rows are meant.
        by: rows to move on by, or back below 0.
    """

    kind: Literal["rows", "length", "state", "shifted", "moved", "skipped"]
    start: int = 0
    stop: int = 0
    by: int = 0


def merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges of indices, sorted, without empty ones, touching ones joined."""
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(ranges):
        if start >= stop:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined
