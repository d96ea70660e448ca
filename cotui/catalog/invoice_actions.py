"""What the API can do to an invoice."""

from __future__ import annotations

from cotui.catalog.build import UNTRACED_MAIL, Section
from cotui.catalog.choices import ANY_PAY_METHOD, BANK_ACCOUNT_TYPE
from cotui.catalog.field import Choice, FieldType
from cotui.catalog.model import Action, Effect

ID, TEXT, EMAIL, MONEY = FieldType.ID, FieldType.TEXT, FieldType.EMAIL, FieldType.MONEY

_entry = Section("")

_CARD = (
    _entry("number", TEXT, "Card number", "The number on the card.", "CR", secret=True),
    _entry("expdate_month", FieldType.INTEGER, "Expires, month", "Month, 1 to 12.", "CR"),
    _entry("expdate_year", FieldType.INTEGER, "Expires, year", "Year, four digits.", "CR"),
    _entry("name", TEXT, "Name on card", "The holder's name.", "C"),
    _entry("address", TEXT, "Address", "The holder's street address.", "C"),
    _entry("city", TEXT, "City", "The holder's city.", "C"),
    _entry("state", TEXT, "State", "The holder's state or province.", "C"),
    _entry("postcode", TEXT, "Postal code", "The holder's postal code.", "C"),
    _entry("country", TEXT, "Country", "The holder's country.", "C"),
)

_BANK_ACCOUNT = (
    _entry("number", TEXT, "Account number", "The number of the account.", "CR", secret=True),
    _entry("routing", TEXT, "Routing number", "The bank's routing number.", "CR", secret=True),
    _entry("name", TEXT, "Name on account", "The holder's name.", "CR"),
    _entry("type", FieldType.ENUM, "Type", "Kind of account.", "CR", choices=BANK_ACCOUNT_TYPE),
)

EMAIL_PAYLOAD = (
    _entry("email", EMAIL, "To", "Where it goes; the customer's contact when left out.", "C"),
    _entry("cc", EMAIL, "Cc", "Who gets a copy.", "C"),
    _entry("bcc", EMAIL, "Bcc", "Who gets a hidden copy.", "C"),
    _entry("subject", TEXT, "Subject", "Subject line; the template's when left out.", "C"),
    _entry(
        "body", FieldType.MULTILINE, "Text", "The message as plain text; the template's when left out.", "C"
    ),
    _entry("html", FieldType.MULTILINE, "HTML", "The message as HTML; the template's when left out.", "C"),
    _entry("from", EMAIL, "From", "Sender's address; the account's when left out.", "C"),
    _entry(
        "message_id", ID, "Template", "Number of the message template; the standard one when left out.", "C"
    ),
)

_SCHEDULE = (
    _entry("date", FieldType.DATE, "Date", "When the payment is tried.", "CR"),
    _entry("amount", MONEY, "Amount", "How much is paid.", "CR"),
    _entry(
        "paymethod",
        FieldType.ENUM,
        "Pay method",
        "How; a subscription's invoice always uses the subscription's own method.",
        "C",
        choices=tuple(choice for choice in ANY_PAY_METHOD if choice.value != "inv"),
    ),
    _entry("creditcard_id", ID, "Card ID", "The stored card.", "C"),
    _entry("ach_id", ID, "Bank account ID", "The stored bank account.", "C"),
    _entry("tokenized_id", ID, "Token ID", "The stored external token.", "C"),
)

_RECEIPT = "The account's payment receipt or failure notice to the customer, if it sends those."

ACTIONS: tuple[Action, ...] = (
    Action(
        "email",
        "Send by e-mail",
        Effect.WRITES,
        "Sends the invoice to the customer.",
        payload=EMAIL_PAYLOAD,
        email="The invoice, to the customer's contact or to the address given.",
        changes=False,
        many=True,
        untraced=UNTRACED_MAIL,
    ),
    Action(
        "print",
        "Print and mail",
        Effect.WRITES,
        "Posts a paper copy through a print vendor, which costs money; needs that add-on.",
        many=True,
        untraced="Whether a letter was ordered can't be seen on the server. Look into the print vendor's "
        "orders before you order another: each costs money.",
    ),
    Action(
        "pay",
        "Pay with stored method",
        Effect.WRITES,
        "Takes the balance from the customer's stored card or account.",
        email=_RECEIPT,
        answer="done",
        many=True,
        refused="Nothing was taken: look at the customer's stored pay methods and the invoice's balance.",
    ),
    Action(
        "payFromBalance",
        "Pay from open balance",
        Effect.WRITES,
        "Applies the customer's unapplied payments and credits; answers false when there are none.",
        payload=(
            _entry(
                "use_customer_balance",
                FieldType.BOOLEAN,
                "Use open balance",
                "Always true: it is what tells this payment from the others.",
                "CR",
                choices=(Choice("true", "Yes"),),
            ),
        ),
        answer="done",
        wire="pay",
        refused="The customer has no unapplied payments or credits to take it from, "
        "or nothing is open on the invoice.",
    ),
    Action(
        "payByCard",
        "Pay with a new card",
        Effect.WRITES,
        "Takes the balance from a card that is not stored.",
        payload=_CARD,
        email=_RECEIPT,
        answer="done",
        wire="pay",
    ),
    Action(
        "payByBankAccount",
        "Pay with a new bank account",
        Effect.WRITES,
        "Takes the balance from a bank account that is not stored.",
        payload=_BANK_ACCOUNT,
        email=_RECEIPT,
        answer="done",
        wire="pay",
    ),
    Action(
        "schedule",
        "Schedule payments",
        Effect.WRITES,
        "Has the invoice paid in parts on the given days.",
        payload=(
            _entry("schedule", FieldType.OBJECTS, "Payments", "The payments to make.", "CR", parts=_SCHEDULE),
        ),
    ),
    # Only old examples of the PHP client have it.
    Action("approve", "Approve", Effect.WRITES, "Approves an invoice that is pending.", unverified=True),
    # Third parties call it; what it answers is not documented. `url_pdflink` is the dependable way.
    Action(
        "pdf",
        "Get PDF",
        Effect.READS,
        "Asks for the invoice as a PDF file.",
        answer="unknown",
        unverified=True,
    ),
    Action(
        "void",
        "Void",
        Effect.DESTROYS,
        "Takes the invoice out of force for good: balance 0, reminders and payment attempts stop.",
        answer="done",
        many=True,
        refused="An invoice with payments applied can't be voided before they are taken off it, "
        "and one that is void stays so.",
    ),
    Action(
        "delete",
        "Delete",
        Effect.DESTROYS,
        "Deletes the invoice for good; refused when payments or credits are applied to it.",
        method="DELETE",
        unverified=True,
        many=True,
        refused="An invoice with payments or credits applied can't be deleted. "
        "“Void” takes it out of force instead.",
    ),
)
