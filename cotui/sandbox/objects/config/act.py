"""Settings of the account: `POST /_config` keeps them; nothing in the sandbox depends on them."""

from __future__ import annotations

from typing import Any

import msgspec

from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import missing_or_invalid, shown
from cotui.sandbox.objects.endpoint import Action
from cotui.sandbox.writing.payload import Payload, no_data, object_of

#: Characters of a name, and bytes of a value as JSON, at most.
_LONGEST_KEY, _LONGEST_VALUE = 200, 100_000
#: Settings that are kept at most: no account has more, and a client in a loop must not fill the file.
_MOST = 1000


def _set(context: WriteContext, _: int | None, payload: Payload) -> Any:
    """Keeps settings by name; answers the id of the last one.

    Python's client takes only 201 with an id for success.
    """
    sent = object_of(payload)
    if not sent:
        raise no_data()
    last = 0
    for key, value in sent.items():
        written = msgspec.json.encode(value)
        if not key or "\x00" in key or len(key) > _LONGEST_KEY or len(written) > _LONGEST_VALUE:
            raise missing_or_invalid(
                shown(key), f"names have at most {_LONGEST_KEY} bytes, values {_LONGEST_VALUE:,}"
            )
        last = context.connection.execute(
            "INSERT INTO config (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
            " RETURNING config_id",
            (key, written.decode()),
        ).fetchone()[0]
    if context.connection.execute("SELECT count(*) FROM config").fetchone()[0] > _MOST:
        raise missing_or_invalid("body", f"an account has {_MOST} settings at most")
    return last


ACTIONS = {"": Action(_set, creates=True)}
