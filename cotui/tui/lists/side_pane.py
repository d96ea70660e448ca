"""The record under the cursor beside its list, where there is room or its user wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from cotui.tui.lists.relations import has_page

if TYPE_CHECKING:
    from textual.widget import Widget

    from cotui.tui.lists.list_screen import ListScreen
    from cotui.tui.records.record_view import RecordView

#: columns from which the record is shown without being asked for
WIDE = 140
#: percent of the screen that it takes, and cells at most, where the list can do without them
SHARE, MOST = 40, 90
#: with fewer cells nothing of a record can be read; for more than enough no amount is taken from the list
LEAST, ENOUGH = 24, 32


class SidePane:
    """Shows and hides the pane; `mode` "auto" shows it where there is room."""

    def __init__(self, screen: ListScreen, body: Widget) -> None:
        self.mode: Literal["auto", "on", "off"] = "auto"
        self._screen = screen
        self._body = body
        self._view: RecordView | None = None

    @property
    def view(self) -> RecordView:
        """The pane; made when it is first shown, which on narrow screens is never."""
        from cotui.tui.records.record_view import RecordView

        if self._view is None:
            host = self._screen.cotui
            self._view = RecordView(
                today=host.session.today,
                follows=has_page,
                beside=True,
                names=host.customer_names,
                words=lambda: host.session.words,
                id="preview",
            )
            self._body.mount(self._view)
        return self._view

    def toggle(self) -> None:
        self.mode = "off" if self._screen.has_class("previewing") else "on"
        self.place(self._screen.size.width)
        if self.mode == "on" and not self._screen.has_class("previewing"):
            self._screen.say("there is no room for the preview beside the columns of the list", "warning")

    def place(self, width: int) -> None:
        """Show or hide it on a screen of so many columns: what the list can't do without is not taken from it."""
        cells = self._room(width) if self.mode == "on" or (self.mode == "auto" and width >= WIDE) else 0
        self._screen.set_class(bool(cells), "previewing")
        if cells:
            self.view.styles.width = cells if cells < min(width * SHARE // 100, MOST) else None
        self.show()

    def place_again(self) -> None:
        """The list needs more room than was known."""
        if self._screen.has_class("previewing"):
            self.place(self._screen.size.width)

    def _room(self, width: int) -> int:
        """Cells for it on a screen of so many; 0 where there are too few."""
        wanted, table = min(width * SHARE // 100, MOST), self._screen.table
        cells = min(wanted, width - table.room_beside(amounts=True))
        if cells < ENOUGH:
            cells = min(wanted, ENOUGH, width - table.room_beside(amounts=False))
        return cells if cells >= LEAST else 0

    def show(self) -> None:
        if not self._screen.has_class("previewing"):
            return
        record = self._screen.table.record
        if record is None:
            self.view.show_message(())  # nothing is under the cursor: not the record that was before
        else:
            self.view.show(self._screen.listing.resource, record)
