"""Sub-objects of a record as a small table in its page."""

from __future__ import annotations

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
