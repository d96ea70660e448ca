"""Which part of a page an entry stands in."""

from __future__ import annotations

from cotui.desk.answers.page import Tone
from cotui.tui.base.format import TONES
from cotui.tui.pages.answer_entry import ALL_FIELDS, FACTS, FIELDS, STYLE_OF, part_of
from tests.tui.pages.answers import built, page


def test_entries_stand_in_the_order_of_the_parts() -> None:
    parts = list(dict.fromkeys(map(part_of, built(page()).entries)))
    tables = [table.name for table in page().tables]
    assert parts == [FACTS, *tables, FIELDS]
    assert part_of(next(entry for entry in built(page()).entries if entry.name == ALL_FIELDS)) == FIELDS


def test_every_tone_of_an_answer_is_a_style_of_pages() -> None:
    assert set(STYLE_OF) == set(Tone.__args__)  # type: ignore[attr-defined]  # typing has no name for it
    assert set(STYLE_OF.values()) - {""} <= set(TONES)
