"""Names of people, whole and in parts."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cotui.sandbox.writing import names
from tests.sandbox.client import Client

TOKEN = re.compile(r"[0-9a-z]{12}")


async def user(live: Client, number: int) -> dict[str, Any]:
    answer = await live.get(f"user/{number}")
    assert answer.status == 200
    return dict(answer.response)


async def made(live: Client, **values: Any) -> dict[str, Any]:
    return await user(live, await live.made("user", values))


async def test_a_user_name_is_made_up(live: Client) -> None:
    first, second = await made(live, name="A"), await made(live, email="b@example.com", username="")

    assert TOKEN.fullmatch(first["username"])
    assert TOKEN.fullmatch(second["username"])
    assert first["username"] != second["username"]
    assert (second["name"], second["customer_id"], second["customers"]) == ("", None, [])


@pytest.mark.parametrize(
    ("whole", "first", "middle", "last", "suffix"),
    [
        ("Jane Doe", "Jane", None, "Doe", None),
        ("  Jane   Doe ", "Jane", None, "Doe", None),
        ("Cher", "Cher", None, "", None),
        ("Ludwig van Beethoven", "Ludwig", "van", "Beethoven", None),
        ("Martin Luther King, Jr.", "Martin", "Luther", "King", "Jr."),
        ("Henry Ford III", "Henry", None, "Ford", "III"),
        ("Iv Jr", "Iv", None, "Jr", None),
        ("株式会社 日本", "株式会社", None, "日本", None),
    ],
)
async def test_names_are_split(
    live: Client, whole: str, first: str, middle: str | None, last: str, suffix: str | None
) -> None:
    created = await made(live, name=whole)
    await live.put("user/1", {"name": whole})
    updated = await user(live, 1)

    for found in (created, updated):
        assert (found["first_name"], found["middle_name_glob"], found["last_name"], found["name_suffix"]) == (
            first,
            middle,
            last,
            suffix,
        )
        assert found["name"] == found["display_as"] == " ".join(whole.split())


async def test_parts_count_more_than_the_whole(live: Client) -> None:
    found = await made(live, name="Jane Doe", last_name="Smith", first_name="Ann")

    assert found["name"] == "Ann Smith"


async def test_a_changed_part_of_a_fetched_object(live: Client) -> None:
    found = await user(live, 1)
    await live.put("user/1", {**found, "first_name": "Mary"})
    assert (await user(live, 1))["name"] == "Mary Doe"

    found = await user(live, 1)
    await live.put("user/1", {**found, "name": "Ann Lee"})
    assert (await user(live, 1))["last_name"] == "Lee"


def test_names_split_and_join_again() -> None:
    for whole in ("Jane Doe", "Cher", "A b c D", "Henry Ford III", ""):
        assert names.join(names.split(whole)) == whole
    assert names.changed({"first_name": None}, {"first_name": "", "name": "X"}) == {}
    assert names.changed({}, {"name": "X"}) == {}
    assert names.changed({"name": ""}, {"name": "X"}) == {}
