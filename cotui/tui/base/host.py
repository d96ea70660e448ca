"""What a screen or a dialog may ask of the app it is shown by: the app is this, and they know no more of it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from textual.screen import Screen

    from cotui.api import Api, Outcome, Record, RecordWindow
    from cotui.catalog import Resource
    from cotui.settings import ScreenState
    from cotui.tui.base.connection import ConnectionText
    from cotui.tui.base.session import Session
    from cotui.tui.base.waiting import Waiting
    from cotui.tui.base.writer import AuditedWriter
    from cotui.tui.engine.life import LivingScreen

Answer = TypeVar("Answer")


class Host(Protocol):
    """The app, as its screens know it."""

    session: Session
    #: how the connection is, in words
    connection: ConnectionText
    #: what its user waits for
    waiting: Waiting
    #: company by customer id, as far as record pages had to ask for it
    customer_names: dict[int | str, str]

    @property
    def api(self) -> Api:
        """The account; there is one wherever something can be acted on."""

    @property
    def writer(self) -> AuditedWriter:
        """What every write goes through."""

    @property
    def acting(self) -> bool:
        """Whether an action is busy, which means that it does not wait for its user."""

    @property
    def key_time(self) -> float | None:
        """When the key that is being dealt with was pressed, by `clock`; None where it was none."""

    @staticmethod
    def clock() -> float:
        """Seconds, monotonic."""

    # -- saying and remembering ---------------------------------------------------------------

    def say(self, text: str, severity: str = "information") -> None:
        """Say something in the status line of the screen on top."""

    def tell_clashes(self, screen: Screen[Any]) -> None:
        """Say, once for each, which keys of the user's own are in use for something else."""

    def memory(self, key: str) -> ScreenState:
        """What is remembered of a list from last time; changed in place."""

    def copy(self, text: str, what: str) -> None:
        """Copy a text to the clipboard of the person at the other end, and say how."""

    def forget_copies(self) -> None:
        """A dialog with a secret has closed: copies of it are to go."""

    def keys_may_go(self) -> None:
        """What keys were waiting for may be here."""

    # -- going somewhere ----------------------------------------------------------------------

    def action_tab(self, name: str) -> None:
        """Show one of the lists on the number keys, as it was left."""

    def connected(self) -> None:
        """There is an account now: browse."""

    def open_list(self, listing: Any, *, tab: str, text: str = "", remember: bool = False) -> None:
        """Show a list (a `ListSpec`) over this screen, filtered by a text."""

    def open_record(self, resource_id: str, ref: int | str, *, tab: str) -> None:
        """Show a record of which only the id is known."""

    def open_row(
        self, screen: LivingScreen[Any], resource: Resource, record: Record, window: RecordWindow | None, index: int,
        *, tab: str, then: Callable[[int | None], object],
    ) -> None:  # fmt: skip
        """Show a row of a list as a whole record; `window` is what it can step through from `index` on."""

    # -- acting -------------------------------------------------------------------------------

    def act(self, screen: Any, resource: Resource, name: str, refs: Sequence[int | str | None]) -> None:
        """Begin an action, unless one is under way; see `ActionRunnerApp`."""

    async def ask(self, dialog: LivingScreen[Answer]) -> Answer | None:
        """Show a dialog and wait for its result; None when it was left, in whatever way."""

    def go_on(self, dialog: LivingScreen[Any], work: Coroutine[Any, Any, None]) -> None:
        """Do something for the action under way that one of its dialogs began."""

    def written(self, outcome: Outcome) -> None:
        """A write has ended: say so, and have what shows its record read again."""

    def records_changed(self) -> None:
        """What any screen shows may be out of date."""

    def call_later(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Textual's: call something when this turn of the loop is over."""

    def call_after_refresh(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Textual's: call something when the screen has been drawn."""
