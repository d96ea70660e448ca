"""The length of a result, from counts and pages that need not agree."""

from __future__ import annotations

from cotui.api.paging.length_estimate import LengthEstimate


class TestLengthEstimate:
    def test_an_older_count_does_not_overrule_a_newer_page(self) -> None:
        extent = LengthEstimate()
        extent.page(0, 100, 40, sent=5, known=5)
        assert extent.count(90, sent=4) is False
        assert (extent.total, extent.exact) == (40, True)

    def test_an_older_page_does_not_overrule_a_newer_count(self) -> None:
        extent = LengthEstimate()
        extent.count(500, sent=5)
        assert not extent.page(198, 100, 20, sent=4, known=5)
        assert not extent.page(495, 100, 100, sent=4, known=5)
        assert (extent.total, extent.exact) == (500, True)

    def test_a_full_page_at_the_end_is_proof_only_with_a_later_count(self) -> None:
        extent = LengthEstimate()
        extent.count(199, sent=2)
        extent.page(99, 100, 100, sent=3, known=3)
        assert (extent.total, extent.exact, extent.wanted) == (199, False, True)
        extent.count(199, sent=4)
        assert (extent.total, extent.exact, extent.wanted) == (199, True, False)

    def test_what_cannot_be_counted_is_no_longer_claimed(self) -> None:
        extent = LengthEstimate()
        extent.count(500, sent=2)
        extent.page(0, 100, 100, sent=1, known=2)
        extent.doubt()
        assert (extent.total, extent.exact, extent.length) == (500, False, 500)
        extent.uncounted()
        assert (extent.total, extent.length) == (None, 101)
