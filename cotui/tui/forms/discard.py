"""Before something typed is thrown away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button

from cotui.safety.text import clean
from cotui.tui.base.asking import AskingDialog
from cotui.tui.base.frame_screen import FrameScreen
from cotui.tui.base.line import TextBlock
from cotui.tui.engine.frame_batching import BatchedScreen


def leave(screen: BatchedScreen[Any]) -> None:
    """Leave a dialog or form without a result; where something was typed only after a clear yes."""
    if not screen.typed:
        screen.dismiss(None)
        return
    dialog = DiscardDialog("Discard", "discard", where=unfinished([screen]))
    screen.open_screen(dialog, lambda sure: screen.dismiss(None) if sure else None)


def leave_app(app: App[Any], *, hasty: bool = False) -> None:
    """Quit; where something was typed on any screen that is open, only after a clear yes.

    Args:
        hasty: the key for it came right behind another printable one, as in a text that is typed in the wrong place.
    """
    if isinstance(app.screen, DiscardDialog):
        return  # that is being asked
    screens = [screen for stack in app._screen_stacks.values() for screen in stack]
    typed = [screen for screen in screens if isinstance(screen, BatchedScreen) and screen.typed]
    if not typed and not hasty:
        app.exit()
        return
    question = DiscardDialog("Quit", "quit", "cotui")
    if typed:
        question = DiscardDialog("Quit and discard", "quit", where=unfinished(typed))
    app.push_screen(question, lambda sure: app.exit() if sure else None)


def discard(app: App[Any], then: Callable[[], None]) -> None:
    """Throw away what was typed on screens that are open, only after a clear yes."""

    def answered(sure: bool | None) -> None:
        if sure:
            app.call_later(then)

    where = unfinished(app.screen_stack)
    app.push_screen(DiscardDialog("Discard", "discard", where=where), answered)


def unfinished(screens: Iterable[Screen[Any]]) -> list[str]:
    """What was typed on these screens and is not on show."""
    made = (screen for screen in screens if isinstance(screen, FrameScreen) and screen.made)
    return [words for screen in made if (words := screen.unfinished)]


class DiscardDialog(AskingDialog[bool]):
    """Discard what was typed? True only after a clear yes.

    Args:
        does: what yes does.
        yes: the same in one word.
        what: what is discarded or left.
        where: what it is and where, as far as that is not on show.
    """

    DEFAULT_CSS = """
    DiscardDialog > #box { max-width: 60; }
    DiscardDialog Horizontal { height: 1; }
    DiscardDialog Button { margin-right: 2; min-width: 8; }
    """
    BINDINGS = [Binding("y", "discard", "Discard")]
    AUTO_FOCUS = "#no"

    def __init__(self, does: str, yes: str, what: str = "what you typed", where: Sequence[str] = ()) -> None:
        super().__init__()
        self._where = where
        self._what = what
        self._does = does
        self._yes = yes

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield TextBlock(f"{self._does} {self._what}?", "title")
            for words in self._where:
                yield TextBlock(clean(words))
            with Horizontal():
                yield Button("No, go back", id="no", compact=True)
                yield Button(Content(f"Yes, {self._yes}"), id="yes", compact=True)
            self._keys = TextBlock(f"y {self._yes}s · esc goes back", "faint")
            yield self._keys

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "yes":
            self.action_discard()
        else:
            self.dismiss(False)

    def action_discard(self) -> None:
        if why := self.why_no_answer():
            self._keys.show(why)
        else:
            self.dismiss(True)
