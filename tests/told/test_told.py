"""Through library and batches: what is told of a write, what is noted of it and what is true agree."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest

from cotui.api import Api, ApiError
from cotui.catalog.objects.customer import CUSTOMER
from cotui.query import Query
from tests.told.answers import envelope
from tests.told.deeds import KINDS, Deed, acting, any_deed, changing
from tests.told.faults import FAULTS, SINGLE, Fault
from tests.told.run import NO_HURRY, PATIENCE, Place, Tally, place, shuffled

#: an answer that fits the next request, whatever it is
SURPLUS = (b"", b"", envelope(200, True), envelope(202, {"id": 1}), envelope(200, 3), envelope(200, []))


async def one_by_one(own: Place, dice: random.Random, faults: list[Fault]) -> Tally:
    """Single writes, with reads on kept connections before each; noted and sent as all writes are."""
    tally = Tally()
    apis = {slow: own.api(PATIENCE if slow else NO_HURRY) for slow in (False, True)}
    for fault in faults:
        api, deed = apis[fault.slow], await any_deed(dice, own.server)
        await _read(own, dice, api)
        own.strike(fault)
        arrived = len(own.proxy.writes)
        outcome = await own.writer(api).send(deed.write)
        own.strike(None)
        assert len(own.proxy.writes) - arrived <= 1, f"{fault.name}: sent twice"
        await tally.judge(deed, fault, outcome.result.value)
    tally.compare(own.noted())
    return tally


async def in_batches(own: Place, dice: random.Random, faults: list[Fault], size: int) -> Tally:
    """A bulk call for each fault."""
    tally = Tally()
    apis = {slow: own.api(PATIENCE if slow else NO_HURRY) for slow in (False, True)}
    for fault in faults:
        deeds: list[Deed] = []
        for ref in range(1, size + 1):
            deeds.append(await dice.choice((changing, acting))(own.server, ref))
        await _read(own, dice, apis[fault.slow])
        own.strike(fault)
        arrived = len(own.proxy.writes)
        outcomes = await own.writer(apis[fault.slow]).send_together([deed.write for deed in deeds])
        own.strike(None)
        assert len(own.proxy.writes) - arrived <= 1, f"{fault.name}: sent twice"
        for deed, outcome in zip(deeds, outcomes, strict=True):
            await tally.judge(deed, fault, outcome.result.value)
    tally.compare(own.noted())
    return tally


async def _read(own: Place, dice: random.Random, api: Api) -> None:
    """Read something, whose connection may hold more than its answer afterwards."""
    own.proxy.surplus, own.proxy.surplus_later = dice.choice(SURPLUS), dice.random() < 0.5
    with suppress(ApiError):  # the answer too many of the read before may have broken it
        await api.count(CUSTOMER, Query())
    own.proxy.surplus = b""


@pytest.mark.sample("changing", "acting")
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
async def test_every_fault_of_a_single_write(kind: object, tmp_path: Path) -> None:
    """Each fault strikes each kind of write somewhere among the four tests."""
    at = KINDS.index(kind)  # type: ignore[arg-type]
    faults = [fault for number, fault in enumerate(SINGLE) if number % len(KINDS) == at]
    async with place(tmp_path) as own:
        tally = await one_by_one(own, random.Random(at), faults)
    assert (tally.wrong, tally.unlike) == ([], [])
    assert set(tally.endings) >= {"done", "unknown"}


async def test_faults_of_a_batch(tmp_path: Path) -> None:
    """Those of a bulk call's items, and some of all others."""
    faults = [fault for at, fault in enumerate(FAULTS) if fault.items or (at % 3 == 0 and not fault.slow)]
    async with place(tmp_path) as own:
        tally = await in_batches(own, random.Random(5), faults, 2)
    assert (tally.wrong, tally.unlike) == ([], [])


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
async def test_many_single_writes(seed: int, tmp_path: Path) -> None:
    """350 by library."""
    async with place(tmp_path) as own:
        tally = await one_by_one(own, random.Random(seed), shuffled(seed, SINGLE, 88))
    print(f"library {seed}: {dict(tally.endings)}, wrong {len(tally.wrong)}")
    assert (tally.wrong, tally.unlike) == ([], [])


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
async def test_many_batches(seed: int, tmp_path: Path) -> None:
    """450 writes in batches of 5."""
    async with place(tmp_path) as own:
        tally = await in_batches(own, random.Random(seed), shuffled(seed, FAULTS, 23), 5)
    print(f"batches {seed}: {dict(tally.endings)}, wrong {len(tally.wrong)}")
    assert (tally.wrong, tally.unlike) == ([], [])
