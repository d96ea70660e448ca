"""Pasted text as text: nothing in it does anything."""

from __future__ import annotations

import re
from typing import Final

from textual.message import Message

# Bytes that are no UTF-8 were decoded to surrogates.
_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_PICTURES: Final = re.compile("[\u2400-\u2421\u2426\ufffd]")


def pasted(text: str) -> str:
    r"""What was pasted: lines end in ``\n``, and control characters are seen (``␛``) instead of doing something."""
    return _CONTROLS.sub(_picture, text.replace("\r\n", "\n").replace("\r", "\n"))


class PasteCut(Message):
    """A paste was longer than is kept.

    Attributes:
        left_out: how many characters were left out at its end.
    """

    def __init__(self, left_out: int) -> None:
        super().__init__()
        self.left_out = left_out


def had_controls(text: str) -> bool:
    """Whether a control character, or what is no character at all, was pasted, of which only a picture is left."""
    return bool(_PICTURES.search(text))


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code == 0:
        return ""  # some terminals fill up with them
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return "␦" if code < 0xA0 else "\ufffd"
