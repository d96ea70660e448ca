"""Copies have names of their own."""

from __future__ import annotations

import re
import sqlite3
import unicodedata

from cotui.sandbox.demo.hostile import TEXTS
from tests.sandbox.demo.large import BLOCK, CUSTOMERS, FIRST, SIZE, column


def test_names_are_never_the_same(large_demo: sqlite3.Connection) -> None:
    for table, name in (("users", "username"), ("users", "external_key"), ("invoices", "refnumber")):
        found = column(large_demo, f"SELECT {name} FROM {table} WHERE {name} IS NOT NULL")
        assert len(found) > 20
        assert len(set(found)) == len(found), name
    addresses = column(large_demo, "SELECT email FROM users WHERE user_id > 76 AND email IS NOT NULL")
    assert len(set(addresses)) == len(addresses)


def test_contacts_write_from_their_firm(large_demo: sqlite3.Connection) -> None:
    found = large_demo.execute(
        "SELECT company, email FROM users JOIN customers USING (customer_id) "
        "WHERE customer_id > ? AND email IS NOT NULL",
        (BLOCK,),
    ).fetchall()
    assert len(found) > 80
    for company, email in found:
        domain = re.sub("[^a-z]", "", email.split(",")[0].partition("@")[2].removesuffix(".example"))
        letters = re.sub("[^a-z]", "", company.lower())
        if company.isascii():
            assert letters[:20] == domain[:20]


def test_copies_have_pleasant_names_of_their_own(large_demo: sqlite3.Connection) -> None:
    companies = column(large_demo, "SELECT company FROM customers WHERE customer_id > ?", BLOCK)
    assert not set(companies) & set(TEXTS.values())
    assert all(str(company).isprintable() for company in companies)
    assert len(set(companies)) > 0.9 * len(companies)
    people = column(
        large_demo, "SELECT name FROM users JOIN customers USING (customer_id) WHERE customer_id > ?", BLOCK
    )
    assert len(set(people)) > 0.7 * len(people)
    for customer in range(BLOCK + 1, CUSTOMERS + 1):
        copy, original = (
            column(large_demo, "SELECT company FROM customers WHERE customer_id = ?", number)
            for number in (customer, FIRST + (customer - FIRST) % SIZE)
        )
        assert is_latin(str(copy[0])) == is_latin(str(original[0]))


def is_latin(text: str) -> bool:
    return all(unicodedata.name(char).startswith("LATIN") for char in text if char.isalpha())
