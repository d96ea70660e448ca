"""What the API can do to a customer."""

from __future__ import annotations

from cotui.catalog.build import UNTRACED_MAIL, Section
from cotui.catalog.choices import PAY_METHOD
from cotui.catalog.field import FieldType
from cotui.catalog.model import Action, Effect

_entry = Section("")

ACTIONS: tuple[Action, ...] = (
    Action("setActive", "Set active", Effect.WRITES, "Marks the customer as active.", many=True),
    Action(
        "setInactive",
        "Set inactive",
        Effect.WRITES,
        "Marks the customer as inactive by hand; the status becomes “inactive-manual”.",
        many=True,
    ),
    Action(
        "setPayMethod",
        "Set default pay method",
        Effect.WRITES,
        "Changes how the customer pays by default, and, unless told not to, how existing subscriptions and "
        "scheduled invoices are paid.",
        payload=(
            _entry("paymethod", FieldType.ENUM, "Pay method", "The new default.", "CR", choices=PAY_METHOD),
            _entry("creditcard_id", FieldType.ID, "Card ID", "The stored card, for a card.", "C"),
            _entry(
                "ach_id", FieldType.ID, "Bank account ID", "The stored bank account, for a bank account.", "C"
            ),
            _entry("tokenized_id", FieldType.ID, "Token ID", "The stored external token, for a token.", "C"),
            _entry(
                "update_subscriptions_and_scheduled_invoices",
                FieldType.BOOLEAN,
                "Also change existing ones",
                "Whether subscriptions and scheduled invoices change too; they do unless this is false.",
                "C",
            ),
        ),
    ),
    # The documentation describes this action, but no source shows its name. Updating superuser_id is the
    # documented way to the same end.
    Action(
        "setMainContact",
        "Set main contact",
        Effect.WRITES,
        "Makes another of the customer's contacts the main one.",
        payload=(
            _entry(
                "superuser_id",
                FieldType.ID,
                "Contact ID",
                "The contact who becomes the main one.",
                "UR",
                to="user",
            ),
        ),
        method="PUT",
        answer="id",
    ),
    Action(
        "email",
        "Send an e-mail",
        Effect.WRITES,
        "Sends one of the account's message templates to the customer.",
        payload=(
            _entry(
                "message_id",
                FieldType.ID,
                "Message ID",
                "The template to send; the welcome message when left out.",
                "C",
            ),
        ),
        email="One e-mail to the customer: the chosen template, or the welcome message.",
        older="welcome",
        answer="done",
        unverified=True,
        changes=False,
        many=True,
        untraced=UNTRACED_MAIL,
    ),
    Action(
        "delete",
        "Delete",
        Effect.DESTROYS,
        "Deletes the customer for good; refused while invoices, payments or subscriptions exist.",
        method="DELETE",
        many=True,
        refused="A customer with invoices, payments or subscriptions can't be deleted. "
        "“Set inactive” takes it out of the way instead.",
    ),
)
