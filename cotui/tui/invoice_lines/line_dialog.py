"""One line of an invoice: its item, what is printed, rate and quantity, and what they come to while typing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input

from cotui.api import Api
from cotui.catalog import RESOURCES
from cotui.catalog.money import written
from cotui.catalog.types.number import read_decimal
from cotui.safety.text import clean, without_unseen
from cotui.tui.base.dialog import Dialog
from cotui.tui.base.inputs import TypedLine
from cotui.tui.base.line import TextBlock, TextLine
from cotui.tui.forms.draft import FormProblem
from cotui.tui.forms.picker import RecordPicker
from cotui.tui.forms.text_editor import TextEditor
from cotui.tui.invoice_lines.item_prices import name_and_description, price_of
from cotui.tui.invoice_lines.lines import LineValues

if TYPE_CHECKING:
    from cotui.api import Record


class LineDialog(Dialog[LineValues]):
    """Edits one line of an invoice in a currency; a new one (None) begins with the choice of its item."""

    DEFAULT_CSS = """
    LineDialog > #box { width: 96%; max-width: 90; max-height: 100%; }
    LineDialog .row { height: auto; }
    LineDialog .label { width: 15; color: $text-muted; }
    LineDialog .label.current { color: $foreground; text-style: bold; }
    LineDialog Input { width: 1fr; }
    LineDialog TextEditor {
        position: relative; width: 1fr; height: 3; border: none; padding: 0; background: $panel;
    }
    LineDialog TextEditor:focus { position: relative; border: none; background: $panel-lighten-2; }
    LineDialog #item { width: 1fr; }
    LineDialog #problem { color: $text-error; }
    LineDialog #note { color: $text-warning; }
    """
    BINDINGS = [
        Binding("ctrl+t", "item", "Another item", id="line.item"),
        Binding("ctrl+s", "take", "Take", id="line.take"),
        Binding("down", "go(1)", "Next field", show=False),
        Binding("up", "go(-1)", "Previous field", show=False),
    ]
    AUTO_FOCUS = "#rate"

    def __init__(
        self, api: Api, values: LineValues | None, *, currency_id: int | str | None, iso: str
    ) -> None:
        super().__init__()
        self._api = api
        self._before = values
        self._item_id = values.item_id if values is not None else None
        self._item_name = values.item_name if values is not None else ""
        self._currency_id = currency_id
        self._iso = iso
        #: what the last item wrote into the fields, so that the next one may replace it
        self._prefilled = ("", "")
        #: everything that can be edited, as it stood at first
        self._start: tuple[str, ...] = ()
        self._entries: dict[str, Input] = {}
        #: the labels of what can be edited, from top to bottom
        self._labels: dict[str, TextLine] = {}
        self._item_line = TextLine(self._item_words(), id="item")
        self._subtotal, self._note, self._problem = (
            TextLine("", id=name) for name in ("subtotal", "note", "problem")
        )

    def compose(self) -> ComposeResult:
        values = self._before
        with Vertical(id="box"):
            yield TextBlock("New line" if values is None else "Line", "title")
            with Horizontal(classes="row"):
                yield TextLine("  Item", classes="label")
                yield self._item_line
            with Horizontal(classes="row"):
                yield self._label("descrip", "Description")
                self._descrip = TextEditor(id="descrip")
                self._descrip.open_text(
                    without_unseen(values.descrip, lines=True) if values is not None else ""
                )
                yield self._descrip
            for name, label in (("rate", "Rate"), ("quantity", "Quantity")):
                with Horizontal(classes="row"):
                    yield self._label(name, f"{label} {self._iso}".rstrip() if name == "rate" else label)
                    start = getattr(values, name) if values is not None else None
                    self._entries[name] = TypedLine(
                        _plain(start) if start is not None else "", id=name, max_length=40
                    )
                    yield self._entries[name]
            with Horizontal(classes="row"):
                yield TextLine("  Subtotal", classes="label")
                yield self._subtotal
            yield from (self._note, self._problem)
            yield TextLine("↑ ↓ field · enter takes it · ctrl+t other item · esc leaves", classes="faint")

    def on_mount(self) -> None:
        if self._before is None:
            self._entries["quantity"].value = "1"
            self.action_item()
        self._start = self._texts()
        self._show_subtotal()

    def _label(self, name: str, words: str) -> TextLine:
        """What stands before a field; a mark in it says that the field has the keys."""
        line = self._labels[name] = TextLine(f"  {words}", classes="label")
        return line

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        for name, line in self._labels.items():
            here = event.widget.id == name
            line.set_class(here, "current")
            line.show(f"{'▸' if here else ' '} {line.text[2:]}")

    def action_go(self, step: int) -> None:
        """To the field above or below; at the ends it stays."""
        names = list(self._labels)
        at = names.index(self.focused.id) if self.focused is not None and self.focused.id in names else 0
        fields: dict[str, Widget] = {"descrip": self._descrip, **self._entries}
        fields[names[max(0, min(len(names) - 1, at + step))]].focus()

    @on(TextEditor.Left)
    def _left_text(self, event: TextEditor.Left) -> None:
        self.action_go(event.step)

    def _item_words(self) -> str:
        if self._item_id is None:
            return "none yet: ctrl+t chooses one"
        return clean(self._item_name) or f"item {self._item_id}"

    def action_item(self) -> None:
        picker = RecordPicker(
            self._api, RESOURCES["item"], title="What is billed?", search="name", current=self._item_id
        )
        self.open_screen(picker, self._picked)

    def _picked(self, item: Record | None) -> None:
        if item is not None and item.id is not None:
            self._item_id, self._item_name = item.id, name_and_description(item)[0]
            self._item_line.show(self._item_words())
            self._prefill(item)
        elif self._item_id is None:
            self.dismiss(None)  # a new line without an item: changed their mind

    @work(exclusive=True, group="item")
    async def _prefill(self, item: Record) -> None:
        """Fill in what the item brings, but never over what was typed."""
        from cotui.api import ApiError

        try:
            if not isinstance(item.raw.get("tiersets"), list):
                item = await self._api.get(RESOURCES["item"], item.id or 0)
        except ApiError as error:
            self._tell(self._note, f"the price could not be read ({error.what}): type the rate")
            return
        price = price_of(item, self._currency_id, self._iso)
        text, rate = self._descrip, self._entries["rate"]
        words = without_unseen(name_and_description(item)[1], lines=True)
        offered = _plain(price.rate) if price.rate is not None else ""
        kept = []
        if self._untouched(text.text, 0):
            text.text = words
        else:
            kept.append("description")
        if self._untouched(rate.value, 1):
            rate.value = offered
        elif rate.value != offered:
            kept.append("rate")
        self._prefilled = (words, offered)
        note = price.note
        if kept:
            note = f"kept as typed: {', '.join(kept)}" + (f"; {note}" if note else "")
        self._tell(self._note, note)
        self._show_subtotal()
        rate.focus()

    def _untouched(self, text: str, number: int) -> bool:
        return self._before is None and text in ("", self._prefilled[number])

    def _number(self, name: str, start: Decimal | None) -> Decimal:
        """What stands in a field; a ValueError where it is no number, which says what would be."""
        text = self._entries[name].value
        if start is not None and text == _plain(start):
            return start
        return read_decimal(text)

    def _read(self) -> LineValues:
        """The line as it stands there; a `FormProblem` where something makes no sense yet."""
        before = self._before
        if self._item_id is None:
            raise FormProblem("item", "choose an item: ctrl+t")
        numbers = {}
        for name, start in (
            ("rate", before.rate if before else None),
            ("quantity", before.quantity if before else None),
        ):
            try:
                numbers[name] = self._number(name, start)
            except ValueError as error:
                raise FormProblem(name, f"{name.capitalize()} takes {error}") from error
        if numbers["quantity"] <= 0 and (before is None or numbers["quantity"] != before.quantity):
            raise FormProblem("quantity", "Quantity takes a number above 0; to bill nothing, remove the line")
        text = without_unseen(self._descrip.text, lines=True)
        if before is not None and text == without_unseen(before.descrip, lines=True):
            text = before.descrip  # signs that can't be seen stay where nothing was typed
        return LineValues(self._item_id, self._item_name, text, numbers["rate"], numbers["quantity"])

    @on(Input.Changed)
    def _typed(self) -> None:
        self._tell(self._problem, "")
        self._show_subtotal()

    def _show_subtotal(self) -> None:
        before = self._before
        try:
            rate = self._number("rate", before.rate if before else None)
            quantity = self._number("quantity", before.quantity if before else None)
        except ValueError:
            said = "–"
        else:
            line = LineValues(None, "", "", rate, quantity)
            said = f"{written(line.subtotal(self._iso), self._iso)} {self._iso}".rstrip() + " before taxes"
        self._tell(self._subtotal, said)

    def _tell(self, where: TextLine, text: str) -> None:
        where.show(clean(text))

    @on(Input.Submitted)
    def action_take(self) -> None:
        try:
            values = self._read()
        except FormProblem as problem:
            self._tell(self._problem, problem.words)
            if problem.where != "item":
                self._entries[problem.where].focus()
            return
        self.dismiss(values)

    @property
    def typed(self) -> bool:
        return self.is_mounted and self._start != self._texts()

    def action_leave(self) -> None:
        from cotui.tui.forms.discard import leave

        leave(self)

    def _texts(self) -> tuple[str, ...]:
        entries = (self._entries[name].value for name in ("rate", "quantity"))
        return (str(self._item_id), self._descrip.text, *entries)


def _plain(number: Decimal) -> str:
    """A number with the digits it has, never in scientific notation."""
    return f"{number:f}"
