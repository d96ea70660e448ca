"""What the words of the headless commands mean."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cotui.catalog import RESOURCES
from cotui.catalog.names import command_word
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.user import USER
from cotui.catalog.report_columns import infer_columns
from cotui.catalog.report_table import report_resource
from cotui.cli.data_arguments import (
    build_parser,
    check_filter,
    choose_fields,
    is_number,
    read_reference,
    read_resource,
    read_rows,
)
from cotui.cli.exits import CommandError, Exit
from cotui.query import parse
from cotui.sandbox.reports.definitions import REPORTS


@pytest.mark.parametrize(
    ("word", "id_"), [("customers", "customer"), ("Customer", "customer"), ("SYSTEM_LOG", "log_system")]
)
def test_an_object_goes_by_its_id_and_its_plural(word: str, id_: str) -> None:
    assert read_resource(word) is RESOURCES[id_]


@pytest.mark.parametrize(
    ("words", "id_", "text"),
    [
        ("credit cards", "creditcard", ""),
        ("bank accounts type = checking", "ach", "type = checking"),
        ("bank id = 5", "ach", "id = 5"),
        ("pay method tokens order by id", "tokenized", "order by id"),
        ("item category = 5", "item_category", "= 5"),
        ("payment terms", "terms", ""),
        ("payment type = refund", "transaction", "type = refund"),
        ("refunds", "transaction", "type = refund"),
        ("declined payments amount > 5", "transaction", "gateway_status = failure amount > 5"),
        ("credits order by amount", "transaction", "type = credit order by amount"),
        ("customers", "customer", ""),
    ],
)
def test_names_of_several_words_and_of_some_records(words: str, id_: str, text: str) -> None:
    first, *others = words.split()
    assert read_rows(first, others) == (RESOURCES[id_], text)


def test_every_object_has_one_word_of_its_own() -> None:
    words = [command_word(resource) for resource in RESOURCES.values()]
    assert len(words) == len(set(words))
    assert all(" " not in word for word in words)


def test_what_is_no_object_is_refused_with_those_there_are() -> None:
    with pytest.raises(
        CommandError, match=r'there is no resource "x"; there are: customers, users'
    ) as refused:
        read_resource("x")
    assert refused.value.code == Exit.USAGE
    with pytest.raises(CommandError, match="cotui report"):
        read_resource("reports")


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("contatcs", "contacts"),
        ("subscripton", "subscription"),
        ("credtcards", "credit_cards"),
        ("itmes", "items"),
    ],
)
def test_a_name_that_is_nearly_one_gets_that_one(word: str, near: str) -> None:
    with pytest.raises(CommandError, match=f'there is no resource "{word}"; did you mean {near}'):
        read_resource(word)


def test_a_mistake_in_a_filter_is_marked_where_it_is() -> None:
    with pytest.raises(CommandError) as refused:
        check_filter("company = a nonsense = 5", CUSTOMER)
    _, shown, marks, *_ = str(refused.value).split("\n")
    assert shown[marks.index("^") : marks.rindex("^") + 1] == "nonsense"
    assert refused.value.code == Exit.USAGE
    assert "tab" not in str(refused.value)


def test_what_is_marked_is_harmless() -> None:
    with pytest.raises(CommandError) as refused:
        check_filter("company = a \x1b[2J = 5", CUSTOMER)
    assert str(refused.value).replace("\n", "").isprintable()


def test_a_word_that_only_the_account_knows_is_no_mistake_yet() -> None:
    check_filter("currency = Zloty", RESOURCES["invoice"])
    with pytest.raises(CommandError):
        check_filter("nonsense = Zloty", RESOURCES["invoice"])


def test_fields_are_those_asked_for_in_their_order() -> None:
    options = build_parser("list").parse_args(["customers", "--fields", "company, ID,status"])
    assert [field.name for field in choose_fields(options, CUSTOMER)] == [
        "company",
        "customer_id",
        "customer_status_str",
    ]


@pytest.mark.parametrize("name", ["password", "customers.customer_id", "nonsense", ""])
def test_what_cannot_be_printed_is_no_field(name: str) -> None:
    options = build_parser("list").parse_args(["users", "--fields", f"email,{name}"])
    with pytest.raises(CommandError, match="user has no field") as refused:
        choose_fields(options, USER)
    assert "password" not in str(refused.value).partition(";")[2]


@pytest.mark.parametrize(
    ("text", "reference"), [("12", 12), ("external_key:a:b", "external_key:a:b"), ("token:x", "token:x")]
)
def test_references(text: str, reference: int | str) -> None:
    assert read_reference(text, CUSTOMER) == reference


@pytest.mark.parametrize("text", ["", "x", "token:", "name:x", "1.5", "١٢"])
def test_what_is_no_reference_is_answered_with_the_way_to_search(text: str) -> None:
    with pytest.raises(CommandError, match="cotui list customers 'company ~ …'"):
        read_reference(text, CUSTOMER)


@pytest.mark.parametrize(("text", "limit"), [("1", 1), ("all", None), ("500", 500)])
def test_limits(text: str, limit: int | None) -> None:
    assert build_parser("list").parse_args(["customers", "--limit", text]).limit == limit


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "ALL", "²", ""])
def test_what_is_no_limit(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser("list").parse_args(["customers", f"--limit={text}"])
    assert ended.value.code == Exit.USAGE
    assert "neither a number from 1" in capsys.readouterr().err


def test_a_number_is_one_of_ascii_s_and_not_endless() -> None:
    assert is_number("12")
    for text in ("", "-1", "²", "١", "9" * 20):
        assert not is_number(text)


def test_the_example_for_reports_is_true_of_the_demo_s_report_in_the_readme() -> None:
    found = re.search(r"'([^']* in [^']*)'", " ".join(build_parser("report").format_help().split()))
    assert found is not None
    columns = infer_columns([{column.name: "2026-01-31" for column in REPORTS[58].columns}])
    assert parse(found[1], report_resource(58, "", columns)).conditions
    assert f"cotui report 58 '{found[1]}'" in (Path(__file__).parents[2] / "README.md").read_text()
