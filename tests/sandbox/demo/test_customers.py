"""The customers of the demo: a plausible variety."""

from __future__ import annotations

import sqlite3

from tests.sandbox.demo.rules import one


def test_customers_differ(demo: sqlite3.Connection) -> None:
    for what, least in (
        ("currency_id", 6),
        ("bill_country", 12),
        ("terms_id", 5),
        ("default_paymethod", 4),
        ("language_id", 4),
        ("standing", 2),
        ("tags", 4),
        ("admin_id", 3),
    ):
        assert one(demo, f"SELECT count(DISTINCT {what}) FROM customers") >= least, what  # type: ignore[operator]
    for what in (
        "parent_customer_id",
        "external_key",
        "custom_1",
        "ship_country",
        "tax_ident",
        "superuser_id",
    ):
        present = one(demo, f"SELECT count({what}) FROM customers")
        assert isinstance(present, int)
        assert 0 < present < 500, what
    scripts = "".join(row[0] for row in demo.execute("SELECT company FROM customers"))
    for first, last in (
        "\u0370\u03ff",
        "\u0400\u04ff",
        "\u0590\u05ff",
        "\u0600\u06ff",
        "\u0900\u097f",
        "\u0e00\u0e7f",
        "\u4e00\u9fff",
    ):
        assert any(first <= char <= last for char in scripts), first
