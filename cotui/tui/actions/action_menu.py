"""Everything that can be done to a record, by name: type a part of it, Enter takes it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList

from cotui.catalog import Action, Effect
from cotui.safety.text import clean
from cotui.tui.base.cells import fit
from cotui.tui.base.choices import ValueOption
from cotui.tui.base.choose import SearchDialog
from cotui.tui.base.line import TextBlock

_MARKS = {Effect.DESTROYS: "!", Effect.WRITES: " ", Effect.READS: " "}
#: columns of the box at most: where each line says what its action does, and where one line says it for all
_WIDEST = 96
_NARROWER = 66
#: what its frame takes of them
_FRAME = 4
#: columns of the screen from which each line says what its action does
_SAYING = 90


class ActionMenu(SearchDialog[Action]):
    """The actions of one record, or of several; gives back the one that was chosen."""

    DEFAULT_CSS = """
    ActionMenu > #box { width: 100%; max-width: 66; }
    ActionMenu.saying > #box { max-width: 96; }
    ActionMenu #does { height: 2; color: $text-muted; }
    """
    BINDINGS = [
        Binding("down", "highlight(1)", "Next", show=False),
        Binding("up", "highlight(-1)", "Previous", show=False),
        Binding("pagedown", "highlight(8)", "Next", show=False),
        Binding("pageup", "highlight(-8)", "Previous", show=False),
    ]

    def __init__(self, title: str, actions: Sequence[Action], *, notes: Sequence[str] = ()) -> None:
        super().__init__(longest=60)
        self._actions = list(actions)
        self._around = [
            TextBlock(clean(title), "title"),
            *(TextBlock(clean(note), "faint") for note in notes),
        ]
        self._hints = TextBlock("↑ ↓ choose · enter takes · esc leaves · ! can't be undone", "faint")
        self._does = TextBlock(id="does")

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield from (*self._around, self.entry, self.options, self._does, self._hints)

    def on_mount(self) -> None:
        self._fit(*self.app.size)
        self._fill("")

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size.width, event.size.height)
        self._fill(self.entry.value, at=self.options.highlighted or 0)

    def _fit(self, width: int, height: int) -> None:
        """Leave the list what title, entry and hints don't need."""
        saying = width >= _SAYING
        self.set_class(saying, "saying")
        inner = max(1, min(_WIDEST if saying else _NARROWER, width) - _FRAME)
        around = sum(
            item.get_content_height(self.size, self.size, inner) for item in (*self._around, self._hints)
        )
        self._does.display = not saying
        taken = 2 + 1 + around + (0 if saying else 2)
        self.options.styles.max_height = max(2, height - taken)

    @property
    def shown(self) -> list[Action]:
        return [value for value in self.options.values if value is not None]

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
        self.options.clear_options()
        self.options.add_options(
            [
                ValueOption(
                    Content(f"{_MARKS[action.effect]} {_line(action, names) if saying else _name(action)}"),
                    action,
                )
                for action in shown
            ]
        )
        if not shown:
            none = ValueOption(Content("No action has such a name."), None)
            none.disabled = True
            self.options.add_option(none)
        self.options.highlighted = min(at, len(shown) - 1) if shown else None
        self._explain()

    def _explain(self) -> None:
        marked = self.options.marked
        self._does.show(marked.does if marked is not None else "")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._fill(event.value)

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.take()

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._explain()

    def action_highlight(self, step: int) -> None:
        at = self.options.highlighted
        if at is not None:
            self.options.highlighted = max(0, min(self.options.option_count - 1, at + step))


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
