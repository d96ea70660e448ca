"""The question before many writes: how many, which, with which e-mails. Their number has to be typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from cotui.api import Write
from cotui.safety.text import clean, clean_multiline
from cotui.tui.actions.confirm import title_in_account
from cotui.tui.actions.write_words import request_lines
from cotui.tui.base.asking import AskingDialog
from cotui.tui.base.dialog import ScrollingDialog
from cotui.tui.base.inputs import FramelessInput
from cotui.tui.base.line import StatusText, TextBlock
from cotui.tui.bulk.bulk_words import batch_words, counted, email_words, sample

if TYPE_CHECKING:
    from cotui.tui.base.clipboard import CopyResult


_AMONG_LETTERS = "Letters were typed here that mean nothing: empty the line and type the number alone, or esc"


class NumberLine(FramelessInput):
    """A line that takes digits and leaves the other keys to the dialog."""

    @dataclass
    class NotTaken(Message):
        """A paste was not taken, and why."""

        why: str

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, max_length=9, restrict=r"[0-9]*")

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return super().check_consume_key(key, character) and (character or "").isdigit()

    def _on_paste(self, event: events.Paste) -> None:
        """A number, with blanks and commas as people write it; whatever else is not taken, which is said."""
        event.stop()
        event.prevent_default()
        number = "".join(event.text.split()).replace(",", "")
        start, end = sorted(self.selection)
        fits = len(self.value) - (end - start) + len(number) <= (self.max_length or len(number))
        if number.isascii() and number.isdigit() and fits:
            self.replace(number, start, end)
        else:
            self.post_message(self.NotTaken(f"Not pasted: “{clean(event.text[:40])}” is no number."))

    async def _on_key(self, event: events.Key) -> None:
        if not self.check_consume_key(event.key, event.character):
            event.prevent_default()  # Input would swallow every sign that can be printed


class BulkConfirm(ScrollingDialog[bool], AskingDialog[bool]):
    """Shows what would be sent many times; gives back whether with e-mails, None when nothing is to be sent.

    `addresses` are those ChargeOver writes to by default, one for each write; "" where that is not known.
    """

    DEFAULT_CSS = """
    BulkConfirm .destroys { color: $text-error; text-style: bold; }
    BulkConfirm .label { color: $text-muted; }
    """
    BINDINGS = [
        Binding("m", "emails", "With or without e-mails", id="bulk.emails"),
        Binding("c", "copy_curl", "Copy the first call as curl", id="bulk.curl"),
        Binding("up", "scroll(-1)", "Up", show=False),
        Binding("down", "scroll(1)", "Down", show=False),
    ]
    AUTO_FOCUS = "#number"

    def __init__(
        self,
        writes: Sequence[Write],
        *,
        addresses: Sequence[str],
        notes: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._writes = tuple(writes)
        self._addresses = tuple(addresses)
        self._notes = tuple(notes)
        self._emails = writes[0].send_emails
        self._number_line = NumberLine(id="number")
        self._emails_line, self._request_line = TextBlock(id="emails"), TextBlock(id="request")
        self._told, self._problem_line = StatusText(), StatusText()

    @property
    def _first(self) -> Write:
        return replace(self._writes[0], send_emails=self._emails)

    def compose(self) -> ComposeResult:
        first, number = self._writes[0], len(self._writes)
        title = f"{first.action.label}: {counted(number, first.resource)}"
        with self.box:
            yield title_in_account(title, self.cotui.session, destroys=first.destroys)
            self.middle = VerticalScroll(id="middle", can_focus=False)
            with self.middle:
                yield TextBlock(clean(sample([self._named(write) for write in self._writes])))
                yield TextBlock(first.action.does, "label")
                for note in self._notes:
                    yield TextBlock(clean(note))
                yield from (self._emails_line, self._request_line, self._told)
            undone = "This can't be undone. " if first.destroys else ""
            yield TextBlock(f"{undone}Type their number, {number}, to go on:")
            yield self._number_line
            yield self._problem_line
            emails = " · m with or without e-mails" if first.action.email else ""
            keys = f"enter sends once the number is right · esc leaves, nothing is sent{emails} · c copies as curl"
            yield TextBlock(keys, "faint")

    def _named(self, write: Write) -> str:
        """What names a record, and whose it is."""
        known = self.cotui.customer_names.known(write.customer) if write.customer is not None else ""
        return f"{write.name} ({known})" if known else write.name

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        writes = [replace(write, send_emails=self._emails) for write in self._writes]
        emails = [clean(line) for line in email_words(writes, self._addresses)]
        self._emails_line.show(Content.assemble(("E-mails  ", "bold"), "\n         ".join(emails)))
        api = self.cotui.api
        one = [clean_multiline(line) for line in request_lines(self._first, api.connection)]
        lines = [*one, f"and {len(writes) - 1:,} more like it, {batch_words(len(writes))}"]
        if len(writes) == 1:
            lines = [*one, batch_words(1)]
        self._request_line.show(Content.assemble(("Request  ", "bold"), "\n         ".join(lines)))
        self.fit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        del parameters
        return action != "emails" or bool(self._writes[0].action.email)

    def action_emails(self) -> None:
        self._emails = not self._emails
        self._show()

    def action_scroll(self, step: int) -> None:
        self.middle.scroll_relative(y=step, animate=False)

    def action_copy_curl(self) -> None:
        from cotui.api.calls import BULK_LIMIT, bulk
        from cotui.api.curl import curl_command

        api = self.cotui.api
        style = api.connection.action_style
        shown = [
            replace(write, send_emails=self._emails, payload=write.shown_payload)
            for write in self._writes[:BULK_LIMIT]
        ]
        text = curl_command(bulk([write.bulk_request(style) for write in shown]), api.connection.url)

        def copied(result: CopyResult) -> None:
            self._told.tell(f"curl command: {result}\n{text}")
            self.fit()
            self.call_after_refresh(self._told.scroll_visible, animate=False)

        self.copy(text, copied, lines=True)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        typed = event.value.strip()
        if typed != str(len(self._writes)):
            self._complain(f"Nothing was sent: {typed or 'nothing'} is not {len(self._writes)}")
        elif self.strayed:  # it may be part of what was typed without looking
            self._complain(f"Nothing was sent. {_AMONG_LETTERS}.")
        else:
            self.dismiss(self._emails)

    @on(Input.Changed)
    def _emptied(self, event: Input.Changed) -> None:
        """Who empties the line has seen it."""
        event.stop()
        if not event.value and self.strayed:
            self.strayed = False
            self._problem_line.tell("")
            self.fit()

    @on(NumberLine.NotTaken)
    def _not_taken(self, event: NumberLine.NotTaken) -> None:
        event.stop()
        self._complain(event.why)

    def _complain(self, words: str) -> None:
        self._problem_line.tell(words, bad=True)
        self.fit()
