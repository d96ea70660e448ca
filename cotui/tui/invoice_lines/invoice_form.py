"""The form of an invoice: its fields, and its lines under them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Unpack

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding

from cotui.api import ApiError, Outcome, Record
from cotui.catalog import RESOURCES, Field
from cotui.catalog.money import written
from cotui.tui.forms.base_form import FormOptions
from cotui.tui.forms.draft import FormProblem
from cotui.tui.forms.form import FormScreen
from cotui.tui.forms.pane import FieldsPane
from cotui.tui.invoice_lines.change_words import change_words
from cotui.tui.invoice_lines.line_editor import LineEditor
from cotui.tui.invoice_lines.lines import InvoiceLines

if TYPE_CHECKING:
    from cotui.api import Write
    from cotui.tui.base.action_target import ActionTarget

#: what a refusal says when it is about the lines: their fields, or what they come to
_ABOUT_LINES: Final = re.compile(
    r"\b(line[ _]items?|line_\w+|item_\w+|descrip|total of an invoice)\b", re.IGNORECASE
)
_NO_LINES: Final = "An invoice needs at least one line: n adds one."


class InvoiceForm(FormScreen):
    """Makes an invoice, or changes the target. Lines are sent only when one of them is touched."""

    BINDINGS = [Binding("f4", "lines", "Lines", id="form.lines")]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        values: Mapping[str, object],
        make: Callable[[dict[str, object]], Write],
        target: ActionTarget | None = None,
        **options: Unpack[FormOptions],
    ) -> None:
        changed_only = target is not None
        super().__init__(
            title, fields, values=values, make=make, changed_only=changed_only, target=target, **options
        )
        row = target.record.raw if target is not None else {}
        self.lines = InvoiceLines(_lines_of(row), _text(row, "currency_iso4217"))
        self._currency_id: Any = row.get("currency_id")
        #: company of the customer that a new invoice is for, as it came; "" until it has been read
        self.customer_name = ""

    def compose_extra(self) -> ComposeResult:
        #: the lines on the screen
        self.editor = LineEditor(self.api, self.lines, currency_id=self._currency_id)
        if self.target is None:
            self.editor.blocked = _NO_CUSTOMER
        yield self.editor

    def on_mount(self) -> None:
        super().on_mount()
        if self.target is None and (customer := self.draft.text("customer_id")):
            self._learn_customer(customer)

    @on(FieldsPane.Edited)
    def _customer_chosen(self, event: FieldsPane.Edited) -> None:
        if event.name == "customer_id" and self.target is None:
            self._learn_customer(event.text)

    @work(exclusive=True, group="customer")
    async def _learn_customer(self, ref: str) -> None:
        """An invoice is in its customer's currency, which decides the items' prices."""
        editor = self.editor
        editor.blocked = _NO_CUSTOMER
        self.customer_name = ""
        if not ref:
            return
        editor.blocked = "the customer is being read: once more, please"
        try:
            customer = await self.api.get(RESOURCES["customer"], int(ref))
        except ApiError as error:
            editor.blocked = (
                f"the customer's currency could not be read ({error.what}): choose the customer again"
            )
            editor.tell(editor.blocked)
            return
        editor.blocked = ""
        self.customer_name = _text(customer.raw, "company")
        editor.currency_id = customer.raw.get("currency_id")
        self.lines.iso = _text(customer.raw, "currency_iso4217")
        editor.show()

    def extra_payload(self) -> dict[str, object]:
        if not self.lines.left and (self.target is None or self.lines.changed):
            raise FormProblem("lines", _NO_LINES)
        self.editor.tell("")
        return self.lines.payload()

    def extra_words(self) -> Sequence[str]:
        return list(change_words(self.lines))

    def extra_changed(self) -> bool:
        return self.lines.changed

    async def check_fresh(self, fresh: Record) -> Sequence[str]:
        edited = self.lines.changed
        moved = self.lines.rebase(_lines_of(fresh.raw))
        self.editor.show()
        if moved and edited:
            raise FormProblem(
                "lines", "Somebody else changed the lines meanwhile: look at them again, then send."
            )
        return [self.lines_words] if self.lines.changed else []

    @property
    def lines_words(self) -> str:
        """What becomes of the lines, in one line."""
        counted = ", ".join(f"{count} {state}" for state, count in self.lines.counts().items())
        total = f"{written(self.lines.total, self.lines.iso)} {self.lines.iso}".rstrip()
        return f"Lines: {counted}; {total} before taxes."

    def show_problem(self, problem: FormProblem) -> None:
        if problem.where == "lines":
            self.action_lines()
            self.editor.tell(problem.words)
        else:
            super().show_problem(problem)

    def show_server_error(self, outcome: Outcome) -> bool:
        sent = outcome.write.payload
        if isinstance(sent, Mapping) and "line_items" in sent and _ABOUT_LINES.search(outcome.message):
            self.show_problem(FormProblem("lines", outcome.message))
            return True
        return super().show_server_error(outcome)

    def action_lines(self) -> None:
        self.editor.table.focus()
        self.call_after_refresh(self.editor.reveal)


_NO_CUSTOMER: Final = "choose the customer first: its currency decides the prices"


def _lines_of(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    lines = row.get("line_items")
    return [line for line in lines if isinstance(line, Mapping)] if isinstance(lines, list) else []


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""
