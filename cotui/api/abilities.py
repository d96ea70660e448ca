"""What one account can do, as far as it was found out by using it: each fact with the day it was found out.

Accounts of ChargeOver differ, by their age and by the rights of their keys, and the documentation is silent where they
do. Nothing here is asked for: what is used tells. After a month a fact is forgotten, for accounts change too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from datetime import date, timedelta
from typing import Final, NamedTuple

#: several requests in one
BULK: Final = "_bulk"
#: items of a `_bulk` are filtered, ordered and cut as they ask for
BULK_QUERIES: Final = "_bulk with queries"
#: items of a `_bulk` that count do so with their filter
BULK_COUNTS: Final = "_bulk with counts"
#: each item of a `_bulk` takes a request of the budget
BULK_EACH: Final = "_bulk counts each request"
#: most rows of a list in one answer
PAGE_SIZE: Final = "page size"

#: for how long a fact holds
KEPT: Final = timedelta(days=30)
#: facts of an account at most: a file that grows without end is none to read at every start
MOST: Final = 300
#: failures in a row whose reason may lie elsewhere, after which something is left alone as long as the program runs
DOUBTS: Final = 2
_WORDS: Final = {True: "yes", False: "no"}


def reading(resource_id: str) -> str:
    """The fact that these keys may read an object."""
    return f"read {resource_id}"


def filtering(resource_id: str, field: str) -> str:
    """The fact that lists can be filtered by a field for which that is not documented."""
    return f"filter {resource_id}.{field}"


def ordering(resource_id: str, *fields: str) -> str:
    """The fact that lists can be ordered by fields, one after the other, for which that is not documented."""
    return f"order {resource_id}.{','.join(fields)}"


class Fact(NamedTuple):
    """What was found out: "yes", "no" or a number, and when."""

    name: str
    value: str
    day: date


class Abilities:
    """What was found out about one account.

    Args:
        kept: what earlier runs found out, by name of the fact ("no 2026-11-30"); what is found out is put there too.
        today: the day on this machine.
    """

    def __init__(
        self, kept: MutableMapping[str, str] | None = None, today: Callable[[], date] = date.today
    ) -> None:
        self._kept: MutableMapping[str, str] = {} if kept is None else kept
        self._today = today
        self._doubts: dict[str, int] = {}
        #: objects that were refused, while nobody knows whether the keys are accepted at all
        self._refused: set[str] = set()
        #: objects that came with these keys in this run
        self.read: set[str] = set()

    def keep_in(self, kept: MutableMapping[str, str]) -> None:
        """Have it kept elsewhere, where there may be facts already; what was found out in this run is newer."""
        kept.update(self._kept)
        self._kept = kept
        for name in [name for name in kept if self._fact(name) is None]:
            del kept[name]

    def __iter__(self) -> Iterator[Fact]:
        found = (self._fact(name) for name in sorted(self._kept))
        return (fact for fact in found if fact is not None)

    def can(self, name: str) -> bool | None:
        """Whether the account can do something; None where nobody has found out, or too long ago."""
        if self._doubts.get(name, 0) >= DOUBTS:
            return False
        fact = self._fact(name)
        return None if fact is None or fact.value not in _WORDS.values() else fact.value == _WORDS[True]

    def number(self, name: str) -> int | None:
        """The number that a fact is; None where it is not known."""
        fact = self._fact(name)
        return int(fact.value) if fact is not None and fact.value.isdigit() else None

    def learn(self, name: str, value: bool | int) -> None:
        """Something was found out. What was known already keeps its day, and is found out anew after its month."""
        self._doubts.pop(name, None)
        word = _WORDS[value] if isinstance(value, bool) else str(value)
        fact = self._fact(name)
        if fact is None or fact.value != word:
            if len(self._kept) >= MOST and name not in self._kept:
                del self._kept[min(self._kept, key=lambda item: self._kept[item].rpartition(" ")[2])]
            self._kept[name] = f"{word} {self._today().isoformat()}"

    def doubt(self, name: str) -> None:
        """It failed, perhaps because of something between here and the server: nothing to remember of the account.

        Where it fails again, it is not tried any more in this run.
        """
        self._doubts[name] = self._doubts.get(name, 0) + 1

    def refused(self, resource_id: str) -> None:
        """Reading an object was refused: the keys may not, or are not accepted at all. What comes next tells."""
        if resource_id not in self.read:  # else it is about one record
            self._refused.add(resource_id)

    def came(self, resource_id: str) -> None:
        """An object could be read, so the keys are accepted: what else was refused is kept from them."""
        self.read.add(resource_id)
        if self.can(reading(resource_id)) is False:
            self.learn(reading(resource_id), True)
        self._refused.discard(resource_id)
        while self._refused:
            self.learn(reading(self._refused.pop()), False)

    def forget(self) -> None:
        """Find everything out anew."""
        self._doubts.clear()
        self._kept.clear()

    def _fact(self, name: str) -> Fact | None:
        value, _, text = self._kept.get(name, "").partition(" ")
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return None
        known = value in _WORDS.values() or (value.isascii() and value.isdigit() and len(value) < 10)
        # a clock that was wrong leaves days to come, which would hold for ever
        age = self._today() - day
        return Fact(name, value, day) if known and timedelta(days=-1) <= age < KEPT else None
