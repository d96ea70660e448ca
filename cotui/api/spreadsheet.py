"""Texts on their way into a spreadsheet, which runs what looks like a formula."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"[=+\-@\t\r]")
#: a number or a phone number: nothing in it can name a cell or a function
_NUMBER = re.compile(r"[+-] ?\(?\d[\d .,()-]*\Z", re.ASCII)


def guard(text: str) -> str:
    """A text that spreadsheets would run as a formula, behind an apostrophe.

    Numbers and phone numbers stay as they are, with their sign.
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text
