"""Which page holds which row of a result that is read through `offset` and `limit`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """How a result is cut into pages.

    With an overlap of one row, every page but the first begins with the last row of the page before
    it (its *link*). As long as nothing moved on the server the two are the same record; where they
    differ, rows were inserted or deleted in front of them between the two requests.

    Attributes:
        limit: rows asked for at a time.
        overlap: 1 where rows can be told apart by a key, else 0.
    """

    limit: int
    overlap: int = 0

    def __post_init__(self) -> None:
        if self.limit < 1 or self.overlap not in (0, 1) or self.overlap >= self.limit:
            raise ValueError(f"no pages of {self.limit} rows can overlap by {self.overlap}")

    @property
    def stride(self) -> int:
        """New rows in every page after the first."""
        return self.limit - self.overlap

    def page_of(self, index: int) -> int:
        """The page that holds a row."""
        return max(index - self.overlap, 0) // self.stride

    def offset(self, page: int) -> int:
        """What to send as `offset` for a page: the index of its link where it has one."""
        return page * self.stride

    def start(self, page: int) -> int:
        """The index of the first row that a page holds (behind its link)."""
        return page * self.stride + self.link(page)

    def stop(self, page: int) -> int:
        """The index behind the last row that a full page holds."""
        return self.offset(page) + self.limit

    def link(self, page: int) -> int:
        """Rows at the head of a page's answer that belong to the page before it: 0 or 1."""
        return self.overlap if page else 0
