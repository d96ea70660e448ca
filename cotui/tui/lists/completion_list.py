"""The drop-down under the filter: what could stand at the cursor, one suggestion a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from cotui.safety.text import clean
from cotui.tui.base.cells import cell_len, fit

if TYPE_CHECKING:
    from cotui.query import Suggestion

#: suggestions on the screen at once; the others come up as the mark moves
MOST_LINES = 8
#: cells between a suggestion and what it means
GAP = 2
#: a suggestion's own text takes no more than this
WIDEST_LABEL = 40


class CompletionList(Widget):
    """Suggestions over the table, below the line under edit; hidden while there are none.

    It never takes the focus: the input stays in charge and moves the mark with `move`. The first
    suggestion is marked from the start, so that one key takes it.

    Attributes:
        items: all suggestions.
        chosen_by_hand: whether the mark was moved, so that Enter means the suggestion and not the filter.
        row: the screen's line it opens on (the line below the filter).
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"completion--item", "completion--detail", "completion--marked"}
    DEFAULT_CSS = """
    CompletionList {
        display: none; overlay: screen; position: absolute; constrain: inside inside;
        width: 1; height: 1; max-width: 100vw; max-height: 100vh; background: $panel; color: $foreground;
    }
    CompletionList > .completion--item { background: $panel; color: $foreground; }
    CompletionList > .completion--detail { background: $panel; color: $text-muted; }
    CompletionList:ansi > .completion--item, CompletionList:ansi > .completion--detail {
        text-style: reverse;
    }
    CompletionList > .completion--marked { background: $primary; color: $text; text-style: bold; }
    """

    @dataclass
    class Chosen(Message):
        """A suggestion was clicked."""

        index: int

    def __init__(self, *, row: int = 2, id: str | None = None) -> None:
        super().__init__(id=id)
        self.items: tuple[Suggestion, ...] = ()
        self.chosen_by_hand = False
        self.row = row
        self._index = 0
        self._top = 0
        self._column = 0
        self._label_width = 0

    @property
    def index(self) -> int:
        """Which suggestion is marked; meaningful while there are any."""
        return self._index

    @property
    def selected(self) -> Suggestion | None:
        """The marked suggestion; None while the list is hidden."""
        return self.items[self._index] if self.items else None

    def set_items(self, items: Sequence[Suggestion], column: int | None = None) -> None:
        """Show these suggestions, the first one marked; none hides the list.

        `column` is the screen's column of the text that they would replace; None to stay where it is.
        """
        if not items and not self.items:
            return
        self.items = tuple(items)
        self._index = self._top = 0
        self.chosen_by_hand = False
        if column is not None:
            self._column = max(0, column - 1)  # the list's text stands under the typed text
        self.display = bool(self.items)
        if self.items:
            self._measure()
            self.refresh()

    def move(self, step: int) -> None:
        """Mark another suggestion, going round at the ends."""
        if not self.items:
            return
        self.chosen_by_hand = True
        old, self._index = self._index, (self._index + step) % len(self.items)
        lines = max(1, self.size.height)
        top = min(max(self._top, self._index - lines + 1), self._index)
        if top != self._top:
            self._top = top
            self.refresh()
        elif old != self._index:
            for line in (old, self._index):
                self.refresh(Region(0, line - top, self.size.width, 1))

    def _measure(self) -> None:
        """Take the room that is needed, as far as the screen has it."""
        screen = self.screen.size
        self._label_width = min(WIDEST_LABEL, max(cell_len(clean(item.label)) for item in self.items))
        details = max(cell_len(clean(item.detail)) for item in self.items)
        width = self._label_width + 2 + (details + GAP if details else 0)
        lines = min(MOST_LINES, len(self.items), max(1, screen.height - self.row))
        # Each of these does nothing when the value is the one it has.
        self.styles.width = max(1, min(width, screen.width))
        self.styles.height = lines
        self.styles.offset = (self._column, self.row)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        index = self._top + y
        if index >= len(self.items):
            return Strip.blank(width, self.get_component_rich_style("completion--item"))
        item = self.items[index]
        label = " " + fit(item.label, min(self._label_width, max(1, width - 2))) + " "
        room = width - cell_len(label)
        if index == self._index:
            style = self.get_component_rich_style("completion--marked")
            place = f"{index + 1}/{len(self.items)} " if len(self.items) > self.size.height else ""
            detail = fit(f" {item.detail}", room - len(place)) if room > len(place) else ""
            return _line([Segment(fit(label + detail + place, width), style)], width)
        segments = [Segment(label, self.get_component_rich_style("completion--item"))]
        if room > 0:
            detail = fit(f" {item.detail}", room - 1) + " "
            segments.append(Segment(detail, self.get_component_rich_style("completion--detail")))
        return _line(segments, width)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        index = self._top + event.y
        if index < len(self.items):
            self._index = index
            self.chosen_by_hand = True
            self.post_message(self.Chosen(index))

    def on_resize(self) -> None:
        """The terminal's size changed, or the list's own: keep the mark in view."""
        self._top = min(max(self._top, self._index - max(1, self.size.height) + 1), self._index)


def _line(segments: list[Segment], width: int) -> Strip:
    strip = Strip(segments)
    return strip if strip.cell_length == width else strip.adjust_cell_length(width, segments[-1].style)
