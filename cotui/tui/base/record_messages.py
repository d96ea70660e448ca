"""What the view of a record tells the screen that it is part of."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class ValueCopied(Message):
    """A value was copied, as far as can be known: `how` and `hint` are for the user.

    `sent` is False when nothing was copied: the value is a secret, or too long.
    """

    text: str
    how: str
    hint: str = ""
    sent: bool = True


@dataclass
class RecordWanted(Message):
    """The user wants the record that the selected key points to."""

    resource_id: str
    ref: int | str
