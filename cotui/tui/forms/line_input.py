"""The line of text that is being edited in a form."""

from __future__ import annotations

from typing import Final

from textual.widgets import Input

from cotui.tui.base.inputs import TypedLine
from cotui.tui.engine.widget_bases import OwnSize

#: longest text that can be typed; what the server holds is never cut
LONGEST: Final = 4_000


class LineInput(TypedLine, OwnSize):
    """One line, in the place of the field that it edits."""

    DEFAULT_CSS = """
    LineInput { position: absolute; background: $panel-lighten-2; }
    """

    def __init__(self) -> None:
        super().__init__(select_on_focus=False, id="line")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A line has nothing to scroll to above and below: those keys are the form's."""
        del parameters
        return action not in ("scroll_up", "scroll_down", "page_up", "page_down")

    def open_text(self, text: str, *, secret: bool) -> None:
        self.password = secret
        self.max_length = max(LONGEST, len(text))
        with self.prevent(Input.Changed):
            self.value = text
        self.cursor_position = len(text)
