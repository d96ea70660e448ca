"""The demo's stored ways to pay, notes, and what else an account gathers beside its billing.

Made last, so that nothing before depends on it: the tokens and chances of all else stay what they are without it.
"""

from __future__ import annotations

import json
import sqlite3

from cotui.sandbox.demo.account import CURRENCIES
from cotui.sandbox.demo.hostile_rows import hostile_text
from cotui.sandbox.demo.randomness import Calendar, Randomness
from cotui.sandbox.demo.rows import Row, by_number, insert
from cotui.sandbox.demo.state import Account

#: type of a card and the first digits of its number, by gateway_method
_CARD_TYPES = {
    "visa": ("visa", 411111),
    "mastercard": ("mast", 555555),
    "american-express": ("amex", 378282),
    "discover": ("disc", 601111),
}
_BANKS = ("First Harbor Bank", "Lakeside Credit Union", "Bank of the Valley")
_ROUTINGS = ("x3004", "x1528", "x0660")
_NOTES = (
    "Asked to be called in the morning only.",
    "Wants one invoice for all sites from next year on.",
    "Payment promised by the end of the week.",
    "New address from the first of the month, see e-mail.",
    "Discount agreed with sales, runs until renewal.",
)
# What a card or an account says of its owner is the customer's: customer_id is ?2.
_OWNED = "FROM given, customers c LEFT JOIN users u ON u.user_id = c.superuser_id WHERE c.customer_id = ?2"
_CARD = by_number(
    "INSERT INTO creditcards (creditcard_id, customer_id, token, type, mask_number, mask_and_bin_number, expdate, "
    "name, write_datetime, mod_datetime, write_ipaddr, address, city, state, postcode, country) "
    "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, u.name, "
    "c.write_datetime, c.write_datetime, c.write_ipaddr, c.bill_addr1, c.bill_city, c.bill_state, c.bill_postcode, "
    "c.bill_country " + _OWNED
)
_BANK_ACCOUNT = by_number(
    "INSERT INTO ach_accounts (ach_id, customer_id, token, type, mask_number, mask_routing, mask_bank, name, "
    "write_datetime, mod_datetime) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, u.name, c.write_datetime, c.write_datetime "
    + _OWNED
)
_TOKENIZED = by_number(
    "INSERT INTO tokenized (tokenized_id, customer_id, token, type, name, gateway, write_datetime, mod_datetime) "
    "SELECT ?1, ?2, ?3, 'customer', 'PayPal', 'paypal', write_datetime, write_datetime FROM given, customers "
    "WHERE customer_id = ?2"
)


def fill_records(
    connection: sqlite3.Connection, randomness: Randomness, calendar: Calendar, accounts: list[Account]
) -> None:
    """Writes a card, bank account or token for each customer who pays with one, and the small things."""
    connection.executemany(_CARD, _cards(randomness, calendar, accounts))
    connection.executemany(
        _BANK_ACCOUNT,
        [
            (
                account.card,
                account.customer_id,
                randomness.token(),
                ("chec", "busi", "busi", "savi")[account.customer_id % 4],
                account.method[2],
                _ROUTINGS[account.customer_id % len(_BANKS)],
                _BANKS[account.customer_id % len(_BANKS)],
            )
            for account in accounts
            if account.paymethod == "ach"
        ],
    )
    connection.executemany(
        _TOKENIZED,
        [
            (account.card, account.customer_id, f"cus_{randomness.token()}")
            for account in accounts
            if account.paymethod == "tok"
        ],
    )
    insert(
        connection,
        "notes",
        "note note_is_pinned context_str context_id admin_id note_datetime token",
        (
            (
                hostile_text(number) if account.hostile else _NOTES[number % len(_NOTES)],
                int(number % 18 == 1),
                "customer",
                account.customer_id,
                1 + number % 3,
                calendar.office(max(calendar.today - number * 13 % 300, 0), number),
                randomness.token(),
            )
            for number, account in enumerate(accounts)
            if account.hostile or number % 6 == 1
        ),
    )
    _small_things(connection, randomness, calendar)


def _cards(randomness: Randomness, calendar: Calendar, accounts: list[Account]) -> list[Row]:
    year = int(calendar.iso[calendar.today][:4])
    return [
        (
            account.card,
            account.customer_id,
            randomness.token(),
            _CARD_TYPES[account.method[1]][0],
            account.method[2],
            f"{_CARD_TYPES[account.method[1]][1]}xx{account.method[2]}",
            f"{year + 1 + account.customer_id % 4}-{1 + account.customer_id * 7 % 12:02}-01",
        )
        for account in accounts
        if account.paymethod == "crd"
    ]


def _small_things(connection: sqlite3.Connection, randomness: Randomness, calendar: Calendar) -> None:
    insert(
        connection,
        "coupons",
        "coupon_id coupon name",
        [(1, "WELCOME10", "Ten percent off the first invoice"), (2, "FRIENDS", "For friends of customers")],
    )
    dollar, *others = CURRENCIES
    insert(
        connection,
        "exchange_rates",
        "from_currency_id to_currency_id exchange",
        [(dollar.currency_id, other.currency_id, other.per_dollar / 1000) for other in others],
    )
    insert(
        connection,
        "resthooks",
        "target_url event write_datetime",
        [("https://hooks.example.com/chargeover", "customer.insert", calendar.night(0, 0))],
    )
    opened = calendar.night(0, 0)
    insert(
        connection,
        "system_log",
        "msg log_datetime",
        [("Account created", opened), ("REST API enabled", opened + 60)],
    )
    customer = {
        "company": "Test Company, LLC",
        "bill_addr1": "56 Cowles Road",
        "bill_city": "Mt Pleasant",
        "bill_state": "MI",
        "bill_postcode": "48858",
        "bill_country": "United States",
    }
    contact = {"name": "John Doe", "phone": "888-924-2347", "email": "john@example.com"}
    insert(
        connection,
        "chargeoverjs_requests",
        "action payload token write_datetime",
        [
            (
                "customer.create",
                json.dumps({"customer": customer, "user": contact}, separators=(",", ":")),
                f"{randomness.token()}{randomness.token()}"[:16],
                calendar.night(calendar.today, 0),
            )
        ],
    )
