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
                id="preview",
            )
            self._body.mount(self._view)
        return self._view

    def toggle(self) -> None:
        self.mode = "off" if self._screen.has_class("previewing") else "on"
        self.place(self._screen.size.width)

    def place(self, width: int) -> None:
        shown = self.mode == "on" or (self.mode == "auto" and width >= WIDE)
        self._screen.set_class(shown, "previewing")
        self.show()

    def show(self) -> None:
        if not self._screen.has_class("previewing"):
            return
        record = self._screen.table.record
        if record is None:
            self.view.show_message(())  # nothing is under the cursor: not the record that was before
        else:
            self.view.show(self._screen.listing.resource, record)
