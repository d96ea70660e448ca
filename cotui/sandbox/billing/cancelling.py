"""How subscriptions end: at once, or on a day that is planned.

Until that day nothing of the record shows the plan, except that no invoice follows it: what the real service shows
meanwhile is not documented. From that day on it is served as canceled; the run that bills writes it down.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from cotui.sandbox.billing.package_money import refresh_mrr
from cotui.sandbox.database.clock import Clock
from cotui.sandbox.database.store import Store
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import missing_or_invalid

#: Columns without a plan.
NO_PLAN = {"canceled_from": None, "cancel_reason_id": None}


def plan(context: WriteContext, package: Mapping[str, Any], day: date, reason_id: int | None) -> None:
    """Has a subscription (a row of its table) end on a day; today, at once.

    Args:
        reason_id: the account's own number of the reason.

    Raises:
        BadRequestError: the day is past.
    """
    if day < context.today:
        raise missing_or_invalid("cancel_date", f"it lies in the past: {day.isoformat()}")
    values: dict[str, Any] = {"cancel_reason_id": reason_id, "mod_datetime": context.now}
    if day > context.today:
        values["canceled_from"] = int(datetime.combine(day, time(), context.clock.zone).timestamp())
    context.update("packages", "package_id", package["package_id"], values)
    if day == context.today:
        cancel(context, package, context.now)


def cancel(context: WriteContext, package: Mapping[str, Any], moment: int) -> None:
    """Ends a subscription: no further invoice is made.

    Args:
        moment: since when, in Unix seconds.
    """
    values = {
        "package_status_str": "canceled-manual",
        "cancel_datetime": moment,
        "next_invoice_datetime": None,
        "canceled_from": None,
        "mod_datetime": context.now,
    }
    context.update("packages", "package_id", package["package_id"], values)
    refresh_mrr(context, package["customer_id"])


def carry_out(store: Store, until: int, base_url: str, but_not: Collection[int]) -> None:
    """Ends the subscriptions whose day has come, each as of its own.

    Args:
        until: Unix seconds.
        base_url: scheme and host for links.
        but_not: subscriptions of which invoices are still to be made.
    """
    with store.read() as reader:
        due: list[tuple[int, int]] = reader.connection.execute(
            "SELECT canceled_from, package_id FROM packages WHERE canceled_from <= ? ORDER BY 1, 2", (until,)
        ).fetchall()
    for moment, package_id in due:
        if package_id not in but_not:
            with store.write() as connection:
                _carry_out(connection, store, package_id, moment, base_url)


def _carry_out(
    connection: sqlite3.Connection, store: Store, package_id: int, moment: int, base_url: str
) -> None:
    clock = Clock(store.timezone, lambda: datetime.fromtimestamp(moment, UTC))
    context = WriteContext(connection, store, clock, base_url)
    package = context.row("packages", "package_id", package_id)
    # unless somebody took it back meanwhile
    if package is not None and package["canceled_from"] == moment:
        cancel(context, package, moment)
        context.log(f"cancel(package, {package_id})")
