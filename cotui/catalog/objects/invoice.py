"""The invoice: what a customer has to pay, by when, and what became of it."""

from __future__ import annotations

from cotui.catalog.build import Section, address_fields, address_remainder, custom_fields, notes_about
from cotui.catalog.choices import PAY_CYCLE
from cotui.catalog.field import Choice, Field, FieldType, Shortcut
from cotui.catalog.invoice_actions import ACTIONS
from cotui.catalog.invoice_lines import LINE_ITEMS, SCHEDULE
from cotui.catalog.model import Column, Relation, Resource

ID, TEXT, MONEY, BOOL = FieldType.ID, FieldType.TEXT, FieldType.MONEY, FieldType.BOOLEAN
ENUM, URL, TIME, DATE = FieldType.ENUM, FieldType.URL, FieldType.DATETIME, FieldType.DATE
INTEGER, LINES = FieldType.INTEGER, FieldType.MULTILINE

STATUS = (
    Choice("open-unpaid", "Unpaid", ("unpaid",)),
    Choice("open-overdue", "Overdue", ("overdue", "late", "past due"), "without those in collections"),
    Choice("open-collections", "Collections", ("collections", "collection")),
    Choice("closed-paid", "Paid", ("paid",)),
    Choice("closed-void", "Void", ("void", "voided")),
)
STATE = (Choice("o", "Open", ("open",)), Choice("c", "Closed", ("closed",)))

_invoice = Section("Invoice")
_status = Section("Status")
_money = Section("Money")
_dates = Section("Dates")
_settings = Section("Settings")
_period = Section("Billing period")
_links = Section("Links")
_lines = Section("Line items")
_schedule = Section("Scheduled payments")
_technical = Section("Technical")
_filter = Section("Filters")

_INVOICE: tuple[Field, ...] = (
    _invoice.own_key("invoice", "Invoice ID", "the invoice", "LGF", "invoice"),
    _invoice(
        "refnumber",
        TEXT,
        "Number",
        "The number printed on the invoice; the same as the ID unless another was given.",
        "LGCUF",
        "number ref reference",
    ),
    _invoice.customer("Who is billed.", "LGCRF"),
    _invoice(
        "package_id",
        ID,
        "Subscription",
        "The subscription that made the invoice, if any.",
        "LGF",
        "subscription package",
    ),
    _invoice(
        "invoice_index",
        INTEGER,
        "Invoice no. of subscription",
        "Which invoice of its subscription it is.",
        "LGF",
    ),
    _invoice(
        "external_key",
        TEXT,
        "External key",
        "The key your own systems know the invoice by; unique among invoices.",
        "LGCU",
        "key external",
    ),
    _invoice("memo", LINES, "Memo", "Note to the customer, printed on the invoice.", "LGCU", "note"),
    _invoice("tags", FieldType.TAGS, "Tags", "Words the invoice is tagged with.", "G", "tag"),
)

_STATUS: tuple[Field, ...] = (
    _status(
        "invoice_status_str",
        ENUM,
        "Status",
        "Whether the invoice is unpaid, overdue, in collections, paid or void.",
        "LGF",
        "status",
        choices=STATUS,
        # Each of these covers several statuses. An invoice in collections is late as well, and what is open is
        # unpaid, overdue or in collections: ChargeOver knows no OR, but all that is open and not unpaid can be asked.
        shortcuts=(
            Shortcut("open", "invoice_status_state", "o"),
            Shortcut("closed", "invoice_status_state", "c"),
            Shortcut(
                "everything overdue",
                "invoice_status_state",
                "o",
                but="open-unpaid",
                note="overdue, and what is in collections",
            ),
        ),
    ),
    _status(
        "invoice_status_state",
        ENUM,
        "State",
        "Open while money is due, else closed.",
        "LGF",
        "status_state",
        choices=STATE,
    ),
    _status("invoice_status_name", TEXT, "Status name", "The status in ChargeOver's words.", "LG"),
    _status("is_paid", BOOL, "Paid", "Nothing is due any more; also true of a void invoice.", "LG"),
    _status("is_void", BOOL, "Void", "The invoice was voided.", "LG"),
    _status("is_overdue", BOOL, "Overdue", "Money is due and the due date has passed.", "LG"),
    _status(
        "days_overdue",
        INTEGER,
        "Days overdue",
        "Days past the due date; goes on counting on an invoice that was paid late.",
        "LG",
        "age",
    )._replace(only_while="is_overdue"),
    _status("declines", INTEGER, "Declines", "How many attempts to pay have failed.", "LG"),
)

_MONEY: tuple[Field, ...] = (
    # Filters by these three are not documented; live apps use them (2026).
    _money("total", MONEY, "Total", "What was billed, with taxes.", "LGF", "amount"),
    _money("balance", MONEY, "Balance", "What is still to pay; 0 when void.", "LGF", "owed"),
    _money("subtotal", MONEY, "Subtotal", "What was billed, before taxes.", "LGF"),
    _money("taxes", MONEY, "Taxes", "Sum of the taxes.", "LG", "tax"),
    _money("applied", MONEY, "Applied", "Everything applied: payments, credits and write-offs.", "LG"),
    _money("payments", MONEY, "Payments", "Payments applied.", "LG"),
    _money("credits", MONEY, "Credits", "Credits applied.", "LG"),
    _money("writeoffs", MONEY, "Write-offs", "Amounts written off.", "LG"),
    _money("refunds", MONEY, "Refunds", "Amounts paid back.", "LG"),
    _money("overdue", MONEY, "Amount overdue", "What is past its due date.", "LG"),
    _money("sum_base", MONEY, "Base fees", "Sum of the fixed fees of subscriptions.", "LG"),
    _money("sum_usage", MONEY, "Usage fees", "Sum of the metered fees.", "LG"),
    _money("sum_onetime", MONEY, "One-time charges", "Sum of the charges billed once.", "LG"),
    *_money.currency("The currency billed in", "LGCF"),
)

_DATES: tuple[Field, ...] = (
    # `invoice_date` is what older clients order by and send; answers only ever say `date`.
    _dates("date", DATE, "Date", "The date on the invoice.", "LGCUF", "invoice_date dated"),
    _dates("due_date", DATE, "Due date", "Last day to pay: the date plus the terms.", "LG", "due"),
    _dates("paid_date", DATE, "Paid on", "When it was paid in full.", "LG"),
    _dates("write_datetime", TIME, "Created", "When the invoice was made.", "LGF", "created"),
    _dates(
        "mod_datetime",
        TIME,
        "Modified",
        "When the invoice was last changed.",
        "LGF",
        "modified updated changed",
    ),
    _dates("void_datetime", TIME, "Voided", "When the invoice was voided.", "LG", "voided"),
    _dates("delay_datetime", TIME, "Delayed until", "Delay of the invoice; not documented.", "LG"),
)

_BILLING: tuple[Field, ...] = (
    *address_fields("bill", "billing", "LGCU", aliased=True),
    *address_remainder("bill", "billing", notes="LGCU"),
)

_SHIPPING: tuple[Field, ...] = (
    *address_fields("ship", "shipping", "LGCU"),
    *address_remainder("ship", "shipping", notes="LGCU"),
)

_SETTINGS: tuple[Field, ...] = (
    _settings("terms_name", TEXT, "Terms", "Payment terms, such as Net 30.", "LG", "terms"),
    _settings("terms_days", INTEGER, "Terms in days", "Days the customer has to pay.", "LG"),
    _settings("terms_id", ID, "Terms ID", "Payment terms.", "LGCU", named_by="terms_name"),
    *_settings.named_key(
        "admin", "Worker", "The worker who looks after the invoice.", "LGCU", aliases="worker"
    ),
    *_settings.named_key("class", "Class", "Class of the invoice.", "LGC", aliases="class"),
    *_settings.named_key("brand", "Brand", "Brand the invoice is sent under.", "LG", aliases="brand"),
    _settings("paycycle_name", TEXT, "Pay cycle", "How often the subscription is billed, in words.", "LG"),
    _settings(
        "paycycle", ENUM, "Pay cycle code", "How often the subscription is billed.", "LG", choices=PAY_CYCLE
    ),
)

_PERIOD: tuple[Field, ...] = (
    _period(
        "cycle_this_date", DATE, "Cycle date", "Day of the billing cycle; mostly the invoice's date.", "LG"
    ),
    _period("cycle_pre_from_date", DATE, "Billed ahead from", "First day of the period billed ahead.", "LG"),
    _period("cycle_pre_to_date", DATE, "Billed ahead to", "Last day of the period billed ahead.", "LG"),
    _period(
        "cycle_post_from_date", DATE, "In arrears from", "First day of the period billed afterwards.", "LG"
    ),
    _period("cycle_post_to_date", DATE, "In arrears to", "Last day of the period billed afterwards.", "LG"),
)

_LINKS: tuple[Field, ...] = (
    _links("url_permalink", URL, "View", "Page that shows the invoice to the customer.", "LG"),
    _links("url_pdflink", URL, "PDF", "The invoice as a PDF file.", "LG"),
    _links("url_paylink", URL, "Pay", "Page for paying the invoice.", "LG"),
    _links("url_self", URL, "ChargeOver", "The invoice in ChargeOver's own screens.", "LG"),
)

_INSIDE: tuple[Field, ...] = (
    _lines("line_items", FieldType.OBJECTS, "Line items", "What is billed.", "GCUR", parts=LINE_ITEMS),
    _schedule("schedule", FieldType.OBJECTS, "Scheduled payments", "Payments to come.", "G", parts=SCHEDULE),
)

# Names that exist for filtering only.
_FILTERS: tuple[Field, ...] = (
    _filter("line_items.item_id", ID, "Item", "Has a line with this item.", "F", "item"),
    *(
        _filter(
            f"line_items.custom_{number}",
            TEXT,
            f"Line's custom {number}",
            f"A line's custom field {number}.",
            "F",
        )
        for number in (1, 2, 3)
    ),
    _filter(
        "line_items.item.categories.item_category_id",
        ID,
        "Item category",
        "Has a line with an item of this category.",
        "F",
        "category",
    ),
    _filter("package_token", TEXT, "Subscription token", "Token of the subscription that made it.", "F"),
    _filter(
        "transaction.transaction_id",
        ID,
        "Transaction",
        "Was paid by this transaction.",
        "F",
        "transaction payment",
    ),
    _filter("quote.quote_id", ID, "Quote", "Was made from this quote.", "F", "quote"),
)

INVOICE = Resource(
    id="invoice",
    place=3,
    label="Invoice",
    plural="Invoices",
    path="invoice",
    primary_key="invoice_id",
    title_field="refnumber",
    # the newest first: a caller asks about the last invoice, not about the account's first
    default_order="invoice_id:DESC",
    fields=(
        *_INVOICE,
        *_STATUS,
        *_INSIDE,
        *_MONEY,
        *_DATES,
        *_BILLING,
        *_SHIPPING,
        *_SETTINGS,
        *_PERIOD,
        *_LINKS,
        *custom_fields("LGCU", filters=3),
        _technical("token", TEXT, "Token", "Random unique key of the invoice.", "LGF"),
        *_FILTERS,
    ),
    # List rows carry the customer's number only, not the name.
    columns=(
        Column("refnumber", "Number", 8, whole=True),
        Column("customer_id", "Customer", 20, grows=True),
        Column("date", "Date", 10, drop=4),
        Column("due_date", "Due", 10, drop=2),
        Column("invoice_status_str", "Status", 11, drop=1),
        Column("total", "Total", 11, drop=3),
        Column("balance", "Balance", 11),
        Column("currency_iso4217", "Cur", 3),
        Column("days_overdue", "Late", 5, drop=5),
        Column("terms_name", "Terms", 11, drop=6),
    ),
    relations=(
        Relation("customer", "Customer", "customer", "customer_id", to_one=True, key="c"),
        Relation(
            "siblings",
            "Invoices of the same customer",
            "invoice",
            "customer_id",
            "customer_id",
            key="i",
            short="Invoices",
        ),
        Relation("transactions", "Payments", "transaction", "invoice_id", "applied_to.invoice_id", key="$"),
        # shown by the object's file in `cotui.tui.objects`
        Relation("statement", "Statement", "customer", "customer_id", to_one=True, key="b"),
        Relation("package", "Subscription", "package", "package_id", to_one=True, key="S"),
        Relation("items", "Items", "item", "invoice_id", key="I", through="line_items.item_id"),
        notes_about("invoice", "invoice_id"),
    ),
    actions=ACTIONS,
    followed=True,
    example="status = overdue order by total desc",
    tones={
        "open-overdue": "bad",
        "open-collections": "bad",
        "open-unpaid": "warn",
        "closed-paid": "good",
        "closed-void": "faint",
    },
    names=("bills",),
    # ordering by the total is the vendor's own example, by the date a client's on a live account
    orders_shown=("total", "date"),
    # no vendor page has them; a client filters a live account by them (2026)
    filters_seen=("balance", "total", "subtotal"),
    needed=("customer_id",),
    known_by=("refnumber", "customer_id"),
)
