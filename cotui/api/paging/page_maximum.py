"""How many rows a server sends at a time, where that is fewer than it is asked for."""

from __future__ import annotations


class PageMaximum:
    """Tells a list that ends from a server that sends no more rows at once.

    A first page that comes short is either all there is, or as much as the server ever sends. Where
    more rows are counted, or nobody counts, the latter is assumed: then the page behind it shows which it was.

    Attributes:
        wanted: rows that a page should have.
        rows: rows that a full page has, as far as is known.
        proved: the server was seen to send so many, and no more.
    """

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self.rows = wanted
        self.proved = False

    @property
    def asked(self) -> int:
        """Rows to ask for: all that are wanted, until it is known that fewer come."""
        return self.rows if self.proved else self.wanted

    @property
    def open_ended(self) -> bool:
        """Whether it is not known yet if the first page is all there is."""
        return self.rows < self.wanted and not self.proved

    @property
    def most_at_once(self) -> int | None:
        """Rows that the server was seen to send at most, where that is fewer than are wanted; else None."""
        return self.rows if self.proved and self.rows < self.wanted else None

    def first(self, got: int, total: int | None) -> None:
        """The first page came; `total` counts the rows of the result, None where nobody counts them."""
        if self.proved:
            return
        short = 0 < got < self.wanted and (total is None or total > got)
        self.rows = got if short else self.wanted
        self.proved = got >= self.wanted

    def second(self, got: int, link: int) -> None:
        """The page behind the first one came, with so many rows; the first `link` of them were known."""
        if self.proved or self.rows == self.wanted:
            return
        if got == self.rows:
            self.proved = got > link
        elif got > self.rows or got <= link:
            self.rows = self.wanted
