"""Servers that send fewer rows than they are asked for."""

from __future__ import annotations

import pytest

from cotui.api.paging.page_maximum import PageMaximum


class TestPageMaximum:
    @pytest.mark.parametrize(("got", "total"), [(30, 30), (0, None), (0, 7)])
    def test_a_short_first_page_of_as_many_rows_as_counted_is_all(self, got: int, total: int | None) -> None:
        maximum = PageMaximum(100)
        maximum.first(got, total)
        assert (maximum.rows, maximum.asked) == (100, 100)

    @pytest.mark.parametrize("total", [None, 31, 5000])
    def test_else_it_may_be_what_the_server_sends_at_most(self, total: int | None) -> None:
        maximum = PageMaximum(100)
        maximum.first(30, total)
        assert (maximum.rows, maximum.asked, maximum.proved) == (30, 100, False)
        assert maximum.most_at_once is None
        maximum.second(30, 1)
        assert (maximum.rows, maximum.asked, maximum.proved) == (30, 30, True)
        assert maximum.most_at_once == 30

    @pytest.mark.parametrize("got", [0, 1, 31, 100])
    def test_the_page_behind_it_shows_that_it_was_the_end_or_that_more_can_come(self, got: int) -> None:
        maximum = PageMaximum(100)
        maximum.first(30, None)
        maximum.second(got, 1)
        assert (maximum.rows, maximum.proved) == (100, False)
