"""A paste that found no room is told in words that say what became of it."""

from __future__ import annotations

from cotui.tui.engine.pasted import LineFull


def test_whether_a_part_was_taken_is_said() -> None:
    assert LineFull(1234567, 4000).words() == (
        "1,234,567 characters were pasted: this line takes 4,000, the rest was left out"
    )
    secret = LineFull(21, 20, kept=False).words("the password")
    assert secret == "21 characters were pasted: the password takes 20, so none of it was taken"
