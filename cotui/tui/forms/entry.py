"""What is told when something is typed into a form."""

from __future__ import annotations

from textual.message import Message


class Edited(Message):
    """A field holds another text now; the draft has it already.

    Attributes:
        name: the field's wire name.
        text: what stands in it.
    """

    def __init__(self, name: str, text: str) -> None:
        super().__init__()
        self.name = name
        self.text = text
