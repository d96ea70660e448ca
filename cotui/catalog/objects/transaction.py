"""The transaction: money that came in or went out, or a credit, and which invoices it is applied to."""

from __future__ import annotations

from cotui.catalog.build import Section, custom_fields
from cotui.catalog.field import Choice, Field, FieldType
from cotui.catalog.invoice_actions import EMAIL_PAYLOAD
from cotui.catalog.model import Action, Column, Effect, More, Relation, Resource

ID, TEXT, MONEY, TIME = FieldType.ID, FieldType.TEXT, FieldType.MONEY, FieldType.DATETIME
ENUM, DATE, OBJECTS = FieldType.ENUM, FieldType.DATE, FieldType.OBJECTS

TYPE = (
    Choice("pay", "Payment", ("payment",)),
    Choice("ref", "Refund", ("refund",)),
    Choice("cre", "Credit", ("credit",)),
    Choice("spl", "Split", ("split",)),
    # as the sandbox calls a balance that was given up; a live client knows of write-offs (2026), no page names the type
    Choice("wri", "Write-off", ("write-off", "writeoff")),
)
GATEWAY_METHOD = (
    Choice("visa", "Visa"),
    Choice("mastercard", "Mastercard"),
    Choice("american-express", "American Express", ("amex",)),
    Choice("discover", "Discover"),
    Choice("check", "Check"),
    Choice("paypal", "PayPal"),
    Choice("credit", "Credit"),
    Choice("ach", "Bank account", ("bank", "echeck")),
)
_CARD = ("card", "credit card", "creditcard")
# What is known of a text that accounts have more of. "Visa" (get-a-specific-transaction) and "MasterCard" (of stored
# cards) are documented, "Paid by Check" and "ACH/eCheck" were recorded in 2015; the other cards are worded like them.
METHOD = (
    Choice("Visa", "Visa", _CARD),
    Choice("MasterCard", "MasterCard", ("master card", *_CARD)),
    Choice("American Express", "American Express", ("amex", *_CARD)),
    Choice("Discover", "Discover", _CARD),
    Choice("Paid by Check", "Paid by Check", ("check", "cheque", "checks", "cheques", "paid by cheque")),
    Choice("ACH/eCheck", "ACH/eCheck", ("ach", "echeck", "e-check", "bank", "bank account", "direct debit")),
)
# Only the first is documented (get-a-specific-transaction); bank payments are said to start as pending. The
# codes of the others are read in its manner: another code is sent as it stands in quotation marks.
STATUS = (
    Choice("ok-successful", "Success", ("successful", "succeeded", "ok")),
    Choice("pending-pending", "Pending", note="its code is not documented"),
    Choice("error-declined", "Declined", ("failed", "failure", "error"), "its code is not documented"),
    Choice("void-void", "Void", ("voided",), "its code is not documented"),
)
GATEWAY_STATUS = (Choice("1", "Success", ("success", "ok")), Choice("0", "Failure", ("failure", "failed")))

_main = Section("Transaction")
_money = Section("Money")
_gateway = Section("Gateway")
_status = Section("Status")
_technical = Section("Technical")
_filter = Section("Filters")
_part = Section("")

APPLIED_TO: tuple[Field, ...] = (
    _part("invoice_id", ID, "Invoice ID", "The invoice the amount is applied to.", "GCR"),
    _part("applied", MONEY, "Applied", "How much of the transaction is applied to it.", "GC"),
)
_RELATED = (
    _part("transaction_id", ID, "Transaction ID", "Number of the transaction.", "G", to="transaction"),
)

_FIELDS: tuple[Field, ...] = (
    _main.own_key("transaction", "Transaction ID", "the transaction", "LGF", "transaction"),
    _main.customer("Whose transaction it is.", "LGCRF"),
    _main("transaction_type", ENUM, "Type", "Payment, refund or credit.", "LGCF", "type", choices=TYPE),
    _main("transaction_type_name", TEXT, "Type name", "The type in ChargeOver's words.", "LG"),
    _main(
        "transaction_method",
        TEXT,
        "Method",
        "How it was paid, such as Visa or Paid by Check.",
        "LGCF",
        "method",
        known=METHOD,
    ),
    _main(
        "transaction_detail",
        TEXT,
        "Detail",
        "Last digits of the card, or the check's number.",
        "LGCF",
        "detail",
    ),
    _main("transaction_date", DATE, "Date", "Day of the transaction.", "LGC"),
    _main("transaction_datetime", TIME, "Time", "Moment of the transaction.", "LGCF", "date time"),
    _main("void_datetime", TIME, "Voided", "When the transaction was voided.", "LGC", "voided"),
    _main(
        "external_key",
        TEXT,
        "External key",
        "The key your own systems know the transaction by.",
        "LGCF",
        "key",
    ),
    _main("memo", FieldType.MULTILINE, "Memo", "Words about it.", "LGC"),
    _main(
        "parent_transaction_id",
        ID,
        "Parent transaction",
        "The transaction this one refunds or splits.",
        "LG",
        to="transaction",
    ),
    _main("transaction_batch_id", ID, "Batch ID", "Batch the transaction was settled in.", "LG", "batch_id"),
    _main("brand_id", ID, "Brand ID", "Brand the payment was made under.", "LG"),
    _money("amount", MONEY, "Amount", "How much; negative for refunds.", "LGCF"),
    _money("fee", MONEY, "Fee", "What the gateway charged; negative when it is a cost.", "LGF"),
    _money("applied", MONEY, "Applied", "How much is applied to invoices.", "LG"),
    _money("unapplied", MONEY, "Unapplied", "How much is still to apply.", "LG"),
    *_money.currency("Its currency", "LGF"),
    _money(
        "applied_to",
        OBJECTS,
        "Applied to",
        "The invoices it is applied to.",
        "GC",
        parts=APPLIED_TO,
    ),
    _money("refunds", OBJECTS, "Refunds", "What was paid back of a payment.", "G", parts=_RELATED),
    _money("payments", OBJECTS, "Payment", "What a refund pays back.", "G", parts=_RELATED),
    _money(
        "auto_apply", TEXT, "Apply to", "How to choose invoices when none are named, such as best_fit.", "C"
    ),
    _gateway("gateway_id", ID, "Gateway ID", "The payment gateway used.", "LGCF"),
    _gateway(
        "gateway_status",
        ENUM,
        "Gateway status",
        "Whether the gateway took the payment.",
        "LGCF",
        choices=GATEWAY_STATUS,
    ),
    _gateway("gateway_transid", TEXT, "Gateway's transaction", "The gateway's own number of it.", "LGCF"),
    _gateway(
        "gateway_method", ENUM, "Gateway method", "Kind of card or account.", "LGC", choices=GATEWAY_METHOD
    ),
    _gateway(
        "gateway_msg", TEXT, "Gateway message", "Why it was declined, in words for the customer.", "LGC"
    ),
    _gateway(
        "gateway_err_code", FieldType.INTEGER, "Error code", "Number of the failure; 0 for a success.", "LG"
    ),
    _gateway("gateway_err_detail", TEXT, "Error detail", "The gateway's words about the failure.", "LG"),
    _gateway(
        "gateway_opts",
        OBJECTS,
        "Gateway's extras",
        "What else the gateway said.",
        "G",
        parts=(_part("auth_code", TEXT, "Authorization", "The gateway's code of its approval.", "G"),),
    ),
    _gateway("gateway_type", TEXT, "Gateway type", "Kind of gateway.", "LG"),
    _gateway("gateway_nickname", TEXT, "Gateway nickname", "The account's own name of the gateway.", "LG"),
    _gateway("creditcard_id", ID, "Card ID", "The stored card used.", "LGF"),
    _gateway("ach_id", ID, "Bank account ID", "The stored bank account used.", "LGF"),
    _gateway("tokenized_id", ID, "Token ID", "The stored external token used.", "LGF"),
    _status("transaction_status_name", TEXT, "Status", "The status in ChargeOver's words.", "LG"),
    _status("transaction_status_str", TEXT, "Status code", "The status as a code.", "LG"),
    _status("transaction_status_state", TEXT, "State", "The state as one letter.", "LG"),
    *custom_fields("LGC", count=5),
    _technical("token", TEXT, "Token", "Random unique key of the transaction.", "LGF"),
    _technical("transaction_ipaddr", TEXT, "From", "IP address the payment was made from.", "LG"),
    _technical("url_self", FieldType.URL, "ChargeOver", "The transaction in ChargeOver's own screens.", "LG"),
    _filter("transaction_status.state", TEXT, "State", "The state, for filtering.", "F"),
    _filter(
        "transaction_status.str",
        ENUM,
        "Status",
        "The status, for filtering.",
        "F",
        "status",
        choices=STATUS,
    ),
    _filter("applied_to.invoice_id", ID, "Invoice", "Is applied to this invoice.", "F", "invoice"),
    _filter(
        "applied_to.package_id",
        ID,
        "Subscription",
        "Is applied to an invoice of this subscription.",
        "F",
        "subscription package",
    ),
    _filter("applied_to.package_external_key", TEXT, "Subscription key", "The same, by your own key.", "F"),
)

_ACTIONS: tuple[Action, ...] = (
    Action(
        "email",
        "Send receipt",
        Effect.WRITES,
        "Sends a receipt for the payment.",
        payload=EMAIL_PAYLOAD,
        email="The receipt, to the customer's contact or to the address given.",
    ),
    Action(
        "changeAppliedAmounts",
        "Apply anew",
        Effect.WRITES,
        "Changes which invoices the transaction is applied to.",
        payload=(_part("applied_to", OBJECTS, "Apply to", "Invoices and amounts.", "CR", parts=APPLIED_TO),),
    ),
    Action(
        "refund",
        "Refund",
        Effect.DESTROYS,
        "Pays the money back, all of it unless an amount is given.",
        payload=(_part("amount", MONEY, "Amount", "How much to pay back; everything when left out.", "C"),),
        answer="id",
    ),
    Action("void", "Void", Effect.DESTROYS, "Takes the transaction out of force for good.", answer="done"),
)

#: beginnings of what gateways say of a decline
_IDLE = (
    "Your card has been ",
    "Your card has ",
    "Your card was ",
    "Your card ",
    "The card's ",
    "The card has ",
    "The card was ",
    "The card ",
    "This transaction has been ",
    "This transaction was ",
    "The transaction has been ",
    "The transaction was ",
)

TRANSACTION = Resource(
    id="transaction",
    place=5,
    label="Payment",
    plural="Payments",
    path="transaction",
    primary_key="transaction_id",
    title_field="transaction_id",
    kind_field="transaction_type",
    # the newest first: a caller asks whether the last one was booked
    default_order="transaction_id:DESC",
    fields=_FIELDS,
    columns=(
        Column("transaction_date", "Date", 10, drop=1),
        Column("customer_id", "Customer", 20, grows=True),
        Column("transaction_type", "Type", 7, drop=5),
        Column("transaction_method", "Method", 18, drop=2, more=More("transaction_detail", kept=True)),
        Column("amount", "Amount", 11),
        Column("currency_iso4217", "Cur", 3),
        Column(
            "transaction_status_name",
            "Status",
            12,
            more=More("gateway_msg", ": ", tone="bad", before=7, idle=_IDLE),
            instead="gateway_status",
        ),
        Column("applied", "Applied", 11, drop=7),
        Column("unapplied", "Not used", 10, drop=6),
    ),
    relations=(
        Relation("customer", "Customer", "customer", "customer_id", to_one=True, key="c"),
        Relation(
            "invoices",
            "Invoices",
            "invoice",
            "transaction_id",
            "transaction.transaction_id",
            key="i",
            amount="applied",
            lacking="paid no invoice",
        ),
        # What was paid back of a payment is no condition of the API's: the payment names it.
        Relation(
            "refunds",
            "Refunds",
            "transaction",
            "transaction_id",
            key="F",
            through="refunds.transaction_id",
            rather="refunded",
        ),
        Relation(
            "refunded",
            "Payment",
            "transaction",
            "parent_transaction_id",
            to_one=True,
            kind="ref",
            source_fallback="payments.transaction_id",
        ),
        # shown by the object's file in `cotui.tui.objects`
        Relation("statement", "Statement", "customer", "customer_id", to_one=True, key="b"),
    ),
    actions=_ACTIONS,
    followed=True,
    names=("transactions",),
    kinds={
        "refunds": "type = refund",
        "credits": "type = credit",
        # what is documented of a decline is that the gateway did not take it (get-a-specific-transaction)
        "declines": "gateway_status = failure",
        "declined payments": "gateway_status = failure",
        "failed payments": "gateway_status = failure",
        "checks": "method = check",
        "cheques": "method = check",
    },
    example="date = this month type = payment",
    # "ok" is documented; the other beginnings are those of the sandbox, and those of words that real accounts show
    tones={
        "ok": "good",
        "pending": "warn",
        "error": "bad",
        "declined": "bad",
        "failed": "bad",
        "void": "faint",
        "gateway_status:1": "good",
        "gateway_status:0": "bad",
    },
)
