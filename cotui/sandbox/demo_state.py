"""What billing has to know of customers and their subscriptions, and the sums it collects for them."""

from __future__ import annotations

from cotui.sandbox.demo_account import TERM_DAYS, Money
from cotui.sandbox.demo_lines import Line
from cotui.sandbox.demo_rows import Address

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
        "collected",
        "due",
        "index",
        "invoiced",
        "lines",
        "months",
        "oldest",
        "package_id",
        "paycycle",
    )

    def __init__(self, package_id: int, paycycle: str, months: int, lines: list[Line]) -> None:
        self.package_id = package_id
        self.paycycle = paycycle
        self.months = months
        self.lines = lines
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
        "customer_id",
        "hostile",
        "method",
        "money",
        "oldest",
        "paid",
        "paymethod",
        "subscriptions",
        "tax",
        "temper",
        "terms_id",
        "total",
    )

    def __init__(self, customer_id: int, money: Money, tax: tuple[int, str], address: Address) -> None:
        self.customer_id = customer_id
        self.money = money
        self.tax = tax
        #: bill_addr1, bill_addr2, bill_city, bill_state, bill_postcode, bill_country, then ship_ without addr2
        self.address = address
        self.terms_id = 3
        self.temper = 1
        self.paymethod: str | None = None
        #: id of the stored card, bank account or token
        self.card: int | None = None
        #: transaction_method, gateway_method, transaction_detail
        self.method: tuple[str, str, str] = ("Paid by Check", "check", "")
        self.hostile = False
        self.subscriptions: list[Subscription] = []
        self.total = 0
        self.balance = 0
        self.paid = 0
        self.oldest: int | None = None

    def stored_methods(self) -> tuple[int | None, int | None, int | None]:
        """Values for creditcard_id, ach_id and tokenized_id."""
        card = self.card
        if self.paymethod == "crd":
            return card, None, None
        return (None, card, None) if self.paymethod == "ach" else (None, None, card)

    @property
    def terms_days(self) -> int:
        """Days until an invoice is due."""
        return TERM_DAYS[self.terms_id]
