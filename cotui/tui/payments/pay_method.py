"""How a customer pays from now on: one of the stored methods, or by invoice only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from cotui.api import Outcome
from cotui.safety.text import clean
from cotui.tui.actions.confirm import confirm
from cotui.tui.actions.sending_dialog import SendingDialog
from cotui.tui.base.choices import Choices, ValueOption
from cotui.tui.base.line import TextBlock
from cotui.tui.forms.tick_box import TickBox
from cotui.tui.payments.stored_methods import StoredMethod, named_method, stored_methods

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cotui.catalog import Action
    from cotui.tui.base.action_target import ActionTarget
    from cotui.tui.base.frame_screen import FrameScreen


class PayChoice(NamedTuple):
    """What was chosen. `method` is None for "by invoice only"; `existing` also changes what exists already."""

    method: StoredMethod | None
    existing: bool

    @property
    def payload(self) -> dict[str, object]:
        """What the action `setPayMethod` takes (section 9.4 of the API notes)."""
        named = {"paymethod": "inv"} if self.method is None else {"paymethod": self.method.kind}
        key = {} if self.method is None else {self.method.key: self.method.ref}
        return {**named, **key, "update_subscriptions_and_scheduled_invoices": self.existing}

    @property
    def words(self) -> str:
        """The method in words; clean."""
        return "by invoice only" if self.method is None else self.method.words


class PayMethodDialog(SendingDialog):
    """Choose, and stay until it is done; `notes` say what could not be read."""

    DEFAULT_CSS = """
    PayMethodDialog OptionList { max-height: 9; }
    PayMethodDialog.low OptionList { max-height: 5; }
    """
    BINDINGS = [Binding("x", "existing", "Change existing ones too", id="paymethod.existing")]
    AUTO_FOCUS = "OptionList"
    when_unknown = "Look at the customer before you send it again."

    def __init__(
        self,
        title: str,
        methods: Sequence[StoredMethod],
        current: PayChoice | None,
        send: Callable[[PayChoice], Awaitable[Outcome | None]],
        *,
        notes: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._title = clean(title)
        self._methods: list[StoredMethod | None] = [*methods, None]
        self._current = current
        self._send = send
        self._notes = [clean(note) for note in notes]
        self._options = Choices(
            *(ValueOption(Content(self._line(method)), method) for method in self._methods)
        )
        self._existing = TickBox(
            "Existing subscriptions and schedules change too", True, id="existing", compact=True
        )

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield TextBlock(self._title, "title")
            for note in self._notes:
                yield TextBlock(note, "faint")
            if len(self._methods) == 1 and not self._notes:
                yield TextBlock("Nothing is stored: no card, bank account or token.")
            yield from (self._options, self._existing, self.told)
            yield TextBlock(
                "↑ ↓ choose · x changes existing ones too, or not · enter goes on · esc leaves", "faint"
            )

    def _line(self, method: StoredMethod | None) -> str:
        words = PayChoice(method, True).words
        words = words[0].upper() + words[1:]
        now = self._current is not None and method == self._current.method
        return f"{words}  (now)" if now else words

    def on_mount(self) -> None:
        at = 0
        if self._current is not None and self._current.method in self._methods:
            at = self._methods.index(self._current.method)
        self._options.highlighted = at

    def action_existing(self) -> None:
        self._existing.toggle()

    def action_leave(self) -> None:
        if not self.busy:
            self.dismiss(None)

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        if self.busy:
            return
        choice = PayChoice(self._methods[event.option_index], self._existing.value)
        self.send(partial(self._send, choice))


async def set_pay_method(screen: FrameScreen[Any], action: Action, target: ActionTarget) -> Outcome | None:
    """Choose one of the stored methods, and whether what exists already changes too."""
    stored = await screen.reading("the stored pay methods", stored_methods(screen.cotui.api, target.ref))
    if stored is None:
        return None
    methods, unread = stored
    row = target.record.raw
    current = _current(methods, row)

    async def send(choice: PayChoice) -> Outcome | None:
        existing = "change too" if choice.existing else "stay as they are"
        return await confirm(
            screen,
            target.write_of(action, choice.payload),
            notes=[
                f"Now: {current.words if current is not None else _unnamed(row)}",
                f"Will be: {choice.words}",
                f"Existing subscriptions and scheduled invoices {existing}.",
            ],
        )

    return await screen.cotui.ask(
        PayMethodDialog(f"Default pay method of {target.words}", methods, current, send, notes=unread)
    )


def _current(methods: Sequence[StoredMethod], row: Mapping[str, Any]) -> PayChoice | None:
    if row.get("default_paymethod") == "inv":
        return PayChoice(None, True)
    found = named_method(methods, row, prefix="default_")
    return PayChoice(found, True) if found is not None else None


def _unnamed(row: Mapping[str, Any]) -> str:
    """What the customer's default is when it is none of those that are stored; not cleaned."""
    code = row.get("default_paymethod")
    return f"“{code}”, which is none of the stored ones" if code else "none"
