"""Each record is shown at one index."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cotui.api.paging.identities import Identities


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
