"""How a result is cut into pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.api.paging.layout import Layout

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
