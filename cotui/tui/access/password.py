"""A new password for a user: typed twice, or made up. It lives in this dialog and in the request, nowhere else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from cotui.api import Outcome
from cotui.safety.text import PASTED_MARKS, clean, is_visible
from cotui.tui.access.password_words import Generated, generate, weaknesses
from cotui.tui.actions.confirm import confirm
from cotui.tui.actions.sending_dialog import SendingDialog
from cotui.tui.base.inputs import HiddenInput
from cotui.tui.base.line import TextBlock
from cotui.tui.forms.tick_box import TickBox

if TYPE_CHECKING:
    from cotui.catalog import Action
    from cotui.tui.base.action_target import ActionTarget
    from cotui.tui.base.clipboard import CopyResult
    from cotui.tui.base.frame_screen import FrameScreen


#: characters that can be typed; what ChargeOver takes at most is not documented
LONGEST: Final = 200


class SecretLine(HiddenInput):
    """A line whose text is hidden. What is pasted is taken whole or not at all."""

    @dataclass
    class NotPasted(Message):
        """A paste was not taken, and why."""

        why: str

    def __init__(self, name: str, placeholder: str) -> None:
        super().__init__(id=name, placeholder=placeholder, max_length=LONGEST)

    def _on_paste(self, event: events.Paste) -> None:
        lines = event.text.splitlines() or [""]
        room = LONGEST - len(self.value) + len(self.selected_text)
        what = ""
        if any(lines[1:]):
            what = "the text has several lines"
        elif len(lines[0]) > room:
            what = f"more than {LONGEST} characters"
        elif PASTED_MARKS.search(lines[0]):
            what = "the text holds signs that no keyboard has"
        if what:
            self.post_message(self.NotPasted(what))
        else:
            self.replace(lines[0], *self.selection)
        event.stop()
        event.prevent_default()


class PasswordDialog(SendingDialog):
    """Asks for a password, and stays until it is set.

    Args:
        known: what others know of the user, for the warning.
        email: where ChargeOver sends the new password; "" when there is no address.
        send: has the write confirmed, given the password and whether it is e-mailed.
    """

    DEFAULT_CSS = """
    PasswordDialog #about { color: $text-muted; min-height: 2; }
    PasswordDialog #about.weak { color: $text-warning; }
    """
    BINDINGS = [
        Binding("ctrl+g", "generate", "Make one up", id="password.generate"),
        Binding("ctrl+t", "reveal", "Show or hide it", id="password.reveal"),
        Binding("ctrl+y", "copy", "Copy it", id="password.copy"),
        Binding("ctrl+s", "go_on", "Go on", id="password.go_on"),
    ]
    AUTO_FOCUS = "#first"
    holds_secret = True
    when_unknown = "Setting the password again does no harm."

    def __init__(
        self,
        title: str,
        known: tuple[str, ...],
        email: str,
        send: Callable[[str, bool], Awaitable[Outcome | None]],
    ) -> None:
        super().__init__()
        self._title = clean(title)
        self._known = known
        self._email = clean(email)
        self._send = send
        self._made_up: Generated | None = None
        self._first = SecretLine("first", "new password")
        self._second = SecretLine("second", "the same once more")
        self._about_line = TextBlock(id="about")

    def __repr__(self) -> str:
        return "PasswordDialog()"

    def compose(self) -> ComposeResult:
        where = f"E-mail it to {self._email}" if self._email else "E-mail it (no address is on record)"
        with Vertical(id="box"):
            yield TextBlock(self._title, "title")
            yield self._first
            yield self._second
            self._email_box = TickBox(Content(where), bool(self._email), id="email", compact=True)
            yield from (self._about_line, self._email_box, self.told)
            yield TextBlock(
                "ctrl+g makes one up · ctrl+t shows or hides it · ctrl+y copies it · tab, space e-mail or "
                "not · ctrl+s goes on · esc leaves",
                "faint",
            )

    def on_mount(self) -> None:
        self._show_about()

    def on_unmount(self) -> None:
        self._made_up = None
        for line in (self._first, self._second):
            line.value = ""

    def _show_about(self) -> None:
        about = self._about_line
        text, weak = self._about()
        about.set_class(weak, "weak")
        about.show(text)

    def _about(self) -> tuple[str, bool]:
        typed = self._first.value
        if not typed:
            return (
                "ChargeOver documents no rules for passwords; should it refuse one, its words are shown here.",
                False,
            )
        if self._made_up is not None and typed == self._made_up.text:
            how = f"{self._made_up.words} random words and a number, {self._made_up.bits} bits"
            return f"Made up: {how}. Read it out or copy it before you go on: then it is gone.", False
        if weak := weaknesses(typed, self._known):
            return f"Easy to guess: {'; '.join(weak)}.", True
        return "Nobody can see it again afterwards.", False

    @on(SecretLine.NotPasted)
    def _not_pasted(self, event: SecretLine.NotPasted) -> None:
        self.told.tell(f"Not pasted: {event.why}.", bad=True)

    @on(Input.Changed)
    def _changed(self) -> None:
        self.told.tell("")
        self._show_about()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.input.id == "first" and not self._second.value:
            self._second.focus()
        else:
            self.action_go_on()

    def action_generate(self) -> None:
        self._made_up = generate()
        for line in (self._first, self._second):
            line.value = self._made_up.text
        self._first.focus()

    def action_reveal(self) -> None:
        hidden = not self._first.password
        for line in (self._first, self._second):
            line.password = hidden

    def action_copy(self) -> None:
        if not self._first.value:
            self.told.tell("There is nothing to copy yet.")
        else:
            self.copy(self._first.value, self._copied)

    def _copied(self, result: CopyResult) -> None:
        from cotui.tui.base.clipboard import afterwards

        self.told.tell(f"password {result} {afterwards()}")

    def action_leave(self) -> None:
        if self.busy:
            return
        from cotui.tui.forms.discard import leave

        leave(self)

    def _problem(self) -> tuple[str, SecretLine] | None:
        first, second = self._first.value, self._second.value
        if not first.strip():
            return "Type a password, or ctrl+g makes one up.", self._first
        if not is_visible(first):
            return "The password holds a sign that no keyboard has.", self._first
        if first != second:
            words = "Type it once more." if not second else "The two are not the same."
            return words, self._second
        return None

    def action_go_on(self) -> None:
        if self.busy:
            return
        if problem := self._problem():
            self.told.tell(problem[0], bad=True)
            problem[1].focus()
            return
        self.send(partial(self._send, self._first.value, self._email_box.value))

    def failed(self, outcome: Outcome) -> None:
        super().failed(outcome)
        self._first.focus()


async def set_password(screen: FrameScreen[Any], action: Action, target: ActionTarget) -> Outcome | None:
    """Ask for the password, and set it with or without an e-mail that has it in it."""
    from cotui.tui.actions.dispatch import emails_of

    row = target.record.raw
    known = [row.get(name) for name in ("name", "first_name", "last_name", "username", "email")]
    if target.customer is not None:
        known.append(target.customer.raw.get("company"))

    async def send(password: str, by_email: bool) -> Outcome | None:
        write = target.write_of(action, {"password": password}, emails_of(action, target))
        write = replace(write, send_emails=by_email)
        outcome = await confirm(screen, write, notes=["The old password stops working at once."])
        # what is kept of it afterwards holds no password
        return outcome and replace(outcome, write=replace(write, payload=None))

    dialog = PasswordDialog(
        f"New password · {target.words}",
        tuple(text for text in known if isinstance(text, str)),
        target.email,
        send,
    )
    return await screen.cotui.ask(dialog)
