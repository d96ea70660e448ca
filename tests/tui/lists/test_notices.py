"""What a list says beside its rows and in place of them."""

from __future__ import annotations

from cotui.api import Change
from cotui.tui.lists.notices import skipped_words


def test_what_was_passed_over_is_named_where_it_is_known() -> None:
    assert skipped_words(Change("skipped", 67, 69)).startswith(
        "the list changed: rows 68–69 were passed over"
    )
    assert "row 68 was passed over" in skipped_words(Change("skipped", 67, 68))
    assert "may have been passed over" in skipped_words(Change("skipped"))
