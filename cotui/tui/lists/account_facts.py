"""What a list screen learns of its account, and what it does when it knows more: the account's words and its day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from cotui.api import ApiError, Record
from cotui.catalog import Resource
from cotui.desk.account_words import AccountWords

if TYPE_CHECKING:
    from cotui.tui.base.session import Session
    from cotui.tui.lists.list_screen import ListScreen


class AccountFacts:
    """Between one list and what is known of the account, which all lists share.

    Args:
        another_day: called when it turned out to be another day in the account than was thought.
    """

    def __init__(self, screen: ListScreen, another_day: Callable[[], None]) -> None:
        self._screen = screen
        self._another_day = another_day
        self._waiting: list[Callable[[], object]] = []
        #: the lists could not be read, which is being told
        self._refused = False

    @property
    def words(self) -> AccountWords:
        """What the account calls the values of keys."""
        session = self._session
        if session.words is None:
            session.words = AccountWords(session.state.account(session.account).words)
        return session.words

    def look_at(self, source: object, rows: Sequence[Record], resource: Resource) -> None:
        """Learn from the first rows of a source."""
        self.words.learn(source, rows, resource)
        session = self._session
        moved = session.day.learn(source, rows, resource)
        if session.day.latest:
            session.state.account(session.account).latest_time = session.day.latest
        if moved and not session.demo:
            self._screen.call_later(self._another_day)

    def look_up(self, then: Callable[[], object]) -> bool:
        """Read the account's lists that the filter may need, unless that was done, and call back.

        Returns:
            Whether it will call back.
        """
        if self._refused or not self.words.unread(self._screen.listing.resource):
            return False
        self._waiting.append(then)
        if len(self._waiting) == 1:
            self._screen.run_worker(self._read(), group="words")
        return True

    async def _read(self) -> None:
        screen, failure = self._screen, None
        try:
            await self.words.read(screen.cotui.api, screen.listing.resource)
        except ApiError as error:
            failure = error
        waiting, self._waiting = self._waiting, []
        self._refused = failure is not None
        refusal = self.words.refusal(screen.listing.resource)
        for then in dict.fromkeys(waiting):
            then()
        self._refused = False
        if refusal:
            screen.say(refusal, "error")
        if failure is not None:
            screen.say(
                f"{failure.what}: what the account calls its keys is not known. {failure.todo}", "error"
            )

    @property
    def _session(self) -> Session:
        return self._screen.cotui.session
