"""Everybody who subscribed is told, and nobody afterwards."""

from __future__ import annotations

from cotui.api.listeners import Listeners


def test_they_are_told_in_their_order_with_what_is_told() -> None:
    heard: list[object] = []
    listeners: Listeners[[int]] = Listeners()
    listeners.add(lambda number: heard.append(("a", number)))
    listeners.add(lambda number: heard.append(("b", number)))
    listeners.tell(7)
    assert heard == [("a", 7), ("b", 7)]


def test_one_callback_may_subscribe_twice_and_end_each_by_itself() -> None:
    heard: list[int] = []
    listeners: Listeners[[]] = Listeners()
    first, _ = (listeners.add(lambda: heard.append(1)) for _ in range(2))
    first()
    first()
    listeners.tell()
    assert heard == [1]


def test_who_unsubscribes_meanwhile_hears_no_more_and_who_subscribes_not_yet() -> None:
    heard: list[str] = []
    listeners: Listeners[[]] = Listeners()

    def first() -> None:
        heard.append("first")
        end_second()
        listeners.add(lambda: heard.append("late"))

    listeners.add(first)
    end_second = listeners.add(lambda: heard.append("second"))
    listeners.tell()
    assert heard == ["first"]
