"""Choosing a record by a part of its name."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from cotui.api import Api, Connection, Record
from cotui.catalog import RESOURCES
from cotui.tui.forms.picker import RecordPicker
from tests.tui.flow import press, settle, text_of, type_text
from tests.tui.writing import Account, account


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Account]:
    with account(tmp_path, screen="customers", customers=130) as made:
        yield made


@pytest.fixture
async def paged(own: Account) -> AsyncIterator[Api]:
    """The account, in pages smaller than its lists."""
    connection = Connection("demo", "localhost", "demo", "demo", rate_limit=10**6, page_size=100)
    api = Api(connection, transport=own.line)
    yield api
    await api.aclose()


def names(rows: list[Record], field: str) -> list[str]:
    return [str(row.raw[field]) for row in rows]


def said(own: Account) -> str:
    """What the dialog says about what it found, without its line breaks."""
    return " ".join(str(own.app.screen.query_one("#found", Static).render()).split())


async def opened(pilot: Pilot[None], picker: RecordPicker) -> list[Record | None]:
    taken: list[Record | None] = []
    await settle(pilot)
    pilot.app.push_screen(picker, taken.append)
    await settle(pilot)
    return taken


@pytest.mark.parametrize("size", [(60, 16), (120, 40)])
async def test_type_and_take(own: Account, size: tuple[int, int]) -> None:
    async with own.app.run_test(size=size) as pilot:
        taken = await opened(pilot, RecordPicker(own.api, RESOURCES["customer"], title="Customer"))
        assert "type more of the name to find others" in said(own)
        await type_text(pilot, "Northwind An")
        await settle(pilot)
        assert "1 found" in text_of(own.app)
        await press(pilot, "enter")
        assert [row.raw["customer_id"] for row in taken if row is not None] == [1]


async def test_enter_before_the_answer_takes_what_the_answer_brings(own: Account) -> None:
    async with own.app.run_test(size=(80, 24)) as pilot:
        taken = await opened(pilot, RecordPicker(own.api, RESOURCES["customer"], title="Customer"))
        await type_text(pilot, "Northwind An")
        await pilot.press("enter")
        await settle(pilot)
        assert [row.raw["customer_id"] for row in taken if row is not None] == [1]


async def test_what_is_chosen_now_is_marked_and_the_arrows_go_on(own: Account) -> None:
    async with own.app.run_test(size=(80, 24)) as pilot:
        taken = await opened(pilot, RecordPicker(own.api, RESOURCES["terms"], title="Terms", current="2"))
        await press(pilot, "down", "up", "enter")
        assert [row.id for row in taken if row is not None] == [2]


async def test_esc_takes_nothing(own: Account) -> None:
    async with own.app.run_test(size=(80, 24)) as pilot:
        taken = await opened(pilot, RecordPicker(own.api, RESOURCES["terms"], title="Terms"))
        await press(pilot, "escape")
        assert taken == [None]


async def test_nothing_found_and_not_read_look_different(own: Account) -> None:
    async with own.app.run_test(size=(80, 24)) as pilot:
        taken = await opened(pilot, RecordPicker(own.api, RESOURCES["terms"], title="[/] Terms"))
        assert "[/] Terms" in text_of(own.app)
        await type_text(pilot, "[b]zzz")
        await settle(pilot)
        assert "no terms hold “[b]zzz”" in text_of(own.app)
        await press(pilot, "enter")
        assert taken == []


async def test_a_failure_is_said_and_can_be_tried_again(own: Account) -> None:
    broken = True

    class Flaky(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if broken:
                raise httpx.ConnectError("no route", request=request)
            return await own.line.handle_async_request(request)

    from cotui.api import RetryPolicy
    from tests.tui.writing import no_wait

    api = Api(
        Connection("demo", "localhost", "demo", "demo", rate_limit=10**6),
        transport=Flaky(),
        sleep=no_wait,
        retry=RetryPolicy(limited_base=0.0, jitter=lambda: 0.0),
    )
    async with own.app.run_test(size=(80, 24)) as pilot:
        taken = await opened(pilot, RecordPicker(api, RESOURCES["terms"], title="Terms"))
        assert "f5 tries again" in text_of(own.app)
        broken = False
        await press(pilot, "f5")
        assert "found" in text_of(own.app)
        await press(pilot, "enter")
        assert taken
        assert taken[0] is not None
    await api.aclose()


async def test_whose_records_they_are_stands_in_their_lines(own: Account) -> None:
    async with own.app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        own.app.customer_names._names.clear()
        await opened(pilot, RecordPicker(own.api, RESOURCES["invoice"], title="Which invoice"))
        picker = own.app.screen
        assert isinstance(picker, RecordPicker)
        first = own.app.customer_names.known(picker.rows[0].raw["customer_id"])
        assert first
        assert first[:20] in text_of(own.app)
        assert own.line.sent == [], "asking for names changes nothing"
