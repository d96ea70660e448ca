"""ChargeOver's `where` and `order` as parameterised SQL.

Readings where the documentation is silent: text compares without regard to case; a condition on an
unset value never holds, except IS:NULL, so NOTEQUALS skips unset values as SQL does; ties are broken by
the primary key in the direction of the last order key.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cotui.catalog.types.boolean import flag
from cotui.catalog.types.date import sent_day
from cotui.catalog.types.datetime import sent_moment
from cotui.query import Condition, Op, Order, QueryError
from cotui.query.wire import from_wire
from cotui.sandbox.database.clock import Clock, tomorrow
from cotui.sandbox.database.lookups import Lookups
from cotui.sandbox.database.object_model import SandboxObject, Source
from cotui.sandbox.database.query_values import minor_units, number

_COMPARISONS = {
    Op.EQUALS: "=",
    Op.NOTEQUALS: "<>",
    Op.GT: ">",
    Op.LT: "<",
    Op.GTE: ">=",
    Op.LTE: "<=",
}
_TESTS: dict[Op, Callable[[Any, Any], Any]] = {
    Op.EQUALS: operator.eq,
    Op.NOTEQUALS: operator.ne,
    Op.GT: operator.gt,
    Op.LT: operator.lt,
    Op.GTE: operator.ge,
    Op.LTE: operator.le,
    Op.CONTAINS: operator.contains,
}
#: Conditions or order keys of a query at most. SQLite has limits of its own, further off.
MOST_TERMS = 100


class BadQueryError(ValueError):
    """A query that is answered with 400; the text is the server's message."""


@dataclass(frozen=True)
class Compiled:
    """A query in SQL, `t` being the object's table.

    Attributes:
        where: conditions, without WHERE; "" when there is none.
        order: order terms, each with whether it descends; the primary key is always among them.
        parameters: values of the named parameters of both.
        key: equal for queries with the same conditions on the same day.
    """

    where: str
    order: tuple[tuple[str, bool], ...]
    parameters: dict[str, Any]
    key: tuple[Any, ...]

    def order_by(self, *, backwards: bool = False) -> str:
        """The ORDER BY terms, or those of the opposite order."""
        return ", ".join(
            f"{term} DESC" if descending is not backwards else term for term, descending in self.order
        )


def compile_query(subject: SandboxObject, where: str, order: str, lookups: Lookups, clock: Clock) -> Compiled:
    """Reads the parameters `where` and `order` of a list request.

    Raises:
        BadQueryError: the text is malformed, a field is not one to filter or order by, or a value is not of its
            field's type.
    """
    day = clock.today()
    days = {"today": day.isoformat(), "tomorrow": tomorrow(day, clock.zone)}
    compiler = _Compiler(lookups, clock, dict(days))
    conditions = [_allowed(subject, condition) for condition in read_conditions(where)]
    tests = [compiler.condition(source, condition) for source, condition in conditions]
    terms = compiler.order(subject, read_order(order))
    sql = " AND ".join(f"({test})" for test in tests)
    return Compiled(sql, terms, compiler.parameters, (subject.name, sql, *compiler.parameters.values()))


def read_conditions(where: str) -> tuple[Condition, ...]:
    """The conditions of a `where`. Raises BadQueryError where it is malformed."""
    if "\x00" in where:
        raise BadQueryError("Malformed WHERE clause.")
    try:
        conditions = from_wire(where, lenient=True).conditions
    except QueryError as error:
        raise BadQueryError("Malformed WHERE clause.") from error
    if len(conditions) > MOST_TERMS:
        raise BadQueryError("Malformed WHERE clause.")
    return conditions


def read_order(order: str) -> tuple[Order, ...]:
    """The keys of an `order`. Raises BadQueryError where it is malformed."""
    try:
        keys = from_wire("", order, lenient=True).order
    except QueryError as error:
        raise BadQueryError("Malformed ORDER clause.") from error
    if len(keys) > MOST_TERMS:
        raise BadQueryError("Malformed ORDER clause.")
    return keys


def _allowed(subject: SandboxObject, condition: Condition) -> tuple[Source, Condition]:
    name = condition.field.casefold()
    name = subject.aliases.get(name, name)
    if name not in subject.filterable:
        raise BadQueryError(f"You cannot filter by: {condition.field}.")
    return subject.source(name), condition


class _Compiler:
    def __init__(self, lookups: Lookups, clock: Clock, parameters: dict[str, Any]) -> None:
        self.lookups = lookups
        self.clock = clock
        self.parameters = parameters

    def condition(self, source: Source, condition: Condition) -> str:
        op, value = condition.op, condition.value
        if source.values:
            return _any_of(source, op, value)
        if op is Op.EQUALS and source.lookup is not None:
            source = source.lookup
        try:
            if source.through is None:
                return self._test(source, op, value)
            inside = self._test(source, Op.ISNOT_NULL if op is Op.IS_NULL else op, value)
        except ValueError as error:
            raise BadQueryError("Malformed WHERE clause.") from error
        way = source.through
        related = f"IN (SELECT {way.inner} FROM {way.tables} WHERE {inside})"  # noqa: S608 - our own names
        if op is Op.IS_NULL:
            return f"{way.outer} IS NULL OR {way.outer} NOT {related}"
        return f"{way.outer} {related}"

    def _test(self, source: Source, op: Op, value: str) -> str:
        sql, kept = source.sql, source.type.storage
        if op is Op.IS_NULL:
            return f"{sql} IS NULL"
        if op is Op.ISNOT_NULL:
            return f"{sql} IS NOT NULL"
        if op is Op.CONTAINS:
            return self._contains(source, value)
        sign = _COMPARISONS[op]
        if kept == "number":
            return f"{sql} {sign} {self._bind(number(value))}"
        if kept == "amount":
            return f"{self._scaled(source)} {sign} {self._bind(minor_units(value, self.lookups.decimals))}"
        if kept == "day":
            return f"{sql} {sign} {self._bind(sent_day(value))}"
        if kept == "moment":
            return f"{sql} {sign} {self._bind(sent_moment(value, self.clock.zone))}"
        if kept == "flag":
            return f"{sql} {sign} {self._bind(flag(value))}"
        if not value.isascii() and op in (Op.EQUALS, Op.NOTEQUALS):
            # SQLite's own comparison knows the case of ASCII letters only
            return f"fold({sql}) {sign} {self._bind(value.casefold())}"
        return f"{sql} {sign} {self._bind(value)} COLLATE NOCASE"

    def _contains(self, source: Source, value: str) -> str:
        sql, kept = source.sql, source.type.storage
        if kept == "amount":
            sql = f"served_money({sql}, {self._by_currency(source, lambda unit, _: unit)})"
        elif kept == "moment":
            sql = f"served_time({sql})"
        elif kept in ("number", "flag"):
            sql = f"CAST({sql} AS TEXT)"
        if value.isascii():
            return f"instr(lower({sql}), {self._bind(value.lower())}) > 0"
        return f"instr(fold({sql}), {self._bind(value.casefold())}) > 0"

    def _bind(self, value: object) -> str:
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f":{name}"

    def _scaled(self, source: Source) -> str:
        """Money of several currencies in the minor units of the one with most decimals."""
        factors = {
            10 ** (self.lookups.decimals - currency.decimals) for currency in self.lookups.currencies.values()
        }
        if factors <= {1}:
            return source.sql
        return f"({source.sql}) * {self._by_currency(source, lambda _, factor: factor)}"

    def _by_currency(self, source: Source, choose: Callable[[int, int], int]) -> str:
        whens = " ".join(
            f"WHEN {currency_id} THEN {choose(currency.unit, 10 ** (self.lookups.decimals - currency.decimals))}"
            for currency_id, currency in self.lookups.currencies.items()
        )
        return f"CASE {source.currency} {whens} ELSE 1 END" if whens else "1"

    def order(self, subject: SandboxObject, keys: tuple[Order, ...]) -> tuple[tuple[str, bool], ...]:
        terms: list[tuple[str, bool]] = []
        by_key = False
        for key in keys:
            name = key.field.casefold()
            name = subject.aliases.get(name, name)
            if name not in subject.orderable:
                raise BadQueryError(f"You cannot order by: {key.field}.")
            source = subject.source(name)
            by_key = by_key or name == subject.key
            natural = source.natural_order if len(keys) == 1 else ()
            terms.extend((term, key.descending) for term in natural or (self._order_term(source),))
            if by_key:
                # what follows a unique key changes nothing
                return tuple(terms)
        return (*terms, (f"t.{subject.key}", bool(keys) and keys[-1].descending))

    def _order_term(self, source: Source) -> str:
        kept = source.type.storage
        if kept == "amount":
            return self._scaled(source)
        return f"{source.sql} COLLATE NOCASE" if kept == "text" else source.sql


def _any_of(source: Source, op: Op, value: str) -> str:
    """A derived enumeration is tested here, and SQL is asked for the records with one of the values left."""
    if op is Op.IS_NULL:
        return "0"
    if op is Op.ISNOT_NULL:
        return "1"
    wanted, test = value.lower(), _TESTS[op]
    met = [f"({sql})" for name, sql in source.values.items() if test(name, wanted)]
    unmet = [f"({sql})" for name, sql in source.values.items() if not test(name, wanted)]
    if len(met) > len(unmet):
        return f"NOT ({' OR '.join(unmet)})" if unmet else "1"
    return " OR ".join(met) or "0"
