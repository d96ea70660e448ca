"""Choose one of a few words."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from cotui.safety.text import clean
from cotui.tui.base.choices import Choices, ValueOption
from cotui.tui.base.dialog import Dialog


class ChooseDialog(Dialog[str]):
    """A list of words; gives back the value of the one that was taken.

    Args:
        current: the value that is marked first.
    """

    DEFAULT_CSS = """
    ChooseDialog > #box { max-width: 60; }
    ChooseDialog OptionList {
        height: auto; max-height: 16; border: none; background: $surface; padding: 0;
        scrollbar-size-vertical: 1; text-wrap: nowrap; text-overflow: ellipsis;
    }
    ChooseDialog OptionList:focus { border: none; }
    """

    def __init__(self, title: str, options: Sequence[tuple[str, str]], current: str = "") -> None:
        super().__init__()
        self._title = title
        self._values = [value for value, _ in options]
        self._options = Choices(*(ValueOption(Content(clean(words)), value) for value, words in options))
        self._current = current

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(Content(clean(self._title)), classes="title", markup=False)
            yield self._options
            yield Static("↑ ↓ choose · enter takes · esc leaves", classes="faint", markup=False)

    def on_mount(self) -> None:
        values = self._values
        self._options.highlighted = values.index(self._current) if self._current in values else 0

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        if (taken := self._options.taken(event)) is not None:
            self.dismiss(taken)
