"""Values as text: every type, every shape that servers really send, and cutting by cells."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from cotui.api.records import Record
from cotui.catalog.field import Choice, Field, FieldType
from cotui.catalog.types.money import amount
from cotui.safety.text import clean, replaced
from cotui.tui.base.cells import cut, fit, wrap
from cotui.tui.base.format import HIDDEN, cell, full

FIXTURES = Path(__file__).resolve().parents[4] / "shared" / "fixtures"


def made(type_: FieldType, name: str = "x", **more: Any) -> Field:
    return Field(name, type_, name.capitalize(), "what it means", **more)


def shown(
    type_: FieldType, value: Any, /, name: str = "x", *, field: Field | None = None, **others: Any
) -> str:
    return cell(Record({name: value, **others}), field or made(type_, name))


@pytest.mark.parametrize(
    ("value", "iso", "expected"),
    [
        (500, "USD", "500.00"),
        (100.99, "USD", "100.99"),
        (1234567.5, "USD", "1,234,567.50"),
        (-1234.5, "EUR", "-1,234.50"),
        (1234, "JPY", "1,234"),
        (1234.0, "JPY", "1,234"),
        (1.5, "KWD", "1.500"),
        ("42.50", "USD", "42.50"),
        (0, "USD", "0.00"),
        (-0.0, "USD", "0.00"),
        (-0.001, "USD", "-0.001"),
        (0.1 + 0.2, "USD", "0.30"),
        (0.0035, "USD", "0.0035"),
        (12.345678, "USD", "12.345678"),
        (5, "", "5.00"),
        (10**30, "USD", f"{10**30:,}.00"),
    ],
)
def test_money_has_separators_and_the_currency_s_decimals(value: Any, iso: str, expected: str) -> None:
    assert amount(value, iso) == expected
    assert shown(FieldType.MONEY, value, currency_iso4217=iso) == expected


@pytest.mark.parametrize(
    "value", [True, None, "", "$ 50.00", "nan", "inf", float("nan"), float("inf"), [], {}]
)
def test_money_that_is_no_number_is_no_amount(value: Any) -> None:
    assert amount(value, "USD") == ""


@given(st.integers(-(10**14), 10**14), st.sampled_from(["USD", "JPY", "KWD", "XXX", ""]))
def test_an_amount_in_minor_units_is_shown_exactly(units: int, iso: str) -> None:
    places = {"JPY": 0, "KWD": 3}.get(iso, 2)
    text = amount(units / 10**places, iso)
    assert int(text.replace(",", "").replace(".", "") or 0) == units


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [
        (FieldType.DATE, "2026-03-01", "2026-03-01"),
        (FieldType.DATE, "2026-03-01T10:00:00-05:00", "2026-03-01"),
        (FieldType.DATE, "Sep 14, 2017", "Sep 14, 2017"),
        (FieldType.DATE, 20260301, "20260301"),
        (FieldType.DATETIME, "2026-03-01T14:05:59-05:00", "2026-03-01 14:05"),
        (FieldType.DATETIME, "2026-03-01 14:05:59", "2026-03-01 14:05"),
        (FieldType.DATETIME, "2026-03-01", "2026-03-01"),
        (FieldType.DATETIME, "soon", "soon"),
        (FieldType.BOOLEAN, True, "yes"),
        (FieldType.BOOLEAN, False, "no"),
        (FieldType.BOOLEAN, 0, "no"),
        (FieldType.BOOLEAN, "1", "yes"),
        (FieldType.BOOLEAN, "0", "no"),
        (FieldType.BOOLEAN, "perhaps", "perhaps"),
        (FieldType.BOOLEAN, [1], "[1]"),
        (FieldType.ID, 44, "44"),
        (FieldType.ID, "2688", "2688"),
        (FieldType.ID, 0, ""),
        (FieldType.ID, "0", ""),
        (FieldType.INTEGER, 0, "0"),
        (FieldType.INTEGER, 12, "12"),
        (FieldType.NUMBER, 1.0, "1"),
        (FieldType.NUMBER, 2.5, "2.5"),
        (FieldType.NUMBER, 1e300, "1e+300"),
        (FieldType.NUMBER, "0.000000", "0.000000"),
        (FieldType.TEXT, "null", "null"),
        (FieldType.TEXT, None, ""),
        (FieldType.TEXT, "", ""),
        (FieldType.TEXT, 56, "56"),
        (FieldType.TEXT, {"a": [1, None]}, '{"a":[1,null]}'),
        (FieldType.TEXT, True, "true"),
        (FieldType.MULTILINE, "1 Road\r\nTown", "1 Road⏎Town"),
        (FieldType.TAGS, ["a", "b c"], "a, b c"),
        (FieldType.TAGS, [], ""),
        (FieldType.TAGS, "a", "a"),
        (FieldType.TAGS, [1, None], "1, null"),
        (FieldType.OBJECTS, [], ""),
        (FieldType.OBJECTS, [{"a": 1}], "1 entry"),
        (FieldType.OBJECTS, [{"a": 1}, 2], "2 entries"),
        (FieldType.OBJECTS, "?", "?"),
    ],
)
def test_one_line_for_each_type(type_: FieldType, value: Any, expected: str) -> None:
    assert shown(type_, value) == expected


def test_an_absent_key_is_empty() -> None:
    assert cell(Record({}), made(FieldType.MONEY)) == ""
    assert full(Record({}), made(FieldType.MONEY)) == []


def test_enumerations_are_shown_by_their_label() -> None:
    field = made(FieldType.ENUM, choices=(Choice("open-overdue", "Overdue"), Choice("7", "Seven")))
    assert cell(Record({"x": "open-overdue"}), field) == "Overdue"
    assert cell(Record({"x": 7}), field) == "Seven"
    assert cell(Record({"x": "new-in-2027"}), field) == "new-in-2027"
    assert full(Record({"x": "open-overdue"}), field) == ["Overdue · open-overdue"]


def test_objects_are_named_by_their_first_text() -> None:
    parts = (made(FieldType.ID, "customer_id"), made(FieldType.TEXT, "company"))
    field = made(FieldType.OBJECTS, parts=parts)
    record = Record(
        {"x": [{"customer_id": "44", "company": "Acme"}, {"customer_id": 45, "company": "Ölmühle"}]}
    )
    assert cell(record, field) == "Acme, Ölmühle"


def test_secrets_are_never_shown() -> None:
    field = made(FieldType.TEXT, "password", secret=True)
    record = Record({"password": "hunter2"})
    assert cell(record, field) == HIDDEN
    assert full(record, field) == [f"{HIDDEN} (never shown)"]


def test_text_is_the_cleaned_one() -> None:
    text = shown(FieldType.TEXT, "a\x1b]52;c;eA==\x07\u202eb\n[/red]")
    assert text.endswith("[/red]")
    assert clean(text) == text
    assert "\n" not in text


def test_numbers_stand_right() -> None:
    right = {FieldType.ID, FieldType.INTEGER, FieldType.NUMBER, FieldType.MONEY}
    assert {kind for kind in FieldType if kind.align == "right"} == right


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ({"currency_symbol": "$", "currency_iso4217": "USD"}, "$1,234.50 USD"),
        ({"currency_symbol": "CAD", "currency_iso4217": "CAD"}, "1,234.50 CAD"),
        ({"currency_symbol": "kr", "currency_iso4217": "SEK"}, "kr 1,234.50 SEK"),
        ({"currency_iso4217": "EUR"}, "1,234.50 EUR"),
        ({"currency_symbol": 3, "currency_iso4217": None}, "1,234.50"),
        ({}, "1,234.50"),
    ],
)
def test_money_in_full_names_its_currency(others: dict[str, Any], expected: str) -> None:
    assert full(Record({"x": 1234.5, **others}), made(FieldType.MONEY)) == [expected]
    assert full(Record({"x": -1234.5, **others}), made(FieldType.MONEY)) == [f"-{expected}"]


DUE = made(FieldType.DATE, "due_date")


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({}, "2026-03-01 · Sunday · due in 4 days"),
        ({"balance": 5, "is_overdue": False, "days_overdue": 0}, "2026-03-01 · Sunday · due in 4 days"),
        ({"is_overdue": True, "days_overdue": 12}, "2026-03-01 · Sunday · 12 days overdue"),
        ({"is_overdue": "1", "days_overdue": "1"}, "2026-03-01 · Sunday · 1 day overdue"),
        ({"is_overdue": False, "is_paid": True, "days_overdue": 76}, "2026-03-01 · Sunday"),
        ({"is_void": 1}, "2026-03-01 · Sunday"),
        ({"balance": 0}, "2026-03-01 · Sunday"),
    ],
)
def test_a_due_date_says_how_late_it_is(record: dict[str, Any], expected: str) -> None:
    assert full(Record({"due_date": "2026-03-01", **record}), DUE, today=date(2026, 2, 25)) == [expected]


def test_a_due_date_compared_with_today() -> None:
    record = Record({"due_date": "2026-03-01"})
    assert full(record, DUE) == ["2026-03-01 · Sunday"]
    assert full(record, DUE, today=date(2026, 3, 1))[0].endswith("due today")
    assert full(record, DUE, today=date(2026, 3, 3))[0].endswith("2 days overdue")
    assert full(Record({"due_date": "2026-02-31"}), DUE, today=date(2026, 3, 3)) == ["2026-02-31"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-03-10T01:01:49-05:00", "2026-03-10 01:01:49 -05:00 · Tuesday"),
        ("2026-03-10T01:01:49+0530", "2026-03-10 01:01:49 +0530 · Tuesday"),
        ("2026-03-10T01:01:49Z", "2026-03-10 01:01:49 UTC · Tuesday"),
        ("2015-05-12 12:51:25", "2015-05-12 12:51:25 account time · Tuesday"),
        ("2026-99-10T01:01:49Z", "2026-99-10T01:01:49Z"),
        ("later", "later"),
    ],
)
def test_a_datetime_in_full_keeps_its_offset(value: str, expected: str) -> None:
    assert full(Record({"x": value}), made(FieldType.DATETIME)) == [expected]


def test_several_addresses_take_a_line_each() -> None:
    record = Record({"x": "a@example.com, b@example.com,,c@example.com"})
    assert full(record, made(FieldType.EMAIL)) == ["a@example.com", "b@example.com", "c@example.com"]


def test_lines_are_kept_in_full() -> None:
    assert full(Record({"x": "1 Road\r\nTown\r\n"}), made(FieldType.MULTILINE)) == ["1 Road", "Town", ""]


def test_zero_is_unset_in_keys_only() -> None:
    assert made(FieldType.ID).type.is_unset(0)
    assert not made(FieldType.MONEY).type.is_unset(0)
    assert not made(FieldType.TEXT).type.is_unset("null")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(json_values, st.sampled_from(list(FieldType)), json_values)
def test_no_value_of_any_shape_fails_or_carries_controls(value: Any, type_: FieldType, other: Any) -> None:
    raw = {
        "x": value,
        "currency_iso4217": other,
        "currency_symbol": other,
        "days_overdue": other,
        "is_overdue": other,
    }
    field = made(type_, choices=(Choice("a", "A"),), parts=(made(FieldType.TEXT, "a"),))
    texts = [cell(Record(raw), field), *full(Record(raw), field, today=date(2026, 3, 1))]
    texts += full(Record({**raw, "due_date": value}), DUE, today=date(2026, 3, 1))
    for text in texts:
        assert clean(text) == text


def test_values_nested_beyond_reason_do_not_fail() -> None:
    value: Any = "x"
    for _ in range(500):
        value = [value]
    assert shown(FieldType.TEXT, value).startswith("[")


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="no recorded answers beside the project")
def test_recorded_answers_are_shown_without_failing() -> None:
    from cotui.catalog.objects.customer import CUSTOMER
    from cotui.catalog.objects.invoice import INVOICE
    from cotui.catalog.objects.user import USER

    seen = 0
    for path in FIXTURES.glob("*.json"):
        resource = {"customer": CUSTOMER, "user": USER, "invoice": INVOICE}.get(path.name.split("_")[0])
        answer = json.loads(path.read_text())
        if resource is None or not isinstance(answer, dict):
            continue
        response = answer.get("response")
        for row in response if isinstance(response, list) else [response]:
            if isinstance(row, dict):
                record = Record(row, resource.primary_key)
                assert any(cell(record, field) for field in resource.fields) or row.keys() <= {"id"}
                for field in resource.fields:
                    full(record, field)
                seen += 1
    assert seen > 30


# -- cells ---------------------------------------------------------------------------------------

widths = st.integers(1, 200)
hostile = st.text(
    st.sampled_from(
        "ab 中ー한🙂e\u0301\u0e33\u200d\ufe0f\u200c🏳️❤ﷺ\u1100\u1161"
        "\x1b\n\t\x07\x9b\u202e\u2066\ud800\U000e0041\xad"
    )
    | st.characters(),
    max_size=80,
)


@given(hostile, widths, st.sampled_from(["left", "right"]))
@example("\u200da", 1, "left")
@example("中", 1, "left")
@example("a中", 2, "left")
@example("❤\ufe0f❤", 2, "left")
@example("👨\u200d👩\u200d👧", 3, "right")
@example("", 1, "left")
def test_fit_takes_exactly_its_width(text: str, width: int, side: Any) -> None:
    fitted = fit(text, width, side)
    assert cell_len(fitted) == width
    assert clean(fitted) == fitted
    # beside other cells it still is as wide
    assert cell_len(f"|{fitted}|") == width + 2
    assert cell_len(fitted + fit("é\u0301x", 4)) == width + 4


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S", "Zs"])), st.integers(-2, 200))
def test_fit_of_plain_text(text: str, width: int) -> None:
    fitted = fit(text, width)
    if len(text) <= width:
        assert fitted == text.ljust(width)
        assert fit(text, width, "right") == text.rjust(width)
    elif width > 0:
        assert fitted == text[: width - 1] + "…"
    else:
        assert fitted == ""


def test_a_wide_character_is_never_halved() -> None:
    assert fit("請求書", 6) == "請求書"
    assert fit("請求書", 5) == "請求…"
    assert fit("請求書", 4) == "請… "
    assert fit("請求書", 8, "right") == "  請求書"
    assert fit("café con leche", 5, "left") == "café…"


def test_a_long_text_is_cut_without_measuring_all_of_it() -> None:
    assert fit("中" * 1_000_000, 5) == "中中…"


@given(hostile, widths)
def test_cut_is_the_longest_beginning(text: str, width: int) -> None:
    text = replaced(text, lambda _: "")
    beginning = cut(text, width)
    assert text.startswith(beginning)
    assert cell_len(beginning) <= width
    if not set(text) & set("\ufe0e\ufe0f\u200c") and beginning != text:
        following = text[len(beginning)]
        assert cell_len(beginning) + cell_len(following) > width


@given(hostile, st.integers(2, 200))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    expected = "".join(map(clean, text.split("\n")))
    assert "".join("".join(lines).split()) == "".join(expected.split())


def test_wrapping_breaks_at_spaces() -> None:
    assert wrap("the quick brown fox", 10) == ["the quick", "brown fox"]
    assert wrap("  indented\n\nlast", 20) == ["  indented", "", "last"]
    assert wrap("https://example.com/a-long-path", 12) == ["https://exam", "ple.com/a-lo", "ng-path"]
    assert wrap("", 5) == [""]
