"""The window's parts by themselves: layout, identities, extent, rounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.api.window_events import merged
from cotui.api.window_extent import Extent
from cotui.api.window_identities import Identities
from cotui.api.window_layout import Layout
from cotui.api.window_rounds import LIMIT, PAUSE, Rounds

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


def test_ranges_are_merged() -> None:
    assert merged([(5, 6), (0, 2), (2, 3), (9, 9), (5, 8)]) == [(0, 3), (5, 8)]
