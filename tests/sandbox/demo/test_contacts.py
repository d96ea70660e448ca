"""Addresses of contacts are made of whatever their names are written in."""

from __future__ import annotations

import sqlite3

import pytest

from cotui.sandbox.demo.contacts import email_domain, mailbox
from tests.sandbox.demo.rules import one


@pytest.mark.parametrize(
    ("company", "domain"),
    [
        ("Northwind Analytics, Inc.", "northwindanalyticsinc"),
        ("Köhler & Söhne (GmbH)", "kohlersohnegmbh"),
        ("東京データセンター株式会社", ""),
        ("ТОВ «Карпати»", ""),
        ("x" * 90, "x" * 40),
        ("", ""),
    ],
)
def test_the_name_of_a_firm_as_a_domain(company: str, domain: str) -> None:
    assert email_domain(company) == domain


@pytest.mark.parametrize(
    ("first", "last", "box"),
    [
        ("Amelia", "O'Connor", "amelia.oconnor"),
        ("Étienne", "Gagné", "etienne.gagne"),
        ("健一", "佐藤", ""),
        ("Jürgen", "佐藤", "jurgen"),
    ],
)
def test_a_name_as_a_mailbox(first: str, last: str, box: str) -> None:
    assert mailbox(first, last) == box


def test_every_address_is_one_and_nobody_s(demo: sqlite3.Connection) -> None:
    for (email,) in demo.execute("SELECT email FROM users WHERE email IS NOT NULL"):
        for address in email.split(","):
            box, at, host = address.partition("@")
            assert box
            assert at
            assert address.isascii()
            assert host.endswith(".example") or host == "example.com"


def test_the_main_contact_is_one_of_the_customer_s_own(demo: sqlite3.Connection) -> None:
    assert one(
        demo,
        "SELECT count(*) FROM customers c WHERE superuser_id IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM customer_users l WHERE l.customer_id = c.customer_id AND l.user_id = c.superuser_id)",
    ) == 0  # fmt: skip
    assert (
        one(demo, "SELECT count(*) FROM users WHERE user_id NOT IN (SELECT user_id FROM customer_users)") == 0
    )
