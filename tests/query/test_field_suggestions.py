"""A refusal says what is wrong and the best next step where the last line of a narrow screen still shows it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cotui.catalog import RESOURCES, Field, FieldType
from cotui.catalog.model import Resource
from cotui.catalog.report_table import report_resource
from cotui.query import QueryError, parse, render, spans, to_wire
from tests.query.sample import TODAY, UNSEEN

#: characters of a message that a status line surely shows
SHOWN = 95


def column(name: str, kind: FieldType = FieldType.TEXT) -> Field:
    return Field(name, kind, name, "A column.", filterable=True, orderable=True)


REPORT_DATA = report_resource(
    7,
    "Transaction Detail",
    [
        column("transaction_transaction_id", FieldType.ID),
        column("transaction_transaction_date", FieldType.DATE),
        column("transaction_transaction_date_unformatted", FieldType.DATE),
        column("transaction_amount", FieldType.MONEY),
        column("tenant_company"),
        column("customer_company"),
        column("tenant.name"),
    ],
)


def message(resource: str | Resource, text: str) -> str:
    target = RESOURCES[resource] if isinstance(resource, str) else resource
    with pytest.raises(QueryError) as caught:
        parse(text, target, today=TODAY)
    missing = caught.value.start == caught.value.end
    assert missing or "error" in {span.kind for span in spans(text, target)}
    return caught.value.message


@pytest.mark.parametrize(
    ("resource", "typed", "early"),
    [
        # fields that are none, or no filters
        ("invoice", "custmer = 12", "Did you mean customer"),
        ("invoice", "curency = 1", "Did you mean currency"),
        ("invoice", "company ~ maple", "Customers can be filtered by company."),
        ("invoice", "email ~ maple", "Customers can be filtered by email."),
        ("invoice", "maple", "To search for it: number ~ maple."),
        ("invoice", "due > today", "Nearest: date, status"),
        ("invoice", "is_overdue = true", "Nearest: status."),
        ("invoice", "city = Oslo", "Nearest: state, country."),
        ("customer", "phone ~ 555", "Users can be filtered by phone. Nearest: email"),
        (
            "customer",
            "contact ~ keith",
            "Users can be filtered by first_name, last_name, email. Nearest: email",
        ),
        ("user", "mobile = 555", "Nearest: phone."),
        ("customer", "balance > 5", "Nearest: status."),
        ("user", "name ~ keith", "Nearest: first_name, last_name"),
        ("user", "customer_id = 12", "Nearest: customer."),
        ("user", "order by customer", "Nearest: customer_id."),
        # operators
        ("invoice", "customer ~ maple", "In Customers, company ~ maple finds it."),
        ("invoice", "customer ~ 12", "Write customer = 12."),
        ("invoice", "id ~ INV-3", "To search: number ~ INV-3."),
        ("invoice", "date ~ 2026-03", "Write date in 2026-03."),
        ("invoice", "date ~ march", "Write date in this month."),
        ("customer", "created ~ 2026-02-30", "Write created in this month."),
        ("customer", 'contact_id ~ "keith"', "In Users, first_name ~ keith finds it."),
        ("invoice", "status not in (paid, void)", "status = value"),
        ("customer", "company like a%", "company ~ text"),
        ("invoice", "date != this month", "write date < first day or date > last day"),
        # values
        ("invoice", "customer = maple", "In Customers, company ~ maple finds it."),
        ("invoice", "status = piad", "Did you mean paid?"),
        ("invoice", "status = lost", "It is one of unpaid, overdue, collections, paid, void, open"),
        ("invoice", "date > soon", "2026-03-31, today, -30d or this month"),
        ("customer", "created > soon", "today, -30d"),
        ("invoice", "category = soft", "takes a whole number, not “soft”."),
    ],
)
def test_the_next_step_comes_early(resource: str, typed: str, early: str) -> None:
    text = message(resource, typed)
    assert early in text
    assert text.index(early) < SHOWN - 15, text


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("contact ~ keith", "first_name, last_name, email"),
        ("contact_name = keith", "first_name, last_name, email"),
        ("superuser_name ~ keith", "first_name, last_name, email"),
        ("first_name ~ keith", "first_name"),
        ("last_name ~ keith", "last_name"),
        ("phone ~ 555", "phone"),
        ("username = keith", "username"),
    ],
)
def test_contacts_are_looked_for_among_users(typed: str, names: str) -> None:
    assert f"Users can be filtered by {names}." in message("customer", typed)


@pytest.mark.parametrize("typed", ["title = boss", "superuser_token = x", "balance > 5"])
def test_users_are_not_named_where_they_cannot_help(typed: str) -> None:
    assert "Users" not in message("customer", typed)


def test_names_are_those_that_were_typed() -> None:
    assert message("invoice", "status = lost").startswith("status is never “lost”. It is one of unpaid,")
    assert message("invoice", "id = x").startswith("id takes a whole number, not “x”.")
    assert message("customer", "created = x").startswith("created takes a date such as")
    assert "superuser" not in message("customer", "contact ~ keith")


@pytest.mark.parametrize(
    ("typed", "hinted"),
    [
        # What a condition stands in is no part of a value.
        ("status = open cur2 = USD", False),
        ("number = a or number = b", False),
        ("number = a not number = b", False),
        ("status = open due > today", False),
        ("taxes > 5", False),
        ("or", False),
        ('number = "a" and', False),
        ('number = "a" total', False),
        # What has no operator may be the value's last word.
        ("number = Acme, Inc", True),
        ("number = Fixed total", True),
        ("number = This or That", True),
        ("number = Johnson and", True),
        ("number = Johnson and Johnson", True),
        ("number = Total Wine number of", True),
    ],
)
def test_quotation_marks_are_advised_last_and_only_where_they_may_help(typed: str, hinted: bool) -> None:
    text = message("invoice", typed)
    assert ("quotation marks" in text) is hinted
    if hinted:
        assert typed == "number = Fixed total" or text.endswith("in quotation marks.")


@pytest.mark.parametrize("resource", list(RESOURCES.values()), ids=list(RESOURCES))
def test_no_message_lists_more_than_eight_fields(resource: Resource) -> None:
    for typed in ("nonsense = 1", "order by nonsense"):
        allowed = list(resource.filters if "=" in typed else resource.orders)
        listed = message(resource, typed).partition("ed by ")[2]
        assert len(listed.split(", ")) <= 9
        assert listed.endswith(", … (tab shows all).") is (len(allowed) > 8)
        if not allowed:
            assert listed == "nothing."


# -- reports --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "where", "order"),
    [
        ("date > -30d", "transaction_transaction_date:GT:2026-10-23", ""),
        ("transaction_date = today", "transaction_transaction_date:EQUALS:2026-11-22", ""),
        ("Transaction_Date = today", "transaction_transaction_date:EQUALS:2026-11-22", ""),
        ("name ~ a order by amount desc", "tenant.name:CONTAINS:a", "transaction_amount:DESC"),
        ("tenant_company ~ a", "tenant_company:CONTAINS:a", ""),
        # The type of a column is a guess and refuses nothing.
        ("amount ~ 5", "transaction_amount:CONTAINS:5", ""),
        # ChargeOver's own grammar is sent as it stands.
        ("date:GT:2026-01-01", "date:GT:2026-01-01", ""),
        ("x:EQUALS:y order by z:DESC", "x:EQUALS:y", "z:DESC"),
        ("nothing:IS:NULL", "nothing:IS:NULL", ""),
        ("?where=date:EQUALS:1&order=x:ASC", "date:EQUALS:1", "x:ASC"),
    ],
)
def test_columns_of_a_known_report(typed: str, where: str, order: str) -> None:
    assert to_wire(parse(typed, REPORT_DATA, today=TODAY)) == (where, order)
    assert "error" not in {span.kind for span in spans(typed, REPORT_DATA)}


@pytest.mark.parametrize(
    ("typed", "early"),
    [
        ("company ~ a", "end of several columns: tenant_company, customer_company."),
        ("order by company", "end of several columns: tenant_company, customer_company."),
        ("tenant_compani = a", "Did you mean tenant_company"),
        ("tenant = a", "Did you mean tenant.name or tenant_company?"),
        ("zzz = 1", "no column “zzz”. Columns: transaction_transaction_id"),
        ("order by zzz", "no column “zzz”."),
    ],
)
def test_unknown_columns_of_a_known_report(typed: str, early: str) -> None:
    text = message(REPORT_DATA, typed)
    assert early in text
    assert text.index(early) < SHOWN - 15


def test_the_raw_form_is_named_as_the_way_out() -> None:
    assert message(REPORT_DATA, "zzz = 1").endswith("zzz:EQUALS:value is sent as it stands.")
    assert message(REPORT_DATA, "order by zzz").endswith("zzz:ASC is sent as it stands.")


def test_any_column_goes_while_none_is_known() -> None:
    query = parse("anything = 1 order by whatever desc", UNSEEN)
    assert to_wire(query) == ("anything:EQUALS:1", "whatever:DESC")


def columns_of(names: Sequence[str]) -> Resource:
    return report_resource(1, "R", [column(name) for name in names])


@pytest.mark.parametrize("name", ["and", "order", "desc", "where", "is", "date", "in"])
def test_columns_named_like_words_of_the_language_read_back(name: str) -> None:
    for resource in (columns_of([name, "other"]), columns_of(["other"]), columns_of([f"x_{name}"])):
        query = parse(f"{name}:EQUALS:1 order: {name}:DESC,{name}:ASC", resource)
        assert to_wire(query) == (f"{name}:EQUALS:1", f"{name}:DESC,{name}:ASC")
        assert parse(render(query, resource), resource) == query


def test_an_order_by_the_name_of_a_customer_says_what_can_be_done() -> None:
    with pytest.raises(QueryError) as refused:
        parse("order by company", RESOURCES["invoice"])
    said = "ChargeOver orders them by the customer's number, not by the name: order by customer."
    assert said in refused.value.message
    assert parse("order by customer", RESOURCES["invoice"]).order[0].field == "customer_id"
