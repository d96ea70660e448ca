"""Pages find their facts and tables by name, and counts say whether there are more."""

from __future__ import annotations

from cotui.desk.answers.page import Count, Fact, Page, Table


def test_by_name() -> None:
    owes, notes = Fact("owes", "Owes", "0.00 USD"), Table("notes", "Notes", "", ())
    page = Page("customer", 1, "A", "", (owes,), (notes,))
    assert page.fact("owes") is owes
    assert page.table("notes") is notes
    assert (page.fact("notes"), page.table("owes")) == (None, None)


def test_counts() -> None:
    assert Count(1234).text == "1,234"
    assert Count(20, exact=False).text == "at least 20"
