"""Data of reports as tests get it."""

from __future__ import annotations

from datetime import date
from typing import Any

from cotui.query import from_wire
from cotui.sandbox.database.store import Store
from cotui.sandbox.reports.run import run_report

TODAY = date(2026, 3, 31)
Rows = list[dict[str, Any]]


def run(
    store: Store, report: int, where: str = "", order: str = "", limit: int = 1000, offset: int = 0
) -> tuple[Rows, int]:
    query = from_wire(where, order)
    return run_report(store, report, query.conditions, query.order, limit, offset, TODAY)


def everything(store: Store, report: int, where: str = "", order: str = "") -> Rows:
    rows: Rows = []
    while True:
        page, count = run(store, report, where, order, offset=len(rows))
        rows += page
        if len(rows) == count:
            return rows
