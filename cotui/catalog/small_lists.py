"""The short lists that other objects point to: terms, currencies, languages, brands, workers and the like.

Little of them is documented: most fields are known from client libraries, and most of these lists can
neither be filtered nor written.
"""

from __future__ import annotations

from cotui.catalog.build import Section, custom_fields
from cotui.catalog.model import Action, Column, Effect, Field, FieldType, Relation, Resource

ID, TEXT, TIME, INTEGER = FieldType.ID, FieldType.TEXT, FieldType.DATETIME, FieldType.INTEGER

_entry = Section("")


def _small(
    resource_id: str,
    label: str,
    plural: str,
    what: str,
    *fields: Field,
    title: str,
    columns: tuple[Column, ...],
    key_flags: str = "LG",
    relations: tuple[Relation, ...] = (),
    actions: tuple[Action, ...] = (),
) -> Resource:
    """A resource whose primary key is `{resource_id}_id`."""
    key = f"{resource_id}_id"
    number = Section(label)(
        key,
        ID,
        f"{label} ID",
        f"ChargeOver's own number of {what}.",
        key_flags,
        aliases=("id",),
        references=resource_id,
    )
    return Resource(
        id=resource_id,
        label=label,
        plural=plural,
        path=resource_id,
        primary_key=key,
        fields=(number, *fields),
        columns=(Column(key, "ID", 7, drop=1), *columns),
        default_order=f"{key}:ASC",
        title_field=title,
        relations=relations,
        actions=actions,
    )


_terms = Section("Terms")
TERMS = _small(
    "terms",
    "Terms",
    "Terms",
    "the terms",
    _terms("name", TEXT, "Name", "The terms, such as Net 30.", "LG"),
    _terms("days", INTEGER, "Days", "Days from the invoice's date to the due date.", "LG"),
    title="name",
    columns=(Column("name", "Terms", 24, grows=True), Column("days", "Days", 6)),
    relations=(),
)

_currency = Section("Currency")
CURRENCY = _small(
    "currency",
    "Currency",
    "Currencies",
    "the currency",
    _currency("currency", TEXT, "Name", "Name of the currency.", "LG", aliases=("name",)),
    _currency("iso4217", TEXT, "Code", "Its ISO 4217 code, such as USD.", "LG", aliases=("code",)),
    _currency("symbol", TEXT, "Symbol", "The sign printed before amounts.", "LG"),
    _currency("rounding", INTEGER, "Rounding", "Digits that amounts are rounded to.", "LG"),
    title="currency",
    columns=(
        Column("currency", "Currency", 24, grows=True),
        Column("iso4217", "Code", 4),
        Column("symbol", "Symbol", 6),
        Column("rounding", "Rounding", 8, drop=2),
    ),
    actions=(
        Action(
            "getExchangeRate",
            "Show exchange rate",
            Effect.READS,
            "Reads the rate the account uses between two currencies.",
            payload=(
                _entry("from", TEXT, "From", "ISO 4217 code.", "CR"),
                _entry("to", TEXT, "To", "ISO 4217 code.", "CR"),
            ),
            answer="rate",
        ),
        Action(
            "setExchangeRate",
            "Set exchange rate",
            Effect.WRITES,
            "Changes the rate the account uses between two currencies.",
            payload=(
                _entry("from", TEXT, "From", "ISO 4217 code.", "CR"),
                _entry("to", TEXT, "To", "ISO 4217 code.", "CR"),
                _entry(
                    "exchange", FieldType.NUMBER, "Rate", "How much one of the first is in the second.", "CR"
                ),
            ),
        ),
    ),
)

_language = Section("Language")
LANGUAGE = _small(
    "language",
    "Language",
    "Languages",
    "the language",
    _language("language", TEXT, "Name", "Name of the language.", "LG", aliases=("name",)),
    _language("iso639", TEXT, "Code", "Its ISO 639 code of two letters.", "LG"),
    title="language",
    columns=(Column("language", "Language", 24, grows=True),),
)

_country = Section("Country")
COUNTRY = _small(
    "country",
    "Country",
    "Countries",
    "the country",
    _country("name", TEXT, "Name", "Name of the country.", "LG"),
    _country("iso2", TEXT, "Code", "Its ISO 3166 code of two letters.", "LG"),
    _country("iso3", TEXT, "Long code", "Its ISO 3166 code of three letters.", "LG"),
    _country("cctld", TEXT, "Domain", "Its top-level internet domain.", "LG"),
    title="name",
    columns=(
        Column("name", "Country", 28, grows=True),
        Column("iso2", "Code", 4),
        Column("iso3", "Long code", 9),
    ),
)

_class = Section("Class")
CLASS = _small(
    "class",
    "Class",
    "Classes",
    "the class",
    _class("name", TEXT, "Name", "Name of the class.", "LG"),
    title="name",
    columns=(Column("name", "Class", 28, grows=True),),
)

_brand = Section("Brand")
_BRAND_CUSTOM = custom_fields("LG", count=5)
BRAND = _small(
    "brand",
    "Brand",
    "Brands",
    "the brand",
    _brand("brand", TEXT, "Name", "Name customers see.", "LG", aliases=("name",)),
    _brand("brand_addr1", TEXT, "Address line 1", "First line of the brand's address.", "LG"),
    _brand("brand_addr2", TEXT, "Address line 2", "Second line of the brand's address.", "LG"),
    _brand("brand_city", TEXT, "City", "City of the brand's address.", "LG"),
    _brand("brand_state", TEXT, "State", "State or province of the brand's address.", "LG"),
    _brand("brand_postcode", TEXT, "Postal code", "Postal code of the brand's address.", "LG"),
    _brand("brand_country", TEXT, "Country", "Country of the brand's address.", "LG"),
    _brand("brand_block", FieldType.MULTILINE, "Address", "Address printed on invoices.", "LG"),
    *_BRAND_CUSTOM,
    title="brand",
    columns=(Column("brand", "Brand", 28, grows=True),),
)

_campaign = Section("Lead source")
CAMPAIGN = _small(
    "campaign",
    "Lead source",
    "Lead sources",
    "the lead source",
    _campaign("campaign", TEXT, "Name", "Where customers come from.", "LG", aliases=("name",)),
    title="campaign",
    columns=(Column("campaign", "Lead source", 28, grows=True),),
)

_admin = Section("Worker")
ADMIN = _small(
    "admin",
    "Worker",
    "Workers",
    "the worker",
    _admin("username", TEXT, "User name", "Name the worker logs in with.", "LG", aliases=("login",)),
    _admin("name", TEXT, "Name", "The worker's name.", "LG"),
    _admin("first_name", TEXT, "First name", "First name.", "LG"),
    _admin("last_name", TEXT, "Last name", "Last name.", "LG"),
    _admin("email", FieldType.EMAIL, "E-mail", "E-mail address.", "LG"),
    _admin("external_key", TEXT, "External key", "The key your own systems know them by.", "LG"),
    _admin("initials", TEXT, "Initials", "Initials.", "LG"),
    _admin("token", TEXT, "Token", "Random unique key of the worker.", "LG"),
    _admin("timezone", TEXT, "Time zone", "The worker's time zone.", "LG"),
    _admin("login_count", INTEGER, "Logins", "How often the worker has logged in.", "LG"),
    _admin("login_datetime", TIME, "Last login", "When the worker last logged in.", "LG"),
    _admin("write_datetime", TIME, "Created", "When the worker was added.", "LG"),
    _admin("mod_datetime", TIME, "Modified", "When the worker was last changed.", "LG"),
    title="name",
    columns=(
        Column("name", "Name", 24, grows=True),
        Column("email", "E-mail", 26, drop=2),
        Column("username", "User name", 16, drop=3),
    ),
)

_category = Section("Item category")
ITEM_CATEGORY = _small(
    "item_category",
    "Item category",
    "Item categories",
    "the category",
    _category("name", TEXT, "Name", "Name of the category.", "LG"),
    _category(
        "external_key", TEXT, "External key", "The key your own systems know it by.", "LG", aliases=("key",)
    ),
    _category("token", TEXT, "Token", "Random unique key of the category.", "LG"),
    title="name",
    columns=(Column("name", "Category", 28, grows=True), Column("external_key", "External key", 16, drop=2)),
)

_coupon = Section("Coupon")
COUPON = _small(
    "coupon",
    "Coupon",
    "Coupons",
    "the coupon",
    _coupon("coupon", TEXT, "Code", "What customers enter.", "LG", aliases=("code",)),
    _coupon("name", TEXT, "Name", "What the coupon is for.", "LG"),
    title="coupon",
    columns=(Column("coupon", "Code", 16), Column("name", "Coupon", 28, grows=True)),
)

_note = Section("Note")
NOTE = _small(
    "note",
    "Note",
    "Notes",
    "the note",
    _note("note", FieldType.MULTILINE, "Note", "What somebody wrote down.", "LGCR"),
    _note("obj_type", TEXT, "About", "Kind of object the note is about, such as customer.", "LGCF"),
    _note("obj_id", ID, "About no.", "Number of that object.", "LGCF"),
    _note("user_id", ID, "User ID", "The user who wrote it.", "LGC", references="user"),
    _note("admin_id", ID, "Worker ID", "The worker who wrote it.", "LGC", references="admin"),
    _note("note_datetime", TIME, "Written", "When it was written.", "LG"),
    title="note",
    columns=(Column("note_datetime", "Written", 19, drop=2), Column("note", "Note", 40, grows=True)),
)
