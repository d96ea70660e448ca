"""Widths: sure only where every terminal agrees with Textual."""

from __future__ import annotations

import unicodedata

import pytest
from rich.cells import cell_len
from wcwidth import wcwidth

from cotui.tui.engine.terminal.glyphs import UNSURE, width
from tests.tui.terminal.texts import SURE, WORDS


@pytest.mark.long
def test_no_table_contradicts_what_is_sure() -> None:
    """Textual's, Python's and wcwidth's, for every character there is: the planes 4 to 13 are empty."""
    wrong = []
    for code in (*range(0x20, 0x40000), *range(0xE0000, 0xE0200)):
        char = chr(code)
        size = width(char)
        if size != UNSURE and (size not in (1, 2) or size != cell_len(char) or size != wcwidth(char)):
            wrong.append(f"U+{code:04X} {unicodedata.name(char, '?')}")
    assert wrong == []


@pytest.mark.parametrize("char", "a~é€─╭█…✓ßя")
def test_narrow_everywhere(char: str) -> None:
    assert width(char) == 1


@pytest.mark.parametrize("char", "世界한ｆ、")
def test_wide_everywhere(char: str) -> None:
    assert width(char) == 2


@pytest.mark.parametrize(
    "char",
    [
        "\u0301",
        "\u200d",
        "\ufe0f",
        "\xad",
        "👍",
        "❤",
        "🇩",
        "\U0001f3fd",
        "क",
        "ไ",
        "\ue000",
        "\u0378",
        "\u1160",
    ],
)
def test_a_matter_of_taste(char: str) -> None:
    assert width(char) == UNSURE


def test_common_texts_are_sure() -> None:
    assert all(width(char) != UNSURE for kind in SURE for word in WORDS[kind] for char in word)
