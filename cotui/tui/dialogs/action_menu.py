"""Everything that can be done to a record, by name: type a part of it, Enter takes it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from cotui.catalog import Action, Effect
from cotui.safety.text import clean
from cotui.tui.cells import fit
from cotui.tui.dialogs.base import Dialog

_MARKS = {Effect.DESTROYS: "!", Effect.WRITES: " ", Effect.READS: " "}
#: columns of the box at most, and what its frame takes of them
_WIDEST = 96
_FRAME = 4
#: columns of the screen from which each line says what its action does
_SAYING = 90

_NONE = "No action has such a name."


class ActionMenu(Dialog[Action]):
    """The actions of one record, or of several; gives back the one that was chosen."""

    DEFAULT_CSS = """
    ActionMenu > #box { width: 100%; max-width: 96; }
    ActionMenu Input { border: none; height: 1; padding: 0; background: $panel; }
    ActionMenu Input:focus { border: none; }
    ActionMenu OptionList {
        height: auto; border: none; background: $surface; padding: 0;
        scrollbar-size-vertical: 1; text-wrap: nowrap; text-overflow: ellipsis;
    }
    ActionMenu OptionList:focus { border: none; }
    ActionMenu #does { height: 2; color: $text-muted; }
    """
    BINDINGS = [
        Binding("down", "highlight(1)", "Next", show=False),
        Binding("up", "highlight(-1)", "Previous", show=False),
        Binding("pagedown", "highlight(8)", "Next", show=False),
        Binding("pageup", "highlight(-8)", "Previous", show=False),
    ]

    def __init__(self, title: str, actions: Sequence[Action], *, notes: Sequence[str] = ()) -> None:
        super().__init__()
        self._title = clean(title)
        self._actions = list(actions)
        self._notes = [clean(note) for note in notes]
        self._shown = list(self._actions)

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(Content(self._title), classes="title around", markup=False)
            for note in self._notes:
                yield Static(Content(note), classes="faint around", markup=False)
            entry = Input(placeholder="type a part of the name", compact=True, max_length=60)
            entry.cursor_blink = False
            yield entry
            options = OptionList(markup=False)
            options.can_focus = False
            yield options
            yield Static("", id="does", markup=False)
            yield Static(
                "↑ ↓ choose · enter takes · esc leaves · ! can't be undone",
                classes="faint around",
                markup=False,
            )

    def on_mount(self) -> None:
        self._fit(*self.app.size)
        self._fill("")

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size.width, event.size.height)
        self._fill(self.query_one(Input).value, at=self._options.highlighted or 0)

    def _fit(self, width: int, height: int) -> None:
        """Leave the list what title, entry and hints don't need."""
        inner = max(1, min(_WIDEST, width) - _FRAME)
        around = sum(
            item.get_content_height(self.size, self.size, inner)
            for item in self.query(".around").results(Static)
        )
        saying = width >= _SAYING
        self.query_one("#does").display = not saying
        taken = 2 + 1 + around + (0 if saying else 2)
        self._options.styles.max_height = max(2, height - taken)

    @property
    def _options(self) -> OptionList:
        return self.query_one(OptionList)

    def _fill(self, text: str, at: int = 0) -> None:
        words = text.casefold().split()
        self._shown = [
            action
            for action in self._actions
            if all(word in f"{action.label} {action.does}".casefold() for word in words)
        ]
        self._shown.sort(key=lambda action: _distance(action.label.casefold(), words))
        saying = self.app.size.width >= _SAYING
        names = max((len(_name(action)) for action in self._shown), default=0)
        self._options.clear_options()
        self._options.add_options(
            [
                Option(
                    Content(f"{_MARKS[action.effect]} {_line(action, names) if saying else _name(action)}")
                )
                for action in self._shown
            ]
        )
        if not self._shown:
            self._options.add_option(Option(Content(_NONE), disabled=True))
        self._options.highlighted = min(at, len(self._shown) - 1) if self._shown else None
        self._explain()

    def _explain(self) -> None:
        at = self._options.highlighted
        words = self._shown[at].does if at is not None else ""
        self.query_one("#does", Static).update(Content(words))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._fill(event.value)

    @on(Input.Submitted)
    def _take(self) -> None:
        at = self._options.highlighted
        if at is not None:
            self.dismiss(self._shown[at])

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._shown[event.option_index])

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._explain()

    def action_highlight(self, step: int) -> None:
        at = self._options.highlighted
        if at is not None:
            self._options.highlighted = max(0, min(len(self._shown) - 1, at + step))


def _name(action: Action) -> str:
    return f"{action.label} ({action.key})" if action.key else action.label


def _line(action: Action, width: int) -> str:
    return f"{fit(_name(action), width)}  {action.does}"


def _distance(label: str, words: Sequence[str]) -> int:
    """How far a name is from what was typed: begun, made of words that begin so, holding it, only about it.

    "set password" means just that, although "reset" and "password" are in "Send password reset" as well.
    """
    if label.startswith(" ".join(words)):
        return 0
    parts = re.findall(r"\w+", label)  # "e-mail" is found by "mail" as well
    if all(any(part.startswith(word) for part in parts) for word in words):
        return 1
    return 2 if all(word in label for word in words) else 3
