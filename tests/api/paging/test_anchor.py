"""What was on the screen is found again where it stands now."""

from __future__ import annotations

from typing import Any

from cotui.api.paging.anchor import Anchor, PagesNeeded, PlaceLost, RowsMoved
from cotui.api.paging.layout import Layout
from cotui.api.paging.pages import PageCache
from cotui.api.records import Record

SIZE = 10


class List:
    """A list of which pages are read one by one, as it stands at the moment."""

    def __init__(self, ids: list[int]) -> None:
        self.ids = ids
        self.cache = PageCache(Layout(SIZE))
        self.cache.keyed = True
        self.fresh: set[int] = set()
        self.sent = 0
        self.anchor = Anchor(
            self.cache, lambda number: self.cache.get(number) if number in self.fresh else None
        )

    def read(self, *numbers: int) -> None:
        for number in numbers:
            layout = self.cache.layout
            start = layout.start(number) - layout.link(number)
            rows = [Record({"id": id_}, "id") for id_ in self.ids[start : start + layout.limit]]
            self.sent += 1
            self.cache.install(self.cache.build(number, rows, sent=self.sent, received=float(self.sent)))
            self.fresh.add(number)

    def shown(self, first: int, last: int) -> None:
        """The rows stand on the screen for long enough to be seen."""
        self.anchor.moved((first, last), (first, last))
        self.anchor.whole(first, last, 0.0)
        self.anchor.keep(9.0)

    def changed(self, ids: list[int]) -> None:
        """Another request shows that the list is another one."""
        self.ids = ids
        self.anchor.lose()
        self.fresh.clear()

    def find(self, first: int, last: int) -> Any:
        """As a window does: reads what is wanted until the answer is there."""
        for _ in range(20):
            found = self.anchor.find(first, last, len(self.ids))
            if not isinstance(found, PagesNeeded):
                return found
            self.read(*found.pages)
        raise AssertionError("it asks for ever")


def seen(first: int = 50, last: int = 59) -> List:
    made = List(list(range(1, 201)))
    made.read(*range(4, 8))
    made.shown(first, last)
    return made


def test_rows_added_before_it_move_the_screen_by_as_many() -> None:
    made = seen()
    made.changed([-3, -2, -1, *made.ids])
    assert made.anchor.adrift
    found = made.find(50, 59)
    assert isinstance(found, RowsMoved)
    assert (found.by, found.seen[0], found.skipped) == (3, 53, range(0))
    assert not made.anchor.adrift


def test_rows_deleted_before_it_move_it_back() -> None:
    made = seen()
    made.changed(made.ids[4:])
    assert made.find(50, 59).by == -4


def test_a_row_that_changed_its_place_alone_takes_no_other_along() -> None:
    made = seen()
    ids = [id_ for id_ in made.ids if id_ != 55]
    ids.insert(2, 55)
    made.changed(ids)
    assert made.find(50, 59).by == 0


def test_a_list_that_is_another_one_altogether_says_that_the_place_is_lost() -> None:
    made = seen()
    made.changed(list(range(1000, 1200)))
    assert isinstance(made.find(50, 59), PlaceLost)
    assert not made.anchor.adrift


def test_a_jump_goes_on_from_nothing() -> None:
    made = seen()
    made.anchor.moved((50, 59), (150, 159))
    made.anchor.lose()
    assert not made.anchor.adrift
    assert made.anchor.pages == set()


def test_what_is_looked_at_stays_loaded() -> None:
    assert seen(45, 64).anchor.pages == {4, 6}
