"""Which rows were read, remembered in little."""

from __future__ import annotations

import math

from cotui.api.paging.known_rows import Marks


def test_a_million_keys_are_remembered_in_little() -> None:
    seen = Marks()
    for number in range(0, 1_000_000, 3):
        seen.add(number)
    assert len(seen._blocks) == math.ceil(1_000_000 / 256)
    assert all((number in seen) == (number % 3 == 0) for number in range(1000, 2000))
    for odd in ("x", (5,), -7, 10**30):
        assert odd not in seen
        seen.add(odd)
        assert odd in seen
    assert -8 not in seen
