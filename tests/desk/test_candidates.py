"""Records to choose from, found by a part of their names."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from cotui.api import Api, Connection, Record
from cotui.catalog import RESOURCES
from cotui.desk.candidates import Candidates
from cotui.query import Condition, Op
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


async def test_a_long_list_is_asked_by_name(own: Account, paged: Api) -> None:
    found = Candidates(paged, RESOURCES["customer"])
    assert len(await found.matching("")) == 100
    assert found.cut
    rows = await found.matching("analytics")
    assert rows
    assert all("analytics" in name.casefold() for name in names(rows, "company"))
    assert "CONTAINS" in str(own.line.reads[-1].url)
    assert [row.id for row in await found.matching("127")][:1] == [127]


async def test_people_are_found_by_either_name_or_address(own: Account, paged: Api) -> None:
    found = Candidates(paged, RESOURCES["user"])
    first = (await found.matching(""))[0].raw
    for part in ("first_name", "last_name", "email"):
        assert first["user_id"] in [row.id for row in await found.matching(first[part])]


async def test_a_short_list_is_read_once(own: Account, paged: Api) -> None:
    found = Candidates(paged, RESOURCES["terms"])
    assert len(await found.matching("")) > 2
    rows = await found.matching("net 3")
    assert all("net 3" in name.casefold() for name in names(rows, "name"))
    assert rows
    assert not found.cut
    assert len(own.line.reads) == 2  # the list and its count


async def test_a_list_that_cannot_be_searched_is_read_to_its_end(own: Account, paged: Api) -> None:
    found = Candidates(paged, RESOURCES["country"])
    everything = await found.matching("")
    assert len(own.line.reads) == len(everything) // 100 + 2
    assert not found.cut
    assert names(await found.matching("ireland"), "name") == ["Ireland"]


async def test_conditions_are_asked_or_tested(own: Account, paged: Api) -> None:
    users = Candidates(paged, RESOURCES["user"], [Condition("customers.customer_id", Op.EQUALS, "1")])
    assert {str(row.raw["customer_id"]) for row in await users.matching("")} == {"1"}
    days = Candidates(paged, RESOURCES["terms"], [Condition("days", Op.EQUALS, "30")])
    assert {row.raw["days"] for row in await days.matching("")} == {30}
    assert "days" not in str(own.line.reads[-1].url)


async def test_what_is_called_so_comes_before_what_only_holds_it(own: Account, paged: Api) -> None:
    """Enter takes the first: it is billed."""
    rows = await Candidates(paged, RESOURCES["item"]).matching("port")
    called = [
        (str(row.raw["name"]), row.raw.get("accounting_sku"), row.raw.get("external_key")) for row in rows
    ]
    assert len(called) > 1
    assert "PORT" in called[0]
    assert called[-1][0] == "Priority Support"


async def test_a_code_is_found_in_a_list_that_is_asked_by_name(
    own: Account, paged: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cotui.desk.candidates.MOST_FOUND", 1)
    found = Candidates(paged, RESOURCES["item"])
    await found.matching("")
    found._whole = False  # as in an account of more items than a page holds
    rows = await found.matching("PORT")
    assert rows[0].raw["accounting_sku"] == "PORT" or rows[0].raw["external_key"] == "PORT"


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("port", ["PORT", "Port, 1 Gbit", "Dry port", "Priority Support"]),
        ("port,", ["Port, 1 Gbit"]),
    ],
)
def test_the_nearest_comes_first(text: str, order: list[str]) -> None:
    names = ["Priority Support", "Dry port", "Port, 1 Gbit", "PORT"]
    rows = [Record({"item_id": at, "name": name}, "item_id") for at, name in enumerate(names, 1)]
    found = Candidates(None, RESOURCES["item"])  # type: ignore[arg-type]  # nothing is asked
    nearest = found._best_first([row for row in rows if text in str(row.raw["name"]).casefold()], text)
    assert [row.raw["name"] for row in nearest] == order
