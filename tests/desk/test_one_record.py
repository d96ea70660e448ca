"""One record is read by its id where the API gives it so, and looked for in its list where that is not known."""

from __future__ import annotations

import httpx
import pytest

from cotui.api import NotFound
from cotui.catalog import RESOURCES
from cotui.desk.one_record import one_record
from tests.api.support import api_with, ok


@pytest.mark.parametrize(
    ("object_id", "ref", "asked"),
    [
        ("item", 2, ["item/2"]),
        ("item", "external_key:b", ["item/external_key:b"]),
        ("ach", 2, ["ach"]),
        ("ach", "external_key:b", ["ach"]),
        ("terms", 2, ["terms"]),
    ],
)
async def test_where_it_is_looked_for(object_id: str, ref: int | str, asked: list[str]) -> None:
    resource = RESOURCES[object_id]
    paths: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api/v3/")
        if not path.endswith("_count"):
            paths.append(path)
        rows = [{resource.primary_key: number, "external_key": key} for number, key in ((1, "a"), (2, "b"))]
        if path.endswith("_count"):
            return ok(2)
        if "/" in path:
            return ok(rows[1])
        return ok(
            [row for row in rows if row["external_key"] == "b"] if request.url.params.get("where") else rows
        )

    api = api_with(answer)
    assert (await one_record(api, resource, ref)).id == 2
    assert list(dict.fromkeys(paths)) == asked
    if not resource.followed and isinstance(ref, int):
        with pytest.raises(NotFound, match=f"no {resource.label.casefold()} 7"):
            await one_record(api_with(lambda _: ok([])), resource, 7)
    await api.aclose()
