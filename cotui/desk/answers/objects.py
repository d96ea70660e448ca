"""The objects that can be answered about, by their id, and what their answers are called in JSON and on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cotui.desk.answers import customer, invoice, payment, subscription, user
from cotui.desk.answers.answer import Answer

ANSWERS: Final[Mapping[str, Answer]] = {
    "customer": customer.ANSWER,
    "invoice": invoice.ANSWER,
    "transaction": payment.ANSWER,
    "package": subscription.ANSWER,
    "user": user.ANSWER,
}
#: what they are called in JSON and on the command line
NAMES: Final[Mapping[str, str]] = {
    "customer": "customer",
    "invoice": "invoice",
    "transaction": "payment",
    "package": "subscription",
    "user": "user",
}
