"""What a table can list, and what is learnt of it from its first rows."""

from __future__ import annotations

import httpx
import pytest

from cotui.api import Priority, Record
from cotui.api.abilities import PAGE_SIZE
from cotui.api.report_columns import MOST, columns_in
from cotui.catalog import RESOURCES
from cotui.query import Query
from cotui.tui.lists.list_spec import NamedRecordsListSpec, ObjectListSpec
from cotui.tui.shell.app import CotuiApp
from tests.api.support import api_with, ok, refuse
from tests.tui.conftest import Wire
from tests.tui.flow import browse, press, settle, status
from tests.tui.objects.test_report import report_of


@pytest.mark.parametrize("apart", [False, True])
async def test_a_report_offers_so_many_columns_and_says_it(app: CotuiApp, wire: Wire, apart: bool) -> None:
    """All in each row, or others in every row."""
    rows = [
        {f"column_{(row * 300 if apart else 0) + n}": n for n in range(300 if apart else MOST + 100)}
        for row in range(4)
    ]
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        wire.instead = report_of(rows)
        await press(pilot, "4", "enter")
        assert len(browse(app).table.columns) == MOST
        assert f"{1200 if apart else MOST + 100:,} columns" in status(app)
        assert f"first {MOST}" in status(app)


def test_so_many_columns_are_all_there_and_not_worth_a_word() -> None:
    found = columns_in([Record({f"column_{n}": n for n in range(MOST)})])
    assert (len(found.fields), found.total) == (MOST, 0)


async def test_records_of_which_only_the_ids_are_known_are_read_one_by_one_and_gone_ones_keep_their_place() -> (
    None
):
    def answer(request: httpx.Request) -> httpx.Response:
        number = int(request.url.path.rpartition("/")[2])
        return refuse(404, "gone") if number == 8 else ok({"item_id": number, "name": f"Item {number}"})

    api = api_with(answer)
    listing = NamedRecordsListSpec(api, RESOURCES["item"], [9, 8, 7], title="Items")
    source = listing.source(Query())
    page = await source.page(1, 5, Priority.INTERACTIVE)
    assert [(row.id, row.raw.get("name")) for row in page.rows] == [(8, None), (7, "Item 7")]
    assert (page.total, await source.count()) == (3, 3)
    assert not listing.filterable
    await api.aclose()


async def test_more_rows_than_an_account_sends_at_once_are_not_asked_for_again() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.params.get("limit", ""))
        return ok([])

    api = api_with(answer)
    listing = ObjectListSpec(api, RESOURCES["note"])
    listing.learn_page_size(None)
    listing.learn_page_size(500)
    assert (listing.page_size, api.abilities.number(PAGE_SIZE)) == (100, None)
    listing.learn_page_size(20)
    assert (listing.page_size, api.abilities.number(PAGE_SIZE)) == (20, 20)
    other = ObjectListSpec(api, RESOURCES["customer"])
    await api.call(other.first_call(Query()))
    assert (other.page_size, asked) == (20, ["20"])
    await api.aclose()
