"""Which tables of the demo are copied for further customers, and what has to be different in a copy.

A copy is a row again with some columns changed: ids are shifted (`shifted`), and what must not come twice is made
anew (`made`). All other columns are copied as they are; tests/sandbox/demo/test_copy_map.py compares this with the
schema, so that no id and no unique column can be forgotten. In SQL, `t` is the row and `b` the block that the copy is
for: `b.customer` is how far its customer ids are from the row's, and so for the other kinds of ids (IDS).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Kinds of ids -> table and column they are the key of. A stored way to pay has the number of its customer.
IDS: Mapping[str, tuple[str, str]] = {
    "customer": ("customers", "customer_id"),
    "user": ("users", "user_id"),
    "package": ("packages", "package_id"),
    "package_line": ("package_lines", "line_item_id"),
    "invoice": ("invoices", "invoice_id"),
    "invoice_line": ("invoice_lines", "line_item_id"),
    "schedule": ("invoice_schedule", "invoice_schedule_id"),
    "transaction": ("transactions", "transaction_id"),
    "note": ("notes", "note_id"),
}


@dataclass(frozen=True)
class CopiedTable:
    """How a table is copied."""

    #: column -> kind of its ids; unset ones stay unset. The first two, which no row leaves unset, hold its key.
    shifted: Mapping[str, str]
    #: column -> SQL for its value in a copy
    made: Mapping[str, str] = field(default_factory=dict)
    #: SQL: the customer whose row it is
    owner: str = "t.customer_id"
    #: further values of a row that `made` needs: name -> SQL
    extra: Mapping[str, str] = field(default_factory=dict)
    #: SQL: what else `made` needs
    joins: str = ""

    @property
    def order(self) -> tuple[str, ...]:
        """Columns in whose order its rows are stored."""
        return tuple(self.shifted)[:2]


def _token(kind: int, row_id: str) -> str:
    """SQL: 12 characters of [0-9a-f], never the same for another kind (below 16) or id (below 2 ** 35).

    The second half follows from the first, but for what the first half cannot tell apart.
    """
    number = f"({row_id}) * 16 + {kind}"
    half = f"(({number}) * 9176263 + b.salt & 16777215)"
    return f"printf('%06x%06x', {half}, ({half} * 11400711 >> 11) + (({number}) >> 24) & 16777215)"


def _when_set(column: str, value: str) -> str:
    return f"iif(t.{column} IS NULL, NULL, {value})"


_CUSTOMER = "t.customer_id + b.customer"
_USER = "t.user_id + b.user"
_PACKAGE = "t.package_id + b.package"
_INVOICE = "t.invoice_id + b.invoice"
_TRANSACTION = 't.transaction_id + b."transaction"'
_METHODS = {"creditcard_id": "customer", "ach_id": "customer", "tokenized_id": "customer"}


def _drawn(row_id: str, first: str, count: str) -> str:
    """SQL: one of `count` numbers from `first` on, by chance as far as one can see."""
    row_id = f"({row_id})"
    return f"{first} + ({row_id} * 7919 % 1000003) * ({row_id} * 104729 % 1000003) / 4099 % {count}"


_FIRM = (
    "CROSS JOIN demo_cultures c ON c.culture = t.culture "
    f"CROSS JOIN demo_firms f ON f.number = {_drawn(_CUSTOMER, 'c.first_firm', 'c.firms')}"
)
_PERSON = f"{_FIRM} CROSS JOIN demo_people p ON p.number = {_drawn(_USER, 'c.first_person', 'c.people')}"
_CULTURE = {"culture": "(SELECT culture FROM demo_owners o WHERE o.customer_id = t.customer_id)"}
_MAILBOX = f"coalesce(p.mailbox, 'billing' || ({_USER}))"
_DOMAIN = f"coalesce(f.domain, 'customer-' || ({_CUSTOMER})) || '.example'"
#: The owner's name on a card or bank account is that of the customer's main contact.
_MAIN_CONTACT = {"superuser_id": "(SELECT superuser_id FROM customers c WHERE c.customer_id = t.customer_id)"}
_OWNER_NAME = "(SELECT u.name FROM users u WHERE u.user_id = t.superuser_id + b.user)"
_OF_INVOICE = "(SELECT i.customer_id FROM invoices i WHERE i.invoice_id = t.invoice_id)"

#: In the order in which they are copied: users come before what bears their names.
COPIED: Mapping[str, CopiedTable] = {
    "customers": CopiedTable(
        {
            "customer_id": "customer",
            "parent_customer_id": "customer",
            "superuser_id": "user",
            "default_creditcard_id": "customer",
            "default_ach_id": "customer",
            "default_tokenized_id": "customer",
        },
        {
            "token": _token(7, _CUSTOMER),
            "external_key": _when_set("external_key", f"'CRM-' || (100000 + ({_CUSTOMER}) * 7)"),
            "company": "f.company",
            "tax_ident": _when_set("tax_ident", f"printf('EU%09d', ({_CUSTOMER}) * 7368787 % 1000000000)"),
        },
        extra=_CULTURE,
        joins=_FIRM,
    ),
    "users": CopiedTable(
        {"user_id": "user", "customer_id": "customer"},
        {
            "external_key": _when_set("external_key", f"'contact-' || ({_USER})"),
            "token": _token(1, _USER),
            "username": "iif(substr(t.username, -length(t.user_id)) = CAST(t.user_id AS TEXT), "
            f"{_MAILBOX} || ({_USER}), {_token(2, _USER)})",
            "first_name": "p.first_name",
            "last_name": "p.last_name",
            "name": "p.first_name || coalesce(' ' || t.middle_name_glob, '') || ' ' || p.last_name "
            "|| coalesce(' ' || t.name_suffix, '')",
            "email": _when_set(
                "email",
                f"{_MAILBOX} || '@' || {_DOMAIN} || iif(t.email LIKE '%,%', ',accounts@' || {_DOMAIN}, '')",
            ),
        },
        extra=_CULTURE,
        joins=_PERSON,
    ),
    "customer_users": CopiedTable({"customer_id": "customer", "user_id": "user"}),
    "packages": CopiedTable(
        {"package_id": "package", "customer_id": "customer"} | _METHODS,
        {
            "token": _token(3, _PACKAGE),
            "external_key": _when_set("external_key", f"'sub-' || ({_CUSTOMER}) || '-' || ({_PACKAGE})"),
        },
    ),
    "package_lines": CopiedTable(
        {"line_item_id": "package_line", "package_id": "package", "origin_line_id": "package_line"},
        owner="(SELECT p.customer_id FROM packages p WHERE p.package_id = t.package_id)",
    ),
    "invoices": CopiedTable(
        {"invoice_id": "invoice", "customer_id": "customer", "package_id": "package"},
        {
            "refnumber": "iif(t.refnumber LIKE 'INV-%', "
            f"printf('INV-%s-%06d', substr(t.date, 1, 4), {_INVOICE}), {_INVOICE})",
            "external_key": _when_set("external_key", f"'order-' || (({_INVOICE}) * 3 + 70001)"),
            "token": _token(4, _INVOICE),
        },
    ),
    "invoice_lines": CopiedTable(
        {"line_item_id": "invoice_line", "invoice_id": "invoice", "package_line_id": "package_line"},
        owner=_OF_INVOICE,
    ),
    "invoice_schedule": CopiedTable(
        {"invoice_schedule_id": "schedule", "invoice_id": "invoice"} | _METHODS,
        {"token": _token(5, "t.invoice_schedule_id + b.schedule")},
        owner=_OF_INVOICE,
    ),
    "transactions": CopiedTable(
        {
            "transaction_id": "transaction",
            "parent_transaction_id": "transaction",
            "customer_id": "customer",
        }
        | _METHODS,
        {
            "token": _token(6, _TRANSACTION),
            "external_key": _when_set("external_key", f"'pay-' || ({_TRANSACTION})"),
        },
    ),
    "transaction_applied": CopiedTable(
        {"transaction_id": "transaction", "invoice_id": "invoice"}, owner=_OF_INVOICE
    ),
    "creditcards": CopiedTable(
        {"creditcard_id": "customer", "customer_id": "customer"},
        {"token": _token(8, _CUSTOMER), "name": _OWNER_NAME},
        extra=_MAIN_CONTACT,
    ),
    "ach_accounts": CopiedTable(
        {"ach_id": "customer", "customer_id": "customer"},
        {"token": _token(9, _CUSTOMER), "name": _OWNER_NAME},
        extra=_MAIN_CONTACT,
    ),
    "tokenized": CopiedTable(
        {"tokenized_id": "customer", "customer_id": "customer"},
        {"token": f"'cus_' || {_token(10, _CUSTOMER)}"},
    ),
    "notes": CopiedTable({"note_id": "note", "obj_id": "customer", "user_id": "user"}, owner="t.obj_id"),
}
