"""The customer: who is billed, where, how, and what is owed."""

from __future__ import annotations

from cotui.catalog import Choice, Column, Field, FieldType, Relation, Resource, Shortcut
from cotui.catalog.build import Section, address_fields, address_remainder, custom_fields, notes_about
from cotui.catalog.choices import DELIVERY, PAY_METHOD
from cotui.catalog.customer_actions import ACTIONS

ID, TEXT, MONEY, BOOL = FieldType.ID, FieldType.TEXT, FieldType.MONEY, FieldType.BOOLEAN
ENUM, URL, TIME = FieldType.ENUM, FieldType.URL, FieldType.DATETIME

STATUS = (
    Choice("active-current", "Current", ("current", "good")),
    Choice("active-overdue", "Over Due", ("overdue", "late")),
    Choice("inactive-manual", "Inactive (set by hand)", ("manual", "deactivated")),
    Choice(
        "inactive-activity",
        "Inactive (no recent activity)",
        ("activity", "dormant", "inactive (no activity)"),
    ),
)
STATE = (Choice("a", "Active", ("active",)), Choice("i", "Inactive", ("inactive",)))

_account = Section("Account")
_status = Section("Status")
_money = Section("Money")
_contact = Section("Main contact")
_settings = Section("Settings")
_dates = Section("Dates")
_links = Section("Links")
_technical = Section("Technical")

_ACCOUNT: tuple[Field, ...] = (
    _account.own_key("customer", "Customer ID", "the customer", "LGF", "customer"),
    _account(
        "company",
        TEXT,
        "Company",
        "Name of the company or person who is billed.",
        "LGCURF",
        "name customer_name",
    ),
    _account(
        "display_as", TEXT, "Displayed as", "Deprecated: equals the company name.", "LG", deprecated=True
    ),
    _account(
        "external_key",
        TEXT,
        "External key",
        "The key your own systems know the customer by; unique among customers.",
        "LGCUF",
        "key external",
    ),
    _account(
        "parent_customer_id",
        ID,
        "Parent customer",
        "The customer this one belongs to, if any.",
        "LGCF",
        "parent",
        to="customer",
    ),
    _account(
        "tax_ident",
        TEXT,
        "Tax number",
        "Tax or VAT number, as printed on invoices.",
        "LGCU",
        "vat tax_number",
    ),
    _account(
        "tags", FieldType.TAGS, "Tags", "Words the account has tagged the customer with.", "LGCU", "tag"
    ),
)

_STATUS: tuple[Field, ...] = (
    _status(
        "customer_status_str",
        ENUM,
        "Status",
        "Whether the customer is active and up to date with payments.",
        "LGF",
        "status",
        choices=STATUS,
        # The two words name a state, which covers several statuses.
        shortcuts=(
            Shortcut("active", "customer_status_state", "a"),
            Shortcut("inactive", "customer_status_state", "i"),
        ),
    ),
    _status(
        "customer_status_state",
        ENUM,
        "State",
        "Active or inactive; a customer becomes inactive by hand or without recent activity.",
        "LGF",
        "status_state",
        choices=STATE,
    ),
    _status("customer_status_name", TEXT, "Status name", "The status in ChargeOver's words.", "LG"),
    _status(
        "customer_status_id",
        ID,
        "Status ID",
        "ChargeOver's number of the status.",
        "LG",
        named_by="customer_status_name",
    ),
)

_MONEY: tuple[Field, ...] = (
    _money("balance", MONEY, "Balance", "What the customer owes now.", "LG", "owed due"),
    _money("total", MONEY, "Total invoiced", "Sum of all invoices ever made.", "LG", "invoiced"),
    _money("paid", MONEY, "Paid", "All payments, less refunds.", "LG"),
    _money("mrr", MONEY, "MRR", "Monthly recurring revenue.", "LG"),
    _money("arr", MONEY, "ARR", "Annual recurring revenue.", "LG"),
    *_money.currency("The currency billed in", "LGC", "; cannot be changed once the customer exists"),
)

_CONTACT: tuple[Field, ...] = (
    _contact(
        "superuser_name", TEXT, "Name", "Full name of the main contact.", "LGCU", "contact contact_name"
    ),
    # Samples of 2012 and 2013 have plain `email` and `phone` beside these. Those two keys are gone from
    # the API, and people who type the words mean the main contact's.
    _contact(
        "superuser_email",
        FieldType.EMAIL,
        "E-mail",
        "Where invoices and reminders go; several addresses are separated by commas.",
        "LGCUF",
        "email mail contact_email",
    ),
    _contact(
        "superuser_phone",
        FieldType.PHONE,
        "Phone",
        "Phone number of the main contact.",
        "LGCU",
        "phone telephone",
    ),
    _contact("superuser_title", TEXT, "Title", "Job title of the main contact.", "LG", "title"),
    _contact(
        "superuser_first_name", TEXT, "First name", "First name of the main contact.", "LGCU", "first_name"
    ),
    _contact("superuser_last_name", TEXT, "Last name", "Last name of the main contact.", "LGCU", "last_name"),
    _contact(
        "superuser_username",
        TEXT,
        "User name",
        "Name the main contact logs in to the portal with.",
        "LGC",
        "username login",
    ),
    _contact(
        "superuser_id",
        ID,
        "Contact ID",
        "The contact who is the main one.",
        "LGCUF",
        "main_contact contact_id",
        to="user",
    ),
    _contact("superuser_token", TEXT, "Contact token", "Random unique key of the main contact.", "LG"),
)

_BILLING: tuple[Field, ...] = (
    *address_fields("bill", "billing", "LGCU", aliased=True),
    *address_remainder("bill", "billing", notes="LG"),
)

_SHIPPING: tuple[Field, ...] = (
    *address_fields("ship", "shipping", "LGCU"),
    *address_remainder("ship", "shipping", notes="LG"),
)

_SETTINGS: tuple[Field, ...] = (
    _settings("terms_name", TEXT, "Terms", "Default payment terms, such as Net 30.", "LG", "terms"),
    _settings("terms_days", FieldType.INTEGER, "Terms in days", "Days the customer has to pay.", "LG"),
    _settings(
        "terms_id", ID, "Terms ID", "Default payment terms of new invoices.", "LGCU", named_by="terms_name"
    ),
    _settings(
        "default_paymethod",
        ENUM,
        "Pay method",
        "How the customer pays by default; changed by the action “set pay method”.",
        "LG",
        "paymethod",
        choices=PAY_METHOD,
    ),
    _settings(
        "default_creditcard_id",
        ID,
        "Default card",
        "The stored card, when the default is a card.",
        "LG",
        to="creditcard",
    ),
    _settings(
        "default_ach_id",
        ID,
        "Default bank account",
        "The stored bank account, when the default is one.",
        "LG",
        to="ach",
    ),
    _settings(
        "invoice_delivery",
        ENUM,
        "Invoices sent",
        "How new invoices and receipts are first delivered.",
        "LGCU",
        choices=DELIVERY,
    ),
    _settings(
        "dunning_delivery", ENUM, "Reminders sent", "How reminders are delivered.", "LGCU", choices=DELIVERY
    ),
    _settings("no_taxes", BOOL, "No taxes", "No tax is charged.", "LGCU", "tax_exempt"),
    _settings("no_dunning", BOOL, "No reminders", "No reminders are sent for unpaid invoices.", "LGCU"),
    _settings("no_latefees", BOOL, "No late fees", "No fees are charged for paying late.", "LG"),
    _settings("no_procfees", BOOL, "No processing fees", "No processing fees are charged.", "LG"),
    _settings("admin_name", TEXT, "Worker", "The worker who looks after the customer.", "LG", "worker"),
    _settings("admin_email", FieldType.EMAIL, "Worker's e-mail", "E-mail address of that worker.", "LG"),
    _settings(
        "admin_id", ID, "Worker ID", "The worker who looks after the customer.", "LGCU", named_by="admin_name"
    ),
    *_settings.named_key(
        "class", "Class", "Default class of the customer's invoices.", "LGCU", aliases="class"
    ),
    _settings(
        "language_id",
        ID,
        "Language ID",
        "Language of the customer's invoices and e-mails.",
        "LGCU",
        "language",
    ),
    _settings("brand_id", ID, "Brand ID", "Brand the customer is billed under.", "LGC", "brand"),
    _settings(
        "campaign_id", ID, "Lead source ID", "Where the customer came from.", "LGCU", "campaign lead_source"
    ),
    _settings(
        "campaign_details", TEXT, "Lead source details", "More about where the customer came from.", "CU"
    ),
    _settings(
        "custtype_id",
        ID,
        "Customer type ID",
        "Type of customer; the types themselves are nowhere in the API.",
        "LGCU",
        deprecated=True,
    ),
)

_DATES: tuple[Field, ...] = (
    _dates("write_datetime", TIME, "Created", "When the customer was created.", "LGF", "created"),
    _dates(
        "mod_datetime",
        TIME,
        "Modified",
        "When the customer was last changed.",
        "LGF",
        "modified updated changed",
    ),
)

_LINKS: tuple[Field, ...] = (
    _links(
        "url_statementlink", URL, "Statement", "The customer's page with all invoices and payments.", "LG"
    ),
    _links(
        "url_paymethodlink", URL, "Pay methods", "The customer's page for storing a card or account.", "LG"
    ),
    _links("url_self", URL, "ChargeOver", "The customer in ChargeOver's own screens.", "LG"),
)

_TECHNICAL: tuple[Field, ...] = (
    _technical("token", TEXT, "Token", "Random unique key of the customer.", "LGF"),
    _technical("write_ipaddr", TEXT, "Created from", "IP address the customer was created from.", "LG"),
    _technical("mod_ipaddr", TEXT, "Modified from", "IP address of the last change.", "LG"),
)

CUSTOMER = Resource(
    id="customer",
    place=1,
    label="Customer",
    plural="Customers",
    path="customer",
    primary_key="customer_id",
    title_field="company",
    default_order="customer_id:ASC",
    fields=(
        *_ACCOUNT,
        *_STATUS,
        *_MONEY,
        *_CONTACT,
        *_BILLING,
        *_SHIPPING,
        *_SETTINGS,
        *_DATES,
        *_LINKS,
        *custom_fields("LGCU", filters=5),
        *_TECHNICAL,
    ),
    columns=(
        Column("customer_id", "ID", 7, drop=1),
        Column("company", "Company", 22, grows=True),
        Column("superuser_name", "Contact", 18, drop=3),
        Column("superuser_email", "E-mail", 25, drop=4),
        Column("balance", "Balance", 13),
        Column("currency_iso4217", "Cur", 3),
        Column("customer_status_str", "Status", 9, drop=2),
    ),
    relations=(
        Relation("invoices", "Invoices", "invoice", "customer_id", "customer_id", key="i"),
        Relation("transactions", "Payments", "transaction", "customer_id", "customer_id", key="$"),
        # made of several lists, see the object's file in `cotui.tui.objects`
        Relation("statement", "Statement", "transaction", "customer_id", "customer_id", key="b"),
        Relation("packages", "Subscriptions", "package", "customer_id", "customer_id", key="S"),
        # three kinds in one list, see the object's file in `cotui.tui.objects`
        Relation("pay_methods", "Ways to pay", "creditcard", "customer_id", "customer_id", key="K"),
        notes_about("customer", "customer_id"),
        Relation("users", "Users", "user", "customer_id", "customers.customer_id", key="u"),
        Relation("contact", "Main contact", "user", "superuser_id", to_one=True, key="m"),
        Relation("parent", "Parent customer", "customer", "parent_customer_id", to_one=True, key="p"),
        Relation("children", "Child customers", "customer", "customer_id", "parent_customer_id", key="d"),
    ),
    actions=ACTIONS,
    followed=True,
    example="country = Canada order by balance desc",
    tones={"active-overdue": "bad", "inactive-manual": "faint", "inactive-activity": "faint"},
    names=("clients", "companies"),
    known_by=("company",),
    email_field="superuser_email",
)
