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

from cotui.catalog import Action, Effect
from cotui.safety.text import clean
from cotui.tui.base.cells import fit
from cotui.tui.base.choices import Choices, ValueOption
from cotui.tui.base.dialog import Dialog
from cotui.tui.base.inputs import TypedLine

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
        self._around = [
            Static(Content(self._title), classes="title", markup=False),
            *(Static(Content(note), classes="faint", markup=False) for note in self._notes),
        ]
        self._hints = Static(
            "↑ ↓ choose · enter takes · esc leaves · ! can't be undone", classes="faint", markup=False
        )
        self._entry = TypedLine(placeholder="type a part of the name", compact=True, max_length=60)
        self._entry.cursor_blink = False
        self._options: Choices[Action | None] = Choices()
        self._options.can_focus = False
        self._does = Static("", id="does", markup=False)

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield from (*self._around, self._entry, self._options, self._does, self._hints)

    def on_mount(self) -> None:
        self._fit(*self.app.size)
        self._fill("")

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size.width, event.size.height)
        self._fill(self._entry.value, at=self._options.highlighted or 0)

    def _fit(self, width: int, height: int) -> None:
        """Leave the list what title, entry and hints don't need."""
        inner = max(1, min(_WIDEST, width) - _FRAME)
        around = sum(
            item.get_content_height(self.size, self.size, inner) for item in (*self._around, self._hints)
        )
        saying = width >= _SAYING
        self._does.display = not saying
        taken = 2 + 1 + around + (0 if saying else 2)
        self._options.styles.max_height = max(2, height - taken)

    @property
    def shown(self) -> list[Action]:
        """The actions that are in the list now."""
        return [value for value in self._options.values if value is not None]

    def _fill(self, text: str, at: int = 0) -> None:
        words = text.casefold().split()
        shown = [
            action
            for action in self._actions
            if all(word in f"{action.label} {action.does}".casefold() for word in words)
        ]
        shown.sort(key=lambda action: _distance(action.label.casefold(), words))
        saying = self.app.size.width >= _SAYING
        names = max((len(_name(action)) for action in shown), default=0)
        self._options.clear_options()
        self._options.add_options(
            [
                ValueOption(
                    Content(f"{_MARKS[action.effect]} {_line(action, names) if saying else _name(action)}"),
                    action,
                )
                for action in shown
            ]
        )
        if not shown:
            none: ValueOption[Action | None] = ValueOption(Content(_NONE), None)
            none.disabled = True
            self._options.add_option(none)
        self._options.highlighted = min(at, len(shown) - 1) if shown else None
        self._explain()

    def _explain(self) -> None:
        marked = self._options.marked
        self._does.update(Content(marked.does if marked is not None else ""))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._fill(event.value)

    @on(Input.Submitted)
    def _take(self) -> None:
        if (marked := self._options.marked) is not None:
            self.dismiss(marked)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        if (taken := self._options.taken(event)) is not None:
            self.dismiss(taken)

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._explain()

    def action_highlight(self, step: int) -> None:
        at = self._options.highlighted
        if at is not None:
            self._options.highlighted = max(0, min(self._options.option_count - 1, at + step))


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
