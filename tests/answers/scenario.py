"""Random accounts: customers to whom years of everything happen, day by day, through the sandbox's own endpoints.

So what is stored is what the sandbox makes of it, and agrees with itself. The same seed and day make the same account.
Only what no endpoint does is written into the tables (`moves.behind_the_scenes`): collections, two currencies of one
customer, subscriptions that ran out.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import populate
from cotui.sandbox.http.app import create_app
from tests.answers import moves
from tests.sandbox.client import CREDENTIALS, Answer, Client
from tests.stores import copied

#: days before today on which the first customer may have come
_LONGEST = 900
#: currencies of the sandbox's demo: id and decimals
CURRENCIES = {1: 2, 2: 2, 3: 2, 4: 2, 5: 0, 6: 3}
#: most events of a customer: of nearly all, of some, of those that are long
_EVENTS = (12, 60, 500)


class Watch:
    """The account's clock while it is made: early on one of its days, later with every look."""

    def __init__(self, day: date) -> None:
        self.begin(day)

    def begin(self, day: date) -> None:
        """Let it be that day."""
        self._moment = datetime.combine(day, time(5, 30), UTC)  # past midnight in New York, all the year

    def __call__(self) -> datetime:
        self._moment += timedelta(seconds=1)
        return self._moment


@dataclass
class Life:
    """One customer while things happen to him."""

    dice: random.Random
    client: Client
    store: Store
    customer_id: int
    currency_id: int
    since: date
    today: date
    day: date
    #: what happened, by the name of the move, and how often the sandbox would not have it
    done: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)

    def amount(self, least: int = 1, most: int = 40_000) -> Decimal:
        """An amount as fine as its currency; small and odd ones are as likely as large ones."""
        digits = CURRENCIES[self.currency_id]
        bound = self.dice.choice((100, 10_000, most))
        return Decimal(self.dice.randint(least, max(least, bound))).scaleb(-digits)

    def part(self, amount: Decimal) -> Decimal:
        """A part of an amount: more than nothing, all of it at most."""
        digits = CURRENCIES[self.currency_id]
        return Decimal(self.dice.randint(1, max(1, int(amount.scaleb(digits))))).scaleb(-digits)

    def rows(self, sql: str, **words: Any) -> list[tuple[Any, ...]]:
        """What the tables hold; `:customer` is this one."""
        with self.store.read() as reader:
            return reader.connection.execute(sql, {"customer": self.customer_id, **words}).fetchall()

    def major(self, minor: int) -> Decimal:
        """An amount as it is stored in the units it is sent in."""
        return Decimal(minor).scaleb(-CURRENCIES[self.currency_id])

    async def post(self, path: str, value: Any = None) -> Answer:
        """Ask for a change, which may be refused; amounts are sent exactly."""
        answer = await self.client.post(path, _plain(value))
        assert answer.status < 500, answer.envelope
        return answer


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def zone_today(store: Store) -> date:
    """The day it is in the account."""
    return datetime.now(ZoneInfo(store.timezone)).date()


def account(seed: int, customers: int, long: int = 0) -> Store:
    """An account of the caller's own, in memory; the caller closes it.

    Args:
        seed: of all that chance chooses.
        customers: how many.
        long: how many of them have up to 500 events; the first ones.
    """
    with_day = datetime.now(ZoneInfo("America/New_York")).date()
    return copied(
        ("answers", seed, customers, long, with_day),
        lambda store: asyncio.run(fill(store, seed, customers, long)),
    )


async def fill(store: Store, seed: int, customers: int, long: int = 0) -> list[Life]:
    """Make an account in an empty store, up to today; answers the customers, with what happened to each."""
    today = zone_today(store)
    populate(store, 0, seed, today)
    dice = random.Random(seed)
    watch = Watch(today)
    client = Client(create_app(store, credentials=CREDENTIALS, clock=watch))
    lives: list[Life] = []
    for number in range(customers):
        most = _EVENTS[2] if number < long else dice.choices(_EVENTS[:2], (3, 2))[0]
        lives.append(await _live(store, client, watch, dice, today, most, lives))
    moves.behind_the_scenes(store, dice, lives)
    return lives


async def _live(
    store: Store,
    client: Client,
    watch: Watch,
    dice: random.Random,
    today: date,
    most: int,
    others: list[Life],
) -> Life:
    since = today - timedelta(days=dice.randint(1, _LONGEST))
    watch.begin(since)
    currency_id = dice.choices(list(CURRENCIES), (8, 3, 2, 1, 2, 2))[0]
    sent = moves.customer(dice, len(others) + 1, currency_id)
    if others and dice.random() < 0.3:
        sent["parent_customer_id"] = dice.choice(others).customer_id
    number = await client.made("customer", sent)
    life = Life(dice, client, store, number, currency_id, since, today, since)
    events = dice.randint(0, most) if most < _EVENTS[2] else dice.randint(most - 60, most)
    await moves.ways_to_pay(life)
    days = sorted(
        dice.randint(0, (today - since).days) if dice.random() < 0.9 else max(0, (today - since).days - 2)
        for _ in range(events)
    )
    only_invoices = most == _EVENTS[2] and dice.random() < 0.7
    for ahead in days:
        life.day = since + timedelta(days=ahead)
        watch.begin(life.day)
        await moves.happen(life, mostly_invoices=only_invoices)
    return life
