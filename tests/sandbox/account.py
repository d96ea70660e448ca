"""A small account with one of everything that is hard: three kinds of currency, all statuses, unset values."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from cotui.sandbox.billing.totals import refresh_totals
from cotui.sandbox.database.schema import RATE_SCALE
from cotui.sandbox.database.store import Store
from tests.stores import copied

#: The account's present moment: 15 March 2026, 10:00 in New York.
NOW = datetime(2026, 3, 15, 14, 0, tzinfo=UTC)
TODAY = date(2026, 3, 15)
MADE = int(datetime(2025, 1, 2, 8, 30, tzinfo=UTC).timestamp())

#: Text that has broken programs before.
NASTY = (
    "Acme, Inc: EU",
    "back\\slash",
    "Ünïcode École ﬀ",
    "100%_sure",
    "'; DROP TABLE customers; --",
    "[bold]x[/] \x1b[31mred",
    "日本語 株式会社",
    "ΣΊΣΥΦΟΣ",
)


def now() -> datetime:
    """The account's clock."""
    return NOW


def build(customers: int = 14) -> Store:
    """A store in memory that holds the account; the caller closes it."""
    return copied(("small account", customers), lambda store: fill(store, customers))


def fill(store: Store, customers: int = 14) -> None:
    """Fills an empty store."""
    with store.load() as connection:
        _lists(connection)
        for number in range(1, customers + 1):
            _customer(connection, number)
        _hostile_keys(connection)
    with store.write() as connection:
        refresh_totals(connection)


def rate(amount: str) -> int:
    """A price of a unit in major units as it is stored."""
    return int(Decimal(amount) * RATE_SCALE)


def put(connection: sqlite3.Connection, table: str, **values: Any) -> None:
    """Inserts one row."""
    names = ", ".join(values)
    marks = ", ".join("?" for _ in values)
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))


def _lists(connection: sqlite3.Connection) -> None:
    for number, (name, iso, symbol, decimals) in enumerate(
        (("US Dollar", "USD", "$", 2), ("Yen", "JPY", "¥", 0), ("Kuwaiti Dinar", "KWD", "KD", 3)), 1
    ):
        put(
            connection,
            "currencies",
            currency_id=number,
            currency=name,
            iso4217=iso,
            symbol=symbol,
            decimals=decimals,
            rounding=decimals,
        )
    put(connection, "terms", terms_id=2, name="Net 30", days=30)
    put(connection, "terms", terms_id=3, name="Due on Receipt", days=0)
    put(connection, "brands", brand_id=1, brand="Example", city="Hamden")
    put(connection, "classes", class_id=1, name="Retail")
    put(connection, "languages", language_id=1, language="English", iso639="en")
    put(connection, "countries", country_id=1, name="Canada", iso2="CA", iso3="CAN", cctld=".ca")
    put(connection, "campaigns", campaign_id=1, campaign="Fair")
    put(connection, "user_types", user_type_id=1, name="Billing")
    put(
        connection,
        "admins",
        admin_id=1,
        token="adm000000001",
        username="support",
        email="support@example.com",
        first_name="Sam",
        last_name="Support",
        write_datetime=MADE,
        mod_datetime=MADE,
    )
    for number, kind in ((1, "service"), (2, "product")):
        put(
            connection,
            "items",
            item_id=number,
            item_type=kind,
            name=f"Item {number}",
            external_key=f"sku{number}",
            token=f"itm00000000{number}",
            tierset_id=number,
            write_datetime=MADE,
            mod_datetime=MADE,
        )
        put(
            connection,
            "tiersets",
            tierset_id=number,
            item_id=number,
            currency_id=1,
            base=rate("10.95"),
            pricemodel="tie" if number == 2 else "fla",
            write_datetime=MADE,
            mod_datetime=MADE,
        )
    put(connection, "tiers", tier_id=1, tierset_id=2, unit_from=1, unit_to=10, amount=rate("0.5"))
    put(connection, "item_categories", item_category_id=1, name="Hosting", token="cat000000001")
    put(connection, "item_category_links", item_id=2, item_category_id=1)


def _customer(connection: sqlite3.Connection, number: int) -> None:
    nasty = NASTY[number % len(NASTY)]
    made = MADE + number * 86_400
    put(
        connection,
        "users",
        user_id=number,
        customer_id=number,
        external_key=f"user-{number}" if number % 2 else None,
        token=f"usr{number:09d}",
        username=f"user{number}",
        first_name=nasty if number % 4 == 0 else "Jane",
        last_name="Doe",
        name=f"{nasty if number % 4 == 0 else 'Jane'} Doe",
        email=f"jane{number}@example.com" if number % 5 else None,
        phone="",
        write_datetime=made,
        mod_datetime=made,
    )
    put(
        connection,
        "customers",
        customer_id=number,
        parent_customer_id=1 if number == 3 else None,
        token=f"cus{number:09d}",
        external_key=f"Key-{number}" if number % 3 else None,
        superuser_id=number if number % 6 else None,
        company=f"{nasty} {number}",
        currency_id=number % 3 + 1,
        class_id=1 if number % 2 else None,
        admin_id=1 if number % 2 else None,
        terms_id=2 if number % 2 else 3,
        bill_addr1="1 Main Street",
        bill_city="Hamden",
        bill_state="CT" if number % 2 else None,
        bill_postcode="06517",
        bill_country="Canada" if number % 3 else "United States",
        custom_1=nasty if number % 2 else None,
        write_datetime=made,
        mod_datetime=made + 3600,
        standing=(0, 0, 0, 1, 2)[number % 5],
        default_paymethod="crd",
        no_taxes=number % 2,
        mrr=1095,
        tags=json.dumps(["vip", "tag: 2"]) if number % 2 else "[]",
    )
    put(connection, "customer_users", customer_id=number, user_id=number)
    if number == 2:
        put(connection, "customer_users", customer_id=1, user_id=2)
    put(
        connection,
        "packages",
        package_id=number,
        customer_id=number,
        token=f"pkg{number:09d}",
        external_key=f"sub-{number}" if number % 2 else None,
        nickname="Plan",
        currency_id=number % 3 + 1,
        package_status_str="canceled-manual" if number % 4 == 0 else "active-current",
        write_datetime=made,
        mod_datetime=made,
    )
    put(
        connection,
        "package_lines",
        line_item_id=number,
        package_id=number,
        item_id=number % 2 + 1,
        tierset_id=number % 2 + 1,
        external_key=f"line-{number}",
    )
    for index in range(5):
        _invoice(connection, number, index, made)


def _invoice(connection: sqlite3.Connection, customer: int, index: int, made: int) -> None:
    number = (customer - 1) * 5 + index + 1
    day = TODAY - timedelta(days=(number * 37) % 200 - 20)
    total = 1000 + number * 7
    stage = (3, 0, 3, 1, 2)[index]
    payments = total if stage == 0 else 100 if index == 2 else 0
    put(
        connection,
        "invoices",
        invoice_id=number,
        refnumber=str(number),
        external_key=f"ext,{number}:x" if number % 4 == 0 else None,
        invoice_index=index if number % 2 else None,
        package_id=customer if number % 2 else None,
        quote_id=7 if number % 10 == 0 else None,
        customer_id=customer,
        write_datetime=made + index,
        mod_datetime=made + index,
        void_datetime=made if stage == 1 else None,
        date=day.isoformat(),
        due_date=(day + timedelta(days=30)).isoformat(),
        paid_date=TODAY.isoformat() if stage == 0 else None,
        currency_id=customer % 3 + 1,
        paycycle="mon" if number % 2 else None,
        terms_id=2,
        token=f"inv{number:09d}",
        bill_city="Hamden",
        bill_state="CT",
        bill_country="Canada" if number % 3 else None,
        stage=stage,
        is_open=int(stage >= 2),
        subtotal=total,
        total=total,
        payments=payments,
        balance=0 if stage < 2 else total - payments,
        sum_onetime=total,
        custom_1=NASTY[number % len(NASTY)] if number % 2 else None,
    )
    put(
        connection,
        "invoice_lines",
        invoice_id=number,
        item_id=number % 2 + 1,
        item_name="Item",
        line_rate=rate("2.5"),
        line_quantity=1.5 if number % 2 else 4,
        line_total=total,
        custom_1=f"Line {number % 5}",
        is_taxed=1,
    )
    if payments:
        put(
            connection,
            "transactions",
            transaction_id=number,
            customer_id=customer,
            currency_id=customer % 3 + 1,
            gateway_status=1,
            token=f"trx{number:09d}",
            amount=payments,
            applied=payments,
            transaction_date=day.isoformat(),
            transaction_datetime=made,
            transaction_type="pay",
            transaction_method="Visa",
            void_datetime=made if number % 7 == 0 else None,
            is_pending=int(number % 11 == 0),
            write_datetime=made,
            mod_datetime=made,
        )
        put(
            connection,
            "transaction_applied",
            transaction_id=number,
            invoice_id=number,
            applied=payments,
        )
    if index == 2:
        put(
            connection,
            "invoice_schedule",
            invoice_id=number,
            token=f"sch{number:09d}",
            date="2026-03-01",
            due_date="2026-03-01",
            amount=500,
            balance=500,
        )


def _hostile_keys(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE customers SET external_key = 'a/b c:d,é' WHERE customer_id = 1")
