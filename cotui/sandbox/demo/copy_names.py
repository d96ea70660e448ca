"""The names of the customers and contacts that are copied: all that a culture's words make, in tables for SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import product

from cotui.sandbox.demo.contacts import email_domain, mailbox
from cotui.sandbox.demo.names import CULTURES, Culture
from cotui.sandbox.demo.state import Account

_TABLES = (
    # numbers of its names are first_firm and the `firms - 1` after it, and so for people
    "CREATE TEMP TABLE demo_cultures "
    "(culture TEXT PRIMARY KEY, first_firm INT, firms INT, first_person INT, people INT)",
    "CREATE TEMP TABLE demo_firms (number INTEGER PRIMARY KEY, company TEXT, domain TEXT)",
    "CREATE TEMP TABLE demo_people (number INTEGER PRIMARY KEY, first_name TEXT, last_name TEXT, mailbox TEXT)",
    "CREATE TEMP TABLE demo_owners (customer_id INTEGER PRIMARY KEY, culture TEXT)",
)


def make_names(connection: sqlite3.Connection, accounts: list[Account]) -> None:
    """Makes temporary tables with the names of each culture, and with the culture of each customer.

    `domain` and `mailbox` are NULL for names without Latin letters.
    """
    for statement in _TABLES:
        connection.execute(statement)
    connection.executemany(
        "INSERT INTO demo_owners VALUES (?, ?)", [(each.customer_id, each.culture) for each in accounts]
    )
    firms: list[tuple[str, str | None]] = []
    people: list[tuple[str, str, str | None]] = []
    for key, culture in CULTURES.items():
        first_firm, first_person = len(firms), len(people)
        firms += [(company, email_domain(company) or None) for company in dict.fromkeys(_firms(culture))]
        people += [
            (first, last, mailbox(first, last) or None)
            for first, last in product(culture.first, culture.last)
        ]
        connection.execute(
            "INSERT INTO demo_cultures VALUES (?, ?, ?, ?, ?)",
            (key, first_firm, len(firms) - first_firm, first_person, len(people) - first_person),
        )
    connection.executemany(
        "INSERT INTO demo_firms VALUES (?, ?, ?)", ((number, *row) for number, row in enumerate(firms))
    )
    connection.executemany(
        "INSERT INTO demo_people VALUES (?, ?, ?, ?)", ((number, *row) for number, row in enumerate(people))
    )


def drop_names(connection: sqlite3.Connection) -> None:
    """Drops what `make_names` made."""
    for table in ("demo_cultures", "demo_firms", "demo_people", "demo_owners"):
        connection.execute(f"DROP TABLE temp.{table}")


def _firms(culture: Culture) -> Iterator[str]:
    for pattern in culture.patterns:
        words = [
            choices if "{" + name + "}" in pattern else ("",)
            for name, choices in (("a", culture.words_a), ("b", culture.words_b), ("last", culture.last))
        ]
        for a, b, last in product(*words):
            yield pattern.format(a=a, b=b, last=last)
