"""What is done to the rows of a list: they are opened, marked, copied, followed to other records and acted on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual import on, work
from textual.binding import Binding

from cotui.desk.names import customer_of
from cotui.desk.value_to_copy import Copied, value_to_copy
from cotui.tui.actions.menu_entries import entries
from cotui.tui.base.action_target import ChosenRecords
from cotui.tui.base.object_register import hooks_of
from cotui.tui.lists.column_text import UNCUT, shown
from cotui.tui.lists.list_screen import OF_A_ROW, ListScreen
from cotui.tui.lists.record_table import RecordTable
from cotui.tui.lists.relations import follow
from cotui.tui.lists.selection import SelectedRecord
from cotui.tui.lists.table_columns import COMPANY

if TYPE_CHECKING:
    from cotui.api import Outcome
    from cotui.tui.lists.selection_keys import SelectionKeys


class RowActionsScreen(ListScreen):
    """A list whose rows can be marked, and which does what is asked for to those, or to the row under the cursor."""

    def __init__(self) -> None:
        super().__init__()
        #: the marked rows; None until the first mark is made
        self._marking: SelectionKeys | None = None

    # -- opening ---------------------------------------------------------------------------------

    def returned(self, index: int | None) -> None:
        """A record page was closed: the cursor stands on the record it showed last."""
        if index is not None and self.table.rows is self.window:
            self.table.move_to(index)
            self.table.look()

    @on(RecordTable.Opened)
    def _opened(self, event: RecordTable.Opened) -> None:
        record, resource = event.record, self.listing.resource
        own = hooks_of(resource.id).open_row
        if own is not None:
            own(self, record)
            return
        from cotui.tui.pages.page_of import page_of

        page = page_of(resource)(
            resource,
            record.ref if resource.primary_key else None,
            tab=self.tab,
            row=record,
            window=self.window if self.table.rows is self.window else None,
            index=event.index,
        )
        self.open_screen(page, self.returned)

    # -- marks -----------------------------------------------------------------------------------

    def action_mark(self, what: str) -> None:
        if self._marking is None:
            from cotui.tui.lists.selection_keys import SelectionKeys

            self._marking = SelectionKeys(self)
        self._marking.do(what)

    def marked(self, refs: Iterable[int | str | None]) -> list[SelectedRecord | None]:
        marking = self._marking
        return [marking.marks.find(ref) if marking is not None and ref is not None else None for ref in refs]

    def written(self, outcome: Outcome) -> None:
        if outcome.done and outcome.write.resource is self.listing.resource:
            self.unmark([outcome.write.ref])

    def unmark(self, refs: Iterable[int | str | None]) -> None:
        if self._marking is not None:
            self._marking.remove(refs)

    @property
    def barren(self) -> bool:
        """Whether the rows are here, and there are none: nothing can be done to one."""
        window = self.window
        return window is not None and window.state == "ready" and not window.length

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there is no row, nothing is offered that is done to one."""
        if action in OF_A_ROW and parameters[:1] not in (("create",), ("none",), ("all",)) and self.barren:
            return False
        return super().check_action(action, parameters)

    def key_unused(self, key: str) -> None:
        if self.focused not in (self.table, None):
            return
        held = (item for _, bindings in self._binding_chain for item in bindings.key_to_bindings.get(key, ()))
        if self.barren and any(item.action.partition("(")[0] in {*OF_A_ROW, "order"} for item in held):
            self.say("there is no row here to do that to")
            return
        from cotui.tui.lists.unused_keys import why_unused

        if why := why_unused(key, self.listing.resource, self.cotui.session.settings.keys):
            self.say(why)

    def hints(self) -> Iterator[tuple[str, Binding]]:
        """The keys; first what can be done to the marked rows, and how many they are."""
        hints = super().hints()
        return hints if self._marking is None else self._marking.hints(hints)

    # -- actions ---------------------------------------------------------------------------------

    def acted_on(self) -> ChosenRecords | None:
        record, marking, resource = self.table.record, self._marking, self.listing.resource
        if marking is not None and marking.marks:
            return ChosenRecords(resource, list(marking.marks), marked=True) if not marking.reading else None
        if record is None or record.ref is None or not entries(resource):
            return None
        return ChosenRecords(resource, [record.ref], record)

    def action_act(self, name: str = "") -> None:
        if name == "create":
            self.cotui.act(self, self.listing.resource, name, [None])
        elif self._marking is not None and self._marking.reading:
            self.say("rows are still being read to be marked: esc stops that", "warning")
        elif (what := self.acted_on()) is not None:
            self.cotui.act(self, what.resource, name, what.refs)

    def action_copy(self) -> None:
        if (record := self.table.record) is None:
            return
        column = self.table.selected_column
        chosen = None if column is None else self.table.columns[column]
        copied = value_to_copy(record, None if chosen is None else chosen.field, self.listing.resource)
        if chosen is not None and chosen.named and customer_of(record.raw, chosen.field) is not None:
            name, tint = shown(record, chosen, UNCUT, self.table.names)
            copied = Copied(name, COMPANY) if not tint and copied.text else copied
        if copied.text:
            self.cotui.copy(copied.text, copied.what)
        else:
            self.say(copied.what, "warning")

    def follow_relation(self, name: str) -> None:
        self.action_relation(name)

    @work(exclusive=True, group="relation")
    async def action_relation(self, name: str) -> None:
        if (record := self.table.record) is not None:
            column = self.table.selected_column
            selected = None if column is None else self.table.columns[column].field
            await follow(self, self.listing.resource, name, record, selected)
        else:
            self.say("there is no row here to go from", "warning")
