"""The lines of an invoice in its form: what becomes of each, what they come to, and the keys that change them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from cotui.catalog.money import written
from cotui.safety.text import clean
from cotui.tui.base.line import TextLine
from cotui.tui.engine.life import open_over
from cotui.tui.forms.entry_table import EntryColumn, EntryEditor, EntryRow, EntryTable
from cotui.tui.invoice_lines.lines import InvoiceLine, InvoiceLines, LineState, LineValues

if TYPE_CHECKING:
    from cotui.api import Api

_COLUMNS: Final = (
    EntryColumn("", 7),
    EntryColumn("Item", 20, from_width=84),
    EntryColumn("Description"),
    EntryColumn("Quantity", 8, "right"),
    EntryColumn("Rate", 11, "right", from_width=64),
    EntryColumn("Subtotal", 12, "right"),
)
_TONES: Final = {
    LineState.KEPT: "",
    LineState.CHANGED: "warn",
    LineState.NEW: "good",
    LineState.REMOVED: "faint",
}


class LineEditor(EntryEditor):
    """Shows and edits `InvoiceLines`; `currency_id` is None while it is not known."""

    DEFAULT_CSS = """
    LineEditor > .heading { text-style: bold; color: $text-primary; }
    """
    help_heading = "Lines of the invoice"
    BINDINGS = [
        Binding("n,insert,plus", "add", "New line", id="lines.add"),
        Binding("d,delete", "remove", "Remove or restore", id="lines.remove"),
        Binding("z", "undo", "As it was", id="lines.undo"),
    ]
    KEYS = "n new · enter change · d remove or restore · z as it was"

    def __init__(self, api: Api, lines: InvoiceLines, *, currency_id: int | str | None) -> None:
        super().__init__(id="lines")
        self._api = api
        self.lines = lines
        self.currency_id = currency_id
        #: why no line can be added yet; "" when one can
        self.blocked = ""

    def compose(self) -> ComposeResult:
        yield TextLine("Line items", classes="heading")
        # on a small screen the whole of it has to fit under the form's heading
        most = max(3, min(8, self.app.size.height - 11))
        #: the lines with the cursor
        self.table = EntryTable(_COLUMNS, empty="no lines yet: n adds one", most=most, id="line-table")
        yield from (self.table, self.sum_line, self.keys_line)

    def show(self, cursor: int | None = None) -> None:
        lines = self.lines
        self.table.show([self._row(line) for line in lines.lines], cursor)
        counted = ", ".join(f"{count} {state}" for state, count in lines.counts().items())
        total = f"{written(lines.total, lines.iso)} {lines.iso}".rstrip()
        self.sum_line.show(f" {total} before taxes" + (f" · {counted}" if counted else ""))
        self.tell("")
        if self.table.has_focus or cursor is not None:
            self.call_after_refresh(self.reveal)

    def reveal(self) -> None:
        """Scroll the form so that total and keys are on the screen."""
        self.keys_line.scroll_visible(animate=False)

    def tell(self, problem: str) -> None:
        super().tell(problem)
        if problem:
            self.call_after_refresh(self.reveal)

    def _row(self, line: InvoiceLine) -> EntryRow:
        values, iso = line.values, self.lines.iso
        item = clean(values.item_name) or (f"item {values.item_id}" if values.item_id else "")
        texts = (
            line.state.value,
            item,
            clean(values.descrip.replace("\n", " ")) or item,
            f"{values.quantity:f}",
            written(values.rate, iso),
            written(values.subtotal(iso), iso),
        )
        return EntryRow(texts, _TONES[line.state])

    def action_add(self) -> None:
        if self.blocked:
            self.tell(self.blocked)
            return
        self._open(None)

    @on(EntryTable.Taken)
    def _taken(self, event: EntryTable.Taken) -> None:
        event.stop()
        if self.lines.lines:
            self._open(self.table.cursor)
        else:
            self.action_add()

    def _open(self, index: int | None) -> None:
        from cotui.tui.invoice_lines.line_dialog import LineDialog

        def taken(values: LineValues | None) -> None:
            if values is None:
                return
            at = index
            if at is None:
                at = self.lines.add(values)
            else:
                self.lines.change(at, values)
            self.show(at)

        line = self.lines.lines[index].values if index is not None else None
        dialog = LineDialog(self._api, line, currency_id=self.currency_id, iso=self.lines.iso)
        open_over(self, dialog, taken)

    def action_remove(self) -> None:
        if not self.lines.lines:
            return
        index = self.table.cursor
        if self.lines.lines[index].removed:
            self.lines.restore(index)
        else:
            self.lines.remove(index)
        self.show()

    def action_undo(self) -> None:
        if self.lines.lines:
            self.lines.undo(self.table.cursor)
            self.show()
