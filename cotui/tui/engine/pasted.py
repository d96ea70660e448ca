"""Pastes of which not everything could be taken."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class PasteCut(Message):
    """A paste was longer than is kept: so many characters were left out at its end."""

    left_out: int


@dataclass
class LineFull(Message):
    """A line that takes `most` characters had no room for a paste of `size`.

    It `kept` as many as it could; but a secret is taken whole or not at all.
    """

    size: int
    most: int
    kept: bool = True

    def words(self, line: str = "this line") -> str:
        """What happened, for the user, who calls the line so."""
        rest = "the rest was left out" if self.kept else "so none of it was taken"
        return f"{self.size:,} characters were pasted: {line} takes {self.most:,}, {rest}"


@dataclass
class LeftOut(Message):
    """What nobody can see was left out of what was typed or pasted: what it was, in words."""

    what: str

    def words(self) -> str:
        """What happened, for the user."""
        return f"what can't be seen was left out: {self.what}"
