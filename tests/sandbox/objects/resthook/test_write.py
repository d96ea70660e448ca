"""REST hooks."""

from __future__ import annotations

from tests.sandbox.client import Client


async def test_rest_hooks(live: Client) -> None:
    sent = {"target_url": "http://example.org/your_webhook_url", "event": "customer.insert"}
    answer = await live.post("/_resthook", sent)
    assert (answer.status, answer.response) == (201, {"id": 1})
    assert answer.headers["location"] == "http://127.0.0.1:8080/api/v3/_resthook/1"
    assert await live.rows("_resthook") == [{"id": 1, **sent}]
    assert (await live.delete("_resthook/1")).response is True
    assert await live.rows("_resthook") == []
    for wrong in (
        {"event": "x"},
        {**sent, "event": ""},
        {**sent, "target_url": "javascript:alert(1)"},
        {**sent, "target_url": "http://[broken"},
    ):
        assert (await live.post("_resthook", wrong)).status == 400
    assert (await live.get("_resthook?where=event:EQUALS:x")).message == "You cannot filter by: event."
