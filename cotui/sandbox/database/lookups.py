"""The account's small lists, kept in memory: what ids of currencies, terms, workers … stand for."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import NamedTuple


class Currency(NamedTuple):
    """A currency: `unit` minor units make one major unit."""

    iso4217: str
    symbol: str
    decimals: int
    unit: int

    def printed(self, minor: int) -> str:
        """Minor units as people read them: $ 1,234.50."""
        return f"{self.symbol} {minor / self.unit:,.{self.decimals}f}"


class Terms(NamedTuple):
    """Payment terms."""

    name: str
    days: int


class Admin(NamedTuple):
    """A worker of the account."""

    name: str
    email: str


@dataclass(frozen=True)
class Lookups:
    """Names by id, read once and again when the data has changed."""

    currencies: dict[int, Currency]
    terms: dict[int, Terms]
    brands: dict[int, str]
    classes: dict[int, str]
    admins: dict[int, Admin]
    user_types: dict[int, str]
    #: digits after the point of the currency that has most
    decimals: int

    @classmethod
    def load(cls, connection: sqlite3.Connection) -> Lookups:
        """Reads the lists of the database."""
        currencies = {
            row[0]: Currency(row[1], row[2], row[3], 10 ** row[3])
            for row in connection.execute("SELECT currency_id, iso4217, symbol, decimals FROM currencies")
        }
        return cls(
            currencies=currencies,
            terms={
                row[0]: Terms(row[1], row[2])
                for row in connection.execute("SELECT terms_id, name, days FROM terms")
            },
            brands=dict(connection.execute("SELECT brand_id, brand FROM brands")),
            classes=dict(connection.execute("SELECT class_id, name FROM classes")),
            admins={
                row[0]: Admin(f"{row[1]} {row[2]}".strip(), row[3])
                for row in connection.execute("SELECT admin_id, first_name, last_name, email FROM admins")
            },
            user_types=dict(connection.execute("SELECT user_type_id, name FROM user_types")),
            decimals=max((currency.decimals for currency in currencies.values()), default=2),
        )

    def currency(self, number: int) -> Currency:
        """The currency of this id; one without a name where there is none."""
        return self.currencies.get(number, _NO_CURRENCY)

    def terms_of(self, number: int) -> Terms:
        """The payment terms of this id; due at once where there are none."""
        return self.terms.get(number, _NO_TERMS)

    def admin(self, number: int | None) -> Admin:
        """The worker of this id; one without a name where there is none."""
        return _NO_ADMIN if number is None else self.admins.get(number, _NO_ADMIN)


_NO_CURRENCY = Currency("", "", 2, 100)
_NO_TERMS = Terms("", 0)
_NO_ADMIN = Admin("", "")
