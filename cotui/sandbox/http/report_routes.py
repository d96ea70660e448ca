"""Reports: the list of them, and the data of one.

Data is asked for with POST and a JSON array of conditions, or with GET; conditions may stand in `where` too.
"""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.responses import Response

from cotui.query import Condition, Order
from cotui.sandbox.database.clock import Clock
from cotui.sandbox.database.query_sql import MOST_TERMS, BadQueryError, read_conditions, read_order
from cotui.sandbox.database.query_values import whole_number
from cotui.sandbox.database.store import Store
from cotui.sandbox.errors import BadRequestError, missing_or_invalid, no_such, unsupported_command
from cotui.sandbox.http.address import Address
from cotui.sandbox.http.envelope import success
from cotui.sandbox.reports.run import MAX_ROWS, REPORTS, run_report

_DATA_ACTIONS = frozenset({"reportdata", "getdata"})


def answer_report(
    store: Store, clock: Clock, method: str, verb: str, address: Address, body: bytes
) -> Response:
    """The answer to a request below /_report.

    Args:
        verb: what the request wants to do, as messages call it.

    Raises:
        AnswerError: the answer is an error.
    """
    action = address.action.lower()
    if address.rest or method not in ("GET", "POST") or (action and action not in _DATA_ACTIONS):
        raise unsupported_command(verb, "_report", address.ref)
    names = {report_id: report.name for report_id, report in REPORTS.items()}
    if not address.ref:
        if action or method == "POST":
            raise unsupported_command(verb, "_report")
        if address.command:
            return success(len(names))
        return success([{"name": name, "report_id": report_id} for report_id, name in names.items()])
    report_id = (
        int(address.ref) if address.ref.isascii() and address.ref.isdigit() and len(address.ref) < 10 else 0
    )
    if report_id not in names:
        raise no_such("report")
    if not action and not address.command:
        if method == "POST":
            raise unsupported_command(verb, "_report", address.ref)
        return success({"name": names[report_id], "report_id": report_id})
    return success(_data(store, clock, report_id, address, body))


def _data(store: Store, clock: Clock, report_id: int, address: Address, body: bytes) -> Any:
    parameters = address.parameters
    limit = min(whole_number(parameters, "limit", MAX_ROWS), MAX_ROWS)
    offset = whole_number(parameters, "offset", 0)
    try:
        conditions = (*_conditions(body), *read_conditions(parameters.get("where", "")))
        if len(conditions) > MOST_TERMS:
            raise BadQueryError("Malformed WHERE clause.")
        rows, count = run_report(
            store, report_id, conditions, _order(parameters.get("order", "")), limit, offset, clock.today()
        )
    except BadQueryError as error:
        raise BadRequestError(str(error)) from error
    return count if address.command else {"_report": rows, "_count": count}


def _conditions(body: bytes) -> tuple[Condition, ...]:
    if not body.strip():
        return ()
    try:
        sent = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise missing_or_invalid() from error
    if not sent and not isinstance(sent, (bool, int, float)):
        # {}, "" and null are what some clients send for "nothing"
        return ()
    if not isinstance(sent, list) or not all(isinstance(item, str) for item in sent):
        raise missing_or_invalid()
    return tuple(condition for item in sent for condition in read_conditions(item))


def _order(text: str) -> tuple[Order, ...]:
    try:
        return read_order(text)
    except BadQueryError as error:
        raise BadRequestError(str(error)) from error
