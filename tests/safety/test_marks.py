"""The ranges of marks without a width are Unicode's."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest

from cotui.safety import marks
from cotui.safety.text import clean


@pytest.mark.long
def test_the_marks_are_unicode_s() -> None:
    """All marks without a width that this Python knows of; what has a rule of its own is unsafe all the same."""
    pattern = set()
    for part in (marks.PLANE_0, marks.BEYOND):
        found = re.compile(f"[{part}]")
        pattern |= {
            code
            for code in range(sys.maxunicode + 1)
            if not 0xD800 <= code <= 0xDFFF and found.match(chr(code))
        }
    for code in range(sys.maxunicode + 1):
        category = unicodedata.category(chr(code))
        if category in ("Mn", "Me"):
            assert code in pattern or clean(f"a{chr(code)}") != f"a{chr(code)}", hex(code)
        elif category != "Cn":
            assert code not in pattern, hex(code)


def test_marks_of_many_scripts_are_there_and_their_letters_are_not() -> None:
    found = re.compile(f"[{marks.PLANE_0}{marks.BEYOND}]")
    for mark in "\u0301\u05b0\u064b\u093c\u0e34\u20dd\U0001d165\U0001e000":
        assert bool(found.match(mark)) == (unicodedata.category(mark) in ("Mn", "Me")), hex(ord(mark))
    for letter in "aßא\u0645क\u0e01株👍":
        assert not found.match(letter)
