"""Notes on records."""

from __future__ import annotations

import pytest

from tests.sandbox.client import Client


async def test_notes(live: Client) -> None:
    sent = {"note": "Here is my test note", "context_str": "customer", "context_id": "4"}
    assert await live.made("note", {**sent, "note_is_pinned": True, "external_key": "n1"}) == 1
    await live.made(
        "note", {"note": "Other", "context_str": "billing_package", "context_id": 4, "admin_id": 1}
    )
    (row,) = await live.rows("note", where="context_str:EQUALS:customer,context_id:EQUALS:4")

    assert len(row["token"]) == 12
    assert row == {
        "note_id": 1,
        "external_key": "n1",
        "token": row["token"],
        "note": "Here is my test note",
        "note_is_pinned": True,
        "context_str": "customer",
        "context_id": 4,
        "user_id": None,
        "admin_id": None,
        "note_datetime": "2026-03-15T10:00:00-04:00",
    }
    for ref in (1, "external_key:n1", f"token:{row['token']}"):
        assert (await live.get(f"note/{ref}")).response == row
    # documented are the two of the context alone
    for where in ("external_key:EQUALS:n1", "note_is_pinned:EQUALS:1", "note_is_pinned:EQUALS:true"):
        assert await live.rows("note", where=where) == [row]


@pytest.mark.parametrize(
    ("kind", "served"),
    [("package", "billing_package"), ("billing_package", "billing_package"), ("item", "item")],
)
@pytest.mark.parametrize("names", [("context_str", "context_id"), ("obj_type", "obj_id")])
async def test_both_spellings(live: Client, kind: str, served: str, names: tuple[str, str]) -> None:
    """Clients up to 2020 say obj_type and obj_id; neither is served."""
    word, number = names
    await live.made("note", {"note": "One", word: kind, number: 1})
    await live.made("note", {"note": "Two", word: "customer", number: 1})
    for name in (kind, served):
        (row,) = await live.rows("note", where=f"{word}:EQUALS:{name},{number}:EQUALS:1")
        assert (row["note"], row["context_str"], row["context_id"]) == ("One", served, 1)
        assert not row.keys() & {"obj_type", "obj_id"}
    assert [row["note"] for row in await live.rows("note", order=f"{number}:ASC,{word}:DESC")] == [
        "Two",
        "One",
    ] or (served == "item")


async def test_a_record_by_its_key(live: Client) -> None:
    for sent in ({"context_external_key": "Key-4"}, {"context_token": "cus000000004"}):
        number = await live.made("note", {"note": "One", "context_str": "customer", **sent})
        assert (await live.get(f"note/{number}")).response["context_id"] == 4
    plain = await live.made("note", {"note": "About nothing"})
    row = (await live.get(f"note/{plain}")).response
    assert (row["context_str"], row["context_id"], row["note_is_pinned"]) == (None, None, False)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"note": None}, "note"),
        ({"note": ["x"]}, ""),
        ({"context_id": 99}, "context_id"),
        ({"context_id": None}, "context_id"),
        ({"context_str": None}, "context_str"),
        ({"context_str": "planet"}, "context_str"),
        ({"context_str": "_resthook"}, "context_str"),
        ({"context_external_key": "Key-4"}, ""),
        ({"user_id": 99}, "user_id"),
        ({"external_key": "TAKEN"}, "already exists"),
    ],
)
async def test_what_is_refused(live: Client, changes: dict[str, object], reason: str) -> None:
    sent = {"note": "One", "context_str": "customer", "context_id": 4}
    await live.made("note", {**sent, "external_key": "taken"})
    answer = await live.post("note", {**sent, **changes})
    assert (answer.status, answer.response) == (400, False)
    assert reason in answer.message
