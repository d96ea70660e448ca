"""The item: something that is sold, with its prices."""

from __future__ import annotations

from cotui.catalog import Choice, Column, Field, FieldType, Relation, Resource
from cotui.catalog.build import Section, custom_fields, notes_about
from cotui.catalog.choices import PRICE_CYCLE

ID, TEXT, MONEY, TIME = FieldType.ID, FieldType.TEXT, FieldType.MONEY, FieldType.DATETIME
ENUM, NUMBER, BOOL, OBJECTS = FieldType.ENUM, FieldType.NUMBER, FieldType.BOOLEAN, FieldType.OBJECTS

TYPE = (Choice("service", "Service"), Choice("product", "Product"), Choice("discount", "Discount"))
PRICE_MODEL = (
    Choice("fla", "Flat", ("flat",)),
    Choice("uni", "Per unit", ("unit",)),
    Choice("vol", "Volume", ("volume",)),
    Choice("tie", "Tiered", ("tiered",)),
    Choice("pas", "Pass-through", ("passthrough",)),
)
SERVICE_DATES = (
    Choice("none", "None"),
    Choice("starts_on_invoice_date", "From the invoice's date"),
    Choice("starts_on_first_of_this_month", "From the first of this month"),
    Choice("starts_on_first_of_next_month", "From the first of next month"),
    Choice("ends_before_invoice_date", "Until the invoice's date"),
)
VISIBILITY = (
    Choice("visible_to_merchant", "To the merchant"),
    Choice("visible_to_merchant_and_customers", "To merchant and customers"),
)

_item = Section("Item")
_pricing = Section("Pricing")
_settings = Section("Settings")
_dates = Section("Dates")
_technical = Section("Technical")
_part = Section("")

TIERS: tuple[Field, ...] = (
    _part("tier_id", ID, "Tier ID", "Number of the tier.", "LG"),
    _part("unit_from", NUMBER, "From", "First unit of the tier.", "LGC"),
    _part("unit_to", NUMBER, "To", "Last unit of the tier.", "LGC"),
    _part("amount", MONEY, "Amount", "Price within the tier.", "LGC"),
)
TIERSETS: tuple[Field, ...] = (
    _part("tierset_id", ID, "Pricing ID", "Number of the set of prices.", "LG"),
    _part("pricemodel", ENUM, "Price model", "How the quantity makes the price.", "LGC", choices=PRICE_MODEL),
    _part("pricemodel_desc", TEXT, "Price model, in words", "The price model explained.", "LG"),
    _part("base", MONEY, "Base price", "Price of each cycle, or of a unit.", "LGC"),
    _part("base_formatted", TEXT, "Base price shown", "The base price as text.", "LG"),
    _part("setup", MONEY, "Set-up fee", "Charged once, at the beginning.", "LGC"),
    _part("setup_formatted", TEXT, "Set-up fee shown", "The set-up fee as text.", "LG"),
    _part("percent", NUMBER, "Percent", "Percentage, for prices that depend on other lines.", "LGC"),
    _part("percent_formatted", TEXT, "Percent shown", "The percentage as text.", "LG"),
    _part("paycycle", ENUM, "Pay cycle", "How often it is billed.", "LGC", choices=PRICE_CYCLE),
    _part("currency_iso4217", TEXT, "Currency", "Currency of the prices.", "LG"),
    _part("currency_symbol", TEXT, "Currency symbol", "Its sign.", "LG"),
    _part("currency_id", ID, "Currency ID", "Its number.", "LGC"),
    _part("write_datetime", TIME, "Created", "When the prices were made.", "LG"),
    _part("mod_datetime", TIME, "Modified", "When they were last changed.", "LG"),
    _part("tiers", OBJECTS, "Tiers", "Prices by quantity.", "LGC", parts=TIERS),
)
#: what can be sent for prices, of a new item or of a subscription's line
PRICEMODEL: tuple[Field, ...] = tuple(part for part in TIERSETS if part.creatable)

ITEM = Resource(
    id="item",
    label="Item",
    plural="Items",
    path="item",
    primary_key="item_id",
    title_field="name",
    default_order="item_id:ASC",
    fields=(
        _item.own_key("item", "Item ID", "the item", "LGF", "item"),
        _item("name", TEXT, "Name", "Name of the item.", "LGCURF"),
        _item(
            "item_type",
            ENUM,
            "Type",
            "Service, product or discount; called “type” on create.",
            "LGCF",
            "type",
            choices=TYPE,
        ),
        _item("description", FieldType.MULTILINE, "Description", "What it is.", "LGCU"),
        _item("enabled", BOOL, "Enabled", "Whether it can be sold.", "LGCU"),
        _item("external_key", TEXT, "External key", "The key your own systems know it by.", "LGCUF", "key"),
        _item("units", TEXT, "Unit", "What the quantity counts.", "LGCU"),
        _item("units_plural", TEXT, "Units", "The same, for more than one.", "LGCU"),
        _item(
            "categories",
            OBJECTS,
            "Categories",
            "Categories the item belongs to.",
            "G",
            parts=(
                _part("item_category_id", ID, "Category ID", "Number of the category.", "G"),
                _part("name", TEXT, "Category", "Name of the category.", "G"),
            ),
        ),
        _pricing("tierset_id", ID, "Pricing ID", "The prices used by default.", "LG"),
        _pricing(
            "pricemodel",
            OBJECTS,
            "Price model",
            "The prices of a new item; read back as its first prices.",
            "C",
            parts=PRICEMODEL,
        ),
        _pricing("tiersets", OBJECTS, "Prices", "Prices by currency.", "LG", parts=TIERSETS),
        _settings("accounting_sku", TEXT, "SKU", "Number in the accounting software.", "LGCUF", "sku"),
        _settings(
            "accounting_account_income", TEXT, "Income account", "Account its income is booked on.", "LGCU"
        ),
        _settings(
            "tax_group_id", ID, "Tax group ID", "Group of taxes charged.", "LG", named_by="tax_group_name"
        ),
        _settings("tax_group_name", TEXT, "Tax group", "Name of that group.", "LG"),
        _settings(
            "expire_recurs", FieldType.INTEGER, "Ends after", "How often it is billed before it ends.", "LGCU"
        ),
        _settings(
            "trial_recurs", FieldType.INTEGER, "Free cycles", "How many cycles are free at first.", "LGCU"
        ),
        _settings(
            "service_dates_type",
            ENUM,
            "Service dates",
            "Which period a line is for.",
            "LGCU",
            choices=SERVICE_DATES,
        ),
        _settings(
            "service_dates_visibility",
            ENUM,
            "Service dates shown",
            "Who sees that period.",
            "LGCU",
            choices=VISIBILITY,
        ),
        _settings(
            "revenue_recognition",
            TEXT,
            "Revenue recognition",
            "When revenue counts as earned: none, ratable_daily, ratable_30_360, installment, sales_basis or "
            "completed_contract.",
            "LG",
        ),
        _settings(
            "service_data",
            OBJECTS,
            "Service",
            "Trial and metering.",
            "G",
            parts=(
                _part("trial_days", FieldType.INTEGER, "Trial days", "Days that are free at first.", "G"),
                _part("trial_units", NUMBER, "Trial units", "Units that are free at first.", "G"),
                _part("is_usage", BOOL, "Metered", "Billed by usage.", "G"),
            ),
        ),
        _dates("write_datetime", TIME, "Created", "When the item was made.", "LG", "created"),
        _dates("mod_datetime", TIME, "Modified", "When it was last changed.", "LG", "modified"),
        *custom_fields("LGCU", filters=3),
        _technical("token", TEXT, "Token", "Random unique key of the item.", "LG"),
    ),
    columns=(
        Column("item_id", "ID", 7, drop=1),
        Column("name", "Name", 28, grows=True),
        Column("tiersets", "Price", 14, drop=2),
        Column("item_type", "Type", 9, drop=3),
        Column("units", "Unit", 10, drop=5),
        Column("accounting_sku", "SKU", 14, drop=6),
        Column("external_key", "External key", 14, drop=4),
        Column("enabled", "Enabled", 7, drop=7),
    ),
    followed=True,
    narrowed=True,
    names=("products", "services", "articles"),
    relations=(
        Relation(
            "invoices",
            "Invoices with this item",
            "invoice",
            "item_id",
            "line_items.item_id",
            key="i",
            short="Invoices",
        ),
        Relation(
            "packages",
            "Subscriptions with this item",
            "package",
            "item_id",
            "line_items.item_id",
            key="S",
            short="Subscriptions",
        ),
        notes_about("item", "item_id"),
    ),
)
