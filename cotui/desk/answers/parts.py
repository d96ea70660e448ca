"""What an answer is read of, part by part, and what came of each: pure, so that nobody but the reader knows of requests.

A part counts as whole only where that is proven: there are as many different rows of its own as the server counts, or
looks behind the last of them found nothing. A short page proves nothing, for what cuts an answer leaves a short page too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from cotui.api import ApiError, Forbidden, NotFound, Page, Record, Unauthorized
from cotui.desk.answers.page import Count, Ref, State
from cotui.query import Query
from cotui.query.matching import ordered

if TYPE_CHECKING:
    from cotui.catalog import Resource

#: rows that a look behind the last one asks for: that one, so that it is seen to be the last still, and one more
PROBE: Final = 2
#: rows that are asked for to see whether the first ones are the first: the second of all
SECOND: Final = 1
#: how often it is looked: what cuts one answer may cut a second
LOOKS: Final = 2

_CONTRADICTION: Final = "the number of rows and the rows that came do not fit"
_STRANGERS: Final = "rows came that are not what was asked for"
_MOVED: Final = "the first rows are not the first, or changed their places"
_NOT_ALL: Final = "some may be missing"


class Part(NamedTuple):
    """One thing that is read for an answer.

    Attributes:
        name: what it is called in the answer, the same as its section in JSON.
        resource: of which object.
        ref: one record; None for rows.
        query: which rows; their order ends in a key of the object, or pages would not fit together.
        most: how many rows are wanted; 0 for all, which is where sums depend on them.
        expand: what rows are to hold besides.
        first: the second row is asked for by itself, which shows whether the first rows are the first: where not all
            rows are wanted, no count tells.
        mine: whether a row can be one of these, as far as that can be seen from it; what the query says is checked anyway.
    """

    name: str
    resource: Resource
    ref: Ref | None = None
    query: Query = Query()
    most: int = 0
    expand: str = ""
    first: bool = False
    mine: Callable[[Record], bool] | None = None


class Piece(NamedTuple):
    """What one request for a part brought.

    Attributes:
        answer: a record, rows, how many there are, or why that did not come.
        offset: where the rows begin.
        limit: rows that were asked for; 0 for the number of rows.
    """

    answer: Record | Page | int | ApiError
    offset: int = 0
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """What is known of a part.

    Attributes:
        part: which.
        state: whether all that was wanted is here; "reading" as long as something is on its way.
        rows: what came, each once, in the part's order.
        count: how many there are in all; None where nobody knows.
        trouble: what is missing and why, in words; "" where nothing is.
        error: why nothing came.
    """

    part: Part
    state: State = "reading"
    rows: tuple[Record, ...] = ()
    count: Count | None = None
    trouble: str = ""
    error: ApiError | None = None

    @property
    def whole(self) -> bool:
        """Whether all rows there are are here, so that what is said of them holds."""
        return (
            self.state == "complete" and self.count is not None and self.count == Count(len(self.rows))
        ) or (self.part.ref is not None and self.state == "complete")

    @property
    def record(self) -> Record | None:
        """The record, where the part is one."""
        return self.rows[0] if self.part.ref is not None and self.rows else None

    @property
    def values(self) -> list[dict[str, object]]:
        """The rows as they came."""
        return [dict(row.raw) for row in self.rows]


def assembled(part: Part, pieces: Sequence[Piece], *, reading: bool = False) -> Section:
    """What several answers say of one part.

    Args:
        pieces: in the order in which they were asked for.
        reading: more is on its way.
    """
    errors = [piece.answer for piece in pieces if isinstance(piece.answer, ApiError)]
    if part.ref is not None:
        records = [piece.answer for piece in pieces if isinstance(piece.answer, Record)]
        if records:
            return Section(part, "complete", (records[-1],), Count(1))
        return _without(part, errors, reading)
    pages = [piece for piece in pieces if isinstance(piece.answer, Page)]
    if not any(piece.limit != SECOND for piece in pages):
        return _without(part, errors, reading)
    rows, strangers = _rows(part, pages)
    counts = [piece.answer for piece in pieces if isinstance(piece.answer, int)]
    counted = counts[-1] if counts else None
    # a count that fails says that answers are going wrong, looks among them; an account that has none says nothing
    uncounted = not any(isinstance(piece.answer, ApiError) and not piece.limit for piece in pieces)
    end = _seen_end(pages, len(rows)) if counted is None and uncounted else None
    total = counted if end is None else end
    if reading:
        return Section(part, "reading", rows, None if total is None else Count(total))
    unseen = [
        piece.answer for piece in pieces if piece.limit == SECOND and isinstance(piece.answer, ApiError)
    ]
    trouble = _MOVED if _moved(pages) else _trouble(part, len(rows), total, strangers, errors)
    if not trouble and unseen:  # nobody saw whether the first rows are the first
        trouble = _words(unseen[-1])
    if total is not None and total < len(rows):  # it is not the number of these rows
        total = None
    known = None if total is None else Count(total, exact=not strangers)
    if known is None and rows:
        known = Count(len(rows), exact=False)
    return Section(
        part, "partial" if trouble else "complete", rows, known, trouble, errors[-1] if errors else None
    )


def missing(section: Section) -> int:
    """How many rows that are wanted are known to be missing; 0 also where nobody knows."""
    if section.count is None or section.part.ref is not None:
        return 0
    wanted = section.count.value if not section.part.most else min(section.part.most, section.count.value)
    return max(0, wanted - len(section.rows))


def _rows(part: Part, pages: Sequence[Piece]) -> tuple[tuple[Record, ...], bool]:
    """The rows, each once, and whether there were others than those that were asked for."""
    found: dict[Ref, Record] = {}
    strangers = False
    for piece in pages:
        assert isinstance(piece.answer, Page)
        if piece.limit == SECOND:
            continue
        for row in piece.answer.rows:
            ref = row.ref
            if ref is None or (part.mine is not None and not part.mine(row)):
                strangers = True
                continue
            found[ref] = row
    rows = list(found.values())
    if part.query.order:
        rows = ordered(rows, part.query.order, part.resource, lambda row: row.raw)
    if part.most:
        rows = rows[: part.most]
    return tuple(rows), strangers


def _moved(pages: Sequence[Piece]) -> bool:
    """Whether the second row of the first page is another than that which was asked for by itself."""
    found = [[row.ref for row in piece.answer.rows] for piece in pages if isinstance(piece.answer, Page)]
    alone = next((refs for refs, piece in zip(found, pages, strict=True) if piece.limit == SECOND), None)
    first = next((refs for refs, piece in zip(found, pages, strict=True) if piece.limit > SECOND), None)
    return alone is not None and first is not None and first[1:2] != alone


def _seen_end(pages: Sequence[Piece], rows: int) -> int | None:
    """How many rows there are where somebody looked behind the last one: a second look at an empty list is one too."""
    looks = [
        (piece.offset, len(piece.answer.rows))
        for piece in pages
        if piece.limit == PROBE and isinstance(piece.answer, Page)
    ][-LOOKS:]
    agree = len(looks) == LOOKS and all(came < PROBE and at + came == rows for at, came in looks)
    return rows if agree else None


def _trouble(part: Part, rows: int, total: int | None, strangers: bool, errors: Sequence[ApiError]) -> str:
    if strangers:
        return _STRANGERS
    if errors and total is None:
        return _words(errors[-1])
    if total is None:
        return "" if part.most and rows >= part.most else _NOT_ALL
    if total < rows:
        return _CONTRADICTION
    wanted = min(part.most, total) if part.most else total
    return f"{rows:,} of {total:,} came" if rows < wanted else ""


def _without(part: Part, errors: Sequence[ApiError], reading: bool) -> Section:
    if reading or not errors:
        return Section(part, "reading")
    error = errors[-1]
    if isinstance(error, Unauthorized | Forbidden):
        return Section(part, "refused", (), None, _words(error), error)
    words = _words(error)
    gone = part.ref is not None and isinstance(error, NotFound)
    return Section(part, "failed", (), None, "there is none any more" if gone else words, error)


def _words(error: ApiError) -> str:
    """What went wrong, in the middle of a sentence."""
    return error.what[:1].lower() + error.what[1:]
