"""Dialogs in which one of a list is taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from cotui.safety.text import clean
from cotui.tui.base.choices import Choices, ValueOption
from cotui.tui.base.dialog import Dialog
from cotui.tui.base.inputs import TypedLine
from cotui.tui.base.line import TextBlock

Value = TypeVar("Value")


class ChoosingDialog(Dialog[Value]):
    """Gives back the value that is taken from `options`."""

    options: Choices[Any]

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        if (taken := self.options.taken(event)) is not None:
            self.dismiss(taken)


class SearchDialog(ChoosingDialog[Value]):
    """A line above the list finds what is in it; the keys stay with the line."""

    DEFAULT_CSS = "SearchDialog TypedLine:focus { background: $panel; }"

    def __init__(self, longest: int) -> None:
        super().__init__()
        self.entry = TypedLine(placeholder="type a part of the name", max_length=longest)
        self.options: Choices[Any] = Choices()
        self.options.can_focus = False

    def take(self) -> None:
        if (marked := self.options.marked) is not None:
            self.dismiss(marked)


class ChooseDialog(ChoosingDialog[str]):
    """Choose one of some words, given as pairs of value and word; gives back the value."""

    DEFAULT_CSS = """
    ChooseDialog > #box { max-width: 60; }
    ChooseDialog OptionList { height: auto; max-height: 16; }
    """

    def __init__(self, title: str, options: Sequence[tuple[str, str]], current: str = "") -> None:
        super().__init__()
        self._title = clean(title)
        self.options = Choices(*(ValueOption(Content(clean(words)), value) for value, words in options))
        self._current = current

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield TextBlock(self._title, "title")
            yield self.options
            yield TextBlock("↑ ↓ choose · enter takes · esc leaves", "faint")

    def on_mount(self) -> None:
        self.options.highlighted = self._first()

    def _first(self) -> int:
        values = self.options.values
        return values.index(self._current) if self._current in values else 0

    @property
    def typed(self) -> bool:
        return self.is_mounted and self.options.highlighted not in (None, self._first())
