"""Runs of faulted writes, and what came of each."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from cotui.api import Api, Connection, RetryPolicy
from cotui.audit.log import AuditLog
from cotui.sandbox.http.app import create_app
from cotui.tui.base.writer import AuditedWriter
from tests.stores import demo
from tests.told.deeds import CUSTOMERS, Deed, direct
from tests.told.faults import Fault, Point
from tests.told.proxy import FaultProxy, proxied

TODAY = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 12, 0, tzinfo=UTC)
#: seconds after which a server that says nothing is given up, and for faults that do not wait for it
PATIENCE, NO_HURRY = 0.25, 30.0


@dataclass
class Tally:
    """What was told, noted and true.

    Attributes:
        endings: how often writes ended how.
        told: how each ended, in order.
        wrong: those told, or noted, otherwise than the server has it.
        unlike: those told otherwise than their fault allows.
    """

    endings: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    unlike: list[str] = field(default_factory=list)

    async def judge(self, deed: Deed, fault: Fault | None, told: str) -> None:
        """Compare what is told of a write with what the server has."""
        true = await deed.done()
        self.endings[told] += 1
        self.told.append(told)
        line = f"{fault.name if fault else 'none'}: {deed.write.action.name} is told {told!r}"
        if told != "unknown" and (told == "done") is not true:
            self.wrong.append(f"{line}, and was {'done' if true else 'not done'}")
        if fault is not None and told not in fault.told:
            self.unlike.append(line)

    def compare(self, noted: Sequence[str]) -> None:
        """Every write has a line in the audit file that says what was told."""
        assert len(noted) == len(self.told)
        for number, (told, line) in enumerate(zip(self.told, noted, strict=True)):
            if told != line:
                self.wrong.append(f"write {number} is told {told!r} and noted {line!r}")


@dataclass
class Place:
    """An account behind a proxy."""

    proxy: FaultProxy
    port: int
    server: Api
    log: AuditLog
    _apis: list[Api] = field(default_factory=list)

    def api(self, timeout: float = NO_HURRY) -> Api:
        """The account as the client sees it."""
        made = Api(
            Connection(
                "told", f"http://127.0.0.1:{self.port}", "demo", "demo", rate_limit=10**9, timeout=timeout
            ),
            retry=RetryPolicy(attempts=1, limited_base=0.0, limited_attempts=1, jitter=lambda: 0.0),
            sleep=no_wait,
        )
        self._apis.append(made)
        return made

    def writer(self, api: Api) -> AuditedWriter:
        """What notes and sends."""
        return AuditedWriter(api, self.log, profile="told", operator="alex", now=lambda: NOW)

    def noted(self) -> list[str]:
        """How writes ended, by the audit file."""
        return [line["result"] for line in self.log.entries()]

    def strike(self, fault: Fault | None) -> None:
        """What happens to the next write."""
        self.proxy.fault = fault
        self.proxy.armed = fault is not None and fault.point is Point.ACCEPTED

    async def aclose(self) -> None:
        for api in (*self._apis, self.server):
            await api.aclose()


@asynccontextmanager
async def place(folder: Path) -> AsyncIterator[Place]:
    """A new account behind a proxy."""
    store = demo(CUSTOMERS, 1, TODAY)
    app = create_app(store, credentials={"demo": "demo"}, clock=lambda: NOW)
    try:
        async with proxied(app) as (proxy, port):
            made = Place(proxy, port, direct(app), AuditLog(folder / "audit"))
            try:
                yield made
            finally:
                await made.aclose()
    finally:
        store.close()


async def no_wait(_seconds: float) -> None:
    """Instead of waiting."""


def shuffled(seed: int, faults: Sequence[Fault], runs: int) -> list[Fault]:
    """So many faults in an order of their own: two thirds of any kind, a third of those after which more is known."""
    dice = random.Random(seed)
    clear = [fault for fault in faults if "unknown" not in fault.told]
    any_kind = dice.sample(faults, k=min(len(faults), runs * 2 // 3))
    found = [*any_kind, *dice.choices(clear, k=runs - len(any_kind))]
    dice.shuffle(found)
    return found
