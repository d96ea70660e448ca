"""Scrolls the lines of a `RecordPage` with a selection that goes from entry to entry.

A moved selection repaints the lines of the two entries and the line at the bottom that says what the
selected one means; a new page repaints this widget and lays nothing out.
"""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from cotui.tui.base.cells import fit
from cotui.tui.base.painted_view import PaintedView
from cotui.tui.records.record_page import STYLES, Entry, PageLine, RecordPage

#: from this height on the last line says what the selected entry means
MEANING_FROM = 4


class PageView(PaintedView, can_focus=True):
    """Shows a `RecordPage`; subclasses make the page for the width there is, and say what an entry means."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lines--{name}" for name in (*STYLES, "footer")}
    DEFAULT_CSS = """
    PageView { scrollbar-background: $surface; }
    PageView > .lines--title { text-style: bold; }
    PageView > .lines--group { color: $text-accent; text-style: bold; }
    PageView > .lines--label { color: $text-muted; }
    PageView > .lines--link { color: $text-accent; }
    PageView > .lines--meaning { color: $text-disabled; }
    PageView > .lines--note { color: $text-muted; }
    PageView > .lines--column { color: $text-muted; text-style: underline; }
    PageView > .lines--footer { background: $panel; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Next field", show=False, id="record.down"),
        Binding("up,k", "move(-1)", "Previous field", show=False, id="record.up"),
        Binding("pagedown,ctrl+f", "page(1)", "Page down", show=False, id="record.page_down"),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False, id="record.page_up"),
        Binding("home,g", "jump(0)", "First field", show=False, id="record.first"),
        Binding("end,G", "jump(-1)", "Last field", show=False, id="record.last"),
    ]

    #: stands at the left edge of what is selected, where there is a blank
    cursor_sign = ""

    class Selected(Message):
        """Another field is selected."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._page = RecordPage(0)
        self._index = 0
        self._strips: dict[tuple[int, int], Strip] = {}

    def make_page(self, width: int) -> RecordPage:
        """The lines for this width."""
        raise NotImplementedError

    def describe(self, entry: Entry) -> str:
        """One line about an entry, for the bottom of the view."""
        raise NotImplementedError

    @property
    def selected_entry(self) -> Entry | None:
        """The selected value with its place, label and meaning."""
        entries = self._page.entries
        return entries[self._index] if self._index < len(entries) else None

    @property
    def lines(self) -> list[str]:
        """The whole page as text, without padding at the ends."""
        return [line.text.rstrip() for line in self._page.lines]

    def select(self, name: str) -> bool:
        """Select a value by its place in the record, e.g. "balance"; False when it is not on the page."""
        for index, entry in enumerate(self._page.entries):
            if entry.name == name:
                self._select(index)
                return True
        return False

    @property
    def _body_height(self) -> int:
        height = self.size.height
        return height - 1 if height >= MEANING_FROM else height

    def rebuild(self, *, keep: bool) -> None:
        """Lay the page out anew for this width; `keep` the selected field on its line, where it still exists."""
        width = self._width
        if width <= 0:  # not laid out yet; the first resize comes back here
            return
        selected = self.selected_entry if keep else None
        offset = selected.first - self.scroll_offset.y if selected is not None else 0
        self._page = self.make_page(width)
        self.forget_lines()
        self._index = 0
        top = 0
        if selected is not None:
            for index, entry in enumerate(self._page.entries):
                if entry.name == selected.name:
                    self._index = index
                    top = entry.first - offset if index else 0
                    break
        self._resize_virtual()
        self.scroll_at_once(self._clamped(top))

    def _resize_virtual(self) -> None:
        below = self.size.height - self._body_height
        self.virtual_size = Size(self._width, len(self._page.lines) + below)

    def _clamped(self, top: int) -> int:
        return max(0, min(top, len(self._page.lines) - self._body_height))

    def on_resize(self) -> None:
        if self._page.width != self._width:
            self.rebuild(keep=True)
        else:
            self._resize_virtual()
        self._reveal(self._index)

    def forget_lines(self) -> None:
        self._strips.clear()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self._width
        if y >= self._body_height:
            return Strip([Segment(fit(self._footer, width), self.style_of("footer"))], width)
        number = self.scroll_offset.y + y
        if number >= len(self._page.lines) or self._page.width != width:
            return Strip.blank(width, self.style_of(""))
        line = self._page.lines[number]
        here = self.has_focus and any(part.entry == self._index for part in line.parts)
        selected = self._index if here else -1
        strip = self._strips.get((number, selected))
        if strip is None:
            strip = self._strips[number, selected] = self._make_strip(line, number, selected)
        return strip

    def _make_strip(self, line: PageLine, number: int, selected: int) -> Strip:
        segments: list[Segment] = []
        first = selected >= 0 and self._page.entries[selected].first == number
        for part in line.parts:
            if part.entry == selected >= 0:
                text = "".join(text for text, _ in part.runs)
                if first and self.cursor_sign and text[:1] == " ":
                    text = self.cursor_sign + text[1:]
                segments.append(Segment(text, self.style_of("cursor")))
            else:
                segments += [Segment(text, self.style_of(name)) for text, name in part.runs]
        return Strip(segments, self._page.width)

    @property
    def _footer(self) -> str:
        entry = self.selected_entry
        return f" {self.describe(entry)}" if entry is not None and self.has_focus else ""

    def _select(self, index: int) -> None:
        old, self._index = self._index, index
        if self._reveal(index) or old == index:
            if old != index:
                self.post_message(self.Selected())
            return
        for number in (old, index):
            entry = self._page.entries[number]
            self._refresh_lines(entry.first, entry.last)
        self._refresh_footer()
        self.post_message(self.Selected())

    def _refresh_lines(self, first: int, last: int) -> None:
        top = self.scroll_offset.y
        first, last = max(first - top, 0), min(last - top, self._body_height - 1)
        if first <= last:
            self.refresh_lines(first, last - first + 1)

    def _refresh_footer(self) -> None:
        if self._body_height < self.size.height:
            self.refresh_lines(self._body_height)

    def _reveal(self, index: int) -> bool:
        """Scroll as little as possible to see an entry, with what stands above the first one."""
        entries = self._page.entries
        if index >= len(entries):
            return False
        top = self.scroll_offset.y
        entry = entries[index]
        wanted = min(top, entry.first if index else 0)
        if entry.last >= top + self._body_height:
            wanted = min(entry.first, entry.last - self._body_height + 1)
        return self._scroll(wanted)

    def _scroll(self, top: int) -> bool:
        """Put another line at the top; True when that changes anything."""
        top = self._clamped(top)
        if top == self.scroll_offset.y:
            return False
        self.scroll_at_once(top)
        return True

    def action_move(self, step: int) -> None:
        """Select the next value; a value longer than the screen is scrolled through first."""
        entry = self.selected_entry
        top, height = self.scroll_offset.y, self._body_height
        if entry is None:
            self._scroll(top + step)
            return
        bottom = top + height
        if step > 0 and entry.last >= bottom and entry.first < bottom:
            self._scroll(min(top + height - 1, entry.last - height + 1))
        elif step < 0 and entry.first < top <= entry.last:
            self._scroll(max(top - height + 1, entry.first))
        elif 0 <= self._index + step < len(self._page.entries):
            self._select(self._index + step)
        else:  # headings and notes stand before the first and after the last value
            self._scroll(0 if step < 0 else len(self._page.lines))

    def action_page(self, direction: int) -> None:
        height = max(1, self._body_height - 1)
        old_top, entry = self.scroll_offset.y, self.selected_entry
        moved = self._scroll(old_top + direction * height)
        if entry is None:
            return
        top = self.scroll_offset.y
        if not moved:
            self._select(0 if direction < 0 else len(self._page.entries) - 1)
            return
        line = entry.first + top - old_top
        entries = self._page.entries
        self._index = min(
            range(len(entries)),
            key=lambda at: (abs(entries[at].first - line), entries[at].column != entry.column),
        )
        self.refresh()
        self.post_message(self.Selected())

    def action_jump(self, index: int) -> None:
        if self._page.entries:
            self._select(0 if index == 0 else len(self._page.entries) - 1)
        self._scroll(0 if index == 0 else len(self._page.lines))
