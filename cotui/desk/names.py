"""What customers are called that numbers stand for, and what a record is called that a key points to.

Names of customers are learned wherever a customer is read, and kept for the session. Those that are missing are asked
for many at a time, in one request of the account for 25 where it has `_bulk`, behind all that its user waits for.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from cotui.api import Api, ApiError, Forbidden, NotFound, Priority, Record, Unauthorized
from cotui.api.abilities import BULK, reading
from cotui.api.calls import BULK_LIMIT
from cotui.api.listeners import Listeners
from cotui.catalog import RESOURCES, Field, Resource
from cotui.catalog.model import key_of
from cotui.safety.text import clean, shortened

CUSTOMER: Final = "customer"
#: other objects whose records are somebody
PEOPLE: Final = ("user", "admin")
#: names of the session at most; those that were not looked at for longest go first
MOST_NAMES: Final = 10_000
#: characters of a name; a longer one is cut where it is shown
LONGEST_NAME: Final = 300
#: how often a name is asked for at once that could not be had, and seconds until it is asked for once more
ATTEMPTS: Final = 2
PATIENCE: Final = 60.0

Ref = int | str


def names_customer(field: Field, resource: Resource) -> bool:
    """Whether the values of a field stand for customers other than the record itself.

    Rows of a report are as the account has made it, mostly with names of their own.
    """
    other = field.references == CUSTOMER or field.customer_where[0] != ""
    return other and field.name != resource.primary_key and "." not in field.name and not resource.open_fields


def customer_of(row: Mapping[str, Any], field: Field) -> Ref | None:
    """The customer that a value stands for; None where it stands for none."""
    other, value = field.customer_where
    if other and row.get(other) != value:
        return None
    return key_of(row.get(field.name))


def placeholder(ref: Ref) -> str:
    """What stands where a name is not known, or not yet."""
    return f"(customer {ref})"


class CustomerNames:
    """Names of one account's customers.

    Args:
        most: names that are kept at most; None for all, as long as an export lasts.
        raw: names are kept as they came, for files; else as they may be shown.
        clock: seconds, monotonic.

    Attributes:
        refused: these keys may not read customers; why. None as long as nothing says so.
    """

    def __init__(
        self,
        *,
        most: int | None = MOST_NAMES,
        raw: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._names: OrderedDict[Ref, str] = OrderedDict()
        self._most = most
        self._raw = raw
        self._clock = clock
        #: how often in vain, and when last
        self._asked: dict[Ref, tuple[int, float]] = {}
        #: those of whom a batch does not tell, which single requests may
        self._alone: set[Ref] = set()
        #: what ends when they have come
        self._under_way: dict[Ref, asyncio.Event] = {}
        self._api: Api | None = None
        self._learned: Listeners[[frozenset[Ref]]] = Listeners()
        self.refused: ApiError | None = None
        self._refusal_told = False
        #: users and workers, by object and key
        self._people: dict[tuple[str, str], str] = {}
        #: whether any customer could be read
        self._came = False

    def watch(self, api: Api) -> None:
        """Learn from all customers that come from an account, whoever asked for them."""
        if self._api is not api:
            self._api = api
            api.watch(self.learn)

    def on_learned(self, callback: Callable[[frozenset[Ref]], None]) -> Callable[[], None]:
        """Calls back with the customers whose names became known; returns what ends that."""
        return self._learned.add(callback)

    def learn(self, resource: Resource, records: Iterable[Record]) -> None:
        """Take in the names of customers; records of other objects teach nothing."""
        if resource.id != CUSTOMER:
            return
        self._readable()
        new: set[Ref] = set()
        for record in records:
            name = record.raw.get(resource.title_field)
            if record.ref is not None and isinstance(name, str):
                self._keep(record.ref, name, new)
        self._tell(new)

    def known(self, ref: Ref) -> str | None:
        """A customer's name: "" where it has none, or is gone; None where it is not known."""
        name = self._names.get(ref)
        if name is not None:
            self._names.move_to_end(ref)
        return name

    def shown(self, ref: Ref) -> tuple[str, bool]:
        """What is shown for a number, and whether it is the name."""
        name = self.known(ref)
        return (name, True) if name else (placeholder(ref), False)

    def missing(self, refs: Iterable[Ref | None]) -> list[Ref]:
        """Those whose names are not known and can be asked for, each once, in their order."""
        if self.refused is not None:
            return []
        wanted = dict.fromkeys(ref for ref in refs if ref is not None)
        return [
            ref
            for ref in wanted
            if ref not in self._names and ref not in self._under_way and not self._given_up(ref)
        ]

    def tells_alone(self, ref: Ref) -> bool:
        """Whether a name was asked for with others, and what came could not be told whose it is."""
        return ref in self._alone

    def wait_for(self, refs: Iterable[Ref]) -> float | None:
        """Seconds until some that were asked for in vain may be asked for again; None where there are none."""
        now = self._clock()
        failed = [ref for ref in refs if ref in self._asked and ref not in self._under_way]
        waits = [self._asked[ref][1] + PATIENCE - now for ref in failed]
        return None if self.refused is not None or not waits else max(0.0, min(waits))

    async def ask(
        self, api: Api, refs: Sequence[Ref], *, priority: Priority = Priority.NAMES, singly: bool = True
    ) -> None:
        """Ask for names, each of which is known or gone afterwards, or was asked for in vain. Raises nothing.

        Those that somebody else asks for already are waited for; whoever waits for them on the screen asks anew.

        Args:
            singly: one by one where there is no `_bulk`; else nothing is asked then.
        """
        from cotui.api.bulk_reads import unreadable  # the first rows are on the screen by now

        if api.abilities.can(reading(CUSTOMER)) is False:
            self.refused = self.refused or unreadable(RESOURCES[CUSTOMER])
        others = {self._under_way[ref] for ref in refs if ref in self._under_way}
        if priority is Priority.INTERACTIVE:
            for ref in refs:
                self._under_way.pop(ref, None)
        await self._ask(api, self.missing(refs), priority, singly)
        if others and priority is not Priority.INTERACTIVE:
            for other in others:
                await other.wait()
            await self._ask(api, self.missing(refs), priority, singly)  # it may have been cancelled

    async def _ask(self, api: Api, wanted: Sequence[Ref], priority: Priority, singly: bool) -> None:
        from cotui.api.bulk_reads import Read, read_many

        if not wanted:
            return
        resource, ended = RESOURCES[CUSTOMER], asyncio.Event()
        self._under_way.update(dict.fromkeys(wanted, ended))
        try:
            alone = [ref for ref in wanted if singly and ref in self._alone]
            together = [ref for ref in wanted if ref not in alone]
            batches = [together, *([ref] for ref in alone)]
            came = await asyncio.gather(
                *(
                    read_many(api, [Read(resource, ref) for ref in refs], priority, singly=singly)
                    for refs in batches
                )
            )
            wanted = [*together, *alone]
            answers = [answer for answers in came for answer in answers]
        finally:
            ended.set()
            for ref in wanted:
                if self._under_way.get(ref) is ended:
                    del self._under_way[ref]
        gone: set[Ref] = set()
        kept_back: dict[Ref, ApiError] = {}
        for ref, answer in zip(wanted, answers, strict=True):
            if isinstance(answer, Record):
                name = answer.raw.get(resource.title_field)
                self._keep(ref, name if isinstance(name, str) else "", gone)
            elif isinstance(answer, NotFound):
                self._keep(ref, "", gone)
            elif isinstance(answer, Unauthorized | Forbidden):
                kept_back[ref] = answer
            else:
                self._failed(ref)
                if answer is None and api.abilities.can(BULK) is not False:
                    self._alone.add(ref)
        if gone:
            self._readable()
        if kept_back and not gone and (not self._came or len(kept_back) >= BULK_LIMIT):
            self.refuse(api, next(iter(kept_back.values())))
        elif kept_back:  # others may be read, so it is about these
            for ref in kept_back:
                self._keep(ref, "", gone)
            api.abilities.came(CUSTOMER)
        self._tell(gone)

    def refuse(self, api: Api, error: ApiError) -> None:
        """Customers may not be read; the rows came with the same keys, so it is not the keys that are wrong.

        Unless they were taken back meanwhile: it is remembered of the account when more comes with them.
        """
        from cotui.api.bulk_reads import unreadable

        api.worker.status.keys_are_accepted()
        self.refused = unreadable(RESOURCES[CUSTOMER], error)

    def untold_refusal(self) -> str:
        """That these keys may not read customers, the first time; "" later, and where they may."""
        if self.refused is None or self._refusal_told:
            return ""
        self._refusal_told = True
        return self.refused.what

    def forget_refusal(self) -> None:
        """Customers may be readable after all: they are asked for again."""
        self.refused, self._refusal_told = None, False
        self._asked.clear()

    async def people(self, api: Api, resource: Resource, record: Record) -> dict[str, str]:
        """What the users and workers are called that a record has only the numbers of, by the names of the fields."""
        found: dict[str, str] = {}
        for field, key in people_in(record, resource):
            who = (field.references, key)
            if who not in self._people and api.abilities.can(reading(field.references)) is not False:
                if len(self._people) >= MOST_NAMES:
                    self._people.clear()
                self._people[who] = await name_of(api, field, key)
            found[field.name] = self._people.get(who, "")
        return found

    async def of(self, api: Api, resource: Resource, record: Record) -> str:
        """Who a record of `resource` belongs to; "" when that can't be told."""
        key = customer_for(resource, record)
        if key is None:
            return ""
        if self.known(key) is None:
            await self.ask(api, [key], priority=Priority.INTERACTIVE)
        return self.known(key) or ""

    def _readable(self) -> None:
        """Customers came, so they may be read, whatever was found out before."""
        self._came = True
        if self.refused is not None:
            self.forget_refusal()

    def _given_up(self, ref: Ref) -> bool:
        """Whether it was asked for in vain, often and not long ago."""
        times, last = self._asked.get(ref, (0, 0.0))
        return times >= ATTEMPTS and self._clock() - last < PATIENCE

    def _failed(self, ref: Ref) -> None:
        times, _ = self._asked.pop(ref, (0, 0.0))
        self._asked[ref] = (times + 1, self._clock())
        if len(self._asked) > MOST_NAMES:
            oldest = next(iter(self._asked))
            del self._asked[oldest]
            self._alone.discard(oldest)

    def _keep(self, ref: Ref, name: str, new: set[Ref]) -> None:
        found = name if self._raw else clean(shortened(name, LONGEST_NAME)).strip()
        if self._names.get(ref) != found:
            new.add(ref)
        self._names[ref] = found
        self._asked.pop(ref, None)
        self._alone.discard(ref)
        self._names.move_to_end(ref)
        if self._most is not None and len(self._names) > self._most:
            self._names.popitem(last=False)

    def _tell(self, new: set[Ref]) -> None:
        if new:
            self._learned.tell(frozenset(new))


def customer_for(resource: Resource, record: Record) -> Ref | None:
    """The customer that a record belongs to; None where it belongs to none, or does not say."""
    relation = resource.relation("customer")
    if relation is not None:
        return relation.source(record.raw)
    return next(customers_in((record,), resource.fields, resource), None)


def customers_in(
    records: Iterable[Record | None], fields: Sequence[Field], resource: Resource
) -> Iterator[Ref]:
    """The customers that the values of some fields stand for, in their order."""
    named = [field for field in fields if names_customer(field, resource)]
    for record in records:
        if record is not None:
            for field in named:
                if (ref := customer_of(record.raw, field)) is not None:
                    yield ref


def people_in(record: Record, resource: Resource) -> Iterator[tuple[Field, str]]:
    """The fields that stand for users and workers whom a record does not name itself, with their keys."""
    for field in resource.fields:
        name = field.named_by or f"{field.name.removesuffix('_id')}_name"
        if field.references not in PEOPLE or field.name == resource.primary_key or resource.find(name):
            continue
        if "." not in field.name and (key := key_of(record.raw.get(field.name))) is not None:
            yield field, str(key)


async def name_of(api: Api, field: Field, number: str) -> str:
    """The title of the record that a key points to; "" when it can't be told, which the number makes up for.

    Short lists are read as such: that one of their entries can be read alone is not documented.
    """
    from cotui.desk.candidates import Candidates

    resource = RESOURCES[field.references]
    try:
        if resource.followed or resource.field(resource.title_field).filterable:
            record = await api.get(resource, number, priority=Priority.PREFETCH)
        else:
            rows = await Candidates(api, resource).matching("")
            found = next((row for row in rows if str(row.id) == number), None)
            if found is None:
                return ""
            record = found
    except ApiError:
        return ""
    return clean(str(record.shown.get(resource.title_field) or ""))
