"""What can be created, updated and deleted, by object name as in URLs; one file per object.

Each file has, as far as the object allows it, `create(context, payload)`, which answers the new id,
`update(context, id, payload)` and `delete(context, id)`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.objects.customer import write as customer
from cotui.sandbox.objects.invoice import write as invoice
from cotui.sandbox.objects.item import write as item
from cotui.sandbox.objects.package import write as package
from cotui.sandbox.objects.pay_methods import write as pay_methods
from cotui.sandbox.objects.small import write as small
from cotui.sandbox.objects.transaction import write as transaction
from cotui.sandbox.objects.user import write as user
from cotui.sandbox.writing.payload import Payload


@dataclass(frozen=True)
class Writer:
    """How one object is written; None where the object does not have that verb.

    The id given to `update` and `delete` exists. A payload is what `payload.decode` gives, and not empty.
    """

    create: Callable[[WriteContext, Payload], int] | None = None
    update: Callable[[WriteContext, int, Payload], None] | None = None
    delete: Callable[[WriteContext, int], None] | None = None


WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "customer": Writer(customer.create, customer.update, customer.delete),
        "user": Writer(user.create, user.update, user.delete),
        "invoice": Writer(invoice.create, invoice.update, invoice.delete),
        "transaction": Writer(transaction.create),
        "item": Writer(item.create, item.update),
        "package": Writer(package.create, package.update),
        "creditcard": Writer(pay_methods.create_creditcard, delete=pay_methods.delete_creditcard),
        "ach": Writer(pay_methods.create_ach, delete=pay_methods.delete_ach),
        "tokenized": Writer(pay_methods.create_tokenized, delete=pay_methods.delete_tokenized),
        "note": Writer(small.create_note),
        "usage": Writer(small.create_usage),
        "_resthook": Writer(small.create_resthook, delete=small.delete_resthook),
    }
)
