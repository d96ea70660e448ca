"""How often a page is asked for while the list changes."""

from __future__ import annotations

from cotui.api.paging.refetch_limit import LIMIT, LIMIT_OF_COUNTS, OWN, PAUSE, SHARED, RefetchLimit


class TestRefetchLimit:
    def test_a_page_is_left_alone_after_a_few_requests_until_a_pause_has_passed(self) -> None:
        rounds = RefetchLimit()
        rounds.look(100.0, {7})
        assert [rounds.spend(7) for _ in range(LIMIT + 1)] == [True] * LIMIT + [False]
        rounds.look(100.0 + PAUSE / 2, {7})
        assert not rounds.spend(7)
        rounds.look(100.0 + PAUSE, {7})
        assert rounds.spend(7)

    def test_a_few_pages_share_what_is_left(self) -> None:
        rounds = RefetchLimit()
        pages = range(5)
        rounds.look(100.0, pages)
        asked = sum(rounds.spend(page) for _ in range(50) for page in pages)
        assert asked == len(pages) * OWN + SHARED

    def test_each_page_has_its_own_first_requests_whatever_the_others_spent(self) -> None:
        rounds = RefetchLimit()
        rounds.look(100.0, range(40))
        for page in range(20):
            while rounds.spend(page):
                pass
        assert [rounds.spend(30) for _ in range(OWN + 1)] == [True] * OWN + [False]

    def test_counts_leave_the_requests_to_the_pages(self) -> None:
        rounds = RefetchLimit()
        rounds.look(100.0, {7})
        assert sum(rounds.spend(None) for _ in range(50)) == LIMIT_OF_COUNTS

    def test_pauses_that_do_not_help_grow(self) -> None:
        rounds, now, pauses = RefetchLimit(), 100.0, []
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
        rounds = RefetchLimit()
        rounds.look(100.0, {7})
        while rounds.spend(7):
            pass
        rounds.look(100.1, {8})
        assert rounds.spend(7)
