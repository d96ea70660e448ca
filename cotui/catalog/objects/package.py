"""The package, which ChargeOver's screens call a subscription: what a customer is billed for again and again."""

from __future__ import annotations

from cotui.catalog import Action, Choice, Column, Effect, Field, FieldType, More, Relation, Resource, Shortcut
from cotui.catalog.build import Section, address_fields, address_remainder, custom_fields, notes_about
from cotui.catalog.choices import ANY_PAY_METHOD, PAY_CYCLE, PAY_METHOD
from cotui.catalog.objects.item import TIERSETS

ID, TEXT, MONEY, TIME = FieldType.ID, FieldType.TEXT, FieldType.MONEY, FieldType.DATETIME
ENUM, INTEGER, OBJECTS = FieldType.ENUM, FieldType.INTEGER, FieldType.OBJECTS

STATUS = (
    Choice("active-trial", "Trial", ("trial",)),
    Choice("active-current", "Current", ("current",)),
    Choice("active-overdue", "Over Due", ("overdue", "late")),
    Choice("canceled-nonpayment", "Canceled (nonpayment)", ("nonpayment", "canceled for nonpayment")),
    Choice("canceled-manual", "Canceled (manually)", ("canceled manually",)),
    Choice("expired-expired", "Expired"),
    Choice("expired-trial", "Trial expired"),
    Choice("suspended-suspended", "Suspended", ("suspended",)),
)
STATE = (
    Choice("a", "Active", ("active",)),
    Choice("c", "Canceled", ("canceled", "cancelled")),
    Choice("e", "Expired", ("expired",)),
    Choice("s", "Suspended", ("suspended",)),
)

_main = Section("Subscription")
_status = Section("Status")
_money = Section("Money")
_dates = Section("Dates")
_settings = Section("Settings")
_lines = Section("Line items")
_technical = Section("Technical")
_filter = Section("Filters")
_line = Section("Line")
_entry = Section("")

LINE_ITEMS: tuple[Field, ...] = (
    _line("line_item_id", ID, "Line ID", "Number of the line.", "GU"),
    _line("item_id", ID, "Item ID", "What is sold.", "GCU"),
    _line("item_name", TEXT, "Item", "Name of the item.", "G"),
    _line("item_external_key", TEXT, "Item external key", "Your own key of the item.", "GCU"),
    _line("item_token", TEXT, "Item token", "Random unique key of the item.", "G"),
    _line("item_units", TEXT, "Units", "What the quantity counts.", "G"),
    _line("item_accounting_sku", TEXT, "SKU", "The item's number in the accounting software.", "G"),
    _line("external_key", TEXT, "External key", "Your own key of the line.", "GCU"),
    _line("nickname", TEXT, "Nickname", "The account's own name of the line.", "GCU"),
    _line("descrip", FieldType.MULTILINE, "Description", "What is billed.", "GCU"),
    _line("line_quantity", FieldType.NUMBER, "Quantity", "How many units.", "GCU"),
    _line("tierset_id", ID, "Pricing ID", "The prices used.", "G"),
    _line("tierset", OBJECTS, "Prices", "The prices used.", "GCU", parts=TIERSETS),
    _line("trial_days", INTEGER, "Trial days", "Days that are free at first.", "GC"),
    _line("trial_units", FieldType.NUMBER, "Trial units", "Units that are free at first.", "GC"),
    _line("subscribe_datetime", TIME, "Subscribed", "When the line began.", "G"),
    _line("subscribe_prorate", FieldType.BOOLEAN, "Prorate", "Bill the rest of this cycle only.", "CU"),
    _line("cancel_prorate", FieldType.BOOLEAN, "Prorate old", "Credit the rest of the replaced line.", "CU"),
    _line(
        "subscribe_prorate_cycle",
        ENUM,
        "Prorated in",
        "Which cycle is prorated.",
        "CU",
        choices=(Choice("now", "This cycle"), Choice("next", "The next cycle")),
    ),
    _line("subscribe_prorate_from_datetime", TIME, "Prorated from", "Where the part begins.", "GCU"),
    _line("subscribe_prorate_to_datetime", TIME, "Prorated to", "Where the part ends.", "GCU"),
    _line("cancel_datetime", TIME, "Canceled", "When it was canceled.", "G"),
    _line("expire_datetime", TIME, "Expires", "When it ends.", "G"),
    _line("expire_recurs", INTEGER, "Ends after", "How often it is billed before it ends.", "G"),
    _line("license", TEXT, "License", "License of the line.", "G"),
    *custom_fields("GCU", count=3),
)


def _remainder(prefix: str, kind: str) -> tuple[Field, ...]:
    # subscriptions never had e-mail addresses of their own
    parts = address_remainder(prefix, kind, notes="LGCU")
    return tuple(part for part in parts if part.name != f"{prefix}_email")


_FIELDS: tuple[Field, ...] = (
    _main.own_key("package", "Subscription ID", "the subscription", "LGF", "package subscription"),
    _main.customer("Who is billed.", "LGCF"),
    _main("nickname", TEXT, "Nickname", "The account's own name of it.", "LGCUF", "name"),
    _main("external_key", TEXT, "External key", "The key your own systems know it by.", "LGCUF", "key"),
    _status(
        "package_status_str",
        ENUM,
        "Status",
        "Whether it is running, and why not.",
        "LGF",
        "status",
        choices=STATUS,
        shortcuts=tuple(
            Shortcut(word, "package_status_state", choice.value)
            for choice in STATE
            if choice.value != "s"
            for word in choice.aliases
        ),
    ),
    _status(
        "package_status_state",
        ENUM,
        "State",
        "Active, canceled, expired or suspended.",
        "LGF",
        "status_state",
        choices=STATE,
    ),
    _status("package_status_name", TEXT, "Status name", "The status in ChargeOver's words.", "LG"),
    _status(
        "package_status_id",
        ID,
        "Status ID",
        "ChargeOver's number of the status.",
        "LG",
        named_by="package_status_name",
    ),
    _status("is_overdue", FieldType.BOOLEAN, "Overdue", "An invoice of it is overdue.", "LG"),
    _status("days_overdue", INTEGER, "Days overdue", "For how many days.", "LG")._replace(
        only_while="is_overdue"
    ),
    _money("amount_collected", MONEY, "Collected", "What was paid.", "LG"),
    _money("amount_invoiced", MONEY, "Invoiced", "What was billed.", "LG"),
    _money("amount_due", MONEY, "Due", "What is still to pay.", "LG"),
    _money("mrr", MONEY, "MRR", "Monthly recurring revenue.", "LG"),
    _money("arr", MONEY, "ARR", "Annual recurring revenue: twelve times the monthly one.", "LG"),
    *_money.currency("The currency billed in", "LG"),
    _dates("next_invoice_datetime", TIME, "Next invoice", "When the next invoice is made.", "LG", "next"),
    _dates("start_datetime", TIME, "Started", "When it began.", "LG"),
    _dates("cancel_datetime", TIME, "Canceled", "When it was canceled.", "LGF"),
    _dates("suspendfrom_datetime", TIME, "Suspended from", "When the suspension begins.", "LG"),
    _dates("suspendto_datetime", TIME, "Suspended to", "When the suspension ends.", "LG"),
    _dates("holduntil_datetime", TIME, "Held until", "Until when the next invoice is held.", "LGC"),
    _dates("write_datetime", TIME, "Created", "When it was made.", "LGF", "created"),
    _dates("mod_datetime", TIME, "Modified", "When it was last changed.", "LGF", "modified"),
    _lines("line_items", OBJECTS, "Line items", "What is billed.", "GCU", parts=LINE_ITEMS),
    *address_fields("bill", "billing", "LGCU", aliased=True, by_country=False),
    *_remainder("bill", "billing"),
    *address_fields("ship", "shipping", "LGCU", by_country=False),
    *_remainder("ship", "shipping"),
    _settings("paycycle", ENUM, "Pay cycle", "How often it is billed.", "LGCF", "cycle", choices=PAY_CYCLE),
    _settings("paycycle_name", TEXT, "Pay cycle name", "The cycle in words.", "LG"),
    _settings("paymethod", ENUM, "Pay method", "How it is paid.", "LGCF", choices=ANY_PAY_METHOD),
    _settings("paymethod_name", TEXT, "Pay method name", "The method in ChargeOver's words.", "LG"),
    _settings("paymethod_detail", TEXT, "Pay method detail", "Last digits of the card or account.", "LG"),
    _settings("creditcard_id", ID, "Card ID", "The stored card.", "LGC"),
    _settings("ach_id", ID, "Bank account ID", "The stored bank account.", "LGC"),
    _settings("tokenized_id", ID, "Token ID", "The stored external token.", "LGC"),
    _settings("terms_name", TEXT, "Terms", "Payment terms, such as Net 30.", "LG", "terms"),
    _settings("terms_days", INTEGER, "Terms in days", "Days the customer has to pay.", "LG"),
    _settings("terms_id", ID, "Terms ID", "Payment terms.", "LGCU", named_by="terms_name"),
    *_settings.named_key("admin", "Worker", "The worker who looks after it.", "LGCU", aliases="worker"),
    *_settings.named_key("class", "Class", "Class of its invoices.", "LGCU"),
    *_settings.named_key("brand", "Brand", "Brand it is billed under.", "LGCF", key_aliases="brand"),
    *custom_fields("LGCU", filters=20),
    _technical("url_self", FieldType.URL, "ChargeOver", "It in ChargeOver's own screens.", "LG"),
    _technical("token", TEXT, "Token", "Random unique key of it.", "LGF"),
    _filter("quote.quote_id", ID, "Quote", "Was made from this quote.", "F", "quote"),
    _filter("line_items.external_key", TEXT, "Line's key", "Has a line with this key.", "F"),
    _filter("line_items.custom_1", TEXT, "Line's custom 1", "A line's custom field 1.", "F"),
    _filter("line_items.item_id", ID, "Item", "Has a line with this item.", "F", "item"),
    _filter(
        "customer.superuser_email",
        FieldType.EMAIL,
        "Main contact's e-mail",
        "E-mail of the customer's main contact.",
        "F",
    ),
    _filter(
        "customer.users.email",
        FieldType.EMAIL,
        "A contact's e-mail",
        "E-mail of any of the customer's contacts.",
        "F",
        "email",
    ),
)

_ACTIONS: tuple[Action, ...] = (
    Action(
        "upgrade",
        "Upgrade or downgrade",
        Effect.WRITES,
        "Replaces the lines with other items or prices.",
        payload=(_entry("line_items", OBJECTS, "Line items", "The new lines.", "CR", parts=LINE_ITEMS),),
    ),
    Action(
        "invoice",
        "Invoice now",
        Effect.WRITES,
        "Makes the next invoice at once.",
        email="The invoice, as after every cycle.",
        payload=(_entry("date", TEXT, "Date", "Date of the invoice, or NEXT_SCHEDULED_INVOICE.", "C"),),
        answer="id",
    ),
    Action(
        "suspend",
        "Suspend",
        Effect.WRITES,
        "Stops billing for a time, or until told otherwise.",
        payload=(
            _entry("suspendfrom_datetime", TIME, "From", "When it begins; now when left out.", "C"),
            _entry("suspendto_datetime", TIME, "To", "When it ends; open when left out.", "C"),
        ),
    ),
    Action("unsuspend", "Unsuspend", Effect.WRITES, "Starts billing again."),
    Action(
        "hold",
        "Move next invoice",
        Effect.WRITES,
        "Changes when the next invoice is made.",
        payload=(_entry("holduntil_datetime", TIME, "Until", "When the next invoice is made.", "CR"),),
    ),
    Action(
        "setPayMethod",
        "Set pay method",
        Effect.WRITES,
        "Changes how the subscription is paid.",
        older="paymethod",
        payload=(
            _entry("paymethod", ENUM, "Pay method", "The new method.", "CR", choices=PAY_METHOD),
            _entry("creditcard_id", ID, "Card ID", "The stored card, for a card.", "C"),
            _entry("ach_id", ID, "Bank account ID", "The stored bank account, for one.", "C"),
            _entry("tokenized_id", ID, "Token ID", "The stored external token, for one.", "C"),
        ),
    ),
    Action(
        "paycycle",
        "Set pay cycle",
        Effect.WRITES,
        "Changes how often it is billed.",
        payload=(_entry("paycycle", ENUM, "Pay cycle", "The new cycle.", "CR", choices=PAY_CYCLE),),
    ),
    Action(
        "welcome",
        "Send welcome e-mail",
        Effect.WRITES,
        "Sends a message template to the customer.",
        email="The chosen template, or the welcome message, to the customer.",
        payload=(_entry("message_id", ID, "Template", "Number of the message template.", "C"),),
        answer="done",
    ),
    Action(
        "cancel",
        "Cancel",
        Effect.DESTROYS,
        "Ends the subscription: no more invoices are made.",
        payload=(
            _entry("cancel_date", FieldType.DATE, "On", "From which day on; at once when left out.", "C"),
            _entry("cancel_reason_id", ID, "Reason", "The account's own number of the reason.", "C"),
        ),
    ),
    Action("uncancel", "Take back cancellation", Effect.WRITES, "Makes a canceled subscription run again."),
)

PACKAGE = Resource(
    id="package",
    place=6,
    label="Subscription",
    plural="Subscriptions",
    path="package",
    primary_key="package_id",
    title_field="nickname",
    default_order="package_id:ASC",
    fields=_FIELDS,
    columns=(
        Column("customer_id", "Customer", 20, grows=True),
        Column("nickname", "Name", 15, drop=2),
        Column(
            "package_status_str",
            "Status",
            14,
            # no column goes for it, but names are shorter where the day can be read
            more=More("suspendto_datetime", " to ", tone="warn", before=8),
            instead="package_status_name",
        ),
        Column("paycycle", "Cycle", 12, drop=6),
        Column("next_invoice_datetime", "Next invoice", 12, drop=1),
        Column("mrr", "MRR", 11),
        Column("currency_iso4217", "Cur", 3),
        Column(
            "paymethod_name",
            "Pays by",
            17,
            drop=7,
            more=More("paymethod_detail", kept=True),
            instead="paymethod",
        ),
    ),
    relations=(
        Relation("customer", "Customer", "customer", "customer_id", to_one=True, key="c"),
        Relation("invoices", "Invoices", "invoice", "package_id", "package_id", key="i"),
        # shown by the object's file in `cotui.tui.objects`
        Relation("statement", "Statement", "customer", "customer_id", to_one=True, key="b"),
        Relation("items", "Items", "item", "package_id", key="I", through="line_items.item_id"),
        Relation("transactions", "Payments", "transaction", "package_id", "applied_to.package_id", key="$"),
        notes_about("billing_package", "package_id"),
    ),
    actions=_ACTIONS,
    followed=True,
    names=("packages", "billing packages", "subs"),
    example="status = current order by next",
    tones={
        "active-current": "good",
        "active-trial": "warn",
        "active-overdue": "bad",
        "suspended-suspended": "warn",
        "canceled-nonpayment": "bad",
        "canceled-manual": "faint",
        "expired-expired": "faint",
        "expired-trial": "faint",
    },
)
