"""The record under the cursor beside its list, where there is room or its user wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from cotui.catalog import RESOURCES
from cotui.tui.actions.menu_entries import entries
from cotui.tui.lists.relations import has_page

if TYPE_CHECKING:
    from textual.widget import Widget

    from cotui.tui.lists.list_screen import ListScreen
    from cotui.tui.pages.beside import AnswerBeside
    from cotui.tui.records.record_view import RecordView

#: columns from which the record is shown without being asked for
WIDE = 140
#: and from which it is shown as the page that Enter opens, which reads the rest of it
WIDEST = 200
#: percent of the screen that it takes, and cells at most, where the list can do without them; and so as a page
SHARE, MOST = 40, 90
PAGE_SHARE, PAGE_MOST = 62, 130
#: with fewer cells nothing of a record can be read; for more than enough no amount is taken from the list
LEAST, ENOUGH = 24, 32


class SidePane:
    """Shows and hides the pane; `mode` "auto" shows it where there is room."""

    def __init__(self, screen: ListScreen, body: Widget) -> None:
        self.mode: Literal["auto", "on", "off"] = "auto"
        self._screen = screen
        self._body = body
        self._view: RecordView | None = None
        self._page: AnswerBeside | None = None

    @property
    def view(self) -> RecordView:
        """The pane; made when it is first shown, which on narrow screens is never."""
        from cotui.tui.pages.preview import PreviewView

        if self._view is None:
            host = self._screen.cotui
            self._view = PreviewView(
                today=host.session.today,
                follows=has_page,
                beside=True,
                names=host.customer_names,
                words=lambda: host.session.words,
                id="preview",
            )
            self._body.mount(self._view)
        return self._view

    @property
    def page(self) -> AnswerBeside:
        """The pane as a page, on the widest screens."""
        from cotui.tui.pages.beside import AnswerBeside

        if self._page is None:
            screen = self._screen
            self._page = AnswerBeside(screen.cotui, screen.follow_relation, id="beside")
            self._body.mount(self._page)
        return self._page

    def _is_page(self, width: int) -> bool:
        """Whether it is shown as the page that Enter opens."""
        if width < WIDEST or self._screen.cotui.session.api is None:
            return False
        from cotui.tui.pages.beside import answerable

        return answerable(self._screen.listing.resource)

    def toggle(self) -> None:
        self.mode = "off" if self._screen.has_class("previewing") else "on"
        self.place(self._screen.size.width)
        if self.mode == "on" and not self._screen.has_class("previewing"):
            self._screen.say("there is no room for the preview beside the columns of the list", "warning")

    def place(self, width: int) -> None:
        """Show or hide it on a screen of so many columns: what the list can't do without is not taken from it."""
        cells = self._room(width) if self.mode == "on" or (self.mode == "auto" and width >= WIDE) else 0
        page = bool(cells) and self._is_page(width)
        self._screen.set_class(bool(cells), "previewing")
        self._screen.set_class(page, "answering")
        if cells:
            pane = self.page if page else self.view
            pane.styles.width = cells if cells < self._wanted(width) else None
        self.show()

    def place_again(self) -> None:
        """The list needs more room than was known."""
        if self._screen.has_class("previewing"):
            self.place(self._screen.size.width)

    def _room(self, width: int) -> int:
        """Cells for it on a screen of so many; 0 where there are too few."""
        wanted, table = self._wanted(width), self._screen.table
        cells = min(wanted, width - table.room_beside(amounts=True))
        if cells < ENOUGH:
            cells = min(wanted, ENOUGH, width - table.room_beside(amounts=False))
        return cells if cells >= LEAST else 0

    def _wanted(self, width: int) -> int:
        share, most = (PAGE_SHARE, PAGE_MOST) if self._is_page(width) else (SHARE, MOST)
        return min(width * share // 100, most)

    def show(self) -> None:
        if not self._screen.has_class("previewing"):
            return
        record = self._screen.table.record
        pane = self.page if self._screen.has_class("answering") else self.view
        if record is None:
            pane.show_message(())  # nothing is under the cursor: not the record that was before
        else:
            pane.show(self._screen.listing.resource, record)

    def act(self) -> bool:
        """Act on the row of the page under its cursor; whether there was one to act on."""
        row = self._page.row if self._page is not None else None
        if row is None or row.ref is None or not entries(resource := RESOURCES[row.resource_id]):
            return False
        self._screen.cotui.act(self._screen, resource, "", [row.ref])
        return True

    def forget(self) -> None:
        """What was read of records may be out of date."""
        if self._page is not None:
            self._page.forget()
            self.show()
