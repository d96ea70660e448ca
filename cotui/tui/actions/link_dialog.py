"""A link to hand on: copied, scanned from the screen, or read. A link that logs in is treated as a password."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll

from cotui.safety.text import clean, is_plain
from cotui.tui.base.dialog import Dialog
from cotui.tui.base.line import StatusText, TextBlock, TextLine

if TYPE_CHECKING:
    from cotui.tui.base.clipboard import CopyResult

#: seconds after which a login link is not to be counted on: as long as the sandbox lets one live
PROBABLY_OVER: Final = 60
#: characters of an answer that are shown; a link has some hundred
SHOWN: Final = 3_000
#: characters of the longest link that is made a QR code; longer ones need more room than screens have
LONGEST_CODE: Final = 1_000


class LinkDialog(Dialog[str]):
    """Shows one link, and forgets it when it closes.

    Gives back "again" when its user wants a new link, "other" for the other way that was offered.

    Args:
        title: what it is for, and whose it is.
        link: what the server said, whatever it is.
        secret: it logs in, so it is shown only when asked for, and its age is counted.
        other: another way to the same end, offered on the key l; "" for none.
        clock: seconds, monotonic; the link was made when the dialog was.
    """

    DEFAULT_CSS = """
    LinkDialog > #box { width: 100%; max-width: 84; }
    LinkDialog #room { height: auto; max-height: 12; scrollbar-size-vertical: 1; margin: 1 0; }
    LinkDialog.low #room { max-height: 4; margin: 0; }
    LinkDialog.low .title { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    LinkDialog.low.told .line { display: none; }
    LinkDialog #link { color: $text-primary; }
    LinkDialog #wrong { color: $text-warning; }
    """
    BINDINGS = [
        Binding("s,space", "reveal", "Show or hide the link", id="link.reveal"),
        Binding("c,y", "copy", "Copy the link", id="link.copy"),
        Binding("k,q", "qr", "QR code", id="link.qr"),
        Binding("n", "give('again')", "Make a new link", id="link.again"),
        Binding("l", "give('other')", "Another way", id="link.other"),
        Binding("down", "scroll(1)", "Further down", show=False),
        Binding("up", "scroll(-1)", "Further up", show=False),
    ]

    def __init__(
        self,
        title: str,
        link: object,
        *,
        lines: Sequence[str] = (),
        secret: bool,
        other: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._title = clean(title)
        self._link = _text(link)
        self._lines = [clean(line) for line in lines]
        self._secret = secret
        self._other = other
        self._clock = clock
        self._made = clock()
        self._revealed = not secret
        self._room = VerticalScroll(id="room", can_focus=False)
        self._link_line = TextBlock(id="link")
        self._age_line = TextLine(self.age, id="age")
        self._said = StatusText()

    @property
    def holds_secret(self) -> bool:  # type: ignore[override]  # for others it is the same all the time
        return self._secret

    @property
    def is_link(self) -> bool:
        """Whether it is the address of a page, written as such."""
        return is_web_link(self._link)

    @property
    def codable(self) -> bool:
        return self.is_link and len(self._link) <= LONGEST_CODE

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield TextBlock(self._title, "title")
            for line in self._lines:
                yield TextBlock(line, "line")
            if wrong := self._wrong():
                yield TextBlock(wrong, id="wrong")
            with self._room:
                yield self._link_line
            if self._secret:
                yield self._age_line
            yield self._said
            yield TextBlock(self._keys(), "faint", id="keys")

    def _wrong(self) -> str:
        if not self._link:
            return "There is no link: ChargeOver gave none."
        if not self.is_link:
            return "ChargeOver's answer is not a web address. It is kept as it came; look before you use it."
        return ""

    def _keys(self) -> str:
        keys = []
        if self._link:
            keys += ["s shows or hides it"] * self._secret + ["c copies it"]
            keys += ["k QR code"] * self.codable
        keys += ["n makes a new one"] * self._secret
        keys += [f"l {self._other}"] if self._other else []
        leaves = "esc leaves, the link is gone then" if self._secret else "esc leaves"
        return " · ".join([*keys, leaves])

    def on_mount(self) -> None:
        self._show()
        if self._secret:
            self.set_interval(1, self.tick)

    def on_unmount(self) -> None:
        if self._secret:
            self._link = ""

    @property
    def age(self) -> str:
        """How old it is: ChargeOver does not say how long a link lives, but it is not long."""
        seconds = self._clock() - self._made
        worth = (
            "works once, and not for long" if seconds < PROBABLY_OVER else "probably over; n makes a new one"
        )
        return f"made {_since(seconds)} ago · {worth}"

    def tick(self) -> None:
        self._age_line.show(self.age)

    def _show(self) -> None:
        shown = clean(self._link[:SHOWN])
        if not self._revealed:
            host = urlsplit(self._link).hostname if self.is_link else None
            shown = f"••••••••  hidden: a link to {clean(host)}" if host else "••••••••  hidden"
            shown = shown if self._link else ""
        elif len(self._link) > SHOWN:
            shown += f" … and {len(self._link) - SHOWN:,} characters more"
        self._link_line.show(shown)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "give":
            return self._secret if parameters == ("again",) else bool(self._other)
        if action == "reveal":
            return self._secret and bool(self._link)
        if action == "copy":
            return bool(self._link)
        return self.codable if action == "qr" else True

    def action_reveal(self) -> None:
        self._revealed = not self._revealed
        self._show()

    def action_copy(self) -> None:
        self.copy(self._link, self._copied)

    def _copied(self, result: CopyResult) -> None:
        from cotui.tui.base.clipboard import afterwards

        self.add_class("told")
        self._said.tell(f"link {result} {afterwards()}" if self._secret else f"link {result}")

    def action_qr(self) -> None:
        from cotui.tui.actions.qr_dialog import QrScreen

        about = "k or esc goes back"
        self.app.push_screen(QrScreen(self._link, lambda: f"{self.age} · {about}" if self._secret else about))

    def action_scroll(self, lines: int) -> None:
        self._room.scroll_relative(y=lines, animate=False)

    def action_give(self, what: str) -> None:
        self.dismiss(what)


def is_web_link(text: str) -> bool:
    """Whether a text is an address that a phone may open: http(s), with a host, and no sign that deceives."""
    if not is_plain(text) or " " in text:
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _text(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value
    import json

    return json.dumps(value, ensure_ascii=False)


def _since(seconds: float) -> str:
    whole = max(0, int(seconds))
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
