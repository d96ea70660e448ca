"""What billing has to know of customers and their subscriptions, and the sums it collects for them."""

from __future__ import annotations

from cotui.sandbox.demo.account import TERM_DAYS, Money
from cotui.sandbox.demo.lines import Line, Prices
from cotui.sandbox.demo.rows import Address

#: Customers up to this id make the first screens: the showcase and the hostile ones. Chance spares them.
SHOWN = 48

# An invoice of the plan is one number that sorts by time: day, index of the account, slot.
_SLOT_BITS = 8
_DAY_SHIFT = 44
_ACCOUNTS = (1 << _DAY_SHIFT - _SLOT_BITS) - 1
#: Slot of an invoice that no subscription makes; lower slots count the account's subscriptions.
ONE_TIME = (1 << _SLOT_BITS) - 1


def planned(day: int, account: int, slot: int) -> int:
    """A planned invoice: its day, the index of its account, and the subscription's slot or ONE_TIME."""
    return day << _DAY_SHIFT | account << _SLOT_BITS | slot


def read_plan(entry: int) -> tuple[int, int, int]:
    """The day, account and slot of a planned invoice."""
    return entry >> _DAY_SHIFT, entry >> _SLOT_BITS & _ACCOUNTS, entry & ONE_TIME


class Subscription:
    """A package while invoices are made from it."""

    __slots__ = (
        "base",
        "collected",
        "due",
        "index",
        "invoiced",
        "lines",
        "months",
        "oldest",
        "package_id",
        "paycycle",
        "subtotal",
        "taxes",
    )

    def __init__(self, package_id: int, paycycle: str, months: int) -> None:
        self.package_id = package_id
        self.paycycle = paycycle
        self.months = months
        self.lines: list[Line] = []
        #: sums of its lines; `base` counts the base fees only
        self.subtotal = 0
        self.taxes = 0
        self.base = 0
        self.index = 0
        self.invoiced = 0
        self.collected = 0
        self.due = 0
        self.oldest: int | None = None


class Account:
    """What billing has to know of a customer, and the sums it collects."""

    __slots__ = (
        "address",
        "balance",
        "card",
        "cards",
        "culture",
        "currency_id",
        "customer_id",
        "hostile",
        "method",
        "money",
        "oldest",
        "paid",
        "paymethod",
        "prices",
        "subscriptions",
        "temper",
        "terms_days",
        "terms_id",
        "total",
    )

    def __init__(
        self, customer_id: int, money: Money, prices: Prices, address: Address, *, hostile: bool
    ) -> None:
        self.customer_id = customer_id
        self.money = money
        self.currency_id = money.currency_id
        self.prices = prices
        #: bill_addr1, bill_addr2, bill_city, bill_state, bill_postcode, bill_country, then ship_ without addr2
        self.address = address
        self.hostile = hostile
        #: key into names.CULTURES
        self.culture = "en"
        #: days until an invoice is due
        self.terms_days = 0
        self.terms_id = 3
        self.temper = 1
        self.paymethod: str | None = None
        #: id of the stored card, bank account or token
        self.card = 0
        #: values for creditcard_id, ach_id and tokenized_id; 0 for NULL
        self.cards = (0, 0, 0)
        #: transaction_method, gateway_method, transaction_detail
        self.method: tuple[str, str, str] = ("Paid by Check", "check", "")
        self.subscriptions: list[Subscription] = []
        self.total = 0
        self.balance = 0
        self.paid = 0
        self.oldest: int | None = None

    def set_terms(self, terms_id: int) -> None:
        """Sets the payment terms."""
        self.terms_id = terms_id
        self.terms_days = TERM_DAYS[terms_id]
