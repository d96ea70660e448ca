"""The statement of a customer: what was charged and paid by date, with what was owed after each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding

from cotui.api import ApiError
from cotui.catalog import Resource
from cotui.desk.statement import words
from cotui.desk.statement.as_json import statement_json
from cotui.desk.statement.balances import Statement
from cotui.desk.statement.reader import StatementReader
from cotui.safety.text import clean
from cotui.tui.base.format import clock_time
from cotui.tui.base.frame_screen import FrameScreen
from cotui.tui.base.line import TwoEnds
from cotui.tui.lists.notices import failure_notice, loading_notice
from cotui.tui.statement.since_dialog import SinceDialog
from cotui.tui.statement.statement_view import StatementView


class StatementScreen(FrameScreen[None]):
    """Reads the latest invoices and payments of a customer, and older ones when they are wanted.

    Args:
        customer: his number.
    """

    DEFAULT_CSS = """
    StatementScreen > #heading { background: $panel; color: $foreground; text-style: bold; padding: 0 1; }
    StatementScreen > StatementView { height: 1fr; }
    """
    AUTO_FOCUS = "StatementView"
    help_heading = "Statement"
    BINDINGS = [
        Binding("escape,backspace", "back", "Back", id="statement.back"),
        Binding("slash", "since", "Since a day", key_display="/", id="statement.since"),
        Binding("c", "customer", "Customer", id="statement.customer"),
        Binding("y", "copy", "Copy entry", id="statement.copy"),
        Binding("Y", "copy_all", "Copy as JSON", show=False, id="statement.copy_all"),
        Binding("r,f5", "refresh", "Refresh", id="statement.refresh"),
    ]

    def __init__(self, customer: int | str, *, tab: str) -> None:
        super().__init__()
        self.tab = tab
        self.customer = customer
        self.since: date | None = None
        self._reader: StatementReader | None = None
        #: what is being read at this moment
        self._busy: StatementReader | None = None

    def compose_body(self) -> ComposeResult:
        self._heading = TwoEnds(id="heading")
        self.view = StatementView()
        yield self._heading
        yield self.view

    def on_mount(self) -> None:
        super().on_mount()
        self.at_end(self._close)
        self._show_heading(None, "reading")
        self.view.show_message([text for text, _ in loading_notice("the statement")])
        self._begin()

    @property
    def statement(self) -> Statement | None:
        """What is shown; None before anything came."""
        return self.view.statement

    # -- reading -----------------------------------------------------------------------------

    @work(exclusive=True, group="statement")
    async def _begin(self) -> None:
        """Read it from today on, as far back as it is wanted."""
        self._close()
        reader = StatementReader(self.cotui.api, self.customer, now=self.cotui.session.day.now)
        self._busy = self._reader = reader
        try:
            await reader.begin()
            if self.since is not None:
                await reader.back_to(self.since)
        except ApiError as error:
            self._failed(error)
            return
        finally:
            self._not_busy(reader)
        self._show()

    @work(exclusive=True, group="statement")
    async def _read_older(self, reader: StatementReader) -> None:
        self._busy = reader
        self._show_heading(self.statement, "reading older entries")
        try:
            if self.since is not None:
                await reader.back_to(self.since)
            else:
                await reader.more()
        finally:
            self._not_busy(reader)
        self._show()

    def _not_busy(self, reader: StatementReader) -> None:
        if self._busy is reader:  # else it is read anew, which ended this
            self._busy = None

    def _failed(self, error: ApiError) -> None:
        self._show_heading(None, error.what)
        self.view.show_message([text for text, _ in failure_notice(error)])

    def _close(self) -> None:
        if self._reader is not None:
            self.let_go(self._reader.aclose)

    # -- showing -----------------------------------------------------------------------------

    def _show(self) -> None:
        if self._reader is None:
            return
        statement = self._reader.statement(self.since, today=self.cotui.session.today())
        read_at = statement.as_of
        self._show_heading(statement, f"read {clock_time(read_at)}" if read_at is not None else "")
        self.view.show(statement)
        self.show_hints()

    def _show_heading(self, statement: Statement | None, note: str) -> None:
        if statement is None:
            known = self.cotui.customer_names.known(self.customer)
            self._heading.show_ends(
                f"Statement of {clean(known or f'customer {self.customer}')}", clean(note)
            )
            return
        codes = " ".join(balance.currency for balance in statement.balances)
        title = words.title_of(statement, clean(statement.company))
        parts = (title, codes, words.since_words(statement))
        self._heading.show_ends(" · ".join(filter(None, parts)), clean(note))

    # -- what its user does --------------------------------------------------------------------

    @on(StatementView.OlderWanted)
    def _older_wanted(self) -> None:
        reader, statement = self._reader, self.statement
        if self._busy is not None or reader is None or statement is None:
            return
        if self.since is not None:
            self.action_since()
        elif reader.ended:
            self.say(
                "this is the beginning" if statement.complete else "the rest can't be read: r reads it anew"
            )
        else:
            self._read_older(reader)

    def hints(self) -> Iterator[tuple[str, Binding]]:
        """The keys; what is older is offered only where it can be read."""
        can_read = self._reader is not None and not self._reader.ended
        return (hint for hint in super().hints() if can_read or hint[1].action != "older")

    def action_since(self) -> None:
        current = "" if self.since is None else self.since.isoformat()
        self.open_screen(SinceDialog(current, self.cotui.session.today), self._since_chosen)

    def _since_chosen(self, chosen: str | None) -> None:
        if chosen is None:
            return
        self.since = date.fromisoformat(chosen) if chosen else None
        reader = self._reader
        if reader is None or self.statement is None or self._busy is not None:
            self._begin()
        elif self.since is not None and not reader.ended:
            self._read_older(reader)
        else:
            self._show()

    def action_customer(self) -> None:
        self.cotui.open_record("customer", self.customer, tab=self.tab)

    def action_copy(self) -> None:
        entry = self.view.selected_entry
        if entry is not None and (text := entry.copies):
            self.cotui.copy(text, entry.label)

    def action_copy_all(self) -> None:
        from cotui.desk.json_text import json_text

        if self.statement is not None:
            self.cotui.copy(json_text(statement_json(self.statement), indent=2), "the statement as JSON")

    def action_refresh(self) -> None:
        self._show_heading(self.statement, "reading")
        self._begin()

    def action_back(self) -> None:
        if self.cotui.acting and self.cotui.waiting.leave():
            return
        self.dismiss(None)

    def read_again(self) -> None:
        self.action_refresh()

    def record_gone(self, resource: Resource, ref: int | str | None) -> None:
        if resource.id == "customer" and ref == self.customer:
            self.dismiss(None)

    def about(self, resource_id: str) -> int | str | None:
        return self.customer if resource_id == "customer" else None
