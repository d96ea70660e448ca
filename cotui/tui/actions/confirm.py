"""The one question before every write: what is sent, to whom, with which e-mails. The answer is no unless given.

The same dialog waits for the answer and says how it ended, so that nothing can be asked twice behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum, auto
from math import inf
from typing import TYPE_CHECKING, Any

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input

from cotui.api import Outcome, Result, Write
from cotui.safety.text import clean, clean_multiline, is_visible
from cotui.tui.actions.behalf_lines import BehalfLines
from cotui.tui.actions.write_words import email_lines, emails_optional, request_lines
from cotui.tui.base.asking import AskingDialog
from cotui.tui.base.inputs import TypedLine
from cotui.tui.base.line import TextBlock
from cotui.tui.base.session import Session

if TYPE_CHECKING:
    from cotui.api import Api
    from cotui.tui.base.clipboard import CopyResult
    from cotui.tui.base.frame_screen import FrameScreen

#: columns of the box at most, and what its frame takes of them
_WIDEST = 96
_FRAME = 4
#: lines of the screen from which some are left empty
_ROOMY = 24


def title_in_account(words: str, session: Session, *, destroys: bool) -> TextBlock:
    """What is to be done, and in which account."""
    profile = session.profile
    account = session.account_name + (" · PRODUCTION" if profile and profile.production else "")
    text = Content.assemble((words, "bold"), f" in {clean(account)}")
    return TextBlock(text, "destroys" if destroys else "title", id="title")


class Phase(Enum):
    """How far the dialog has come. It only ever goes forward, except that `ASKING` may be left."""

    ASKING = auto()
    SENDING = auto()
    OVER = auto()


async def confirm(
    screen: FrameScreen[Any], write: Write, *, notes: Sequence[str] = (), changes: Sequence[str] = ()
) -> Outcome | None:
    """Ask, send once, and have everything read again that the write touched; None when its user said no.

    Args:
        notes: what its user should know before saying yes, a line each.
        changes: all that the write changes, in the words of the form, a line each; they stand in the place of its body.
    """
    app = screen.cotui
    outcome = await app.ask(ConfirmDialog(write, notes, changes))
    if outcome is not None:
        app.written(outcome)
    return outcome


class ConfirmDialog(AskingDialog[Outcome]):
    """Shows one write and sends it when told to.

    A yes counts only if its key was pressed when what it agrees to could be read: keys that were typed ahead of
    the dialog, or of the answer, do nothing.
    """

    DEFAULT_CSS = """
    ConfirmDialog > #box { width: 100%; max-width: 96; }
    ConfirmDialog #what { height: auto; scrollbar-size-vertical: 1; }
    ConfirmDialog .destroys { color: $text-error; text-style: bold; }
    ConfirmDialog .said { color: $text-muted; }
    ConfirmDialog .note { color: $text-warning; }
    ConfirmDialog .row { height: auto; }
    ConfirmDialog .row > .name { width: 9; text-style: bold; }
    ConfirmDialog .row > .value { width: 1fr; }
    ConfirmDialog #outcome { display: none; margin-top: 1; }
    ConfirmDialog #outcome.told { display: block; }
    ConfirmDialog #outcome.bad { color: $text-error; text-style: bold; }
    ConfirmDialog #outcome.unknown { color: $text-warning; text-style: bold; }
    ConfirmDialog #answers { height: 1; }
    ConfirmDialog.roomy #answers, ConfirmDialog.roomy #type { margin-top: 1; }
    ConfirmDialog Button { margin-right: 2; min-width: 8; }
    """
    BINDINGS = [
        Binding("y", "send", "Send", id="confirm.send"),
        Binding("m", "emails", "With or without e-mails", id="confirm.emails"),
        Binding("b", "behalf", "On behalf of the customer", id="confirm.behalf"),
        Binding("c", "copy_curl", "Copy as curl", id="confirm.curl"),
        Binding("up", "scroll_what(-1)", "Scroll up", show=False),
        Binding("down", "scroll_what(1)", "Scroll down", show=False),
        Binding("pageup", "scroll_what(-8)", "Scroll up", show=False),
        Binding("pagedown", "scroll_what(8)", "Scroll down", show=False),
        Binding("enter", "read", "Close", show=False),
        Binding("left,right", "other_answer", "Yes or no", show=False),
    ]
    AUTO_FOCUS = "#no"

    def __init__(self, write: Write, notes: Sequence[str] = (), changes: Sequence[str] = ()) -> None:
        super().__init__()
        self.write = write
        self._notes = notes
        self._changes = changes
        self.phase = Phase.ASKING
        self._outcome: Outcome | None = None
        #: when what is asked or told now was drawn, by the app's clock
        self._drawn = inf
        self._what = VerticalScroll(id="what", can_focus=False)
        self._emails_line, self._request_line = (
            TextBlock("", "value", id=part) for part in ("emails", "request")
        )
        self._behalf = BehalfLines(id="behalf")
        self._outcome_line = TextBlock(id="outcome")
        #: these two are there only where something can't be undone
        self._type_line = TextBlock(f"This can't be undone. Type {self._wanted()} to go on:", id="type")
        self._name_line = TypedLine(id="name", max_length=200)
        self._answers = Horizontal(id="answers")
        self._no = Button(Content("No"), id="no", compact=True)
        self._yes = Button(Content("Yes, send"), id="yes", compact=True)
        self._keys_line = TextBlock("", "faint", id="keys")

    @property
    def _api(self) -> Api:
        return self.cotui.api

    # -- building ---------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        write = self.write
        with Vertical(id="box"):
            self._title = title_in_account(write.action.label, self.cotui.session, destroys=write.destroys)
            yield self._title
            with self._what:
                yield TextBlock(clean(write.target), id="target")
                yield TextBlock(write.action.does, "said")
                for note in self._notes:
                    yield TextBlock(clean(note), "note")
                rows = [("E-mails", self._emails_line), ("Request", self._request_line)]
                if self._changes:
                    words = "\n".join(map(clean_multiline, self._changes))
                    rows.insert(0, ("Changes", TextBlock(words, "value", id="changes")))
                for name, line in rows:
                    with Horizontal(classes="row"):
                        yield TextBlock(name, "name")
                        yield line
                yield from (self._behalf, self._outcome_line)
            if write.destroys:
                # typing it takes the place of looking twice
                yield from (self._type_line, self._name_line)
            with self._answers:
                yield from (self._no, self._yes)
            yield self._keys_line

    def on_mount(self) -> None:
        self._show()
        if self.write.destroys:
            self._name_line.focus()

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size.width, event.size.height)

    def _fit(self, width: int, height: int) -> None:
        """Leave so many lines to the text that title, answers and keys are always on the screen."""
        inner = max(1, min(_WIDEST, width) - _FRAME)
        around = [self._title, self._keys_line]
        taken = 2
        if self.phase is Phase.ASKING:
            roomy = height >= _ROOMY
            self.set_class(roomy, "roomy")
            taken += 2 if roomy else 1
            if self.write.destroys:
                around.append(self._type_line)
                taken += 2 if roomy else 1
        taken += sum(item.get_content_height(self.size, self.size, inner) for item in around)
        self._what.styles.max_height = max(3, height - taken)

    def _wanted(self) -> str:
        """The words to type, so that they can be: a name with signs that no keyboard has gives way to the id."""
        name = clean(self.write.name)
        if not name or name != self.write.name or not is_visible(name) or len(name) > 60:
            return str(self.write.ref)
        return name

    def _show(self) -> None:
        write = self.write
        asking = self.phase is Phase.ASKING
        lines = [clean(line) for line in email_lines(write)]
        self._emails_line.show("\n".join(lines))
        request = [clean_multiline(line) for line in request_lines(write, self._api.connection)]
        if self._changes:
            del request[1:]  # the body says the same in wire names; c copies all of it
        self._request_line.show("\n".join(request))
        self._answers.display = asking
        if self.write.destroys:
            self._type_line.display = self._name_line.display = asking
        self._keys_line.show(self._key_words())
        self._fit(*self.app.size)
        self._drawn = inf
        self.call_after_refresh(self._mark_drawn)

    def _mark_drawn(self) -> None:
        self._drawn = self.cotui.clock()

    def _meant(self) -> bool:
        """Whether the key that is being dealt with was pressed when this could be read."""
        pressed = self.cotui.key_time
        return pressed is None or pressed > self._drawn

    def _key_words(self) -> str:
        if self.phase is Phase.SENDING:
            return "sending … only the answer says what is true, so this stays until it is here"
        if self.phase is Phase.OVER:
            return "enter or esc leaves · ↑ ↓ scroll"
        sends = "tab to Yes and enter sends" if self.strayed else "y sends"
        words = ["enter sends once it is right" if self.write.destroys else sends]
        words.append("esc leaves, nothing is sent")
        more = ["m with or without e-mails"] if emails_optional(self.write) else []
        more += ["b on behalf of", "c copy as curl", "↑ ↓ scroll"]
        if self.write.destroys:
            more[0] = f"tab, then {more[0]}"  # letters go to the line for the name
        return " · ".join([*words, *more])

    # -- choices ------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not super().check_action(action, parameters):
            return False
        if action in ("send", "emails", "behalf", "copy_curl", "other_answer"):
            if self.phase is not Phase.ASKING:
                return False
            return action != "emails" or emails_optional(self.write)
        return action != "read" or self.phase is Phase.OVER

    def action_scroll_what(self, lines: int) -> None:
        self._what.scroll_relative(y=lines, animate=False)

    def action_other_answer(self) -> None:
        (self._yes if self.focused is self._no else self._no).focus()

    def action_emails(self) -> None:
        self.write = replace(self.write, send_emails=not self.write.send_emails)
        self._show()

    def action_behalf(self) -> None:
        if not self._behalf.toggle():
            self._no.focus()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        if event.input.id in ("address", "details") and self.phase is Phase.ASKING:
            lines = self._behalf
            self.write = replace(self.write, on_behalf_addr=lines.address, on_behalf_details=lines.details)
            self._show()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.input.id == "name":
            self.action_send()
        elif event.input.id == "address":
            self._behalf.details_line.focus()
        else:
            (self._name_line if self.write.destroys else self._no).focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "yes":
            self.action_send()
        else:
            self.action_leave()

    def action_copy_curl(self) -> None:
        from cotui.api.curl import curl_command

        connection = self._api.connection
        text = curl_command(self.write.shown_call(connection.action_style), connection.url)

        def copied(result: CopyResult) -> None:
            if self.phase is Phase.ASKING:
                self._tell([f"curl command: {result}", *text.split("\n")])

        self.copy(text, copied, lines=True)

    # -- sending -------------------------------------------------------------------------------

    def action_send(self) -> None:
        if self.phase is not Phase.ASKING:
            return
        problem = self._problem()
        if problem:
            self._tell([problem], "bad")
            return
        self.phase = Phase.SENDING
        self.set_focus(None)
        self._tell(self._waiting())
        self._show()
        self.refresh_bindings()
        self._send()

    def key_strayed(self) -> None:
        self._keys_line.show(self._key_words())

    def _problem(self) -> str:
        write = self.write
        if not self._meant():
            return "Nothing was sent: that key was typed before this could be read. Press it again to send."
        in_line = isinstance(self.focused, Input)  # enter, behind the name of what is deleted
        if not in_line and (why := self.why_no_answer()):
            return f"Nothing was sent. {why}."
        if write.destroys:
            typed = self._name_line.value.strip()
            if typed not in (self._wanted(), str(write.ref)):
                return f"Nothing was sent: “{typed}” is not {self._wanted()}"
        wrong = self._behalf.problem
        return f"Nothing was sent: {wrong}" if wrong else ""

    def _waiting(self) -> list[str]:
        """Why it may take longer, if there is a reason."""
        seconds = self._api.worker.status.paused_for
        if seconds <= 0:
            return []
        return [
            f"The account's requests of this minute are used up: it leaves in about {seconds:.0f} seconds."
        ]

    @work(group="send")
    async def _send(self) -> None:
        outcome = await self.cotui.writer.send(self.write)
        self._outcome = outcome
        if outcome.done:
            self.phase = Phase.OVER
            self.dismiss(outcome)
            return
        from cotui.tui.actions.write_words import outcome_lines

        lines = outcome_lines(outcome)
        kind = "bad"
        if outcome.result is Result.UNKNOWN:
            from cotui.tui.actions.unknown_outcome import look_for_outcome

            kind = "unknown"
            self._tell([*lines, "", "asking the server what is there now …"], kind)
            lines += ["", *await look_for_outcome(self._api, outcome.write)]
        self.phase = Phase.OVER
        self._tell(lines, kind)
        self._show()
        self.refresh_bindings()

    def _tell(self, lines: Sequence[str], kind: str = "") -> None:
        box = self._outcome_line
        box.set_classes(f"told {kind}" if lines else "")
        box.show("\n".join(map(clean_multiline, lines)))
        if lines:
            self.call_after_refresh(self._show_outcome)

    def _show_outcome(self) -> None:
        self._what.scroll_to_widget(self._outcome_line, animate=False, top=True, force=True)

    @property
    def typed(self) -> bool:
        """Whether something was typed into the dialog itself; what is to be sent is kept in the form below."""
        return self.phase is Phase.ASKING and super().typed

    # -- leaving -------------------------------------------------------------------------------

    def action_read(self) -> None:
        self.action_leave()

    def action_leave(self) -> None:
        if self.phase is Phase.ASKING:
            self.dismiss(None)
        elif self.phase is Phase.OVER and self._meant():
            self.dismiss(self._outcome)
        elif self.phase is Phase.SENDING and self._outcome is not None:
            self.cotui.waiting.leave()  # it has ended; what is on the server now need not be waited for
