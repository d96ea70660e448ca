"""What commands know of their account beforehand: what it calls the values of keys, and which day it is there.

It is what the screens remember too. It is looked at only where a filter needs it, and asked for only where it is not
remembered.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cotui.cli.exits import CommandError, Exit
from cotui.cli.out import say
from cotui.safety.text import clean

if TYPE_CHECKING:
    from cotui.api import Api
    from cotui.catalog import Resource
    from cotui.desk.account_day import AccountDay
    from cotui.desk.account_words import AccountWords
    from cotui.query import Query, QueryError
    from cotui.settings import StateStore

#: what a refusal of a filter says about the filter line of the screens
_KEY_HINT = " (tab shows all)"
#: instead of what screens do with the rows that are loaded
_PICK_HINT = ", and another program can pick them out of list --limit all --format csv"


class AccountMemory:
    """What is known of one account while a command runs.

    Args:
        env: the environment; None for the process's own.
        demo: the account is the demo's, of which nothing is kept.

    Attributes:
        timezone: the profile's setting; set when the profile is known.
    """

    def __init__(self, env: Mapping[str, str] | None, *, demo: bool) -> None:
        self._env = env
        self._demo = demo
        self._store: StateStore | None = None
        self._words: AccountWords | None = None
        self._api: Api | None = None
        self.timezone = ""

    def watch(self, api: Api) -> None:
        """What an account was found to be able to do is what earlier runs found out, and is kept for the next."""
        self._api = api

    def abilities(self) -> None:
        """Look at what earlier runs found out; only commands that ask for many things at once need it."""
        if self._api is not None and not self._demo:
            self._api.keep_abilities(self._opened().account(self._api.connection.account).abilities)

    def save(self) -> None:
        """Keep what was found out, where something was."""
        if self._store is not None:
            self._store.save()

    async def query(self, text: str, resource: Resource, api: Api) -> Query:
        """What a filter asks for.

        Raises:
            CommandError: it can't be understood, with all that is known of the account.
            ApiError: what it needs could not be read.
        """
        from cotui.query import QueryError, depends_on_day, parse

        words = await self._words_for(text, resource, api)
        today = None
        if depends_on_day(text, resource, words):
            day = await self.day(api)
            say(day.words())
            today = day.today()
        try:
            return parse(text, resource, today=today, words=words)
        except QueryError as error:
            refusal = self._words.refusal(resource) if error.unlearned and self._words is not None else ""
            raise told(error, text, refusal) from None

    def known_day(self, api: Api) -> AccountDay:
        """The account's day as far as it is known; nothing is asked."""
        from cotui.desk.account_day import AccountDay

        if self._demo:
            from cotui.cli.demo_data import DEFAULT_TIMEZONE

            return AccountDay(DEFAULT_TIMEZONE, whose="the demo account's")
        if self.timezone:
            return AccountDay(self.timezone)
        return AccountDay(latest=self._opened().account(api.connection.account).latest_time)

    def learned(self, api: Api, day: AccountDay) -> None:
        """Keep what answers told of the account's day."""
        if not self._demo and day.source == "server":
            self._opened().account(api.connection.account).latest_time = day.latest

    async def day(self, api: Api) -> AccountDay:
        """The account's day; where nobody has said yet which zone it is in, the server is asked once."""
        from cotui.api import ApiError

        day = self.known_day(api)
        if day.source == "machine":
            try:
                await day.ask(api)
            except ApiError as error:
                if error.status is None:
                    raise  # no way to the server: what is asked for next would only wait as long once more
                return day  # these keys may not read customers; that it is this machine's day is told
            self.learned(api, day)
            self._opened().save()
        return day

    async def _words_for(self, text: str, resource: Resource, api: Api) -> Mapping[str, Mapping[str, str]]:
        """The account's words that a filter needs; they are read where those that are kept are not enough."""
        from cotui.query import QueryError, parse

        known: Mapping[str, Mapping[str, str]] = {}
        for more in (self._known, self._read):
            try:
                parse(text, resource, words=known)
            except QueryError as error:
                if error.unlearned:
                    known = await more(resource, api)
                    continue
            break
        return known

    async def _known(self, resource: Resource, api: Api) -> Mapping[str, Mapping[str, str]]:
        from cotui.desk.account_words import AccountWords

        del resource
        kept = None if self._demo else self._opened().account(api.connection.account).words
        self._words = AccountWords(kept)
        return self._words.known

    async def _read(self, resource: Resource, api: Api) -> Mapping[str, Mapping[str, str]]:
        assert self._words is not None
        if self._words.unread(resource):
            await self._words.read(api, resource)
            if self._store is not None:
                self._store.save()
        else:
            await self._words.read_rows(api, resource)
        return self._words.known

    def _opened(self) -> StateStore:
        if self._store is None:
            from cotui.settings import StateStore, state_path

            self._store = StateStore(state_path(self._env))
        return self._store


def told(error: QueryError, text: str, more: str = "") -> CommandError:
    """A mistake in a filter, shown where it is, with what else is to be said of it."""
    # there is no tab key here: what it would show follows, unless the message names all of it
    from cotui.query.errors import FIND_HINT, without_keys

    message = without_keys(error.message).replace(_KEY_HINT, "").replace(FIND_HINT, _PICK_HINT)
    named = all(item in message for item in error.expected)
    expected = "" if named else f"\nexpected: {', '.join(error.expected)}"
    before, wrong, after = map(clean, (text[: error.start], text[error.start : error.end], text[error.end :]))
    message = " ".join(filter(None, (message, more)))
    shown, marks = before + wrong + after, " " * len(before) + "^" * max(1, len(wrong))
    return CommandError(f"{message}\n  {shown}\n  {marks}{expected}", Exit.USAGE)
