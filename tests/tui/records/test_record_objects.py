"""Sub-objects of a record as a small table in its page."""

from __future__ import annotations

from cotui.api.records import Record
from cotui.catalog.objects.package import PACKAGE
from cotui.catalog.objects.transaction import TRANSACTION
from tests.tui.record_pages import (
    LINE,
    entry,
    invoice,
    page,
    row,
    texts,
)


def test_line_items_are_a_table_that_drops_columns_when_narrow() -> None:
    wide, narrow = page(invoice(), 120), page(invoice(), 40)
    for made in (wide, narrow):
        at = next(at for at, text in enumerate(texts(made)) if text.strip().startswith("Line items (2)"))
        assert texts(made)[at + 1].split()[0] == "Description"
        first, second = texts(made)[at + 2 : at + 4]
        assert first.startswith("▸  Hosting")
        assert "中…" in second or "中" * 20 in second
    heading = next(text for text in texts(wide) if "Rate" in text)
    assert heading.split()[:4] == ["Description", "Item", "Rate", "Quantity"]
    line = next(text for text in texts(wide) if text.startswith("▸"))
    assert "1,100.99" in line
    assert entry(wide, "line_items[0]").copies.split("\t")[:2] == [LINE["descrip"], "Hosting"]
    assert "Quantity" not in "".join(texts(narrow))


def test_an_opened_line_shows_all_its_parts() -> None:
    made = page(invoice(), opened={"line_items[1]"})
    names = [item.name for item in made.entries]
    at = names.index("line_items[1]")
    assert names[at + 1] == "line_items[1].line_item_id"
    assert "line_items[1].brand_new" in names
    assert "line_items[0].line_item_id" not in names
    assert entry(made, "line_items[1].line_rate").copies == "1100.99"
    assert row(made, "Rate").endswith("$1,100.99 USD")
    assert sum(text.count("中") for text in texts(made)) >= 60


def test_keys_of_other_records_of_the_same_kind_stand_in_their_rows() -> None:
    payments = [{"transaction_id": 5284}]
    refund = Record({"transaction_id": 5288, "payments": payments}, "transaction_id")
    made = page(refund, resource=TRANSACTION, follows=bool)
    at = next(at for at, text in enumerate(texts(made)) if text.startswith(" Payment (1)"))
    assert [text.strip() for text in texts(made)[at : at + 3]] == ["Payment (1)", "Transaction ID", "5284"]
    assert entry(made, "payments[0]").reference == ("transaction", 5284)


def test_a_row_is_never_empty() -> None:
    lines = [{"invoice_id": 10116, "line_rate": 0}, {"invoice_id": 10116}]
    made = page(invoice(line_items=lines, schedule=[{}]))
    rows = [
        texts(made)[entry(made, name).first] for name in ("line_items[0]", "line_items[1]", "schedule[0]")
    ]
    assert [row.split() for row in rows] == [["0.00", "10116"], ["10116"], ["—"]]


def test_prices_have_a_column_before_random_keys() -> None:
    tierset = {"tierset_id": 4, "base": 24, "currency_iso4217": "USD", "pricemodel": "uni"}
    line = {
        "item_name": "Seat",
        "item_token": "n3yu3n8mj4zj",
        "descrip": "A line",
        "line_quantity": 3,
        "tierset": tierset,
    }
    made = page(Record({"package_id": 1, "line_items": [line]}, "package_id"), 50, PACKAGE)
    shown = texts(made)[entry(made, "line_items[0]").first]
    assert "24.00 USD" in shown
    assert "n3yu" not in shown
