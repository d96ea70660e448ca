"""Second bases for widgets, which spare Textual work that they do not need."""

from __future__ import annotations

from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget


class OwnSize(Widget):
    """A second base for widgets whose size their screen decides.

    Textual lays the whole screen out again when the size of what a widget holds changes: at each letter typed, at each
    page of rows read. Here the scrollbar is all that has to know.
    """

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False, repaint=False)

    def watch_virtual_size(self, size: Size) -> None:
        if self.is_scrollable and self.is_attached:
            self._scroll_update(size)


class PlainLines(Widget):
    """A second base for widgets whose `render_line` keeps its lines, and that have no effects but a border.

    Textual makes three more copies of each line, to add what there is none of, and forgets them at each scroll.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        if any(self.styles.gutter):
            return super().render_lines(crop)
        filters = self.get_line_filters()
        background = self.background_colors[1]
        left, right = crop.column_span
        strips = []
        for y in crop.line_range:
            strip = self.render_line(y)
            for each in filters:
                strip = strip.apply_filter(each, background)
            if left > 0 or right < strip.cell_length:
                strip = strip.crop(left, right)
            strips.append(strip)
        return strips
