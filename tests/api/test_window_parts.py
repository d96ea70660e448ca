"""The window's parts by themselves: layout, identities, extent, rounds."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.api.paging.events import merged
from cotui.api.paging.identities import Identities
from cotui.api.paging.layout import Layout
from cotui.api.paging.length_estimate import Extent
from cotui.api.paging.page_maximum import Maximum
from cotui.api.paging.refetch_limit import LIMIT, LIMIT_OF_COUNTS, OWN, PAUSE, SHARED, Rounds
from cotui.api.paging.shift_notices import LONGEST_QUIET, QUIET, Quiet

layouts = st.integers(1, 120).flatmap(
    lambda limit: st.builds(Layout, st.just(limit), st.integers(0, 1 if limit > 1 else 0))
)


class TestLayout:
    @given(layouts, st.integers(0, 10_000))
    def test_every_row_is_on_exactly_one_page(self, layout: Layout, index: int) -> None:
        page = layout.page_of(index)
        assert layout.start(page) <= index < layout.stop(page)
        assert layout.start(page + 1) == layout.stop(page)

    @given(layouts, st.integers(1, 200))
    def test_a_page_begins_with_the_last_row_of_the_one_before(self, layout: Layout, page: int) -> None:
        assert layout.offset(page) + layout.link(page) == layout.start(page)
        assert layout.offset(page) + layout.overlap == layout.stop(page - 1)

    @pytest.mark.parametrize(("limit", "overlap"), [(0, 0), (1, 1), (5, 2), (5, -1)])
    def test_impossible_ones_are_refused(self, limit: int, overlap: int) -> None:
        with pytest.raises(ValueError, match="overlap"):
            Layout(limit, overlap)


class TestIdentities:
    @given(
        st.lists(
            st.tuples(st.sampled_from(["add", "take", "drop"]), st.integers(1, 4), st.integers(0, 6)),
            max_size=60,
        )
    )
    def test_each_record_is_shown_once_while_it_is_loaded_at_all(
        self, steps: list[tuple[str, int, int]]
    ) -> None:
        identities = Identities()
        loaded: dict[int, int] = {}
        for step, key, index in steps:
            if step == "drop":
                if index in loaded:
                    identities.discard(loaded.pop(index), index)
            elif index not in loaded:
                loaded[index] = key
                identities.add(key, index, take_over=step == "take")
                if step == "take":
                    assert identities.index_of(key) == index
            for number in range(1, 5):
                places = [place for place, there in loaded.items() if there == number]
                visible = [place for place in places if not identities.hides(place)]
                assert visible == ([identities.index_of(number)] if places else [])
                for place in places:
                    instead = identities.shown_instead(place)
                    assert instead == (None if place in visible else visible[0])


class TestExtent:
    def test_an_older_count_does_not_overrule_a_newer_page(self) -> None:
        extent = Extent()
        extent.page(0, 100, 40, sent=5, known=5)
        assert extent.count(90, sent=4) is False
        assert (extent.total, extent.exact) == (40, True)

    def test_an_older_page_does_not_overrule_a_newer_count(self) -> None:
        extent = Extent()
        extent.count(500, sent=5)
        assert extent.page(198, 100, 20, sent=4, known=5).outdated
        assert extent.page(495, 100, 100, sent=4, known=5).outdated
        assert (extent.total, extent.exact) == (500, True)

    def test_a_full_page_at_the_end_is_proof_only_with_a_later_count(self) -> None:
        extent = Extent()
        extent.count(199, sent=2)
        extent.page(99, 100, 100, sent=3, known=3)
        assert (extent.total, extent.exact, extent.wanted) == (199, False, True)
        extent.count(199, sent=4)
        assert (extent.total, extent.exact, extent.wanted) == (199, True, False)

    def test_what_cannot_be_counted_is_no_longer_claimed(self) -> None:
        extent = Extent()
        extent.count(500, sent=2)
        extent.page(0, 100, 100, sent=1, known=2)
        extent.doubt()
        assert (extent.total, extent.exact, extent.length) == (500, False, 500)
        extent.uncounted()
        assert (extent.total, extent.length) == (None, 101)


class TestRounds:
    def test_a_page_is_left_alone_after_a_few_requests_until_a_pause_has_passed(self) -> None:
        rounds = Rounds()
        rounds.look(100.0, {7})
        assert [rounds.spend(7) for _ in range(LIMIT + 1)] == [True] * LIMIT + [False]
        rounds.look(100.0 + PAUSE / 2, {7})
        assert not rounds.spend(7)
        rounds.look(100.0 + PAUSE, {7})
        assert rounds.spend(7)

    def test_a_few_pages_share_what_is_left(self) -> None:
        rounds = Rounds()
        pages = range(5)
        rounds.look(100.0, pages)
        asked = sum(rounds.spend(page) for _ in range(50) for page in pages)
        assert asked == len(pages) * OWN + SHARED

    def test_each_page_has_its_own_first_requests_whatever_the_others_spent(self) -> None:
        rounds = Rounds()
        rounds.look(100.0, range(40))
        for page in range(20):
            while rounds.spend(page):
                pass
        assert [rounds.spend(30) for _ in range(OWN + 1)] == [True] * OWN + [False]

    def test_counts_leave_the_requests_to_the_pages(self) -> None:
        rounds = Rounds()
        rounds.look(100.0, {7})
        assert sum(rounds.spend(None) for _ in range(50)) == LIMIT_OF_COUNTS

    def test_pauses_that_do_not_help_grow(self) -> None:
        rounds, now, pauses = Rounds(), 100.0, []
        rounds.look(now, {7})
        for _ in range(4):
            while rounds.spend(7):
                pass
            since = now
            while not rounds.spend(7):
                now += 0.5
                rounds.look(now, {7})
            pauses.append(now - since)
        assert pauses == sorted(set(pauses))

    def test_a_page_that_was_out_of_sight_starts_anew(self) -> None:
        rounds = Rounds()
        rounds.look(100.0, {7})
        while rounds.spend(7):
            pass
        rounds.look(100.1, {8})
        assert rounds.spend(7)


class TestQuiet:
    def test_it_is_said_at_once_and_then_less_and_less_often(self) -> None:
        quiet, told = Quiet(), []
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
        quiet = Quiet()
        quiet.owe()
        assert quiet.due(0.0)
        quiet.owe()
        assert not quiet.due(QUIET / 2)
        assert quiet.due(QUIET)
        assert not quiet.due(10 * QUIET)

    def test_another_way_is_told_of_at_once(self) -> None:
        quiet = Quiet()
        quiet.owe()
        assert quiet.due(0.0)
        quiet.reset()
        quiet.owe()
        assert quiet.due(0.1)


class TestMaximum:
    @pytest.mark.parametrize(("got", "total"), [(30, 30), (0, None), (0, 7)])
    def test_a_short_first_page_of_as_many_rows_as_counted_is_all(self, got: int, total: int | None) -> None:
        maximum = Maximum(100)
        maximum.first(got, total)
        assert (maximum.rows, maximum.asked) == (100, 100)

    @pytest.mark.parametrize("total", [None, 31, 5000])
    def test_else_it_may_be_what_the_server_sends_at_most(self, total: int | None) -> None:
        maximum = Maximum(100)
        maximum.first(30, total)
        assert (maximum.rows, maximum.asked, maximum.proved) == (30, 100, False)
        maximum.second(30, 1)
        assert (maximum.rows, maximum.asked, maximum.proved) == (30, 30, True)

    @pytest.mark.parametrize("got", [0, 1, 31, 100])
    def test_the_page_behind_it_shows_that_it_was_the_end_or_that_more_can_come(self, got: int) -> None:
        maximum = Maximum(100)
        maximum.first(30, None)
        maximum.second(got, 1)
        assert (maximum.rows, maximum.proved) == (100, False)


def test_ranges_are_merged() -> None:
    assert merged([(5, 6), (0, 2), (2, 3), (9, 9), (5, 8)]) == [(0, 3), (5, 8)]
