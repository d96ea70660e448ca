"""One record, whole: its fields with what they mean, its lines, its schedule, its raw JSON."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding

from cotui.api import Api, ApiError, Change, NotFound, Record, RecordWindow
from cotui.catalog import Resource
from cotui.desk.names import customer_for, customers_in
from cotui.desk.one_record import one_record
from cotui.safety.text import clean
from cotui.tui.actions.dispatch import bind_actions
from cotui.tui.actions.menu_entries import entries
from cotui.tui.base.action_target import ChosenRecords
from cotui.tui.base.frame_screen import FrameScreen
from cotui.tui.base.line import TwoEnds
from cotui.tui.lists.list_screen import ListScreen
from cotui.tui.lists.notices import failure_notice, loading_notice, skipped_words
from cotui.tui.lists.relations import bind_relations, follow, has_page
from cotui.tui.records.record_lines import title_of
from cotui.tui.records.record_view import RecordView


class RecordScreen(FrameScreen[int]):
    """A record page. `[` and `]` step through the result it was opened from."""

    DEFAULT_CSS = """
    RecordScreen > #heading { background: $panel; color: $foreground; text-style: bold; padding: 0 1; }
    RecordScreen > RecordView { height: 1fr; }
    """
    AUTO_FOCUS = "RecordView"
    help_heading = "Record"
    BINDINGS = [
        Binding("escape,backspace", "back", "Back", id="record.back"),
        Binding("left_square_bracket", "step(-1)", "Previous", key_display="[", id="record.previous"),
        Binding("right_square_bracket", "step(1)", "Next", key_display="]", id="record.next"),
        Binding("R,x", "raw", "Raw JSON", key_display="x", id="record.raw"),
        Binding("r,f5", "refresh", "Refresh", id="record.refresh"),
        Binding("slash", "filter", "Back to the list, to filter it", show=False, id="record.filter"),
    ]

    def __init__(
        self,
        resource: Resource,
        ref: int | str | None,
        *,
        tab: str,
        row: Record | None = None,
        window: RecordWindow | None = None,
        index: int = 0,
    ) -> None:
        super().__init__()
        self.resource = resource
        self.tab = tab
        self.record = row
        self.index = index
        self._ref = ref
        self._window = window
        self._raw = False
        #: whether all of the record is here, or only what its list row tells
        self.whole = False
        bind_relations(self, resource)

    def compose_body(self) -> ComposeResult:
        #: what the record is called, whatever part of it is on the screen
        self._heading = TwoEnds(id="heading")
        #: the page
        self.view = self.make_view()
        yield self._heading
        yield self.view

    def make_view(self) -> RecordView:
        """What shows the record."""
        return RecordView(
            today=self.cotui.session.today,
            follows=has_page,
            titled=False,
            names=self.cotui.customer_names,
            words=lambda: self.cotui.session.words,
            id="record",
        )

    def on_mount(self) -> None:
        bind_actions(self, self.resource, read_only=self.cotui.session.read_only, whole=True)
        super().on_mount()
        self._show()
        self._load()

    def _show(self, note: str = "") -> None:
        record = self.record
        if record is None:
            titles = [f"{self.resource.label} {self._ref}"]
        else:
            name, what = title_of(self.resource, record)
            customer = self._customer(record)
            titles = [name, what, customer if customer != name else ""]
        place = " · ".join(filter(None, (note, self._position())))
        self._heading.show_ends(clean(" · ".join(filter(None, titles))), clean(place))
        if record is None:
            self.view.show_message([text for text, _ in loading_notice(self.resource.label)])
        else:
            self.view.show(self.resource, record, raw=self._raw)
            if self.resource.kind_field:  # where its keys lead depends on its kind
                bind_relations(self, self.resource, record)
                self.refresh_bindings()

    def _position(self) -> str:
        """Where the record stands in the list that it was opened from; "" where there is none."""
        if self._window is None:
            return ""
        total = self._window.total
        of = "?" if total is None or self._window.may_go_on else f"{total:,}"
        return f"{self.resource.plural} {self.index + 1:,} of {of}"

    @work(exclusive=True, group="record")
    async def _load(self, *, again: bool = False) -> None:
        """Fetch the whole record; the list's row is shown meanwhile. `again`: what is here may be out of date."""
        ref = self._ref
        api = self.cotui.session.api
        if ref is None or api is None:  # a report's row has no record of its own: it is all there is
            self.whole = True
            if self.resource.primary_key and self.record is not None:
                self._show("only what the list tells: its id is none that can be asked for")
            return
        if self.record is not None and not again and not self.resource.followed:
            self.whole = True  # the list's row is all there is
            self._show()
            await self._ask_names(api, self.record)
            return
        if self.record is not None:
            self._show("loading the rest …")
        try:
            record = await one_record(api, self.resource, ref)
        except ApiError as error:
            self._failed(error)
            return
        self.record, self.whole = record, True
        self._show()
        await self._ask_names(api, record)

    async def _ask_names(self, api: Api, record: Record) -> None:
        """The page itself is whole; names are an extra."""
        names, known = self.cotui.customer_names, self._customer(record)
        belongs = (customer_for(self.resource, record),)
        others = customers_in((record,), self.resource.fields, self.resource)
        await names.ask(api, [ref for ref in (*belongs, *others) if ref is not None])
        if self._customer(record) != known:
            self._show()
        people = await names.people(api, self.resource, record)
        if record is self.record and not self._raw:
            self.view.name_people(people)

    def _customer(self, record: Record) -> str:
        """Name of the customer that an invoice or user belongs to: its own rows have the number only."""
        ref = customer_for(self.resource, record)
        return (self.cotui.customer_names.known(ref) or "") if ref is not None else ""

    def _failed(self, error: ApiError) -> None:
        note = "no longer there" if isinstance(error, NotFound) else error.what
        if self.record is None:
            self._show(note)
            self.view.show_message([text for text, _ in failure_notice(error)])
        else:
            self._show(f"only what the list tells: {note}")
            self.say(f"{error.what}: {error.todo}", "error")

    def read_again(self) -> None:
        self.action_refresh()

    def record_gone(self, resource: Resource, ref: int | str | None) -> None:
        if resource is self.resource and ref == self._ref:
            self.dismiss(self.index if self._window is not None else None)

    def about(self, resource_id: str) -> int | str | None:
        if self.record is None or self.resource.id == resource_id:
            return self.record.ref if self.record is not None else None
        relations = (item for item in self.resource.relations if item.to_one and item.target == resource_id)
        relation = next(relations, None)
        return relation.source(self.record.raw) if relation is not None else None

    def acted_on(self) -> ChosenRecords | None:
        if self._ref is None or not entries(self.resource):
            return None
        return ChosenRecords(self.resource, [self._ref], self.record)

    def action_act(self, name: str = "") -> None:
        if (what := self.acted_on()) is not None:
            self.cotui.act(self, what.resource, name, what.refs)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only where there is a list can one step through it."""
        if action == "step":
            return self._window is not None
        return super().check_action(action, parameters)

    def key_unused(self, key: str) -> None:
        from cotui.tui.lists.unused_keys import why_unused

        if why := why_unused(key, self.resource, self.cotui.session.settings.keys):
            self.say(why)

    def action_back(self) -> None:
        if self.cotui.acting and self.cotui.waiting.leave():
            return
        if self._raw:  # it is another look of the page, which is one step back
            self.action_raw()
            return
        self.dismiss(self.index if self._window is not None else None)

    def action_filter(self) -> None:
        """Go back to the list that this came from, with the keys in its filter."""
        stack = self._own_stack or []
        lists = [at for at, screen in enumerate(stack) if isinstance(screen, ListScreen)]
        if not lists:
            self.say("there is no list to go back to: the number keys lead to one", "warning")
            return
        found = stack[lists[-1]]
        assert isinstance(found, ListScreen)
        for passed in stack[lists[-1] + 1 : -1]:
            if isinstance(passed, RecordScreen):
                passed.dismiss(None)
        direct = stack[lists[-1] + 1] is self and self._window is not None
        self.dismiss(self.index if direct else None)
        self.app.call_later(found.action_filter)

    def action_raw(self) -> None:
        self._raw = not self._raw
        self._show()
        self.refresh_bindings()

    def action_refresh(self) -> None:
        self.whole = False
        self._load(again=True)

    def action_step(self, step: int) -> None:
        window = self._window
        if window is None:
            self.say("this record was not opened from a list", "warning")
            return
        if not 0 <= self._place(window) + step < window.length:
            self.say("this is the last record" if step > 0 else "this is the first record", "warning")
            return
        self._go(window, step)

    def _place(self, window: RecordWindow) -> int:
        """Where the record stands in the list by now."""
        found = None if self._ref is None else window.index_of(self._ref)
        return self.index if found is None else found

    @work(exclusive=True, group="step")
    async def _go(self, window: RecordWindow, step: int) -> None:
        here = self._place(window)
        index = here + step
        if not window.current(index):
            self._show("fetching the next rows …")
            index = await self._fetch_beside(window, here, step)
        row = window.row(index)
        if row is None:
            error = window.error_at(index)
            self._show()
            self.say(
                f"{error.what}: {error.todo}" if error is not None else "there is no such row any more",
                "error",
            )
            return
        self.index, self.record, self.whole = index, row, False
        if self.resource.primary_key:
            self._ref = row.ref
        self._show()
        self._load()

    async def _fetch_beside(self, window: RecordWindow, here: int, step: int) -> int:
        """Have the next row loaded; where it stands then, for the list may have changed."""
        by = 0

        def changed(change: Change) -> None:
            nonlocal by
            by += change.by
            if change.kind == "skipped":
                self.say(skipped_words(change), "warning")

        ignore = window.subscribe(changed)
        try:
            window.view(here, here)  # what the next row has to follow on
            window.view(min(here, here + step), max(here, here + step))
            await window.settled()
        finally:
            ignore()
        if self._ref is None:
            return here + by + step
        found = window.index_of(self._ref)
        if found is None:  # it was deleted: what came behind it stands in its place
            return here + by + min(step, 0)
        return found + step

    @work(exclusive=True, group="relation")
    async def action_relation(self, name: str) -> None:
        if (record := self.record) is not None:
            entry = self.view.selected_entry
            await follow(self, self.resource, name, record, None if entry is None else entry.field)
