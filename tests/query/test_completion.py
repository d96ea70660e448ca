"""What is offered at the cursor, and that accepting it leads somewhere."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.catalog import RESOURCES
from cotui.catalog.model import Resource
from cotui.query import Completion, QueryError, complete, parse, spans, to_wire
from cotui.query.fields import find_order, find_target
from cotui.query.lexer import Clause, OrderKey, scan
from tests.query.sample import BILL, REPORT, TODAY, UNSEEN, WORDS, typed

KNOWN = {
    "bill_country": ["Canada", "United States", "United Kingdom", 'odd, "very": \\odd'],
    "company": ["Acme", "and"],
    "tenant.name": ["x"],
    "currency_id": ["1", "9"],
}


def at(marked: str, resource: Resource = BILL) -> Completion:
    """The completion where the bar stands."""
    cursor = marked.index("|")
    return complete(marked.replace("|", "", 1), cursor, resource, known=KNOWN, words=WORDS)


def inserts(marked: str, resource: Resource = BILL) -> list[str]:
    return [item.insert.rstrip() for item in at(marked, resource).suggestions]


def replaced(marked: str) -> str:
    found = at(marked)
    return marked.replace("|", "", 1)[found.start : found.end]


@pytest.mark.parametrize(
    ("marked", "offered", "range_"),
    [
        # fields
        ("coun|", ["country", "line_count"], "coun"),
        ("COUNTR|", ["country"], "COUNTR"),
        ("bill_c|", ["bill_country"], "bill_c"),
        ("co|untry = Canada", ["company", "country", "line_count"], "country"),
        ("cur|", ["cur"], "cur"),
        ("curr|", ["currency"], "curr"),
        ("currency_|", ["currency_id"], "currency_"),
        ("balance > 5 coun|", ["country", "line_count"], "coun"),
        ("balance > 5,coun|", ["country", "line_count"], "coun"),
        ("balance > 5 and coun|", ["country", "line_count"], "coun"),
        ("tot|", [], "tot"),  # total is no filter
        # operators
        ("country |", ["=", "~", "!=", "is null", "is not null"], ""),
        ("status |", ["=", "!=", "is null", "is not null"], ""),
        ("balance >|", [">=", ">"], ">"),
        ("balance > 5 and balance <|", ["<=", "<"], "<"),
        ("country con|", ["~"], "con"),
        ("country is n|", ["!=", "is null", "is not null"], "is n"),
        ("country i|s null", ["=", "!=", "is null", "is not null"], "is"),
        ("bill_country:|", None, ":"),
        ("bill_country:CON|", [":CONTAINS:"], ":CON"),
        # values
        ("country = |", ["Canada", '"United States"', '"United Kingdom"', r'"odd, \"very\": \\odd"'], ""),
        ("country = uni|", ['"United States"', '"United Kingdom"'], "uni"),
        ("country = United |", ['"United States"', '"United Kingdom"'], "United "),
        ("country = United S| balance > 5", ['"United States"'], "United S"),
        ("country = Uni|ted Staates balance > 5", ['"United States"', '"United Kingdom"'], "United Staates"),
        ('country = "Uni|', ['"United States"', '"United Kingdom"'], '"Uni'),
        ('country = "Uni|ted" balance > 5', ['"United States"', '"United Kingdom"'], '"United"'),
        ("country = nada|", ["Canada"], "nada"),
        ("bill_country:EQUALS:Uni|", [r"United\ States", r"United\ Kingdom"], "Uni"),
        ("company = |", ["Acme", '"and"'], ""),
        ("status = |", ["unpaid", "overdue", "paid", "void", "open"], ""),
        ("status = o|", ["overdue", "open", "void"], "o"),
        # what is typed in full comes first, then beginnings, then beginnings of words
        ("status = paid|", ["paid", "unpaid"], "paid"),
        ("status = PAID|", ["paid", "unpaid"], "PAID"),
        ("country = kingdom|", ['"United Kingdom"'], "kingdom"),
        # the account's words for a key, and not the numbers that it has words for
        (
            "currency = |",
            ["USD", '"Canadian dollar"', "eur", "EUR", '"and"', r'"odd, \"very\": \\odd"', "9"],
            "",
        ),
        ("cur = us|", ["USD"], "us"),
        ("currency_id != cana|", ['"Canadian dollar"'], "cana"),
        ('currency = "dol|', ['"Canadian dollar"'], '"dol'),
        ("currency_id > |", ["1", "9"], ""),
        ("currency_id:EQUALS:|", ["1", "9"], ""),
        # what is sent as it stands finds nothing by another word
        ("bill_status_str:EQUALS:|", ["open-unpaid", "open-overdue", "closed-paid", "closed-void"], ""),
        ("bill_status_str:EQUALS:over|", ["open-overdue"], "over"),
        ("sent = t|", ["true"], "t"),
        ("date >= last m|", ["last month"], "last m"),
        ("date = tod|", ["today"], "tod"),
        ("created != |", [], ""),
        # keywords and order
        ("ord|", ["order by"], "ord"),
        ("company = x order|", ["order by"], "order"),
        ("order b|", ["order by"], "order b"),
        ("order by tot|", ["total"], "tot"),
        ("order by to|tal desc", ["total"], "total"),
        ("order by total |", ["desc", "asc"], ""),
        ("order by total d|", ["desc"], "d"),
        ("order by total desc, comp|", ["company"], "comp"),
        ("company = x order b|", ["order by"], "order b"),
        ("company = x y comp|", ["company"], "comp"),
        ("order by total order b|", [], "order b"),
        # nothing sensible
        ("company = a or|", [], ""),
        ("GET /bill?where=com|", [], ""),
    ],
)
def test_offers(marked: str, offered: list[str] | None, range_: str) -> None:
    if offered is None:
        assert len(inserts(marked)) == 9
    else:
        assert inserts(marked) == offered
    assert replaced(marked) == range_


def test_everything_is_offered_at_the_start() -> None:
    offers = inserts("|")
    assert offers[0] == "id"
    assert {"company", "country", "status", "item", "order by"} <= set(offers)
    assert "total" not in offers
    assert inserts("company = Acme |") == offers


def test_order_offers_what_can_be_ordered() -> None:
    offers = inserts("order by |")
    assert "total" in offers
    assert "item" not in offers
    assert "memo" not in offers


def test_reports_offer_their_columns_or_those_seen() -> None:
    assert inserts("ten|", UNSEEN) == ["tenant.name"]
    assert inserts("order by ten|", UNSEEN) == ["tenant.name"]
    # What would be refused is not offered.
    assert inserts("ten|", REPORT) == []
    assert inserts("na|", REPORT) == ["name"]
    assert inserts("order by na|", REPORT) == ["name"]


def test_a_blank_comes_along_only_at_the_end() -> None:
    assert [item.insert for item in at("countr|").suggestions] == ["country "]
    assert [item.insert for item in at("countr| = Canada").suggestions] == ["country"]


def test_details_explain_the_offer() -> None:
    (country,) = at("countr|").suggestions
    assert (country.label, country.kind, country.detail) == (
        "country",
        "field",
        "Bill country here (bill_country)",
    )
    (overdue,) = at("status = overd|").suggestions
    assert (overdue.kind, overdue.detail) == ("value", "Over Due")
    assert {item.kind for item in at("company |").suggestions} == {"operator"}
    assert at("order b|").suggestions[0].kind == "keyword"


def test_a_word_for_a_key_says_the_key() -> None:
    (usd,) = at("currency = us|").suggestions
    assert (usd.label, usd.kind, usd.detail) == ("USD", "value", "currency_id = 1")
    (offer,) = at("curr|").suggestions
    assert (offer.label, offer.detail) == ("currency", "Currency id here (currency_id)")


@pytest.mark.parametrize("word", [*list(WORDS["currency_id"])[:4], "and", 'odd, "very": \\odd'])
def test_a_word_that_is_offered_means_its_key(word: str) -> None:
    (offer,) = [item for item in at("currency = |").suggestions if item.label == word]
    query = parse("currency = " + offer.insert, BILL, words=WORDS)
    assert to_wire(query).where == f"currency_id:EQUALS:{WORDS['currency_id'][word]}"


@pytest.mark.parametrize("exact", ["id", "date", "company", "status", "cur"])
def test_a_name_typed_in_full_comes_first(exact: str) -> None:
    assert inserts(exact + "|")[0] == exact


def test_many_known_values_are_cut() -> None:
    known = {"company": [f"Company {number}" for number in range(5000)]}
    assert len(complete("company = ", 10, BILL, known=known).suggestions) == 100


@pytest.mark.parametrize("cursor", [-5, 0, 3, 99])
def test_cursor_beyond_the_ends(cursor: int) -> None:
    found = complete("coun", cursor, BILL)
    assert 0 <= found.start <= found.end <= 4


@given(typed, st.integers(0, 60), st.booleans())
def test_any_offer_can_be_accepted(text: str, cursor: int, report: bool) -> None:
    resource = REPORT if report else BILL
    found = complete(text, cursor, resource, known=KNOWN, words=WORDS)
    at_cursor = min(cursor, len(text))
    assert 0 <= found.start <= at_cursor <= found.end <= len(text)
    for offer in found.suggestions:
        accepted = text[: found.start] + offer.insert + text[found.end :]
        end = found.start + len(offer.insert)
        spans(accepted, resource, words=WORDS)
        complete(accepted, end, resource, known=KNOWN)
        with suppress(QueryError):
            parse(accepted, resource, today=TODAY, words=WORDS)
        if offer.kind == "field":
            assert _names(accepted[:end], resource), accepted
        elif offer.kind == "operator":
            last = [item for item in scan(accepted[:end], resource) if isinstance(item, Clause)][-1]
            assert last.operator is not None
            assert last.operator.op is not None


def _names(text: str, resource: Resource) -> bool:
    """Whether the last thing in `text` is a field that can stand there."""
    last = list(scan(text, resource))[-1]
    if isinstance(last, OrderKey):
        return find_order(last.name.text, resource) is not None
    return isinstance(last, Clause) and find_target(last.name.text, resource) is not None


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        # those of the catalogue, and what rows have shown besides
        (
            "method = |",
            [
                "Visa",
                "MasterCard",
                '"American Express"',
                "Discover",
                '"Paid by Check"',
                "ACH/eCheck",
                "Tokenized",
            ],
        ),
        ("method = che|", ['"Paid by Check"', "ACH/eCheck"]),
        ("method = car|", ["Visa", "MasterCard", '"American Express"', "Discover"]),
        # as the screen says it, by whatever word it is looked for
        ("status = |", ["success", "pending", "declined", "void"]),
        ("status = fai|", ["declined"]),
    ],
)
def test_words_of_payments(typed: str, offered: list[str]) -> None:
    head, _, _ = typed.partition("|")
    known = {"transaction_method": ["Tokenized", "visa"]}
    found = complete(head, len(head), RESOURCES["transaction"], known=known)
    assert [item.insert.strip() for item in found.suggestions] == offered


def test_a_field_goes_by_the_heading_of_its_column() -> None:
    assert complete("num", 3, RESOURCES["invoice"]).suggestions[0].insert == "number "
    assert complete("", 0, RESOURCES["invoice"]).suggestions[0].insert != "refnumber "
