"""The page of a customer, invoice, payment, subscription or user: the answer first, then what belongs to it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Final, cast

from textual import on, work
from textual.app import ComposeResult

from cotui.api import ApiError, NotFound
from cotui.catalog import RESOURCES
from cotui.desk.answers.page import Page
from cotui.desk.answers.reading import AnswerReading
from cotui.safety.text import clean
from cotui.tui.actions.menu_entries import entries
from cotui.tui.base.format import clock_time
from cotui.tui.base.line import TwoEnds
from cotui.tui.lists.notices import failure_notice
from cotui.tui.lists.relations import bind_relations, has_page
from cotui.tui.pages.answer_view import AnswerView
from cotui.tui.records.record import RecordScreen

#: seconds after which what is shown is read again before something is done to it
STALE: Final = 60.0
#: seconds for which a record stays before it is read, where the one before it was left sooner than `PASSING` ago
REST: Final = 0.3
PASSING: Final = 1.0


class AnswerScreen(RecordScreen):
    """The answer about one record. Its row is painted at once, then it is read, and its parts fill as they come."""

    DEFAULT_CSS = """
    AnswerScreen > #place { background: $panel; color: $text-muted; padding: 0 1; }
    AnswerScreen > #heading { background: $panel; color: $foreground; text-style: bold; padding: 0 1; }
    """
    AUTO_FOCUS = "AnswerView"
    #: what is shown, and of which record; None before there is anything to ask for
    _shown: AnswerReading | None = None
    _shown_ref: int | str | None = None
    #: the host's clock when it was read to its end, and when another record was stepped to
    _read_at: float | None = None
    _stepped_at = float("-inf")
    #: the record may be one of many that are stepped over: it is read if it stays
    _passing = False
    #: why the record could not be read
    _trouble: ApiError | None = None
    #: paints what has come in this turn of the loop
    _showing_soon: asyncio.Handle | None = None

    def compose_body(self) -> ComposeResult:
        #: where it stands in its list, and when it was read
        self._place_line = TwoEnds(id="place")
        yield self._place_line
        #: another record is stepped to
        self._stepped = asyncio.Event()
        yield from super().compose_body()

    def make_view(self) -> AnswerView:
        return AnswerView(
            today=self.cotui.session.today,
            follows=has_page,
            titled=False,
            names=self.cotui.customer_names,
            words=lambda: self.cotui.session.words,
            id="record",
        )

    @property
    def answers(self) -> AnswerView:
        """The page."""
        return cast("AnswerView", self.view)

    @property
    def said(self) -> Page | None:
        """What is said of the record by now."""
        return self._shown.page() if self._shown is not None else None

    # -- what is shown ---------------------------------------------------------------------------

    def _show(self, note: str = "") -> None:
        if self._ref is None or self.cotui.session.api is None:
            self._place_line.show_ends("", "")
            super()._show(note)
            return
        if self._shown is None or self._shown_ref != self._ref:
            self._shown, self._shown_ref, self._read_at = self._reading(), self._ref, None
            self._trouble = None
        if self._showing_soon is not None:
            self._showing_soon.cancel()
            self._showing_soon = None
        page = self._shown.page()
        if page.record is not None:
            self.record = page.record
        self._place_line.show_ends(clean(self._position()), clean(note or self._age(page)))
        self._heading.show_ends(page.title, page.subtitle)
        if self._trouble is not None and self.record is None:
            self.view.show_message([text for text, _ in failure_notice(self._trouble)])
        elif self._raw and self.record is not None:
            self.view.show(self.resource, self.record, raw=True)
        else:
            self.answers.answer(self.resource, page, self.record)
        if self.resource.kind_field and self.record is not None:  # where its keys lead depends on its kind
            bind_relations(self, self.resource, self.record)
            self.refresh_bindings()

    def _age(self, page: Page) -> str:
        """When it was read; and that something is on its way, or what could not be had."""
        at = clock_time(page.as_of) if page.as_of is not None else ""
        if (error := self._trouble) is not None:
            what = "no longer there" if isinstance(error, NotFound) else error.what
            if self.record is None:
                return what
            return f"{what}, as of {at}" if self._read_at is not None else f"only what the list tells: {what}"
        if self.whole:
            return f"read {at}" if at else ""
        return f"as of {at}, reading …" if at else "reading …"

    def _reading(self) -> AnswerReading:
        """A new reading of the record; it says nothing unless it is the one that is shown."""
        assert self._ref is not None

        def came() -> None:
            if self._shown is made and self._showing_soon is None:
                self._showing_soon = asyncio.get_running_loop().call_soon(self._show_what_came)

        day = self.cotui.session.day
        made = AnswerReading(
            self.cotui.api, self.resource, self._ref, self.record, day=day, tell=came, now=day.now
        )
        return made

    def _show_what_came(self) -> None:
        self._showing_soon = None
        if self.living:
            self._show()

    # -- reading ---------------------------------------------------------------------------------

    @work(exclusive=True, group="record")
    async def _load(self, *, again: bool = False) -> None:
        """Read the answer; while one steps through a list, only where one stays."""
        if self._ref is None or self.cotui.session.api is None:
            self.whole = True
            self._show("only what the list tells: its id is none that can be asked for")
            return
        if self._passing:
            await self._rested()
        await self._read(again=again)

    async def _rested(self) -> None:
        """Wait until the last step was `REST` ago; a step meanwhile begins that anew."""
        while (left := self._stepped_at + REST - self.cotui.clock()) > 0:
            self._stepped.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._stepped.wait()
        self._passing = False

    async def _read(self, *, again: bool) -> None:
        """Read what is shown, or, `again`, all of it anew: what is here stays until that has come."""
        self.whole, self._trouble = False, None
        self._show()
        reading = self._reading() if again or self._shown is None else self._shown
        await reading.read()
        self._trouble = failure = reading.failure
        if failure is None or not again:
            self._shown = reading
        if failure is not None:
            self._failed(failure)
            return
        self._read_at, self.whole = self.cotui.clock(), True
        self._show()

    def _failed(self, error: ApiError) -> None:
        self._show()
        if self.record is not None:
            self.say(f"{error.what}: {error.todo}", "error")

    def action_step(self, step: int) -> None:
        """Show the next record or the one before: its row at once, the rest where one stays."""
        now = self.cotui.clock()
        self._passing = now - self._stepped_at < PASSING
        self._stepped_at = now
        self._stepped.set()
        super().action_step(step)

    # -- acting ----------------------------------------------------------------------------------

    async def made_fresh(self) -> bool:
        if self._read_at is None or self.cotui.clock() - self._read_at <= STALE:
            return True
        self.say("reading again first: what is shown is older than a minute …")
        await self._read(again=True)
        if self._trouble is None:
            self.hush()
        return not isinstance(self._trouble, NotFound)

    def action_act(self, name: str = "") -> None:
        """Act on the row under the cursor; elsewhere, and by the key of one action, on the record of the page."""
        row = self.answers.selected_row
        if name or row is None or row.ref is None:
            super().action_act(name)
        elif entries(resource := RESOURCES[row.resource_id]):
            self.cotui.act(self, resource, "", [row.ref])
        else:
            self.say(f"nothing can be done to a {resource.label.casefold()} from here", "warning")

    @on(AnswerView.ListWanted)
    def _list_wanted(self, event: AnswerView.ListWanted) -> None:
        self.action_relation(event.relation)
