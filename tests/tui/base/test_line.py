"""Literal text: nothing in it is markup, and what is the same is not painted again."""

from __future__ import annotations

from typing import Any

import pytest
from rich.cells import cell_len
from rich.style import Style
from textual.content import Content

from cotui.tui.base.line import StatusText, TextBlock, TextLine, text_strip
from tests.tui.support import OneWidget

MARKUP = "[bold]x[/] [/red"


def test_markup_is_text() -> None:
    assert TextLine(MARKUP).text == MARKUP
    assert str(TextBlock(MARKUP).render()) == MARKUP


def test_a_line_is_painted_again_only_when_it_looks_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    line, painted = TextLine("a"), list[Any]()
    monkeypatch.setattr(line, "refresh", lambda: painted.append(line.text))
    for text in ("a", Content("a"), "b", Content.styled("b", "bold"), Content.styled("b", "bold"), "b"):
        line.show(text)
    assert painted == ["b", "b", "b"]


async def test_a_status_is_cleaned_and_takes_no_room_while_there_is_none() -> None:
    status = StatusText()
    async with OneWidget(status).run_test() as pilot:
        assert status.size.height == 0
        status.tell("no \x1b[31m\u202e[/]\nsecond", bad=True)
        await pilot.pause()
        assert str(status.render()) == "no ␛[31m␦[/]\nsecond"
        assert (status.size.height, status.has_class("bad")) == (2, True)
        status.tell("well")
        assert not status.has_class("bad")
        status.tell("")
        await pilot.pause()
        assert status.size.height == 0


@pytest.mark.parametrize("text", ["", "abc", "会社名株式会社", "\x1b[2Jx", "e\u0301" * 9])
@pytest.mark.parametrize("width", [1, 2, 5, 20])
def test_a_strip_is_as_wide_as_was_asked_for(text: str, width: int) -> None:
    strip = text_strip(text, width, Style(), "right")
    assert (strip.cell_length, cell_len(strip.text)) == (width, width)
    assert "\x1b" not in strip.text
