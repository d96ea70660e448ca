"""A list: the filter line, the table and, where there is room, the record under the cursor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal

from cotui.api import Change, RecordWindow
from cotui.catalog.report_table import REPORT_ROWS
from cotui.catalog.start_lists import START_LISTS
from cotui.query import Condition, Query, QueryError
from cotui.tui.actions.dispatch import bind_actions
from cotui.tui.lists.account_facts import AccountFacts
from cotui.tui.lists.completion_list import CompletionList
from cotui.tui.lists.filter_bar import FilterBar
from cotui.tui.lists.filter_history import FilterHistory
from cotui.tui.lists.find_screen import FindScreen
from cotui.tui.lists.list_columns import ListColumns
from cotui.tui.lists.list_names import ListNames
from cotui.tui.lists.list_spec import ListSpec
from cotui.tui.lists.list_window import ListWindow
from cotui.tui.lists.mixed_amounts import MixedAmounts
from cotui.tui.lists.notices import list_notice, position_words, skipped_words
from cotui.tui.lists.ordering import ColumnOrder
from cotui.tui.lists.record_table import RecordTable
from cotui.tui.lists.relations import bind_relations, record_named
from cotui.tui.lists.selection import bind_marks
from cotui.tui.lists.side_pane import SidePane
from cotui.tui.lists.start_list import remembered_filter

if TYPE_CHECKING:
    from cotui.tui.records.record_view import RecordView


class BrowseScreen(FindScreen):
    """One list of records: filter, order, scroll, open."""

    DEFAULT_CSS = """
    BrowseScreen #body { height: 1fr; }
    BrowseScreen #preview { width: 40%; max-width: 90; /* as in side_pane */ border-left: vkey $panel; display: none; }
    BrowseScreen #beside { width: 62%; max-width: 130; border-left: vkey $panel; display: none; }
    BrowseScreen.previewing #preview, BrowseScreen.answering #beside { display: block; }
    BrowseScreen.answering #preview { display: none; }
    """
    AUTO_FOCUS = "RecordTable"  # not the filter: keys typed ahead must not end up in it
    help_heading = "List"
    BINDINGS = [
        Binding("slash", "filter", "Filter", id="browse.filter"),
        Binding("f", "find", "Find", id="browse.find"),
        Binding("v", "preview", "Preview", id="browse.preview"),
        Binding("y", "copy", "Copy", id="browse.copy"),
        Binding("C", "columns", "Columns", id="browse.columns"),
        Binding("r,f5", "refresh", "Refresh", id="browse.refresh"),
        Binding("ctrl+u", "all_rows", "Show all", id="browse.all_rows"),
        Binding("escape", "back", "Back", show=False, id="browse.back"),
    ]

    def __init__(self, listing: ListSpec, *, tab: str, text: str = "", remember: bool = True) -> None:
        super().__init__()
        self.listing = listing
        # a list of other records is not the tab's: no tab is marked from here on
        own = (START_LISTS.get(tab), REPORT_ROWS)
        self.tab = tab if listing.resource.id in own else ""
        self._text = text
        #: whether filter and columns are kept for the next run (related lists are passing)
        self._remember = remember
        self.applied = Query()
        self.table = RecordTable(id="table")
        self._body = Horizontal(self.table, id="body")
        self._suggestions = CompletionList()
        self._pane = SidePane(self, self._body)
        self._names = ListNames(self)
        self._columns = ListColumns(self, self._names.begin)
        self._window = ListWindow(self, self._window_changed)
        self._facts = AccountFacts(self, self._follow_day)
        self._amounts = MixedAmounts(self, lambda order: self.bar.apply(self.bar.in_order(order)))
        self._ordering = ColumnOrder(self, lambda: self.window, self._names, self._amounts)
        #: what says in the filter whose rows these are, where the title does
        self._belonging: tuple[Condition, ...] = ()
        bind_relations(self, listing.resource)

    # -- building ----------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        memory = self.cotui.memory(self.listing.key) if self._remember else None
        text = self._text or (remembered_filter(self.listing, memory) if memory is not None else "")
        self.bar = bar = FilterBar(
            self.listing.resource,
            self.listing.title,
            text=text,
            example=self.listing.example,
            today=self.cotui.session.today,
            suggestions=self._suggestions,
        )
        bar.known = self._window.values_seen
        bar.words = lambda: self._facts.words.known
        bar.kept_words = lambda: self._facts.words.kept
        bar.look_up = self._facts.look_up
        bar.day_words = self.cotui.session.day.words
        bar.history = FilterHistory(reversed(memory.history) if memory is not None else ())
        yield bar
        yield self._body
        yield self._find_bar

    def compose(self) -> ComposeResult:
        # The list comes first: whatever comes later is painted anew when it opens, covered by it or not.
        yield self._suggestions
        yield from super().compose()

    def on_mount(self) -> None:
        bind_actions(self, self.listing.resource, read_only=self.cotui.session.read_only)
        bind_marks(self, self.listing.resource, read_only=self.cotui.session.read_only)
        super().on_mount()
        self._pane.mode = self.cotui.session.settings.interface.preview
        self._begin()

    def _begin(self) -> None:
        """Show the rows of the filter that was given or remembered."""
        try:
            self.applied = self.bar.read(self.bar.applied)
        except QueryError as error:
            if error.unlearned and self._facts.look_up(self._begin):
                self.say("reading what the account calls the words of the filter …")
                return
            # a remembered filter that the catalogue of today no longer reads: shown, not applied, and it stays remembered
            self.bar.applied = ""
            self.say(f"the remembered filter can't be read: {error.message}", "warning")
        self._belonging = self.applied.conditions if self._text else ()
        self._open_window()

    @property
    def preview(self) -> RecordView:
        return self._pane.view

    @property
    def window(self) -> RecordWindow | None:
        return self._window.rows

    def _open_window(self) -> None:
        self._columns.show(self._window.order)
        self._window.open()
        self._explain_state()

    def order_refused(self) -> None:
        if self.living:
            self._columns.show(self._window.order)

    def rows_read(self) -> None:
        if self.living:  # rows may be what they were, and what could not be read something else
            self._explain_state()
            self._pane.show()

    # -- what the rows are -------------------------------------------------------------------

    def _window_changed(self, change: Change) -> None:
        if not self.living:
            return
        if change.kind == "skipped":
            self.say(skipped_words(change), "warning")
        if self.window is not None and self.window.state == "ready":
            self._finding.follow()
        self._explain_state()
        self.cotui.keys_may_go()

    def on_screen_resume(self) -> None:
        self._names.look()  # what came meanwhile was not asked for
        self._pane.show()

    def waits_for(self, key: str) -> bool:
        return self._window.waits_for(key)

    def _explain_state(self) -> None:
        """Loading, empty and failed look different, and none of them like the others."""
        window = self.window
        if window is None or not self.living:
            return
        first_rows = self._window.first_rows
        self._facts.look_at(window, first_rows, self.listing.resource)
        self._amounts.look_at(window)
        self.listing.learn_page_size(window.most_at_once)
        if self.listing.learn(first_rows):
            self.bar.resource = self.listing.resource
            self._columns.show(self._window.order)
            bind_relations(self, self.listing.resource)
            self.refresh_bindings()
            if self.listing.trouble:
                self.say(self.listing.trouble, "warning")
        if self._finding.narrowed is None:  # what was found stands until find is left
            plural, hints = self.listing.resource.plural, self._window.unmatched()
            notice = list_notice(window, plural, self.bar.applied, hints, unread=self.listing.unread)
            self.table.set_notice(notice)
        if self.table.barren is not self.barren:
            self.table.barren = self.barren
            self.refresh_bindings()
        self._show_position()

    @on(RecordTable.ViewChanged)
    def _show_position(self) -> None:
        if self.window is None or self.table.rows is None:
            return
        self._names.look()
        if self.table.record is None:
            self._pane.show()  # nothing was found, or it is on its way: not what was there before
        if (found := self._finding.narrowed) is not None:
            self.bar.set_position(f"{found.length:,} of {found.searched:,} loaded")
        else:
            first, stop = self.table.visible_range
            place = position_words(self.window, first, stop, partial=bool(self.listing.unread))
            self.bar.set_position(place, self._window.words)

    # -- messages of the widgets ---------------------------------------------------------------

    @on(RecordTable.Moved)
    def _moved(self) -> None:
        self._pane.show()
        self._names.look_beside()

    @on(RecordTable.OrderRequested)
    def _order_requested(self, event: RecordTable.OrderRequested) -> None:
        if put_by := self.bar.put_by:
            self.say(put_by, "warning")
        elif (order := self._ordering.after(event.column, self._window.order)) is not None:
            self.bar.apply(self.bar.in_order(order))

    @on(RecordTable.WidthWanted)
    def _width_wanted(self, event: RecordTable.WidthWanted) -> None:
        self._columns.resize(event)

    @on(RecordTable.WidthsDropped)
    def _widths_dropped(self) -> None:
        self._columns.drop_widths()

    @on(RecordTable.Grown)
    def _grown(self) -> None:
        self._pane.place_again()

    @on(FilterBar.Applied)
    def _applied(self, event: FilterBar.Applied) -> None:
        self._ask_for(event.query)
        self._name_rows()
        self.refresh_bindings()
        if self._remember:
            memory = self.cotui.memory(self.listing.key)
            memory.filter = self.bar.lasting(event)
            if event.typed:
                memory.remember(memory.filter)
        self._open_window()
        self.table.focus()

    def _name_rows(self) -> None:
        """The title of a list that belongs to a record holds as long as the filter says so."""
        conditions = self.applied.conditions
        belongs = all(condition in conditions for condition in self._belonging)
        self.bar.set_title(self.listing.title if belongs else self.listing.resource.plural)

    def _ask_for(self, query: Query) -> None:
        if self._marking is not None and query.conditions != self.applied.conditions:
            self._marking.clear(": the filter was changed")
        self.applied = query

    @on(FilterBar.Feedback)
    def _feedback(self, event: FilterBar.Feedback) -> None:
        self.feed_back(event.text, event.wrong, whole=event.whole)

    @on(FilterBar.Dismissed)
    def _dismissed(self) -> None:
        self.table.focus()
        self.refresh_bindings()
        if put_by := self.bar.put_by:
            self.say(put_by, "warning")

    @on(CompletionList.Chosen)
    def _chosen(self) -> None:
        self.bar.take()

    def rows_chosen(self) -> None:
        self._explain_state()
        self._pane.show()

    # -- after a write -------------------------------------------------------------------------

    def read_again(self) -> None:
        self._pane.forget()
        self._window.refresh(quiet=True)

    # -- actions -----------------------------------------------------------------------------

    def about(self, resource_id: str) -> int | str | None:
        """The record of a kind that the filter names, as the list of a customer's invoices does."""
        try:
            query = self.bar.read(self.bar.applied) if self.listing.filterable and self.made else Query()
        except QueryError:
            return None
        return record_named(query, self.listing.resource, resource_id)

    def action_filter(self) -> None:
        if self.listing.filterable:
            self.bar.edit()
        else:
            self.action_find()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """All rows can be shown where some are left out, or would be by what was typed and not applied."""
        if action == "all_rows":
            return bool(self.applied.conditions or self.bar.put_by)
        return super().check_action(action, parameters)

    def action_all_rows(self) -> None:
        """Drop the filter and what was typed for another, and keep the order; up in the filter line brings both back."""
        draft = self.bar.put_by and self.bar.text
        self.bar.apply(self.bar.order_text())
        if draft:
            self.say("/ and then up bring back what was typed and not applied")

    def help_notes(self) -> Sequence[tuple[bool, str]]:
        from cotui.tui.lists.filter_help import filter_notes

        return filter_notes(self.listing)

    @property
    def goes_back(self) -> bool:
        return len(self.app.screen_stack) > 1 or self._finding.kept

    def hints(self) -> Iterator[tuple[str, Binding]]:
        """The keys; without the filter's where ChargeOver has none: it finds there, which has a hint of its own."""
        hints = super().hints()
        if self.listing.filterable:
            return hints
        return (hint for hint in hints if hint[1].action != "filter")

    @property
    def unfinished(self) -> str:
        plural = self.listing.resource.plural.lower()
        return f"{plural}: {self.bar.text}, a filter that was not applied" if self.bar.put_by else ""

    def action_act(self, name: str = "") -> None:
        """Act on the row of the page beside that the keys are on; else on the list's, as every single action does."""
        if name or not self._pane.act():
            super().action_act(name)

    def action_preview(self) -> None:
        self._pane.toggle()
        self._names.look_beside()

    def on_resize(self, event: events.Resize) -> None:
        self._pane.place(event.size.width)

    def action_refresh(self) -> None:
        if self.window is None:
            return
        if self._means_another_day():
            self._open_window()
        elif self.window.state == "failed":
            self.window.retry()
            self._explain_state()
        else:
            self._pane.forget()
            self._window.refresh()

    def _follow_day(self) -> None:
        """It is another day in the account than was thought when the rows were asked for."""
        if self.living and self._means_another_day():
            self.say(self.cotui.session.day.words(), "warning")
            self._open_window()

    def _means_another_day(self) -> bool:
        """Whether the filter means something else by now, and so it does: `today`, when midnight has passed."""
        try:
            query = self.bar.read(self.bar.applied)
        except QueryError:
            return False
        if query == self.applied:
            return False
        self._ask_for(query)
        return True

    def action_columns(self) -> None:
        self._columns.choose()

    def action_back(self) -> None:
        if self._marking is not None and self._marking.step_back():
            return
        # What an action reads before its dialog would go on behind the list before this one, and the first list has
        # none before it.
        if (self.cotui.acting or len(self.app.screen_stack) == 1) and self.cotui.waiting.leave():
            return
        if self._finding.kept:
            self._find_bar.close(keep=False)
        elif len(self.app.screen_stack) > 1:
            from cotui.tui.forms.discard import leave

            leave(self)
