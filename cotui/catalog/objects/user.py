"""The user, whom ChargeOver's screens call a contact: a person at a customer who may log in to the portal."""

from __future__ import annotations

from cotui.catalog import Action, Choice, Column, Effect, Field, FieldType, Relation, Resource
from cotui.catalog.build import UNTRACED_MAIL, Section, custom_fields, notes_about

ID, TEXT, TIME = FieldType.ID, FieldType.TEXT, FieldType.DATETIME

_contact = Section("Contact")
_customer = Section("Customer")
_dates = Section("Dates")
_links = Section("Links")
_technical = Section("Technical")
_part = Section("")

LOGIN_DESTINATIONS = (
    Choice("subscriptions", "See subscriptions"),
    Choice("invoices", "See invoices"),
    Choice("payments", "See payments"),
    Choice("info", "Change contact details"),
    Choice("paymethods", "See and change pay methods"),
    Choice("paymethods-creditcard", "Save a new card"),
    Choice("paymethods-ach", "Save a new bank account"),
    Choice("password", "Change the password"),
)

_FIELDS: tuple[Field, ...] = (
    _contact.own_key("user", "User ID", "the user", "LGF", "user contact"),
    _contact("name", TEXT, "Name", "First and last name together.", "LGCU", "full_name"),
    _contact("first_name", TEXT, "First name", "First name.", "LGCUF", "first firstname"),
    _contact(
        "middle_name_glob", TEXT, "Middle name", "Middle names or initials.", "LGCU", "middle_name middle"
    ),
    _contact("last_name", TEXT, "Last name", "Last name.", "LGCUF", "last lastname surname"),
    _contact("name_suffix", TEXT, "Suffix", "Suffix of the name, such as Jr. or III.", "LGCU", "suffix"),
    _contact("display_as", TEXT, "Displayed as", "Deprecated: equals the name.", "LG", deprecated=True),
    _contact("title", TEXT, "Title", "Job title.", "LGCU"),
    _contact(
        "email",
        FieldType.EMAIL,
        "E-mail",
        "E-mail address; several are separated by commas.",
        "LGCUF",
        "mail",
    ),
    _contact("phone", FieldType.PHONE, "Phone", "Phone number.", "LGCUF", "telephone"),
    _contact("mobile", FieldType.PHONE, "Mobile", "Mobile phone number.", "LGCU", "cell"),
    _contact(
        "username",
        TEXT,
        "User name",
        "Name the user logs in to the portal with; ChargeOver makes one up when none is given.",
        "LGCUF",
        "login",
    ),
    _contact("password", TEXT, "Password", "Portal password; can be set but never read.", "CU", secret=True),
    _contact("user_type_name", TEXT, "Type", "What kind of contact the user is, such as Billing.", "LG"),
    _contact(
        "user_type_id",
        ID,
        "Type ID",
        "Number of the contact type.",
        "LGCUF",
        "type",
        named_by="user_type_name",
    ),
    _contact(
        "external_key",
        TEXT,
        "External key",
        "The key your own systems know the user by; unique among users.",
        "LGCUF",
        "key external",
    ),
    _customer("customer_id", ID, "Customer ID", "The customer the user belongs to.", "LGC"),
    _customer(
        "customers",
        FieldType.OBJECTS,
        "Customers",
        "The customers the user belongs to.",
        "G",
        parts=(
            _part("customer_id", ID, "Customer ID", "ChargeOver's number of the customer.", "G"),
            _part("company", TEXT, "Company", "Name of the customer.", "G"),
        ),
    ),
    _customer(
        "customers.customer_id",
        ID,
        "Customer",
        "The customer the user belongs to, for filtering.",
        "F",
        "customer",
    ),
    _dates("write_datetime", TIME, "Created", "When the user was created.", "LG", "created"),
    _dates(
        "mod_datetime", TIME, "Modified", "When the user was last changed.", "LG", "modified updated changed"
    ),
    _links("url_self", FieldType.URL, "ChargeOver", "The user in ChargeOver's own screens.", "LG"),
    *custom_fields("LGCU"),
    _technical("token", TEXT, "Token", "Random unique key of the user.", "LG"),
)

_ACTIONS: tuple[Action, ...] = (
    Action(
        "password",
        "Send password reset",
        Effect.WRITES,
        "Lets the user choose a new portal password.",
        email="One e-mail to the user, with a link to reset the password.",
        key="p",
        changes=False,
        many=True,
        hint="Password",
        untraced=UNTRACED_MAIL,
    ),
    Action(
        "setPassword",
        "Set password",
        Effect.WRITES,
        "Sets the user's portal password.",
        payload=(_part("password", TEXT, "New password", "The password the user gets.", "CR", secret=True),),
        email="One e-mail to the user, with the new password in it.",
        wire="password",
        changes=False,
        untraced="A password can't be read back. Have the customer try the new one; if it doesn't work, "
        "set it again.",
    ),
    # Hands its reader the customer's portal, so it counts as a write: read-only profiles do not offer it.
    Action(
        "getLoginURL",
        "Get login link",
        Effect.WRITES,
        "Makes a short-lived link that logs in as this user, once. Treat it like a password.",
        payload=(
            _part(
                "destination",
                FieldType.ENUM,
                "Opens on",
                "Page of the portal the link opens; its home page when left out.",
                "C",
                choices=LOGIN_DESTINATIONS,
            ),
        ),
        older="login",
        answer="url",
        key="L",
        changes=False,
        hint="Login link",
        untraced="A link may have been made, but nobody has it, and it soon ends by itself. Ask for a new one.",
    ),
    Action(
        "delete",
        "Delete",
        Effect.DESTROYS,
        "Deletes the user for good; refused for a customer's main contact.",
        method="DELETE",
        many=True,
        refused="A customer's main contact can't be deleted: make another contact the main one first "
        "(on the customer: a, Set main contact). A user who is all a customer has can't be deleted either.",
    ),
)

USER = Resource(
    id="user",
    place=2,
    label="User",
    plural="Users",
    path="user",
    primary_key="user_id",
    title_field="name",
    default_order="user_id:ASC",
    fields=_FIELDS,
    columns=(
        Column("user_id", "ID", 7, drop=1),
        Column("name", "Name", 22, grows=True),
        Column("email", "E-mail", 25, drop=2),
        Column("phone", "Phone", 15, drop=3),
        Column("username", "User name", 13, drop=5),
        Column("customer_id", "Customer", 9, drop=4),
        Column("user_type_name", "Type", 10, drop=6),
    ),
    relations=(
        # List rows of many accounts carry neither key: then the single record has to be read first.
        Relation(
            "customer",
            "Customer",
            "customer",
            "customer_id",
            to_one=True,
            source_fallback="customers.customer_id",
            key="c",
        ),
        notes_about("user", "user_id"),
        # shown by the object's file in `cotui.tui.objects`
        Relation(
            "statement",
            "Statement",
            "customer",
            "customer_id",
            to_one=True,
            source_fallback="customers.customer_id",
            key="b",
        ),
    ),
    actions=_ACTIONS,
    followed=True,
    names=("contacts", "people"),
    example="email ~ example.com order by last_name",
    needed=("customer_id",),
    known_by=("email", "username", "last_name"),
    email_field="email",
)
