"""Lines to type or paste into: what finds no room is told, and a secret is taken whole or not at all."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from textual import events, on
from textual.app import App, ComposeResult
from textual.widgets import Input

from cotui.tui.base import inputs
from cotui.tui.base.inputs import HiddenInput, TypedLine, textual_keys
from cotui.tui.engine.pasted import LineFull
from tests.tui.flow import until


class _Lines(App[None]):
    """Lines as dialogs have them."""

    def __init__(self, kind: type[Input], text: str = "") -> None:
        super().__init__()
        self.kind = kind
        self.text = text
        self.told: list[str] = []

    @property
    def line(self) -> Input:
        return self.query_one(Input)

    def compose(self) -> ComposeResult:
        yield self.kind(value=self.text, max_length=20, select_on_focus=False)

    @on(LineFull)
    def _told(self, message: LineFull) -> None:
        self.told.append(message.words())


@pytest.mark.parametrize(
    ("pasted", "there", "taken", "told"),
    [
        ("abc", "", "abc", ""),
        ("a\nb\n", "", "a b", ""),
        ("x" * 20, "", "x" * 20, ""),
        ("x" * 21, "", "x" * 20, "21 characters were pasted: this line takes 20, the rest was left out"),
        ("xy", "x" * 19, "x" * 20, "2 characters were pasted: this line takes 20, the rest was left out"),
        ("x" * 5_000_000, "", "x" * 20, "5,000,000 characters"),
    ],
)
async def test_a_paste_into_a_line_is_whole_or_told(pasted: str, there: str, taken: str, told: str) -> None:
    app = _Lines(TypedLine, there)
    async with app.run_test() as pilot:
        app.line.post_message(events.Paste(pasted))
        await until(lambda: app.line.value == taken)
        await pilot.pause()
        assert len(app.told) == bool(told)
        assert told in "".join(app.told)


async def test_a_secret_that_has_no_room_is_not_taken_in_part() -> None:
    app = _Lines(HiddenInput)
    async with app.run_test():
        app.line.post_message(events.Paste("x" * 21))
        await until(lambda: bool(app.told))
        assert app.told == ["21 characters were pasted: this line takes 20, so none of it was taken"]
        assert app.line.value == ""
        app.line.post_message(events.Paste("x" * 20))
        await until(lambda: app.line.value == "x" * 20)


def test_every_line_tells_what_it_has_no_room_for() -> None:
    """A line of Textual's own drops a paste that is too long, without a word."""
    root = Path(inputs.__file__).parents[1]
    bare = [
        str(path)
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Input"
    ]
    assert bare == []


def test_keys_are_known_by_the_names_that_textual_has_for_them() -> None:
    assert textual_keys("P,!,ctrl+x,less_than_sign") == ["P", "exclamation_mark", "ctrl+x", "less_than_sign"]
