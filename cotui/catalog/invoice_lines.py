"""What stands inside an invoice: its lines and its scheduled payments."""

from __future__ import annotations

from cotui.catalog.build import Section, custom_fields
from cotui.catalog.choices import ANY_PAY_METHOD, PRICE_CYCLE
from cotui.catalog.field import Field, FieldType

ID, TEXT, MONEY, NUMBER = FieldType.ID, FieldType.TEXT, FieldType.MONEY, FieldType.NUMBER
INTEGER, BOOL, URL, DATE = FieldType.INTEGER, FieldType.BOOLEAN, FieldType.URL, FieldType.DATE

_line = Section("Line")
_item = Section("Item")
_money = Section("Money")
_tax = Section("Tax")
_usage = Section("Usage")
_subscription = Section("Subscription")
_kind = Section("Kind")
_part = Section("Payment")

LINE_ITEMS: tuple[Field, ...] = (
    _line(
        "line_item_id", ID, "Line ID", "Number of the line; sent on update to keep or change the line.", "GU"
    ),
    _line("invoice_id", ID, "Invoice ID", "The invoice the line stands on.", "G"),
    _line("descrip", FieldType.MULTILINE, "Description", "What is billed, as printed.", "GCU"),
    _item("item_id", ID, "Item ID", "What is sold.", "GCUR"),
    _item("item_name", TEXT, "Item", "Name of the item.", "G"),
    _item("item_type", TEXT, "Item type", "Whether the item is a service, product or discount.", "G"),
    _item("item_units", TEXT, "Units", "What the quantity counts.", "G"),
    _item("item_accounting_sku", TEXT, "SKU", "The item's number in the accounting software.", "G"),
    _item(
        "item_external_key", TEXT, "Item external key", "Your own key of the item; names it on create.", "GCU"
    ),
    _item("item_token", TEXT, "Item token", "Random unique key of the item; names it on create.", "GCU"),
    _money("line_rate", MONEY, "Rate", "Price of one unit.", "GCU"),
    _money("line_quantity", NUMBER, "Quantity", "How many units.", "GCU"),
    _money("line_prorate", NUMBER, "Prorated", "Percentage billed of a period that is not whole.", "G"),
    _money("line_subtotal", MONEY, "Subtotal", "Amount of the line before tax.", "G"),
    _money("line_total", MONEY, "Total", "Amount of the line with tax.", "G"),
    _tax("is_taxed", BOOL, "Taxed", "Whether tax is charged on the line.", "G"),
    _tax("tax_taxable", MONEY, "Taxable", "Amount that can be taxed.", "G"),
    _tax("tax_taxed", MONEY, "Taxed amount", "Amount the tax was computed from.", "G"),
    _tax("tax_total", MONEY, "Tax", "Tax on the line.", "G"),
    _tax("tax_name", TEXT, "Tax name", "Name of the tax.", "G"),
    _tax("tax_id", ID, "Tax ID", "Number of the tax.", "G"),
    _tax("tax_group_name", TEXT, "Tax group", "Name of the group of taxes.", "G"),
    _tax("tax_group_id", ID, "Tax group ID", "Number of the group of taxes.", "G"),
    _usage("line_usage", NUMBER, "Usage", "Metered usage billed by the line.", "G"),
    # Documented as numbers, although the names say dates.
    _usage("usage_from", NUMBER, "Usage from", "Where the metered period begins.", "G"),
    _usage("usage_to", NUMBER, "Usage to", "Where the metered period ends.", "G"),
    _subscription(
        "package_line_id", ID, "Subscription line", "The subscription's line behind this one.", "G"
    ),
    _subscription(
        "package_line_external_key", TEXT, "Subscription line key", "Your own key of that line.", "G"
    ),
    _subscription(
        "package_obligation_id", ID, "Obligation", "The contractual obligation the line meets.", "G"
    ),
    _subscription(
        "package_line_first_obligation_id",
        ID,
        "First obligation",
        "The first such obligation of that line.",
        "G",
    ),
    _subscription(
        "paycycle", FieldType.ENUM, "Pay cycle", "How often the line is billed.", "G", choices=PRICE_CYCLE
    ),
    _subscription("tierset_id", ID, "Pricing", "The set of prices used; unset for one-time lines.", "G"),
    _subscription(
        "number_of_recurs_this",
        INTEGER,
        "Recurrences since change",
        "How often it was billed since it changed.",
        "G",
    ),
    _subscription("number_of_recurs_line", INTEGER, "Recurrences", "How often it was billed in all.", "G"),
    _subscription("invoice_line_bundle_id", ID, "Bundle", "The bundle the line belongs to.", "G"),
    _subscription("admin_id", ID, "Sales representative", "The worker who made the sale.", "G"),
    _kind("is_base", BOOL, "Base fee", "A fixed fee of a subscription.", "G"),
    _kind("is_usage", BOOL, "Usage fee", "A metered fee.", "G"),
    _kind("is_setup", BOOL, "Set-up fee", "A fee charged at the beginning.", "G"),
    _kind("is_free", BOOL, "Free", "Nothing is charged, such as in a trial.", "G"),
    _kind("is_recurring", BOOL, "Recurring", "Billed again in the next cycle.", "G"),
    _kind("is_latefee", BOOL, "Late fee", "A fee for paying late.", "G"),
    _kind("is_obligation", BOOL, "Obligation fee", "Billed because of a contractual obligation.", "G"),
    *custom_fields("GCU", count=10),
)

SCHEDULE: tuple[Field, ...] = (
    _part("invoice_schedule_id", ID, "Schedule ID", "Number of the scheduled payment.", "G"),
    _part("invoice_id", ID, "Invoice ID", "The invoice that is paid.", "G"),
    _part("date", DATE, "Date", "When the payment is tried.", "G"),
    _part("due_date", DATE, "Due date", "When the payment is due.", "G"),
    _part("days_overdue", INTEGER, "Days overdue", "Days past the due date.", "G"),
    _part("amount", MONEY, "Amount", "How much is paid.", "G"),
    _part("amount_or_percent_formatted", TEXT, "Amount shown", "The amount or percentage as text.", "G"),
    _part("balance", MONEY, "Balance", "What is still due of this payment.", "G"),
    _part(
        "paymethod",
        FieldType.ENUM,
        "Pay method",
        "How the payment is made.",
        "G",
        choices=ANY_PAY_METHOD,
    ),
    _part("creditcard_id", ID, "Card ID", "The stored card.", "G"),
    _part("ach_id", ID, "Bank account ID", "The stored bank account.", "G"),
    _part("tokenized_id", ID, "Token ID", "The stored external token.", "G"),
    _part("url_paylink", URL, "Pay link", "Page for paying it.", "G"),
    _part("url_ttl_paylink", URL, "Short-lived pay link", "Page for paying it, for a limited time.", "G"),
    _part("token", TEXT, "Token", "Random unique key of the scheduled payment.", "G"),
)
