"""Conditions and order of a report as parameterised SQL.

Readings are those of lists (query_sql): text without regard to case, unset values meet no condition but IS:NULL,
ties are broken by the row's key in the direction of the last order key.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cotui.catalog.types.date import sent_day
from cotui.query import Condition, Op, Order
from cotui.sandbox.database.lookups import Lookups
from cotui.sandbox.database.query_sql import BadQueryError
from cotui.sandbox.database.query_values import minor_units, number
from cotui.sandbox.reports.model import ColumnKind, Report, ReportColumn

_SIGNS = {Op.EQUALS: "=", Op.NOTEQUALS: "<>", Op.GT: ">", Op.LT: "<", Op.GTE: ">=", Op.LTE: "<="}


@dataclass(frozen=True)
class ReportQuery:
    """A report's rows in SQL.

    Attributes:
        where: conditions, never empty.
        order: ORDER BY terms.
        joins: joins that each of the two needs.
        parameters: values of the named parameters.
    """

    where: str
    order: str
    where_joins: str
    order_joins: str
    parameters: dict[str, Any]


def compile_report(
    report: Report, conditions: Sequence[Condition], order: Sequence[Order], lookups: Lookups, today: date
) -> ReportQuery:
    """Reads conditions and order keys. Raises BadQueryError where a column or value does not fit the report."""
    parameters: dict[str, Any] = {"today": today.isoformat()}
    for days in (30, 60, 90):
        parameters[f"day{days}"] = (today - timedelta(days)).isoformat()
    compiler = _Compiler(report, lookups, parameters)
    tests = [compiler.condition(condition) for condition in conditions]
    if report.where:
        tests.insert(0, report.where)
    keys = order or [Order(name) for name in report.order]
    terms = compiler.order(keys)
    needed = {compiler.column(item.field, "filter").join for item in conditions}
    return ReportQuery(
        where=" AND ".join(f"({test})" for test in tests) or "1",
        order=", ".join(terms),
        where_joins=joins(report, needed),
        order_joins=joins(report, needed | {compiler.column(key.field, "order").join for key in keys}),
        parameters=parameters,
    )


def joins(report: Report, names: set[str]) -> str:
    """The joins with these names, in the report's order."""
    return " ".join(sql for name, sql in report.joins.items() if name in names)


class _Compiler:
    def __init__(self, report: Report, lookups: Lookups, parameters: dict[str, Any]) -> None:
        self._report = report
        self._lookups = lookups
        self._parameters = parameters

    def column(self, name: str, what: str) -> ReportColumn:
        found = self._report.find(name)
        if found is None:
            raise BadQueryError(f"You cannot {what} by: {name}.")
        return found

    def condition(self, condition: Condition) -> str:
        column = self.column(condition.field, "filter")
        if condition.op is Op.IS_NULL:
            return f"{column.sql} IS NULL"
        if condition.op is Op.ISNOT_NULL:
            return f"{column.sql} IS NOT NULL"
        if condition.op is Op.CONTAINS:
            return self._contains(column, condition.value)
        sign = _SIGNS[condition.op]
        try:
            return self._compare(column, sign, condition.value)
        except ValueError as error:
            raise BadQueryError("Malformed WHERE clause.") from error

    def _compare(self, column: ReportColumn, sign: str, value: str) -> str:
        if column.kind is ColumnKind.NUMBER:
            return f"{column.sql} {sign} {self._bind(number(value))}"
        if column.kind is ColumnKind.DATE:
            return f"{column.sql} {sign} {self._bind(sent_day(value))}"
        if column.kind is ColumnKind.MONEY:
            return (
                f"{self._scaled(column.sql)} {sign} {self._bind(minor_units(value, self._lookups.decimals))}"
            )
        if not value.isascii() and sign in ("=", "<>"):
            # SQLite's own comparison knows the case of ASCII letters only
            return f"fold({column.sql}) {sign} {self._bind(value.casefold())}"
        return f"{column.sql} {sign} {self._bind(value)} COLLATE NOCASE"

    def _contains(self, column: ReportColumn, value: str) -> str:
        sql = column.sql
        if column.kind is ColumnKind.MONEY:
            sql = f"({sql}) / (1.0 * {self._by_currency(lambda decimals: 10**decimals)})"
        if column.kind in (ColumnKind.MONEY, ColumnKind.NUMBER):
            sql = f"CAST({sql} AS TEXT)"
        if value.isascii():
            return f"instr(lower({sql}), {self._bind(value.lower())}) > 0"
        return f"instr(fold({sql}), {self._bind(value.casefold())}) > 0"

    def order(self, keys: Sequence[Order]) -> list[str]:
        terms = []
        for key in keys:
            column = self.column(key.field, "order")
            sql = column.sql
            if column.kind is ColumnKind.MONEY:
                sql = self._scaled(sql)
            elif column.kind in (ColumnKind.TEXT, ColumnKind.DETAIL):
                sql = f"{sql} COLLATE NOCASE"
            terms.append(f"{sql} DESC" if key.descending else sql)
            if column.sql == self._report.key:
                return terms
        return [*terms, f"{self._report.key} DESC" if keys and keys[-1].descending else self._report.key]

    def _bind(self, value: object) -> str:
        name = f"p{len(self._parameters)}"
        self._parameters[name] = value
        return f":{name}"

    def _scaled(self, sql: str) -> str:
        """Money in minor units of the currency with most decimals, so that currencies compare by number."""
        most = self._lookups.decimals
        return f"({sql}) * {self._by_currency(lambda decimals: 10 ** (most - decimals))}"

    def _by_currency(self, factor: Callable[[int], int]) -> str:
        whens = " ".join(
            f"WHEN {currency_id} THEN {factor(currency.decimals)}"
            for currency_id, currency in self._lookups.currencies.items()
        )
        return f"CASE {self._report.currency} {whens} ELSE 1 END" if whens else "1"
