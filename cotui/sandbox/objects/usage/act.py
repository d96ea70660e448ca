"""Actions of usage: many records at once."""

from __future__ import annotations

from typing import Any

from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError, missing_or_invalid
from cotui.sandbox.objects.endpoint import Action
from cotui.sandbox.objects.usage.write import create
from cotui.sandbox.writing.payload import Payload, no_data

#: The documented maximum.
MOST = 1000


def _bulk(context: WriteContext, _: int | None, payload: Payload) -> Any:
    """Notes all records or, where one of them cannot be, none; answers the id of the last one."""
    records = payload
    if isinstance(records, dict):
        # a list that PHP has written as an object, or one under a name of its own
        lists = [value for value in records.values() if isinstance(value, list)]
        records = lists[0] if len(lists) == 1 and len(records) == 1 else list(records.values())
    if not records:
        raise no_data()
    if len(records) > MOST:
        raise BadRequestError(f"A maximum of {MOST} usage records can be sent at once.")
    last = 0
    for index, record in enumerate(records):
        if not isinstance(record, dict):
            raise missing_or_invalid()
        try:
            last = create(context, record)
        except BadRequestError as fault:
            raise BadRequestError(f"{fault} (record {index + 1})") from fault
    return last


ACTIONS = {"bulk": Action(_bulk, creates=True)}
