"""What views have in common that draw their lines themselves, with a cursor that goes over them."""

from __future__ import annotations

from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView

from cotui.tui.base.format import TONES
from cotui.tui.engine.widget_bases import OwnSize, PlainLines


class PaintedView(ScrollView, OwnSize, PlainLines):
    """Lines of one style each or few, below each other; subclasses draw and keep them."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"lines--cursor", *(f"lines--{tone}" for tone in TONES)}
    DEFAULT_CSS = """
    PaintedView {
        height: 1fr; background: $surface; color: $foreground;
        overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1;
    }
    PaintedView > .lines--cursor { background: $primary; color: $text; text-style: bold; }
    PaintedView > .lines--good { color: $text-success; }
    PaintedView > .lines--warn { color: $text-warning; }
    PaintedView > .lines--bad { color: $text-error; }
    PaintedView > .lines--faint { color: $text-muted; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._styles: dict[str, Style] = {}
        self._measured: tuple[Size, bool] | None = None
        self._measured_width = 0

    @property
    def _width(self) -> int:
        """Cells of a line: the scrollbar has one for itself."""
        measured = (self._size, self.show_vertical_scrollbar)
        if measured != self._measured:  # asked for at each line
            self._measured = measured
            self._measured_width = self.scrollable_content_region.width
        return self._measured_width

    def forget_lines(self) -> None:
        """Draw every line anew."""
        raise NotImplementedError

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()
        self.forget_lines()

    def style_of(self, name: str) -> Style:
        """The style of the component class `lines--` and this name; "" for the view's own."""
        style = self._styles.get(name)
        if style is None:
            style = self.get_component_rich_style(f"lines--{name}") if name else self.rich_style
            self._styles[name] = style
        return style

    def scroll_at_once(self, top: int) -> None:
        """Put another line at the top."""
        self.scroll_to(y=top, animate=False, force=True, immediate=True)

    def refresh_lines(self, first: int, count: int = 1) -> None:
        """Draw some lines of the screen again, the one at its top being 0."""
        self.refresh(Region(0, first, self._width, count))
