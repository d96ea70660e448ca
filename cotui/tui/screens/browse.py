"""A list: the filter line, the table and, where there is room, the record under the cursor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.css.query import NoMatches

from cotui.api import Record, RecordWindow
from cotui.query import Query, QueryError
from cotui.tui.listing import Listing
from cotui.tui.narrowing import NarrowedRows
from cotui.tui.notices import empty_notice, failure_notice, loading_notice, nothing_found_notice
from cotui.tui.relations import bind_relations, follow, has_page
from cotui.tui.screens.frame import FrameScreen
from cotui.tui.widgets.completion_list import CompletionList
from cotui.tui.widgets.filter_bar import FilterBar
from cotui.tui.widgets.find_bar import FindBar
from cotui.tui.widgets.record_table import RecordTable
from cotui.tui.widgets.status_line import StatusLine
from cotui.tui.widgets.table_columns import chosen_columns

if TYPE_CHECKING:
    from cotui.tui.widgets.record_view import RecordView

#: columns from which the record under the cursor is shown beside the table
WIDE = 140


class BrowseScreen(FrameScreen[None]):
    """One list of records: filter, order, scroll, open."""

    DEFAULT_CSS = """
    BrowseScreen #body { height: 1fr; }
    BrowseScreen #preview { width: 40%; max-width: 90; border-left: vkey $panel; display: none; }
    BrowseScreen.previewing #preview { display: block; }
    """
    AUTO_FOCUS = "RecordTable"  # not the filter: keys typed ahead must not end up in it
    BINDINGS = [
        Binding("slash", "filter", "Filter", id="browse.filter"),
        Binding("f", "find", "Find", id="browse.find"),
        Binding("v", "preview", "Preview", id="browse.preview"),
        Binding("y", "copy", "Copy", id="browse.copy"),
        Binding("C", "columns", "Columns", id="browse.columns"),
        Binding("r,f5", "refresh", "Refresh", id="browse.refresh"),
        Binding("escape", "back", "Back", show=False, id="browse.back"),
    ]

    def __init__(self, listing: Listing, *, tab: str, text: str = "", remember: bool = True) -> None:
        super().__init__()
        self.listing = listing
        self.tab = tab
        self._text = text
        #: whether filter and columns are kept for the next run (related lists are passing)
        self._remember = remember
        self._query = Query()
        #: "auto" shows the record beside the table where there is room
        self._preview: Literal["auto", "on", "off"] = "auto"
        self.window: RecordWindow | None = None
        #: what the account calls the values of keys, and the window that taught it last
        self._words: dict[str, dict[str, str]] = {}
        self._taught_by: RecordWindow | None = None
        #: cursor and top line before rows were narrowed
        self._before_find = (0, 0)
        bind_relations(self, listing.resource)

    # -- building ----------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        memory = self.cotui.memory(self.listing.key) if self._remember else None
        text = self._text or (memory.filter if memory is not None and self.listing.filterable else "")
        bar = FilterBar(
            self.listing.resource,
            self.listing.title,
            text=text,
            example=self.listing.example,
            today=self.cotui.session.today,
        )
        bar.known = self._known_values
        bar.words = lambda: self._words
        bar.history = list(reversed(memory.history)) if memory is not None else []
        yield bar
        with Horizontal(id="body"):
            yield RecordTable(id="table")
        yield FindBar()
        yield CompletionList()

    def on_mount(self) -> None:
        super().on_mount()
        self._preview = self.cotui.session.settings.interface.preview
        try:
            self._query = self.bar.read(self.bar.applied)
        except QueryError as error:
            # a remembered filter that the catalogue of today no longer reads: shown, not applied
            self.bar.applied = ""
            self.say(f"the remembered filter can't be read: {error.message}", "warning")
        self._open_window()

    @property
    def bar(self) -> FilterBar:
        """The filter line."""
        return self.query_one(FilterBar)

    @property
    def table(self) -> RecordTable:
        """The rows."""
        return self.query_one(RecordTable)

    @property
    def preview(self) -> RecordView:
        """The pane beside the table; made when it is first shown, which on narrow screens is never."""
        from cotui.tui.widgets.record_view import RecordView

        for pane in self.query("#preview").results(RecordView):
            return pane
        pane = RecordView(today=self.cotui.session.today, follows=has_page, id="preview")
        self.query_one("#body").mount(pane)
        return pane

    def _open_window(self, cursor: int = 0) -> None:
        old, self.window = (
            self.window,
            RecordWindow(self.listing.source(self._query), page_size=self.listing.page_size),
        )
        if old is not None:
            self._close(old)
        self.window.subscribe(lambda _change: self._explain_state())
        self._set_columns()
        self.table.set_rows(self.window, cursor=cursor)
        self.window.start()
        self._explain_state()

    @work(group="closing")
    async def _close(self, window: RecordWindow) -> None:
        await window.aclose()

    async def on_unmount(self) -> None:
        if self.window is not None:
            await self.window.aclose()

    def _set_columns(self) -> None:
        memory = self.cotui.memory(self.listing.key)
        columns = chosen_columns(self.listing.resource, memory.columns)
        self.table.set_columns(columns, self._order())

    def _order(self) -> tuple[str, bool] | None:
        """The field the rows are ordered by first, and whether it descends."""
        if self._query.order:
            return self._query.order[0].field, self._query.order[0].descending
        name, _, direction = self.listing.resource.default_order.partition(":")
        return (name, direction == "DESC") if name else None

    # -- what the rows are -------------------------------------------------------------------

    def _explain_state(self) -> None:
        """Loading, empty and failed look different, and none of them like the others."""
        window = self.window
        if window is None or not self.is_attached:
            return
        first_rows = [
            row for index in range(min(50, window.length)) if (row := window.row(index)) is not None
        ]
        self._learn_words(first_rows)
        if self.listing.learn(first_rows):
            self.bar.set_resource(self.listing.resource)
            self._set_columns()
        if isinstance(self.table.rows, NarrowedRows):
            pass  # what was found stands until find is left
        elif window.state == "failed" and window.error is not None:
            self.table.set_notice(failure_notice(window.error))
        elif window.state == "ready" and window.length:
            self.table.set_notice(())
        elif window.state == "loading":
            self.table.set_notice(loading_notice(self.listing.resource.plural))
        else:
            self.table.set_notice(empty_notice(self.listing.resource.plural, self.bar.applied))
        self._show_position()

    def _known_values(self) -> Mapping[str, Sequence[str]]:
        """Distinct short values of the rows on the screen, offered while a filter is typed."""
        window = self.window
        if window is None:
            return {}
        found: dict[str, dict[str, None]] = {}
        fields = [column.field for column in self.table.columns if column.field.filterable]
        first, last = self.table.visible_range
        for index in range(first, last):
            record = window.row(index)
            if record is None:
                continue
            for field in fields:
                value = record.shown.get(field.name)
                if isinstance(value, str) and 0 < len(value) <= 40:
                    found.setdefault(field.name, {})[value] = None
        return {name: sorted(values)[:50] for name, values in found.items()}

    def _learn_words(self, rows: Sequence[Record]) -> None:
        """Keep what rows teach about the account's keys, whatever the rows are filtered by later."""
        if self._taught_by is not self.window and rows:
            from cotui.query import learned

            self._taught_by = self.window
            for key, words in learned((row.shown for row in rows), self.listing.resource).items():
                self._words.setdefault(key, {}).update(words)

    def _show_position(self) -> None:
        window = self.table.rows
        if self.window is None or window is None:
            return
        first, last = self.table.visible_range
        if isinstance(window, NarrowedRows):
            self.bar.set_position(f"{window.length:,} of {window.searched:,} loaded")
            return
        total = self.window.total
        of = "?" if total is None else f"{total:,}"
        if not self.window.length:
            self.bar.set_position("" if self.window.state != "ready" else "0 of 0")
        else:
            self.bar.set_position(f"{first + 1:,}–{last:,} of {of}")

    # -- messages of the widgets ---------------------------------------------------------------

    @on(RecordTable.ViewChanged)
    def _view_changed(self) -> None:
        self._show_position()

    @on(RecordTable.Moved)
    def _moved(self) -> None:
        self._show_preview()

    def returned(self, index: int | None) -> None:
        """A record page was closed: the cursor stands on the record it showed last."""
        if index is not None and self.table.rows is self.window:
            self.table.move_to(index)

    @on(RecordTable.Opened)
    def _opened(self, event: RecordTable.Opened) -> None:
        self.cotui.open_from_list(self, event.record, event.index)

    @on(RecordTable.OrderRequested)
    def _order_requested(self, event: RecordTable.OrderRequested) -> None:
        field = event.column.field
        if not (field.orderable and self.listing.filterable):
            self.say(f"ChargeOver can't order by {field.label}", "warning")
            return
        if self.bar.edited:
            self.say("the filter was changed but not applied: / goes back to it", "warning")
            return
        asked = (self._query.order[0].field, self._query.order[0].descending) if self._query.order else None
        # ascending, descending, and the third time the default order again
        descending = None if asked == (field.name, True) else self._order() == (field.name, False)
        self.bar.apply(self.bar.ordered(field.name, descending))

    @on(FilterBar.Applied)
    def _applied(self, event: FilterBar.Applied) -> None:
        self._query = event.query
        if self._remember:
            memory = self.cotui.memory(self.listing.key)
            memory.filter = self._lasting(event)
            memory.remember(memory.filter)
        self._open_window()
        self.table.focus()

    def _lasting(self, event: FilterBar.Applied) -> str:
        """The filter as the next run can read it, which has not seen the account's words yet."""
        from cotui.query import parse

        resource = self.listing.resource
        try:
            parse(event.text, resource, today=self.cotui.session.today())
        except QueryError:
            return event.query.render(resource)
        return event.text

    @on(FilterBar.Feedback)
    def _feedback(self, event: FilterBar.Feedback) -> None:
        self.query_one(StatusLine).feedback(event.text, event.wrong, whole=event.whole)

    @on(FilterBar.Dismissed)
    def _dismissed(self) -> None:
        self.table.focus()
        if self.bar.edited:
            self.say("the filter was changed but not applied: / goes back to it", "warning")

    @on(CompletionList.Chosen)
    def _chosen(self) -> None:
        self.bar.take()

    @on(FindBar.Changed)
    def _find(self, event: FindBar.Changed) -> None:
        if self.window is None:
            return
        if not event.text:
            cursor, top = self._place_of_found()
            self.table.set_rows(self.window, cursor=cursor, top=top)
            self._explain_state()
            return
        fields = [column.field for column in self.table.columns]
        narrowed = NarrowedRows(self.window, fields, event.text)
        self.table.set_rows(narrowed)
        self.table.set_notice(() if narrowed.length else nothing_found_notice(narrowed.searched, event.text))
        self._show_position()

    @on(FindBar.Closed)
    def _find_closed(self, event: FindBar.Closed) -> None:
        self.table.focus()
        if not event.keep and isinstance(self.table.rows, NarrowedRows):
            self._find(FindBar.Changed(""))

    # -- actions -----------------------------------------------------------------------------

    def action_filter(self) -> None:
        if self.listing.filterable:
            self.bar.edit()
        else:
            self.action_find()

    def _place_of_found(self) -> tuple[int, int]:
        """Cursor and top line among all rows: on what was found, else where they were before."""
        rows = self.table.rows
        if not isinstance(rows, NarrowedRows) or not rows.length:
            return self._before_find
        cursor = rows.places[self.table.cursor]
        return cursor, max(0, cursor - self.table.size.height // 2)

    def action_find(self) -> None:
        if not isinstance(self.table.rows, NarrowedRows):
            self._before_find = (self.table.cursor, self.table.scroll_offset.y)
        self.query_one(FindBar).open()

    def action_preview(self) -> None:
        self._preview = "off" if self.has_class("previewing") else "on"
        self._place_preview(self.size.width)

    def on_resize(self, event: events.Resize) -> None:
        self._place_preview(event.size.width)

    def _place_preview(self, width: int) -> None:
        self.set_class(self._preview == "on" or (self._preview == "auto" and width >= WIDE), "previewing")
        self._show_preview()

    def _show_preview(self) -> None:
        if not self.has_class("previewing"):
            return
        record = self.table.record
        if record is None:
            self.preview.show_message(())
        else:
            self.preview.show(self.listing.resource, record)

    def action_refresh(self) -> None:
        if self.window is None:
            return
        if self.window.state == "failed":
            self.window.retry()
            self._explain_state()
        else:
            self._refresh_rows(self.window)

    @work(exclusive=True, group="refresh")
    async def _refresh_rows(self, window: RecordWindow) -> None:
        record = self.table.record
        keep = record.id if record is not None else None
        offset = self.table.cursor - self.table.scroll_offset.y
        index = await window.refresh(keep)
        if window is not self.window or self.table.rows is not window:
            return
        if index is not None:
            self.table.move_to(index, top=index - offset)
        self.table.forget_lines()
        error = window.error_at(self.table.cursor) or window.count_error
        if error is not None:
            self.say(f"{error.what}: the rows shown are from before · r tries again", "error")
        elif window.state == "ready":
            gone = keep is not None and index is None
            self.say("refreshed: the record under the cursor is not where it was" if gone else "refreshed")

    def action_copy(self) -> None:
        record = self.table.record
        if record is None:
            return
        selected = self.table.selected_column
        if selected is not None:
            field = self.table.columns[selected].field
            if field.secret:
                self.say(f"{field.label} is never copied", "warning")
                return
            value, what = record.raw.get(field.name), field.label
        elif record.id is None:  # a report's row
            self.say("→ chooses the column to copy", "warning")
            return
        else:
            value, what = record.id, f"{self.listing.resource.label} id"
        if value is None or value == "":
            self.say(f"{what} is empty: nothing was copied", "warning")
        else:
            self.cotui.copy(str(value), what)

    @work(exclusive=True, group="relation")
    async def action_relation(self, name: str) -> None:
        if (record := self.table.record) is not None:
            await follow(self, self.listing.resource, name, record)

    def action_columns(self) -> None:
        from cotui.tui.dialogs.columns import ColumnsDialog

        def chosen(names: tuple[str, ...] | None) -> None:
            if names is not None:
                self.cotui.memory(self.listing.key).columns = list(names)
                self._set_columns()
                self.table.forget_lines()

        current = tuple(column.field.name for column in self.table.columns)
        self.app.push_screen(ColumnsDialog(self.listing.resource, current), chosen)

    def action_back(self) -> None:
        if isinstance(self.table.rows, NarrowedRows):
            try:
                self.query_one(FindBar).close(keep=False)
            except NoMatches:
                return
        elif len(self.app.screen_stack) > 1:
            self.app.pop_screen()
