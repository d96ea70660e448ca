"""A resource with one field of every kind, and generators of queries over it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from cotui.catalog.field import Choice, Field, FieldType, Shortcut
from cotui.catalog.model import Resource
from cotui.query import Condition, Op, Order, Query

TODAY = date(2026, 11, 22)  # a Sunday


def _field(
    name: str,
    kind: FieldType,
    *aliases: str,
    choices: tuple[Choice, ...] = (),
    shortcuts: tuple[Shortcut, ...] = (),
    filterable: bool = True,
    orderable: bool = True,
    named_by: str = "",
) -> Field:
    return Field(
        name,
        kind,
        # not the name itself: that would be a name people type
        name.replace("_", " ").capitalize() + " here",
        "",
        aliases=aliases,
        choices=choices,
        shortcuts=shortcuts,
        filterable=filterable,
        orderable=orderable,
        named_by=named_by,
    )


STATUS = (
    Choice("open-unpaid", "Unpaid"),
    Choice("open-overdue", "Over Due", ("overdue", "late")),
    Choice("closed-paid", "Paid", ("done",)),
    Choice("closed-void", "Void", ("done",)),
)

BILL = Resource(
    id="bill",
    label="Bill",
    plural="Bills",
    path="bill",
    primary_key="bill_id",
    fields=(
        _field("bill_id", FieldType.ID, "id"),
        _field("company", FieldType.TEXT, "firm"),
        _field("bill_country", FieldType.TEXT, "country"),
        _field("external_key", FieldType.TEXT),
        _field("email", FieldType.EMAIL, "mail"),
        _field("date", FieldType.DATE, "bill_date"),
        _field("write_datetime", FieldType.DATETIME, "created"),
        _field(
            "bill_status_str",
            FieldType.ENUM,
            "status",
            choices=STATUS,
            shortcuts=(Shortcut("open", "bill_status_state", "o"),),
        ),
        _field("bill_status_state", FieldType.ENUM, choices=(Choice("o", "Open"), Choice("c", "Closed"))),
        _field("balance", FieldType.MONEY),
        _field("line_count", FieldType.INTEGER),
        _field("is_sent", FieldType.BOOLEAN, "sent"),
        _field("line_items.item_id", FieldType.ID, "item", orderable=False),
        _field("currency_iso4217", FieldType.TEXT, "currency", "cur", filterable=False),
        _field("currency_id", FieldType.ID, named_by="currency_iso4217"),
        _field("total", FieldType.MONEY, filterable=False),
        _field("memo", FieldType.MULTILINE, filterable=False, orderable=False),
    ),
    columns=(),
    default_order="bill_id:ASC",
    title_field="company",
)

REPORT = Resource(
    id="report",
    label="Row",
    plural="Rows",
    path="_report",
    primary_key="",
    fields=(_field("customer_name", FieldType.TEXT, "name"), _field("invoice_date", FieldType.DATE)),
    columns=(),
    default_order="",
    title_field="customer_name",
    open_fields=True,
)

#: the same report before a row of it was seen
UNSEEN = replace(REPORT, fields=(), title_field="")

#: an account's words for currencies, usual and odd ones
WORDS = {
    "currency_id": {
        "USD": "1",
        "Canadian dollar": "2",
        "eur": "3",
        "EUR": "4",
        "7": "8",
        "and": "5",
        'odd, "very": \\odd': "6",
        "broken": "no number",
    },
    "company": {"acme": "1"},
}

VALUE_OPS = tuple(op for op in Op if op.takes_value)
NULL_OPS = (Op.IS_NULL, Op.ISNOT_NULL)

# Words that mean something in the language weigh heavily: the interesting values are made of them.
_WORDS = """and or not null order by is in contains company country = != ~ ( ) , : \\ " ' “ x:EQUALS:1 date today 2026
-30d overdue where desc a \\: \\, é \u200b \u202e \x00 \x1b[31m"""
_words = st.sampled_from([*_WORDS.split(), "order by", "is null", "a = 1", "\n", "\t", " "])
texts = st.one_of(
    st.text(),
    st.lists(_words, max_size=6).map(" ".join),
    st.lists(_words, max_size=6).map("".join),
)
_days = st.dates().map(date.isoformat)
_moments = st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat(" "))
_numbers = st.one_of(
    st.integers().map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=2).map(lambda value: f"{value:f}"),
)
_BY_TYPE: dict[FieldType, st.SearchStrategy[str]] = {
    FieldType.ID: st.integers().map(str),
    FieldType.INTEGER: st.integers().map(str),
    FieldType.MONEY: _numbers,
    FieldType.DATE: _days,
    FieldType.DATETIME: st.one_of(_days, _moments),
    FieldType.BOOLEAN: st.sampled_from(["true", "false", "0", "1"]),
}


def conditions(field: Field) -> st.SearchStrategy[Condition]:
    """Conditions on `field` with values of its type."""
    values = _BY_TYPE.get(field.type, texts)
    if field.choices:
        words = [word for choice in field.choices for word in (choice.value, choice.label, *choice.aliases)]
        values = st.one_of(st.sampled_from(words), texts)
    return st.one_of(
        st.builds(
            Condition,
            st.just(field.name),
            st.sampled_from([op for op in VALUE_OPS if op != Op.CONTAINS]),
            values,
        ),
        # What is no text is looked into in ChargeOver's own grammar only, see `looked_into`.
        st.builds(
            Condition, st.just(field.name), st.just(Op.CONTAINS), values if field.type in _BY_TYPE else texts
        ),
        st.builds(Condition, st.just(field.name), st.sampled_from(NULL_OPS), st.just("")),
    )


def looked_into(resource: Resource) -> st.SearchStrategy[Query]:
    """Queries that look for any text in fields that hold none."""
    names = [item.name for item in resource.filterable if item.type in _BY_TYPE]
    condition = st.builds(Condition, st.sampled_from(names), st.just(Op.CONTAINS), texts)
    return st.builds(Query, st.lists(condition, max_size=3).map(tuple), st.just(()))


def queries(resource: Resource) -> st.SearchStrategy[Query]:
    """Queries that the resource allows."""
    condition = st.one_of(*(conditions(item) for item in resource.filterable))
    orderable = [item.name for item in resource.orderable]
    key = st.builds(Order, st.sampled_from(orderable), st.booleans())
    return st.builds(Query, st.lists(condition, max_size=5).map(tuple), st.lists(key, max_size=3).map(tuple))


names = st.one_of(
    st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,8}(\.[A-Za-z0-9_]{1,5}){0,2}", fullmatch=True),
    st.sampled_from(
        ["order", "and", "or", "not", "where", "is", "in", "desc", "sort", "null", "contains", "a.date"]
    ),
)
#: queries over any field name at all
open_queries = st.builds(
    Query,
    st.lists(
        st.one_of(
            st.builds(Condition, names, st.sampled_from(VALUE_OPS), texts),
            st.builds(Condition, names, st.sampled_from(NULL_OPS), st.just("")),
        ),
        max_size=5,
    ).map(tuple),
    st.lists(st.builds(Order, names, st.booleans()), max_size=3).map(tuple),
)

_FRAGMENTS = """currency cur usd EUR 7 currency_id country company status date balance id nonsense items.x
bill_country:EQUALS: = != <> ~ >= < is in like contains !~ between Canada overdue today -30d 2026-Q1 5 " ' \\ “ ”
: and or not ( ) , order: where desc asc :DESC where= & %20"""
_fragments = st.sampled_from([*_FRAGMENTS.split(), "is not", "is null", "this month", '"a b"', "order by"])
#: text as people, cats and clipboards type it
typed = st.one_of(
    st.text(),
    st.lists(_fragments, max_size=10).map(" ".join),
    st.lists(st.one_of(_fragments, st.text(max_size=3)), max_size=10).map("".join),
)
