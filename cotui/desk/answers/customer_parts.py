"""What is read to answer about a customer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from cotui.api import Record
from cotui.catalog import RESOURCES
from cotui.catalog.model import key_of
from cotui.desk.answers.answer import Situation
from cotui.desk.answers.page import Ref
from cotui.desk.answers.parts import Part
from cotui.desk.answers.values import text_in
from cotui.query import Condition, Op, Order, Query

#: the parts that are ways to pay
METHODS: Final = ("cards", "banks", "tokens")
#: of how many customers below it the invoices are read: what one request has room for beside what else may be missing
MOST_CHILDREN: Final = 10
#: before the number of a transaction that is read alone, in the name of a part
SINGLE: Final = "transaction "
#: how many are at most: accounts whose lists don't tell what is unused are old, or of few rights
MOST_SINGLE: Final = 15
#: before the number of a customer below it, in the name of a part
CHILD: Final = "child "
#: how many of the latest invoices, and of the contacts, are read
LATEST: Final = 10
CONTACTS: Final = 25


def equals(field: str, value: object) -> Condition:
    return Condition(field, Op.EQUALS, str(value))


def of_customer(ref: Ref) -> Callable[[Record], bool]:
    """Whether a row can be a customer's, as far as it tells."""
    return lambda row: key_of(row.raw.get("customer_id")) in (None, ref)


def open_invoices(name: str, ref: Ref) -> Part:
    """The open invoices of one customer."""
    query = Query(
        (equals("customer_id", ref), equals("invoice_status_state", "o")), (Order("invoice_id", False),)
    )
    own = of_customer(ref)
    return Part(
        name,
        RESOURCES["invoice"],
        query=query,
        mine=lambda row: own(row) and row.raw.get("invoice_status_state") in (None, "", "o"),
    )


def payments_of(ref: Ref) -> Part:
    """All transactions of a customer, with what of them lies on which invoice."""
    query = Query((equals("customer_id", ref),), (Order("transaction_id", True),))
    return Part("payments", RESOURCES["transaction"], query=query, expand="applied_to", mine=of_customer(ref))


def untold_payments(now: Situation) -> list[Part]:
    """The transactions whose rows don't tell what of them lies where, each alone; none where they are many."""
    untold = [
        row.ref
        for row in now.rows("payments")
        if "unapplied" not in row.raw and "applied" not in row.raw and "applied_to" not in row.raw
    ]
    if len(untold) > MOST_SINGLE:
        return []
    return [Part(f"{SINGLE}{ref}", RESOURCES["transaction"], ref) for ref in untold if ref is not None]


def methods_of(ref: Ref) -> list[Part]:
    """The stored ways to pay of a customer."""
    query = Query((equals("customer_id", ref),))
    objects = ("creditcard", "ach", "tokenized")
    return [
        Part(name, RESOURCES[id_], query=query, mine=of_customer(ref))
        for name, id_ in zip(METHODS, objects, strict=True)
    ]


def notes_of(context: str, ref: Ref) -> Part:
    """All notes about a record; the account's own order is what they are asked for in, as no other is documented."""
    return Part(
        "notes", RESOURCES["note"], query=Query((equals("context_str", context), equals("context_id", ref)))
    )


def customer_of(now: Situation, main: str) -> Ref | None:
    """Whose record it is that an answer is about; None where that is not known yet."""
    own = now.sections.get(main)
    record = (own.record if own is not None else None) or now.row
    return None if record is None else key_of(record.raw.get("customer_id"))


def company_of(now: Situation, ref: Ref | None) -> str:
    """What the customer is called that an answer leads to: "customer 7" where that is not known."""
    own = now.sections.get("customer")
    name = text_in(own.record.raw, "company", "display_as") if own is not None and own.record else ""
    return name or (f"customer {ref}" if ref is not None else "")


def customer_part(ref: Ref) -> Part:
    """The customer that a record belongs to."""
    return Part("customer", RESOURCES["customer"], ref)


def customer_parts(ref: Ref, row: Record | None) -> list[Part]:
    """What can be read at once, what is asked first at the beginning."""
    del row
    customer = customer_part(ref)
    return [customer] if not isinstance(ref, int) else [customer, *_around(ref)]


def _around(ref: Ref) -> list[Part]:
    own, by = of_customer(ref), equals("customer_id", ref)
    newest = Query((by,), (Order("invoice_id", True),))
    return [
        open_invoices("open_invoices", ref),
        payments_of(ref),
        Part("subscriptions", RESOURCES["package"], query=Query((by,), (Order("package_id"),)), mine=own),
        *methods_of(ref),
        Part("latest_invoices", RESOURCES["invoice"], query=newest, most=LATEST, first=True, mine=own),
        Part(
            "contacts",
            RESOURCES["user"],
            query=Query((equals("customers.customer_id", ref),), (Order("user_id"),)),
            most=CONTACTS,
        ),
        notes_of("customer", ref),
        Part(
            "children",
            RESOURCES["customer"],
            query=Query((equals("parent_customer_id", ref),), (Order("customer_id"),)),
            mine=lambda row: key_of(row.raw.get("parent_customer_id")) in (None, ref),
        ),
    ]


def more_of_customer(now: Situation) -> list[Part]:
    """What else can be read: everything, where the customer's number was not known; what those below it owe."""
    own = now.sections.get("customer")
    ref = own.record.ref if own is not None and own.record is not None else None
    found = _around(ref) if not isinstance(now.ref, int) and isinstance(ref, int) else []
    children = [row.ref for row in now.rows("children") if row.ref is not None]
    return [
        *found,
        *untold_payments(now),
        *(open_invoices(f"{CHILD}{child}", child) for child in children[:MOST_CHILDREN]),
    ]
