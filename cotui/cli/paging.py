"""Read a result page by page, and know afterwards whether anything is missing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cotui.api import Page, Record

#: rows `offset` to `offset + limit`
Fetch = Callable[[int, int], Awaitable["Page"]]

#: a server that sends fewer rows than asked for, but this many or more, has a maximum of its own
_LEAST_MAXIMUM = 100


@dataclass(slots=True)
class Progress:
    """What has been read so far."""

    rows: int = 0
    #: rows in the whole result, where an answer said so
    total: int | None = None
    #: rows that came twice, because records were added while others were read; some were then missed
    repeated: int = 0
    #: the limit ended the reading, not the result
    cut: bool = False


async def read_pages(
    fetch: Fetch, progress: Progress, *, limit: int | None, page_size: int
) -> AsyncIterator[list[Record]]:
    """Pages of a result until it or the limit is used up; rows that come twice are left out.

    Args:
        fetch: asks for rows.
        progress: kept up to date.
        limit: most rows to give; None for all.
        page_size: rows to ask for at once.
    """
    seen: set[int | str] = set()
    offset = 0
    while limit is None or progress.rows < limit:
        wanted = page_size if limit is None else min(page_size, limit - progress.rows)
        page = await fetch(offset, wanted)
        got = len(page.rows)
        offset += got
        if page.total is not None:
            progress.total = page.total
        rows = _unseen(page.rows[:wanted], seen, progress)
        progress.rows += len(rows)
        if rows:
            yield rows
        if got == 0 or (progress.total is not None and offset >= progress.total):
            return
        if got < wanted:
            if got < _LEAST_MAXIMUM:
                return
            page_size = got
    progress.cut = True


def _unseen(rows: Sequence[Record], seen: set[int | str], progress: Progress) -> list[Record]:
    fresh = []
    for record in rows:
        key = record.id
        if key is not None:
            if key in seen:
                progress.repeated += 1
                continue
            seen.add(key)
        fresh.append(record)
    return fresh
