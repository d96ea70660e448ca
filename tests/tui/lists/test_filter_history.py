"""Filters typed before: each once, back and forth through them."""

from __future__ import annotations

from cotui.settings.state import HISTORY_LENGTH
from cotui.tui.lists.filter_history import FilterHistory


def test_each_is_kept_once_the_last_typed_last_and_only_so_many() -> None:
    history = FilterHistory(["a", "b"])
    for text in ("a", "", "a", "c"):
        history.add(text)
    assert history.texts == ["b", "a", "c"]
    for number in range(100):
        history.add(str(number))
    assert len(history.texts) == HISTORY_LENGTH
    assert history.texts[-1] == "99"


def test_back_and_forth() -> None:
    history = FilterHistory(["a", "b", "c"])
    assert history.step(1, "") is None, "nothing comes after the last"
    assert [history.step(-1, "x") for _ in range(4)] == ["c", "b", "a", None]
    assert [history.step(1, "x") for _ in range(3)] == ["b", "c", None]


def test_what_stands_in_the_line_already_is_passed_over_where_there_is_another() -> None:
    assert FilterHistory(["a", "b"]).step(-1, "b") == "a"
    assert FilterHistory(["b"]).step(-1, "b") == "b"
    assert FilterHistory().step(-1, "") is None


def test_typing_something_else_begins_anew_at_the_end() -> None:
    history = FilterHistory(["a", "b"])
    assert [history.step(-1, "") for _ in range(2)] == ["b", "a"]
    history.typed_over("a")
    assert history.step(1, "a") == "b"
    history.typed_over("b and more")
    assert history.step(-1, "b and more") == "b"
    history.leave()
    assert history.step(-1, "") == "b"
