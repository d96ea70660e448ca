"""Report data: rows of a report that meet conditions, ordered, page by page, formatted for people."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Any

from cotui.query import Condition, Order
from cotui.sandbox.database.lookups import Lookups
from cotui.sandbox.database.served_values import money
from cotui.sandbox.database.store import Store
from cotui.sandbox.reports.definitions import REPORTS
from cotui.sandbox.reports.model import TWIN, ColumnKind, Report
from cotui.sandbox.reports.sql import ReportQuery, compile_report, joins

__all__ = ["MAX_ROWS", "REPORTS", "run_report"]

#: Rows that one answer holds at most.
MAX_ROWS = 1000
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def run_report(
    store: Store,
    report_id: int,
    conditions: Sequence[Condition],
    order: Sequence[Order],
    limit: int,
    offset: int,
    today: date,
) -> tuple[list[dict[str, Any]], int]:
    """Some rows of a report.

    Args:
        conditions: on the report's columns or their twins; all have to hold.
        order: empty for the report's own order. Formatted columns are ordered by their raw values.
        limit: rows wanted, at most MAX_ROWS.
        offset: rows left out before the first.
        today: the account's day.

    Returns:
        Rows by column name, formatted columns followed by their raw twins at the end as in ChargeOver's sample,
        and the number of rows that meet the conditions.

    Raises:
        KeyError: there is no such report.
        BadQueryError: a column is not the report's, or a value is not of its column's type.
    """
    report = REPORTS[report_id]
    limit, offset = max(0, min(limit, MAX_ROWS)), max(0, offset)
    with store.read() as reader:
        lookups = reader.lookups
        query = compile_report(report, conditions, order, lookups, today)
        key = ("report", report_id, query.where, *query.parameters.values())
        count = reader.counts.get(key)
        if count is None:
            count = reader.remember_count(key, _count(reader.connection, report, query))
        if offset >= count or not limit:
            return [], count
        stored = _page(reader.connection, report, query, limit, offset)
        return [_served(report, row, lookups) for row in stored], count


def _count(connection: sqlite3.Connection, report: Report, query: ReportQuery) -> int:
    sql = f"SELECT count(*) FROM {report.tables} {query.where_joins} WHERE {query.where}"  # noqa: S608 - our own names
    return int(connection.execute(sql, query.parameters).fetchone()[0])


def _page(
    connection: sqlite3.Connection, report: Report, query: ReportQuery, limit: int, offset: int
) -> list[tuple[Any, ...]]:
    """Rows as stored: the key, the currency, then the columns."""
    columns = ", ".join(column.sql for column in report.columns)
    every_join = joins(report, set(report.joins))
    page = {"limit": limit, "offset": offset}
    head = f"SELECT {report.key}, {report.currency}, {columns} FROM {report.tables} {every_join}"  # noqa: S608 - our own names
    if report.grouped:
        sql = f"{head} WHERE {query.where} ORDER BY {query.order} LIMIT :limit OFFSET :offset"
        return connection.execute(sql, query.parameters | page).fetchall()
    # First the keys of the page, from as few tables as can tell; then the rows of these keys. Rows before the
    # page are so passed over without reading them.
    keys = [
        row[0]
        for row in connection.execute(
            f"SELECT {report.key} FROM {report.tables} {query.order_joins} WHERE {query.where} "  # noqa: S608 - our own names
            f"ORDER BY {query.order} LIMIT :limit OFFSET :offset",
            query.parameters | page,
        )
    ]
    numbers = ", ".join(str(int(key)) for key in keys)
    found = connection.execute(f"{head} WHERE {report.key} IN ({numbers})", query.parameters).fetchall()
    by_key = {row[0]: row for row in found}
    return [by_key[key] for key in keys]


def _served(report: Report, stored: tuple[Any, ...], lookups: Lookups) -> dict[str, Any]:
    currency = lookups.currencies[stored[1]]
    row: dict[str, Any] = {}
    twins: dict[str, Any] = {}
    for column, value in zip(report.columns, stored[2:], strict=True):
        shown = value
        if value is not None:
            if column.kind is ColumnKind.MONEY:
                shown = shown_amount(value, currency.symbol, currency.decimals)
                value = money(value, currency.unit)
            elif column.kind is ColumnKind.DATE:
                shown = shown_date(value)
            elif column.kind is ColumnKind.DETAIL:
                shown = shown_detail(value)
        row[column.name] = shown
        if column.kind.has_twin:
            twins[column.name + TWIN] = value
    return row | twins


def shown_date(iso: str) -> str:
    """A date 'YYYY-MM-DD' as in the recorded sample."""
    return f"{_MONTHS[int(iso[5:7]) - 1]} {int(iso[8:10])}, {iso[:4]}"


def shown_amount(minor: int, symbol: str, decimals: int) -> str:
    """An amount as in the recorded sample, with the currency's own number of decimals."""
    sign = "-" if minor < 0 else ""
    whole, rest = divmod(abs(minor), 10**decimals)
    fraction = f".{rest:0{decimals}}" if decimals else ""
    return f"{sign}{symbol} {whole:,}{fraction}"


def shown_detail(text: str) -> str | int:
    """A reference, as a number when it consists of digits: the sample has "x6667" in one row and 56 in another."""
    if text.isascii() and text.isdigit() and len(text) < 16 and (text[0] != "0" or text == "0"):
        return int(text)
    return text
