"""Which names are asked for, and when: those of the rows on the screen, once they have been painted.

Where the account takes many requests in one, the first screen is asked for at once, and while rows fly past only
those that stay. Where it does not, each name costs a request, so rows have to stand still for longer. Names never
take more than their share of the minute's requests; what finds no room in it is asked for later, if it is
on the screen then.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any, Final

from cotui.api import Api, Priority
from cotui.api.abilities import BULK
from cotui.api.calls import BULK_LIMIT
from cotui.api.paging.scroll_debounce import Cancellable, Later
from cotui.desk.names import CustomerNames, Ref

#: seconds for which rows stand still before each of their names is a request; before many are one
STILL: Final = 0.5
BRIEFLY: Final = 0.1
#: names that are asked for one by one before it is looked whether their rows are still there
FEW: Final = 5


class NamesOnScreen:
    """Asks for names as rows come to the screen.

    Args:
        visible: the customers of the rows on the screen, from the top.
        run: calls something and runs what that gives in the background, for as long as the screen lives.
        later: the event loop's `call_later` when None.
        clock: seconds, monotonic.
    """

    def __init__(
        self,
        api: Api,
        names: CustomerNames,
        visible: Callable[[], Sequence[Ref]],
        run: Callable[[Callable[[], Coroutine[Any, Any, None]]], object],
        *,
        later: Later | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._api = api
        self._names = names
        self._visible = visible
        self._run = run
        self._later = later
        self._clock = clock
        self._asking = False
        self._waiting: Cancellable | None = None
        #: what stood on the screen when it was last looked at, and since when
        self._seen: Sequence[Ref] = ()
        self._since = float("-inf")
        self._closed = False

    def look(self) -> None:
        """Other rows are on the screen, and painted."""
        if self._closed:
            return
        here = tuple(self._visible())
        now = self._clock()
        first = not self._seen
        if here != self._seen:
            self._seen, flew, self._since = here, now - self._since < BRIEFLY, now
        else:
            flew = False
        wanted = self._names.missing(here)
        if self._asking:
            return
        if not wanted:
            if (again := self._names.wait_for(here)) is not None:
                self._look_in(again)
            return
        together = [ref for ref in wanted if not self._names.tells_alone(ref)]
        alone = self._api.abilities.can(BULK) is False or not together
        if alone:
            wait = self._since + STILL - now
            wanted = wanted[:FEW]
        else:
            wanted = together
            wait = BRIEFLY if flew and not first else 0.0
        budget = self._api.worker.budget
        calls = -(-len(wanted) // BULK_LIMIT) if self._bulk and not alone else len(wanted)
        wait = max(wait, budget.wait_for(Priority.NAMES, min(calls, budget.allowed(Priority.NAMES))))
        if wait > 0:
            self._look_in(wait)
            return
        self._stop_waiting()
        self._asking = True
        self._run(partial(self._ask, wanted, alone))

    def close(self) -> None:
        """Ask for nothing more."""
        self._closed = True
        self._stop_waiting()

    @property
    def _bulk(self) -> bool:
        return self._api.abilities.can(BULK) is not False and not self._api.worker.budget.counts_each

    async def _ask(self, wanted: Sequence[Ref], alone: bool) -> None:
        try:
            await self._names.ask(self._api, wanted, singly=alone)
        finally:
            self._asking = False
        self.look()

    def _look_in(self, seconds: float) -> None:
        self._stop_waiting()
        later = self._later or asyncio.get_running_loop().call_later
        self._waiting = later(seconds, self._again)

    def _again(self) -> None:
        self._waiting = None
        self.look()

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
