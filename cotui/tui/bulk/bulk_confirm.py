"""The question before many writes: how many, which, with which e-mails. Their number has to be typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from cotui.api import Write
from cotui.safety.text import clean, clean_multiline
from cotui.tui.actions.write_words import request_lines
from cotui.tui.base.dialog import ScrollingDialog
from cotui.tui.bulk.bulk_words import batch_words, counted, email_words, sample


class NumberLine(Input):
    """A line that takes digits and leaves the other keys to the dialog."""

    @dataclass
    class NotTaken(Message):
        """A paste was not taken, and why."""

        why: str

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, compact=True, max_length=9, restrict=r"[0-9]*")
        self.cursor_blink = False

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Digits only; what is not taken reaches the bindings."""
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


class BulkConfirm(ScrollingDialog[bool]):
    """Shows what would be sent many times; gives back whether with e-mails, None when nothing is to be sent."""

    DEFAULT_CSS = """
    BulkConfirm Static { height: auto; }
    BulkConfirm .destroys { color: $text-error; text-style: bold; }
    BulkConfirm .label { color: $text-muted; }
    BulkConfirm #told { display: none; }
    BulkConfirm #problem { color: $text-error; text-style: bold; display: none; }
    BulkConfirm NumberLine { border: none; height: 1; padding: 0; background: $panel; }
    BulkConfirm NumberLine:focus { border: none; background: $panel-lighten-2; }
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
        """Show some writes of one action.

        Args:
            writes: what would be sent, at least one.
            addresses: to whom ChargeOver writes by default, for each of them; "" where that is not known.
            notes: what else its user should know, a line each.
        """
        super().__init__()
        self._writes = tuple(writes)
        self._addresses = tuple(addresses)
        self._notes = tuple(notes)
        self._emails = writes[0].send_emails
        self._emails_line, self._request_line, self._told, self._problem_line = (
            Static("", id=name, markup=False) for name in ("emails", "request", "told", "problem")
        )

    @property
    def _first(self) -> Write:
        return replace(self._writes[0], send_emails=self._emails)

    def compose(self) -> ComposeResult:
        first, number = self._writes[0], len(self._writes)
        profile = self.cotui.session.profile
        account = self.cotui.session.account + (" · PRODUCTION" if profile and profile.production else "")
        many = counted(number, first.resource)
        with self.box:
            yield Static(
                Content.assemble((f"{first.action.label}: {many}", "bold"), f" in {clean(account)}"),
                classes="destroys" if first.destroys else "title",
                markup=False,
            )
            self.middle = VerticalScroll(id="middle", can_focus=False)
            with self.middle:
                yield Static(Content(clean(sample([write.name for write in self._writes]))), markup=False)
                yield Static(Content(first.action.does), classes="label", markup=False)
                for note in self._notes:
                    yield Static(Content(clean(note)), markup=False)
                yield from (self._emails_line, self._request_line, self._told)
            undone = "This can't be undone. " if first.destroys else ""
            yield Static(Content(f"{undone}Type their number, {number}, to go on:"), markup=False)
            yield NumberLine(id="number")
            yield self._problem_line
            emails = " · m with or without e-mails" if first.action.email else ""
            keys = f"enter sends once the number is right · esc leaves, nothing is sent{emails} · c copies as curl"
            yield Static(Content(keys), classes="faint", markup=False)

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        writes = [replace(write, send_emails=self._emails) for write in self._writes]
        emails = [clean(line) for line in email_words(writes, self._addresses)]
        self._emails_line.update(Content.assemble(("E-mails  ", "bold"), "\n         ".join(emails)))
        api = self.cotui.api
        one = [clean_multiline(line) for line in request_lines(self._first, api.connection)]
        lines = [*one, f"and {len(writes) - 1:,} more like it, {batch_words(len(writes))}"]
        if len(writes) == 1:
            lines = [*one, batch_words(1)]
        self._request_line.update(Content.assemble(("Request  ", "bold"), "\n         ".join(lines)))
        self.fit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The choice about e-mails is there where some are sent."""
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
        self._copy(curl_command(bulk([write.bulk_request(style) for write in shown]), api.connection.url))

    @work(group="copy", exclusive=True)
    async def _copy(self, text: str) -> None:
        from cotui.tui.base.clipboard import copy

        result = await copy(self.app, text, lines=True)
        told = self._told
        told.display = True
        told.update(Content(clean_multiline(f"curl command: {result}\n{text}")))
        self.fit()
        self.call_after_refresh(told.scroll_visible, animate=False)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        typed = event.value.strip()
        if typed == str(len(self._writes)):
            self.dismiss(self._emails)
            return
        self._complain(f"Nothing was sent: {typed or 'nothing'} is not {len(self._writes)}")

    @on(NumberLine.NotTaken)
    def _not_taken(self, event: NumberLine.NotTaken) -> None:
        event.stop()
        self._complain(event.why)

    @property
    def typed(self) -> bool:
        return self.is_mounted and bool(self.query_one(NumberLine).value)

    def _complain(self, words: str) -> None:
        self._problem_line.display = True
        self._problem_line.update(Content(clean(words)))
        self.fit()
