"""What a list says beside its rows and in place of them."""

from __future__ import annotations

from typing import cast

from cotui.api import ApiError, BadRequest, Change, NotFound, RecordWindow
from cotui.tui.lists.notices import (
    empty_notice,
    failure_notice,
    list_notice,
    loading_notice,
    missing_words,
    nothing_found_notice,
    position_words,
    skipped_words,
)
from tests.tui.support import FixedRows


def test_what_was_passed_over_is_named_where_it_is_known() -> None:
    assert skipped_words(Change("skipped", 67, 69)).startswith(
        "the list changed: rows 68–69 were passed over"
    )
    assert "row 68 was passed over" in skipped_words(Change("skipped", 67, 68))
    assert "may have been passed over" in skipped_words(Change("skipped"))


class Rows:
    """What a window knows of its rows."""

    def __init__(self, length: int, total: int | None, state: str = "ready") -> None:
        self.length, self.total, self.state = length, total, state
        self.may_go_on = False
        self.error: ApiError | None = None


def window(length: int, total: int | None, state: str = "ready") -> RecordWindow:
    return cast(RecordWindow, Rows(length, total, state))


def test_which_rows_are_on_the_screen() -> None:
    assert position_words(window(12412, 12412), 0, 38) == "1–38 of 12,412"
    assert position_words(window(5000, None), 1000, 1038) == "1,001–1,038 of ?"
    assert position_words(window(0, 0), 0, 0) == "0 of 0"
    assert position_words(window(0, 0), 0, 0, partial=True) == "0 of ?"
    assert position_words(window(2, 2), 0, 2, partial=True) == "1–2 of ?"
    short = window(20, 20)
    cast(Rows, short).may_go_on = True
    assert position_words(short, 0, 20) == "1–20 of ?", "the first page may be as much as is sent at once"
    assert position_words(window(0, None, "loading"), 0, 0) == ""


def test_a_list_says_something_only_instead_of_rows() -> None:
    assert list_notice(window(3, 3), "Customers", "") == ()
    assert list_notice(window(0, None, "loading"), "Customers", "") == loading_notice("Customers")
    assert list_notice(window(0, 0), "Customers", "") == (("There are no customers here yet.", ""),)
    assert "match this filter" in list_notice(window(0, 0), "Customers", "id = 1")[0][0]
    said = list_notice(window(0, 0), "Customers", "id = 1", ["Known:\x1b a"])
    assert said[4:6] == (("Known:␛ a", ""), ("", ""))
    failed = window(0, None, "failed")
    assert list_notice(failed, "Customers", "") == empty_notice("Customers", "")
    cast(Rows, failed).error = BadRequest(server_message="no")
    assert list_notice(failed, "Customers", "")[0][1] == "failed"


def test_hostile_words_are_harmless_and_markup_is_text() -> None:
    hostile = "\x1b[2J\u202e[/]"
    lines = [
        *empty_notice("Users", hostile),
        *nothing_found_notice(1234, hostile),
        *failure_notice(BadRequest(server_message=hostile)),
    ]
    text = "\n".join(line for line, _ in lines)
    assert text.count("␛[2J␦[/]") == 3
    assert not set(text) & {"\x1b", "\u202e"}
    assert "None of the 1,234 loaded rows" in text


def test_a_row_that_is_not_here_says_why() -> None:
    rows = FixedRows(9, lambda index: {"customer_id": index}, "customer_id")
    assert missing_words(rows, 0) == " …"
    rows.failed[3] = NotFound()
    assert missing_words(rows, 3) == f" row 4 is not here: {NotFound().what} · r tries again"
    rows.repeats = lambda index: 1499  # type: ignore[method-assign]
    assert missing_words(rows, 5).startswith(" the record of row 1,500: ")
