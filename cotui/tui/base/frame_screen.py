"""What every full screen has: the account's line on top, the status line at the bottom."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message

from cotui.api import ApiError
from cotui.catalog.start_lists import START_LISTS
from cotui.tui.base.inputs import takes_as_text
from cotui.tui.base.session import badges
from cotui.tui.base.status_line import StatusLine
from cotui.tui.base.top_bar import Tab, TopBar
from cotui.tui.engine.frame_batching import BatchedScreen

if TYPE_CHECKING:
    from cotui.api import Outcome, Record
    from cotui.catalog import Resource
    from cotui.tui.base.action_target import ChosenRecords
    from cotui.tui.base.host import Host


TABS = tuple(Tab(str(number), name, name.capitalize()) for number, name in enumerate(START_LISTS, 1))

#: what has a place in the last line of a narrow terminal too, behind the first key
_WANTED = ("all_rows", "relation('customer')")
#: so many keys that lead to what belongs to a record stand among what is done most, the others behind it
_FIRST_RELATED = 2
#: and so many before all others that can be done
_MOST_RELATED = 6
#: goes from part to part where a page has several
_MOVING = "part(1)"
#: what stands at the end of it, and is never left out: the way back, and the way to all keys
_LAST = ("back", "leave", "help")

Result = TypeVar("Result")
Answer = TypeVar("Answer")


@dataclass
class ValueCopied(Message):
    """A value was copied, as far as can be known: `how` and `hint` are for the user.

    `sent` is False when nothing was copied: the value is a secret, or too long.
    """

    text: str
    how: str
    hint: str = ""
    sent: bool = True


@dataclass
class RecordWanted(Message):
    """The user wants the record that the selected key points to."""

    resource_id: str
    ref: int | str
    #: what of it is here already
    row: Record | None = None


class FrameScreen(BatchedScreen[Result]):
    """A screen between the two lines."""

    DEFAULT_CSS = """
    FrameScreen { layers: base above; background: $surface; overflow: hidden; }
    """

    #: name of the tab this screen stands under
    tab = ""
    #: the first and the last line; None before there are any
    _bar: TopBar | None = None
    _status: StatusLine | None = None
    #: something was written since what is shown was read
    _stale = False

    @property
    def cotui(self) -> Host:
        """The app, as far as screens know it."""
        return cast("Host", self.app)

    async def ask(self, form: FrameScreen[Answer]) -> Answer | None:
        """Show another screen under the same tab and wait for its result; None when it was left."""
        form.tab = self.tab
        return await self.cotui.ask(form)

    def compose(self) -> ComposeResult:
        session = self.cotui.session
        profile = session.profile
        production = profile is not None and profile.production
        self._bar = bar = TopBar(
            session.label,
            self._tabs() if session.api is not None else (),
            self.tab,
            colour=profile.shown_colour if profile is not None else "",
            badges=badges(profile, read_only=session.read_only),
        )
        bar.set_class(production, "production")
        bar.set_level(self.cotui.connection.text)
        yield bar
        yield from self.compose_body()
        self._status = StatusLine()
        yield self._status

    def _tabs(self) -> Sequence[Tab]:
        """The lists in the first line, with the keys that lead to them."""
        own = self.cotui.session.settings.keys
        keys = {tab.name: own.get(f"app.{tab.name}", "").partition(",")[0] for tab in TABS}
        return [
            replace(tab, key=self.app.get_key_display(Binding(key, ""))) if (key := keys[tab.name]) else tab
            for tab in TABS
        ]

    def compose_body(self) -> ComposeResult:
        """What stands between the lines."""
        raise NotImplementedError  # each screen has its own body; the frame alone is never shown

    def on_mount(self) -> None:
        self.bindings_updated_signal.subscribe(self, lambda _screen: self.show_hints())
        self.show_hints()

    def show_hints(self) -> None:
        """Show the keys that are valid where the focus is."""
        if self._status is not None and self.living:
            hints = list(self.hints())
            last = sum(binding.action.removeprefix("app.") in _LAST for _, binding in hints)
            self._status.hint(hints, last=last)
        self.cotui.tell_clashes(self)

    def hints(self) -> Iterator[tuple[str, Binding]]:
        """Key names and bindings for the status line, each action once, the first that are wanted on the phone.

        What leads to what belongs to a record comes before what is rarely used.
        """
        hints = list(self._hints())
        last = [hint for action in _LAST for hint in hints if hint[1].action.removeprefix("app.") == action]
        wanted = [hint for action in _WANTED for hint in hints if hint[1].action == action]
        acting = [hint for hint in hints if hint[1].action == "act"]
        filtering = [hint for hint in hints if hint[1].action == "filter"]
        related = [hint for hint in hints if hint[1].action.startswith("relation(") and hint not in wanted]
        others = [hint for hint in hints if hint not in (*wanted, *acting, *filtering, *related, *last)]
        moving = [hint for hint in others[1:] if hint[1].action == _MOVING]
        ahead = [*related[:1], *acting, *related[1:_FIRST_RELATED], *filtering, *moving]
        less = [hint for hint in others[1:] if hint not in moving]
        rest = [*related[_FIRST_RELATED:_MOST_RELATED], *less, *related[_MOST_RELATED:]]
        yield from (*others[:1], *wanted, *ahead, *rest, *last)

    def help_notes(self) -> Sequence[tuple[bool, str]]:
        """What help says below the keys, a line each, with whether it is a heading."""
        return ()

    @property
    def goes_back(self) -> bool:
        """Whether there is something that the key for back leads to, where that is not said by the binding."""
        return False

    def _hints(self) -> Iterator[tuple[str, Binding]]:
        seen: set[str] = set()
        for active in self.active_bindings.values():
            binding = active.binding
            key = self.app.get_key_display(binding)
            # Textual takes "slash" and the like for keys that a line of text leaves alone
            typed = takes_as_text(self.focused, binding.key)
            shown = binding.show or (binding.action == "back" and self.goes_back)
            if shown and active.enabled and binding.action not in seen and not typed:
                seen.add(binding.action)
                yield key, binding

    def say(self, text: str, severity: str = "information") -> None:
        if self._status is not None and self.living:
            self._status.say(text, severity)

    async def reading(self, what: str, read: Awaitable[Answer]) -> Answer | None:
        """Say what is being read until it is here; None when it can't be, which is said."""
        self.say(f"reading {what} …")
        try:
            found = await read
        except ApiError as error:
            self.say(f"{error.what}: {error.todo}", "error")
            return None
        self.hush()
        return found

    def feed_back(self, text: str, wrong: bool, *, whole: bool) -> None:
        if self._status is not None and self.living:
            self._status.feedback(text, wrong, whole=whole)

    def hush(self) -> None:
        if self._status is not None and self.living:
            self._status.hush()

    def show_wait(self, text: str) -> None:
        if self._status is not None and self.living:
            self._status.wait(text)

    def waits_for(self, key: str) -> bool:
        """Whether a key is meant for what is on its way to this screen; it is kept until then."""
        del key
        return False

    def leaves_out(self, event: events.Key) -> bool:
        """Whether a key does nothing here, because it was meant for somewhere else."""
        del event
        return False

    def key_unused(self, key: str) -> None:
        """A key was pressed that does nothing here: say why, where it does something elsewhere."""

    def about(self, resource_id: str) -> int | str | None:
        """The id of the one record of a kind that this screen is about; None where there is none."""
        del resource_id
        return None

    @property
    def unfinished(self) -> str:
        """What was typed here and is lost with the screen, where that may not be on show; "" where it is."""
        return ""

    def acted_on(self) -> ChosenRecords | None:
        """What an action would be done to now; None where there is nothing of that kind."""
        return None

    async def made_fresh(self) -> bool:
        """Read anew what is shown, where that is too old to act on; whether what was to be done still can be."""
        return True

    def records_changed(self) -> None:
        """Something was written: what this screen shows may be out of date."""
        self._stale = True
        if self.is_current:
            self._look_again()

    @on(events.ScreenResume)
    def _look_again(self) -> None:
        if self._stale:
            self._stale = False
            self.read_again()

    def read_again(self) -> None:
        """Read what is shown: something was written since."""

    def record_gone(self, resource: Resource, ref: int | str | None) -> None:
        """A record was deleted while this screen was on top."""

    def written(self, outcome: Outcome) -> None:
        """A write has ended that a screen of this stack asked for."""

    def on_screen_resume(self) -> None:
        self.set_level(self.cotui.connection.text)  # others were told while they lay over this one

    def set_level(self, text: str) -> None:
        if self._bar is not None and self.living:
            self._bar.set_level(text)

    @on(TopBar.TabClicked)
    def _tab(self, event: TopBar.TabClicked) -> None:
        self.cotui.action_tab(event.name)

    @on(ValueCopied)
    def _value_copied(self, event: ValueCopied) -> None:
        if not event.sent:
            self.say(f"{event.how}. {event.hint}".strip(), "warning")
            return
        from cotui.tui.base.clipboard import one_line

        self.say(one_line("", event.text, event.how, event.hint, self.size.width - 2))

    @on(RecordWanted)
    def _record_wanted(self, event: RecordWanted) -> None:
        row = {} if event.row is None else {"row": event.row}
        self.cotui.open_record(event.resource_id, event.ref, tab=self.tab, **row)
