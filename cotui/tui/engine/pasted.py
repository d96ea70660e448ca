"""Pastes of which not everything could be taken."""

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


class LineFull(Message):
    """A line had no room for all of a paste.

    Attributes:
        size: characters that were pasted.
        most: how many the line takes.
        kept: whether it took as many as it could; a secret is taken whole or not at all.
    """

    def __init__(self, size: int, most: int, *, kept: bool = True) -> None:
        super().__init__()
        self.size = size
        self.most = most
        self.kept = kept

    def words(self, line: str = "this line") -> str:
        """What happened, for the user, who calls the line so."""
        rest = "the rest was left out" if self.kept else "so none of it was taken"
        return f"{self.size:,} characters were pasted: {line} takes {self.most:,}, {rest}"


class LeftOut(Message):
    """What nobody can see was left out of what was typed or pasted.

    Attributes:
        what: what it was, in words.
    """

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what

    def words(self) -> str:
        """What happened, for the user."""
        return f"what can't be seen was left out: {self.what}"
