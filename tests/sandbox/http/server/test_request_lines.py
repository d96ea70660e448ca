"""Lines on stderr about requests."""

from __future__ import annotations

from io import StringIO

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.server.request_lines import RequestLines
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client


@pytest.mark.parametrize("quiet", [False, True])
async def test_limits_that_are_cut_are_lines_of_their_own(store: Store, quiet: bool) -> None:
    stream = StringIO()
    lines = RequestLines(stream, quiet=quiet)
    client = Client(create_app(store, credentials=CREDENTIALS, clock=account.now, on_answer=lines.write))
    await client.get("customer?limit=500")
    await client.get("customer?limit=100")
    lines.close()

    told = [line for line in stream.getvalue().splitlines() if line.startswith("cotui sandbox: ")]
    assert told == [
        "cotui sandbox: customer: limit=500 was cut to 100, the most that a page holds here (--max-page-size);"
        " a shorter page than asked for is not the last one"
    ]
    assert len(stream.getvalue().splitlines()) == (1 if quiet else 3)
