"""Notes on records."""

from __future__ import annotations

from tests.sandbox.client import Client


async def test_notes(live: Client) -> None:
    sent = {"note": "Here is my test note", "obj_type": "customer", "obj_id": "4"}
    assert await live.made("note", sent) == 1
    await live.made("note", {"note": "Other", "obj_type": "billing_package", "obj_id": 4, "admin_id": 1})
    (row,) = await live.rows("note", where="obj_type:EQUALS:customer,obj_id:EQUALS:4")

    assert row == {
        "note_id": 1,
        "note": "Here is my test note",
        "obj_type": "customer",
        "obj_id": 4,
        "user_id": None,
        "admin_id": None,
        "note_datetime": "2026-03-15T10:00:00-04:00",
    }
    assert [row["admin_id"] for row in await live.rows("note", where="obj_type:EQUALS:package")] == [1]
    for wrong in (
        {"obj_type": "customer", "obj_id": 4},
        {**sent, "obj_id": 99},
        {**sent, "obj_id": None},
        {**sent, "obj_type": "planet"},
        {**sent, "obj_type": "_resthook"},
        {**sent, "note": ["x"]},
        {**sent, "user_id": 99},
    ):
        assert (await live.post("note", wrong)).status == 400, wrong
