"""What the top line says about the connection, and when it is said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from cotui.api import Api
from cotui.api.transport.status import Pause
from cotui.tui.base.connection import ConnectionText
from tests.api.support import ManualTime, api_with


@pytest.fixture
def time() -> ManualTime:
    return ManualTime()


@pytest.fixture
async def api(time: ManualTime) -> AsyncIterator[Api]:
    api = api_with(lambda _: httpx.Response(500), time, rate_limit=250)
    yield api
    await api.aclose()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
async def text(api: Api, said: list[str]) -> AsyncIterator[ConnectionText]:
    text = ConnectionText(lambda: said.append(text.text))
    text.watch(api)
    yield text
    text.close()


async def test_several_changes_in_one_turn_are_one(api: Api, text: ConnectionText, said: list[str]) -> None:
    status = api.worker.status
    assert text.text == "250/250 req/min"
    for number in range(1, 4):
        status.update(in_flight=number, waiting=0, pause=None)
    await asyncio.sleep(0)
    assert said == []  # it says the same
    status.connection = "offline"
    for number in range(4, 7):
        status.update(in_flight=number, waiting=0, pause=None)
    await asyncio.sleep(0)
    assert said == ["offline · 250/250 req/min"]


async def test_keys_that_are_refused_are_said(api: Api, text: ConnectionText) -> None:
    api.worker.status.connection = "refused"
    api.worker.status.update(in_flight=1, waiting=0, pause=None)
    await asyncio.sleep(0)
    assert text.text.startswith("keys refused · ")


@pytest.mark.parametrize(
    ("reason", "words"), [("budget", "limit reached"), ("server", "server asks to wait")]
)
async def test_a_pause_is_counted_in_whole_seconds_that_are_left(
    api: Api, time: ManualTime, text: ConnectionText, reason: str, words: str
) -> None:
    pause = Pause(reason, time.now + 12.2)  # type: ignore[arg-type]
    api.worker.status.update(in_flight=0, waiting=1, pause=pause)
    await asyncio.sleep(0)
    assert text.text == f"{words}: 13 s"
    time.now += 12.1
    text._tick()
    assert text.text == f"{words}: 1 s"
    time.now += 1
    text._tick()
    assert text.text == "250/250 req/min"
    assert text._ticking is None, "nothing rings while nobody waits"


async def test_what_was_closed_says_nothing(
    api: Api, time: ManualTime, text: ConnectionText, said: list[str]
) -> None:
    api.worker.status.update(in_flight=0, waiting=1, pause=Pause("server", time.now + 5))
    text.close()
    await asyncio.sleep(0)
    api.worker.status.update(in_flight=0, waiting=2, pause=Pause("server", time.now + 5))
    await asyncio.sleep(0)
    assert said == []
    text.close()  # again, as at the end
