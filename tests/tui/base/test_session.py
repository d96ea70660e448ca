"""What a session is called, and news that come before anybody can tell them."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.settings import Profile
from cotui.tui.base.session import News, Session, badges

LIVE = Profile("acme", "acme", "key", production=True)
TEST = Profile("acme test", "acme", "key")


@pytest.mark.parametrize(
    ("profile", "read_only", "shown"),
    [
        (None, False, ""),
        (TEST, False, ""),
        (LIVE, False, "PRODUCTION"),
        (TEST, True, "read-only"),
        (None, True, "read-only"),
        (LIVE, True, "PRODUCTION · read-only"),
    ],
)
def test_what_is_out_of_the_ordinary_stands_behind_the_name(
    profile: Profile | None, read_only: bool, shown: str
) -> None:
    assert badges(profile, read_only=read_only) == shown


def test_no_news_is_lost_or_told_twice() -> None:
    news, told = News(), list[str]()
    news.add("before")
    news.add("the screens")
    news.told_by(told.append)
    assert told == ["before", "the screens"]
    news.add("after")
    again: list[str] = []
    news.told_by(again.append)
    news.add("to the next")
    assert (told, again) == (["before", "the screens", "after"], ["to the next"])


def test_news_that_bring_news_are_told_too() -> None:
    news, told = News(), list[str]()

    def tell(line: str) -> None:
        told.append(line)
        if line == "first":
            news.add("third")

    news.add("first")
    news.add("second")
    news.told_by(tell)
    assert sorted(told) == ["first", "second", "third"]


@pytest.mark.parametrize(
    ("given", "label"),
    [({"demo": True}, "demo"), ({}, "no profile"), ({"profile": LIVE}, "acme"), ({"profile": LIVE, "demo": True}, "acme")],
)  # fmt: skip
def test_the_account_always_has_a_name(given: dict[str, Any], label: str) -> None:
    nothing: Any = None
    assert Session(nothing, nothing, nothing, nothing, **given).label == label
