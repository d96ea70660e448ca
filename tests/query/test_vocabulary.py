"""Keys by the words an account has for them: its currency 1 is "USD"."""

from __future__ import annotations

import pytest

from cotui.catalog import RESOURCES, Field, Resource
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.user import USER
from cotui.query import Op, Order, QueryError, complete, learned, parse, spans, to_wire
from tests.query.sample import BILL, TODAY, WORDS

ACCOUNT = {"currency_id": {"USD": "1", "CAD": "2"}, "user_type_id": {"Billing": "4"}}


@pytest.mark.parametrize("name", ["currency", "cur", "CURRENCY", "currency_id", "currency_iso4217"])
@pytest.mark.parametrize("word", ["USD", "usd", '"USD"', "1"])
def test_every_name_and_spelling(name: str, word: str) -> None:
    text = f"{name} = {word}"
    assert to_wire(parse(text, INVOICE, words=ACCOUNT)).where == "currency_id:EQUALS:1"
    assert "error" not in {span.kind for span in spans(text, INVOICE, words=ACCOUNT)}


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("cur != cad", "currency_id:NOTEQUALS:2"),
        ("currency is null", "currency_id:IS:NULL"),
        ("status = open cur = USD", "invoice_status_state:EQUALS:o,currency_id:EQUALS:1"),
    ],
)
def test_conditions(typed: str, sent: str) -> None:
    assert to_wire(parse(typed, INVOICE, words=ACCOUNT)).where == sent


def test_users_by_type() -> None:
    assert to_wire(parse("type = billing", USER, words=ACCOUNT)).where == "user_type_id:EQUALS:4"


def test_a_number_means_itself_whatever_it_is_the_name_of() -> None:
    assert to_wire(parse("currency = 7", BILL, words=WORDS)).where == "currency_id:EQUALS:7"


@pytest.mark.parametrize(
    ("typed", "key"), [("eur", "3"), ("EUR", "4"), ("canadian DOLLAR", "2"), ('"and"', "5")]
)
def test_capitals_count_where_nothing_else_tells_words_apart(typed: str, key: str) -> None:
    assert to_wire(parse(f"currency = {typed}", BILL, words=WORDS)).where == f"currency_id:EQUALS:{key}"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("currency = Eur", "could be 3 or 4"),
        ("currency = EUX", "this list has shown: and, Canadian dollar, EUR, eur"),
        ("currency > USD", "whole number"),
        ("currency_id:EQUALS:USD", "whole number"),
        ("currency = broken", "whole number"),
        ("currency ~ USD", "Write currency = USD."),
        ("currency ~ dian", "Write currency = Canadian dollar."),
        ("currency ~ zz", "Write currency = value."),
        ("id = USD", "whole number"),
    ],
)
def test_what_no_word_says_is_refused(typed: str, words: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(typed, BILL, words=WORDS)
    assert words in caught.value.message
    assert "error" in {span.kind for span in spans(typed, BILL, words=WORDS)}


def test_without_words_the_message_says_where_the_number_is() -> None:
    with pytest.raises(QueryError) as caught:
        parse("currency = USD", INVOICE)
    assert caught.value.message == (
        "currency takes a whole number (currency_id), not “USD”; records show it as “Currency ID”."
    )


def test_the_words_that_were_seen_can_be_typed_instead() -> None:
    with pytest.raises(QueryError) as caught:
        parse("currency_id = eur", INVOICE, words=ACCOUNT)
    assert caught.value.message == ("currency_id takes a whole number, not “eur”; the account has: CAD, USD.")
    assert caught.value.expected == ("CAD", "USD")
    assert caught.value.unlearned  # what is known may be old


def test_words_are_for_keys_only() -> None:
    assert parse("company = acme", BILL, words=WORDS).conditions[0].value == "acme"


def test_the_order_is_by_the_words_themselves() -> None:
    for name in ("currency", "currency_iso4217"):
        assert parse(f"order by {name}", INVOICE).order == (Order("currency_iso4217"),)


def test_words_are_learned_from_rows() -> None:
    rows: list[dict[str, object]] = [
        {"currency_id": 1, "currency_iso4217": "USD"},
        {"currency_id": "2", "currency_iso4217": "CAD", "terms_id": 3, "terms_name": "Net 30"},
        {"currency_id": 9, "currency_iso4217": "USD"},  # the first one seen stays
        {"currency_id": None, "currency_iso4217": "EUR"},
        {"currency_id": True, "currency_iso4217": "GBP"},
        {"currency_id": "two", "currency_iso4217": "SEK"},
        {"currency_id": 5, "currency_iso4217": ""},
        {"currency_id": 6, "currency_iso4217": 6},
        {},
    ]
    # Terms are no filter of invoices.
    assert learned(rows, INVOICE) == {"currency_id": {"USD": "1", "CAD": "2"}}
    assert learned(rows, CUSTOMER) == {}
    assert learned([], INVOICE) == {}


@pytest.mark.parametrize(
    ("resource", "key"),
    [(resource, field) for resource in RESOURCES.values() for field in resource.filterable if field.named_by],
    ids=lambda value: getattr(value, "id", getattr(value, "name", "")),
)
def test_every_named_key_of_the_catalogue(resource: Resource, key: Field) -> None:
    naming = resource.field(key.named_by)
    words = learned([{key.name: 12, naming.name: "Some, word"}], resource)
    query = parse(f'{naming.name} = "some, word"', resource, words=words, today=TODAY)
    assert [(item.field, item.op, item.value) for item in query.conditions] == [(key.name, Op.EQUALS, "12")]
    text = f"{key.name} = "
    (offer,) = complete(text, len(text), resource, words=words).suggestions
    assert parse(text + offer.insert, resource, words=words) == query
