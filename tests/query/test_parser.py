"""What typed text means."""

from __future__ import annotations

from datetime import date

import pytest

from cotui.query import Condition, Op, Order, Query, QueryError, parse, to_wire
from tests.query.sample import BILL, TODAY, UNSEEN


def where(text: str) -> str:
    return to_wire(parse(text, BILL, today=TODAY)).where


def order(text: str) -> str:
    return to_wire(parse(text, BILL, today=TODAY)).order


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        # the table of the language
        ("country = Canada", "bill_country:EQUALS:Canada"),
        ('company ~ "Acme, Inc: EU"', r"company:CONTAINS:Acme\, Inc\: EU"),
        ("date >= 2026-01-01 date <= 2026-03-31", "date:GTE:2026-01-01,date:LTE:2026-03-31"),
        ("date in 2026-03", "date:GTE:2026-03-01,date:LTE:2026-03-31"),
        ("date = this month", "date:GTE:2026-11-01,date:LTE:2026-11-30"),
        ("date >= -30d", "date:GTE:2026-10-23"),
        ("external_key is null", "external_key:IS:NULL"),
        ("external_key is not null", "external_key:ISNOT:NULL"),
        ("status = overdue", "bill_status_str:EQUALS:open-overdue"),
        (
            "bill_country:EQUALS:Canada,company:CONTAINS:test",
            "bill_country:EQUALS:Canada,company:CONTAINS:test",
        ),
        # every operator, as a sign
        ("balance = 5", "balance:EQUALS:5"),
        ("balance == 5", "balance:EQUALS:5"),
        ("balance != 5", "balance:NOTEQUALS:5"),
        ("balance <> 5", "balance:NOTEQUALS:5"),
        ("balance ≠ 5", "balance:NOTEQUALS:5"),
        ("balance > 5", "balance:GT:5"),
        ("balance >= 5", "balance:GTE:5"),
        ("balance ≥ 5", "balance:GTE:5"),
        ("balance < 5", "balance:LT:5"),
        ("balance <= 5", "balance:LTE:5"),
        ("balance ≤ 5", "balance:LTE:5"),
        ("company ~ a", "company:CONTAINS:a"),
        # and as a word
        ("company contains a", "company:CONTAINS:a"),
        ("company CONTAINS a", "company:CONTAINS:a"),
        ("company is a", "company:EQUALS:a"),
        ("company is  not a", "company:NOTEQUALS:a"),
        ("company equals a", "company:EQUALS:a"),
        ("balance gte 5", "balance:GTE:5"),
        ("date before 2026-01-01", "date:LT:2026-01-01"),
        ("date since yesterday", "date:GTE:2026-11-21"),
        ("company is empty", "company:IS:NULL"),
        ("company Is Not  Empty", "company:ISNOT:NULL"),
        ("company = null", "company:IS:NULL"),
        ("company != NULL", "company:ISNOT:NULL"),
        ('company = "null"', "company:EQUALS:null"),
        # joined
        ("balance>5,balance<9", "balance:GT:5,balance:LT:9"),
        ("balance > 5 and balance < 9", "balance:GT:5,balance:LT:9"),
        ("balance > 5 AND balance < 9", "balance:GT:5,balance:LT:9"),
        ("balance > 5 && balance < 9", "balance:GT:5,balance:LT:9"),
        ("  balance > 5 ,, balance < 9 , ", "balance:GT:5,balance:LT:9"),
        ("where balance > 5", "balance:GT:5"),
        ("", ""),
        (" , ", ""),
        # quoting
        (r'company = "say \"hi\""', 'company:EQUALS:say "hi"'),
        ("company = 'it is'", "company:EQUALS:it is"),
        ("company = “Acme Inc”", "company:EQUALS:Acme Inc"),
        ("company = O'Brien", "company:EQUALS:O'Brien"),
        (r'company = "a\n\x41\u00e9\U0001F600\\"', "company:EQUALS:a\nAé😀" + r"\\"),
        ('company = ""', "company:EQUALS:"),
        (r"company = Acme\, Inc", r"company:EQUALS:Acme\, Inc"),
        (r"company = C:\temp", r"company:EQUALS:C\:\\temp"),
        ("company ~ https://x.example/?a=1", r"company:CONTAINS:https\://x.example/?a=1"),
        ("company = (EU) Ltd", "company:EQUALS:(EU) Ltd"),
        # unquoted values run on
        ("country = United States", "bill_country:EQUALS:United States"),
        ("country = United States balance > 5", "bill_country:EQUALS:United States,balance:GT:5"),
        ("country = United States and balance > 5", "bill_country:EQUALS:United States,balance:GT:5"),
        ("company = date", "company:EQUALS:date"),
        ("company = Not Now", "company:EQUALS:Not Now"),
        # enumerations
        ("status = open", "bill_status_state:EQUALS:o"),
        ("status = LATE", "bill_status_str:EQUALS:open-overdue"),
        ("status = over due", "bill_status_str:EQUALS:open-overdue"),
        ("status = over_due", "bill_status_str:EQUALS:open-overdue"),
        ("status != paid", "bill_status_str:NOTEQUALS:closed-paid"),
        ("status is open-unpaid", "bill_status_str:EQUALS:open-unpaid"),
        ("status ~ open", "bill_status_str:CONTAINS:open"),
        ('status = "account-specific"', "bill_status_str:EQUALS:account-specific"),
        ("status:EQUALS:overdue", "bill_status_str:EQUALS:open-overdue"),
        ("bill_status_str:EQUALS:overdue", "bill_status_str:EQUALS:overdue"),
        # other types
        ("sent = yes", "is_sent:EQUALS:true"),
        ("sent = 0", "is_sent:EQUALS:0"),
        ("id = 12", "bill_id:EQUALS:12"),
        ("ID = 12", "bill_id:EQUALS:12"),
        ("item = 3", "line_items.item_id:EQUALS:3"),
        ("balance >= -12.50", "balance:GTE:-12.50"),
        ("bill_id:CONTAINS:12", "bill_id:CONTAINS:12"),
        # ChargeOver's grammar, alone and mixed
        (r"company:EQUALS:Acme\, Inc", r"company:EQUALS:Acme\, Inc"),
        ("company:equals:x", "company:EQUALS:x"),
        ("company:NEQUALS:x", "company:NOTEQUALS:x"),
        ("company:IS:NULL,email:ISNOT:NULL", "company:IS:NULL,email:ISNOT:NULL"),
        ("write_datetime:GTE:2026-01-01 01:02:03", r"write_datetime:GTE:2026-01-01 01\:02\:03"),
        (
            "country = Canada company:CONTAINS:test balance > 5",
            "bill_country:EQUALS:Canada,company:CONTAINS:test,balance:GT:5",
        ),
        ("company:EQUALS:United States country = x", "company:EQUALS:United States,bill_country:EQUALS:x"),
        ("company:EQUALS:", "company:EQUALS:"),
        ('company:EQUALS:"x"', 'company:EQUALS:"x"'),
        ("where=company:EQUALS:A&B", "company:EQUALS:A&B"),
    ],
)
def test_conditions(typed: str, sent: str) -> None:
    assert where(typed) == sent


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("order by total desc", "total:DESC"),
        ("order by total DESC, company", "total:DESC,company:ASC"),
        ("company ~ x order by company ascending", "company:ASC"),
        ("sort by country ↓", "bill_country:DESC"),
        ("order by country↑", "bill_country:ASC"),
        ("order: date:DESC", "date:DESC"),
        ("order:date:DESC,total:ASC", "date:DESC,total:ASC"),
        ("order=bill_date:DESC", "date:DESC"),
        ("order by total desc company = x", "total:DESC"),
        ("order by total, company = x", "total:ASC"),
    ],
)
def test_order(typed: str, sent: str) -> None:
    assert order(typed) == sent


def test_conditions_may_follow_the_order() -> None:
    assert where("order by total, company = x") == "company:EQUALS:x"


@pytest.mark.parametrize(
    "typed",
    [
        "GET /api/v3/bill?where=company:EQUALS:Acme%5C%2C+Inc&order=date:DESC&limit=10",
        "https://x.chargeover.com/api/v3/bill?_dummy=1&order=date%3ADESC&where=company%3AEQUALS%3AAcme%5C%2C%20Inc",
        "?where=company:equals:Acme%5C%2C+Inc&order=date:desc",
        "where=company:EQUALS:Acme%5C%2C%20Inc&order=bill_date:DESC",
    ],
)
def test_pasted_addresses(typed: str) -> None:
    expected = Query((Condition("company", Op.EQUALS, "Acme, Inc"),), (Order("date", descending=True),))
    assert parse(typed, BILL, today=TODAY) == expected


@pytest.mark.parametrize(
    "typed",
    ["?where=company%3AWRONG%3Ax", "?where=nonsense:EQUALS:x", "?where=balance:GT:x", "?order=memo:ASC"],
)
def test_pasted_addresses_are_checked(typed: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(typed, BILL)
    assert (caught.value.start, caught.value.end) == (0, len(typed))


def test_columns_of_reports_are_taken_as_they_come_while_none_is_known() -> None:
    query = parse("tenant_tenant_id = x1 name ~ a order by tenant.total desc", UNSEEN)
    assert to_wire(query) == ("tenant_tenant_id:EQUALS:x1,name:CONTAINS:a", "tenant.total:DESC")


@pytest.mark.parametrize("column", ["invoice_date", "transaction_transaction_date", "x.date_unformatted"])
def test_dates_of_reports_are_understood(column: str) -> None:
    assert to_wire(parse(f"{column} = yesterday", UNSEEN, today=TODAY)).where == f"{column}:EQUALS:2026-11-21"
    # A guess must not refuse anything.
    assert to_wire(parse(f"{column} = soon", UNSEEN, today=TODAY)).where == f"{column}:EQUALS:soon"


def test_today_comes_from_the_computer_when_not_given() -> None:
    before = date.today()
    (condition,) = parse("date = today", BILL).conditions
    assert before.isoformat() <= condition.value <= date.today().isoformat()


@pytest.mark.parametrize(
    "text", ['company = "Ac\u200bme\u00ad"', "company = Ac\ufeffme", "company ~ Ac\u2060me"]
)
def test_what_nobody_sees_is_not_compared_with(text: str) -> None:
    assert [item.value for item in parse(text, BILL).conditions] == ["Acme"]
    assert parse(r'company = "Ac\u200bme"', BILL).conditions[0].value == "Ac\u200bme"
