"""What a window tells."""

from __future__ import annotations

from cotui.api.paging.window_change import merged


def test_ranges_are_merged() -> None:
    assert merged([(5, 6), (0, 2), (2, 3), (9, 9), (5, 8)]) == [(0, 3), (5, 8)]
