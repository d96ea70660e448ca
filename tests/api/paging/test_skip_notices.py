"""How often it is said that rows may have been passed over."""

from __future__ import annotations

from itertools import pairwise

from cotui.api.paging.skip_notices import LONGEST_QUIET, QUIET, SkipNotices


class TestSkipNotices:
    def test_it_is_said_at_once_and_then_less_and_less_often(self) -> None:
        quiet, told = SkipNotices(), []
        for second in range(200):
            quiet.owe()
            if quiet.due(float(second)):
                told.append(second)
        steps = [after - before for before, after in pairwise(told)]
        assert told[0] == 0
        assert steps == sorted(steps)
        assert steps[0] == QUIET
        assert steps[-1] == LONGEST_QUIET

    def test_what_was_kept_back_is_said_in_the_end(self) -> None:
        quiet = SkipNotices()
        quiet.owe()
        assert quiet.due(0.0)
        quiet.owe()
        assert not quiet.due(QUIET / 2)
        assert quiet.due(QUIET)
        assert not quiet.due(10 * QUIET)

    def test_another_way_is_told_of_at_once(self) -> None:
        quiet = SkipNotices()
        quiet.owe()
        assert quiet.due(0.0)
        quiet.reset()
        quiet.owe()
        assert quiet.due(0.1)
