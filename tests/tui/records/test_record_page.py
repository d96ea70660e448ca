"""Lines of a page: each as wide as the page, each of one entry, and not without end."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotui.api import Record
from cotui.api.clean import MAX_TEXT
from cotui.catalog.objects.invoice import INVOICE
from cotui.safety.text import clean
from cotui.tui.base.cells import cell_len
from cotui.tui.records.record_json import build_json_page
from cotui.tui.records.record_lines import build_page
from cotui.tui.records.record_page import MOST_LINES, PageOptions
from tests.depth import examples
from tests.tui.record_pages import (
    page,
)
from tests.tui.test_large_data import CUSTOMER, LARGE

keys = st.sampled_from([field.name for field in INVOICE.fields] + ["zz", "\x1b[2J"])


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40)


values = scalars | st.lists(scalars | st.dictionaries(st.text(max_size=5), scalars, max_size=4), max_size=4)


@settings(max_examples=examples(60))
@given(st.dictionaries(keys, values, max_size=12), st.integers(1, 200), st.booleans())
def test_every_line_is_as_wide_as_the_page_and_harmless(raw: dict[str, Any], width: int, show: bool) -> None:
    record = Record(raw, "invoice_id")
    pages = [page(record, width, show_empty=show, opened={"line_items[0]", "zz[0]"}, today=date(2026, 3, 1))]
    pages.append(build_json_page(INVOICE, record, width))
    for made in pages:
        for number, line in enumerate(made.lines):
            assert sum(cell_len(text) for text, _ in line.runs) == width
            assert len(line.runs) <= 3
            assert all(clean(text) == text for text, _ in line.runs)
            if line.entry >= 0:
                item = made.entries[line.entry]
                assert item.first <= number <= item.last


def text_of(page: Any) -> str:
    return "\n".join("".join(text for text, _ in line.runs) for line in page.lines)


@pytest.mark.parametrize("raw", LARGE.values(), ids=LARGE)
@pytest.mark.parametrize("width", [20, 120])
def test_a_page_has_an_end_and_says_what_is_missing(raw: dict[str, Any], width: int) -> None:
    record = Record(raw, "customer_id")
    for made in (build_page(CUSTOMER, record, PageOptions(width)), build_json_page(CUSTOMER, record, width)):
        text = text_of(made)
        assert len(made.lines) < MOST_LINES + 10 + (MAX_TEXT * 6 // 8 if width == 20 else 0)
        assert all(sum(cell_len(text) for text, _ in line.runs) == width for line in made.lines[:50])
        assert " more" in text or raw is LARGE["name"] or width == 20
