"""A link to hand on: what counts as one, and how old it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.geometry import Region
from textual.widget import Widget

from cotui.tui.actions.link_dialog import LinkDialog, is_web_link
from tests.tui.flow import press, settle
from tests.tui.secrecy import LINK, answering, dialog, flat, yes
from tests.tui.writing import account


async def test_the_age_counts_and_repaints_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    painted: list[tuple[Widget, bool]] = []
    refresh = Widget.refresh

    def counted(self: Widget, *regions: Region, layout: bool = False, **more: bool) -> Widget:
        painted.append((self, layout))
        return refresh(self, *regions, layout=layout, **more)

    with account(tmp_path) as own:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            shown = LinkDialog("Login link", LINK, secret=True, clock=lambda: now)
            await own.app.push_screen(shown)
            await settle(pilot)
            assert "made 0 s ago" in flat(own.app)
            for seconds, words in ((12, "12 s"), (60, "1 min 0 s"), (135, "2 min 15 s")):
                now = 100.0 + seconds
                with monkeypatch.context() as patch:
                    patch.setattr(Widget, "refresh", counted)
                    shown.tick()
                await settle(pilot)
                assert f"made {words} ago" in flat(own.app)
                assert ("probably over" in flat(own.app)) == (seconds >= 60)
            line = shown.query_one("#age")
            assert painted == [(line, False)] * 3
            assert line.size.height == 1


async def test_nothing_is_counted_after_the_dialog(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        answering(own, lambda n: LINK)
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "L", "enter")
            await yes(pilot)
            shown = dialog(own)
            assert shown._timers
            await press(pilot, "escape")
            assert not shown._timers


@pytest.mark.parametrize(
    ("text", "good"),
    [
        (LINK, True),
        ("http://localhost:8080/r/login", True),
        ("https://", False),
        ("ftp://acme.com/", False),
        ("https://acme.com/a b", False),
        ("https://аcme.com/", False),  # a Cyrillic letter
        ("https://[bad", False),
        ("", False),
    ],
)
def test_what_counts_as_a_link(text: str, good: bool) -> None:
    assert is_web_link(text) is good
