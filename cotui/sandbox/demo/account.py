"""The small lists of the demo's account: currencies, terms, workers, items and their prices.

The account belongs to a firm that sells hosting and telephony. Prices are set in US dollars and converted
with fixed factors, so that amounts look right in every currency.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import NamedTuple

from cotui.catalog.money import quotient
from cotui.sandbox.database.schema import RATE_SCALE
from cotui.sandbox.demo.hostile import TEXTS
from cotui.sandbox.demo.places import PLACES, Place
from cotui.sandbox.demo.rows import insert

#: Makes the n-th token of the database: 12 characters of [0-9a-z], never the same twice.
TokenMaker = Callable[[], str]


class Money(NamedTuple):
    """One currency of the account."""

    currency_id: int
    iso: str
    name: str
    symbol: str
    decimals: int
    #: what a US dollar is worth, in thousandths of this currency's major unit
    per_dollar: int
    #: prices are multiples of this many minor units
    step: int

    @property
    def unit(self) -> int:
        """Minor units in one major unit."""
        return int(10**self.decimals)


CURRENCIES: tuple[Money, ...] = (
    Money(1, "USD", "US Dollar", "$", 2, 1000, 1),
    Money(2, "EUR", "Euro", "€", 2, 920, 5),
    Money(3, "CAD", "Canadian Dollar", "CA$", 2, 1360, 5),
    Money(4, "GBP", "British Pound", "£", 2, 790, 5),
    Money(5, "JPY", "Japanese Yen", "¥", 0, 150_000, 10),
    Money(6, "KWD", "Kuwaiti Dinar", "KD", 3, 307, 5),
)
BY_ISO = {money.iso: money for money in CURRENCIES}

#: (terms_id, name, days); existing clients rely on 2 and 3
TERMS = ((1, "Net 15", 15), (2, "Net 30", 30), (3, "Due on Receipt", 0), (4, "Net 45", 45), (5, "Net 60", 60))
TERM_DAYS = {terms_id: days for terms_id, _, days in TERMS}


class Item(NamedTuple):
    """Something the firm sells. `kind` is base, usage, onetime, hours, discount or latefee."""

    item_id: int
    name: str
    descrip: str
    sku: str | None
    units: str | None
    kind: str
    #: price in millionths of a US dollar
    price: int
    #: most units on one line of an ordinary customer
    most: int = 1
    taxed: bool = True
    enabled: bool = True
    external_key: str | None = None
    item_type: str = "service"


_D = 1_000_000
ITEMS: tuple[Item, ...] = (
    Item(1, "Cloud Hosting, Standard", "2 cores, 4 GB, daily snapshots", "HOST-S", None, "base", 49 * _D),
    Item(
        2, "Cloud Hosting, Business", "8 cores, 32 GB, hourly snapshots", "HOST-B", None, "base", 129 * _D, 3
    ),
    Item(3, "Managed Backup", "Per protected machine", "BACKUP", "machine", "base", 19 * _D, 12),
    Item(4, "Hosted PBX Seat", "Telephone line with voicemail", "PBX-SEAT", "seat", "base", 24 * _D, 40),
    Item(5, "Priority Support", "Answer within one hour, day and night", "SUP-1H", None, "base", 99 * _D),
    Item(6, "Static IP Address", "", "IP4", "address", "base", 5 * _D, 8),
    Item(7, "Dedicated Server", "8 cores, 64 GB, two NVMe drives", "DEDI-8", None, "base", 189 * _D, 4),
    Item(8, "Domain Name", "One year", "DOMAIN", None, "onetime", 15 * _D, 5),
    Item(9, "Outbound Minutes", "National calls", "MIN-OUT", "minute", "usage", 12_500, 9000),
    Item(10, "Data Transfer", "Outgoing, per GB", "XFER", "GB", "usage", 80_000, 4000),
    Item(11, "Object Storage", "Per GB and month", "OBJ", "GB", "usage", 23_000, 12000),
    Item(12, "SMS Messages", "", "SMS", "message", "usage", 7_500, 6000, external_key="sms"),
    Item(13, "Onboarding", "Set-up, migration and training", "ONB", None, "onetime", 250 * _D),
    Item(14, "Engineer", "Per hour, in quarters", "ENG", "hour", "hours", 144 * _D, 40),
    Item(15, "On-site Visit", "", "VISIT", None, "onetime", 180 * _D, 2),
    Item(16, "TLS Certificate", "One year, wildcard", "TLS-W", None, "onetime", 79 * _D),
    Item(
        17,
        "Desk Phone T54",
        "Colour display, PoE",
        "T54",
        "piece",
        "onetime",
        169 * _D,
        12,
        item_type="product",
    ),
    Item(18, "Rack Router R2", "", "R2", "piece", "onetime", 429 * _D, 2, item_type="product"),
    Item(19, "Number Porting", "", "PORT", "number", "onetime", 25 * _D, 10),
    Item(
        20,
        "Loyalty Discount",
        "Thank you for staying with us",
        None,
        None,
        "discount",
        -5 * _D,
        taxed=False,
        item_type="discount",
    ),
    Item(21, "Late Fee", "", "LATE", None, "latefee", 15 * _D, taxed=False),
    Item(
        22, "Training Day", "Up to eight people", "TRAIN", "day", "onetime", 890 * _D, external_key="training"
    ),
    Item(23, "Fax Gateway (retired)", "", None, None, "onetime", 9 * _D, enabled=False),
    Item(24, TEXTS["formula_at"], TEXTS["markup_broken"], TEXTS["wire"], TEXTS["emoji"], "onetime", 12 * _D),
)
CATEGORIES = (
    ("Hosting", (1, 2, 3, 7, 10, 11)),
    ("Telephony", (4, 9, 12, 17, 19)),
    ("Services", (5, 13, 14, 15, 22)),
)


def line_rate(item: Item, money: Money) -> int:
    """The price of an item in parts of a major unit of a currency (`RATE_SCALE`).

    Metered rates are finer than the currency's smallest coin; all others are whole multiples of its step.
    """
    rate = item.price * money.per_dollar // 1000
    if item.kind == "usage":
        return rate // 10 * 10 * (RATE_SCALE // _D)
    grain = _D // money.unit * money.step
    if item.kind == "hours":
        grain *= 4  # a quarter of an hour has to be whole too
    return quotient(rate, grain) * grain * (RATE_SCALE // _D)


def tierset_id(item_id: int, currency_id: int) -> int:
    """The tierset of an item in a currency."""
    return (item_id - 1) * len(CURRENCIES) + currency_id


def fill_account(connection: sqlite3.Connection, token: TokenMaker, since: int) -> None:
    """Writes the lists.

    Args:
        since: Unix seconds at which the account was opened.
    """
    insert(
        connection,
        "currencies",
        "currency_id currency iso4217 symbol decimals rounding",
        [(m.currency_id, m.name, m.iso, m.symbol, m.decimals, m.decimals) for m in CURRENCIES],
    )
    insert(connection, "terms", "terms_id name days", TERMS)
    insert(connection, "taxes", "tax_id name country state ppm", _taxes())
    insert(
        connection,
        "brands",
        "brand_id brand addr1 city state postcode country",
        [
            (1, "Example Cloud, Inc.", "400 Harbor Street", "Burlington", "VT", "05401", "United States"),
            (2, "Example Voice", "400 Harbor Street", "Burlington", "VT", "05401", "United States"),
        ],
    )
    insert(connection, "classes", "class_id name", [(1, "Retail"), (2, "Wholesale"), (3, "Public sector")])
    insert(
        connection,
        "languages",
        "language_id language iso639",
        [
            (1, "English", "en"),
            (2, "Français", "fr"),
            (3, "Deutsch", "de"),
            (4, "日本語", "ja"),
            (5, "العربية", "ar"),
        ],
    )
    insert(connection, "countries", "country_id name iso2 iso3 cctld", _COUNTRIES)
    insert(
        connection,
        "campaigns",
        "campaign_id campaign",
        [(1, "Word of mouth"), (2, "Trade fair"), (3, "Search advertising"), (4, "Partner")],
    )
    insert(
        connection, "user_types", "user_type_id name", [(1, "Billing"), (2, "Technical"), (3, "Management")]
    )
    insert(
        connection,
        "admins",
        "admin_id token username email first_name last_name initials login_count write_datetime mod_datetime",
        [
            (1, token(), "support", "support@example.com", "ChargeOver", "Support", "CS", 412, since, since),
            (2, token(), "dana", "dana@example.com", "Dana", "Reyes", "DR", 96, since, since),
            (3, token(), "ole", "ole@example.com", "Ole", "Sørensen", "OS", 7, since, since),
        ],
    )
    _fill_items(connection, token, since)


def _taxes() -> list[tuple[int, str, str, str | None, int]]:
    """What the demo's customers are taxed with, for invoices that are written later."""
    found: dict[tuple[str, str | None], Place] = {}
    for place in PLACES.values():
        for state in (*(state for _, state, _ in place.cities), None):
            found.setdefault((place.country, state or None), place)
    return [
        (number, place.tax_name, country, state, place.tax_ppm)
        for number, ((country, state), place) in enumerate(found.items(), 1)
        if place.tax_ppm
    ]


def _fill_items(connection: sqlite3.Connection, token: TokenMaker, since: int) -> None:
    insert(
        connection,
        "items",
        "item_id item_type name description enabled accounting_sku accounting_account_income external_key token "
        "units units_plural tierset_id is_usage tax_group_id tax_group_name write_datetime mod_datetime",
        [
            (
                item.item_id,
                item.item_type,
                item.name,
                item.descrip or None,
                int(item.enabled),
                item.sku,
                "4000 Sales" if item.item_type == "service" else "4100 Goods",
                item.external_key,
                token(),
                item.units,
                f"{item.units}s" if item.units else None,
                tierset_id(item.item_id, 1),
                int(item.kind == "usage"),
                1 if item.taxed else None,
                "Standard" if item.taxed else None,
                since,
                since,
            )
            for item in ITEMS
        ],
    )
    insert(
        connection,
        "tiersets",
        "tierset_id item_id currency_id base paycycle pricemodel write_datetime mod_datetime",
        [
            (
                tierset_id(item.item_id, money.currency_id),
                item.item_id,
                money.currency_id,
                line_rate(item, money),
                "mon" if item.kind in ("base", "usage", "discount") else "evy",
                "uni" if item.most > 1 else "fla",
                since,
                since,
            )
            for item in ITEMS
            for money in CURRENCIES
        ],
    )
    insert(
        connection,
        "item_categories",
        "item_category_id name token",
        [(number, name, token()) for number, (name, _) in enumerate(CATEGORIES, 1)],
    )
    insert(
        connection,
        "item_category_links",
        "item_id item_category_id",
        [(item_id, number) for number, (_, items) in enumerate(CATEGORIES, 1) for item_id in items],
    )


_COUNTRIES = (
    (1, "United States", "US", "USA", ".us"),
    (2, "Canada", "CA", "CAN", ".ca"),
    (3, "United Kingdom", "GB", "GBR", ".uk"),
    (4, "Ireland", "IE", "IRL", ".ie"),
    (5, "Germany", "DE", "DEU", ".de"),
    (6, "France", "FR", "FRA", ".fr"),
    (7, "Netherlands", "NL", "NLD", ".nl"),
    (8, "Spain", "ES", "ESP", ".es"),
    (9, "Poland", "PL", "POL", ".pl"),
    (10, "Greece", "GR", "GRC", ".gr"),
    (11, "Japan", "JP", "JPN", ".jp"),
    (12, "Kuwait", "KW", "KWT", ".kw"),
    (13, "Israel", "IL", "ISR", ".il"),
    (14, "Ukraine", "UA", "UKR", ".ua"),
    (15, "Thailand", "TH", "THA", ".th"),
    (16, "India", "IN", "IND", ".in"),
    (17, "China", "CN", "CHN", ".cn"),
    (18, "South Korea", "KR", "KOR", ".kr"),
)
