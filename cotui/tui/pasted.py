"""A paste that was too long."""

from __future__ import annotations

from textual.message import Message


class PasteCut(Message):
    """A paste was longer than is kept.

    Attributes:
        left_out: how many characters were left out at its end.
    """

    def __init__(self, left_out: int) -> None:
        super().__init__()
        self.left_out = left_out
