"""An answer page as a whole: what stands where, in one column or two."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from cotui.desk.answers.page import Table
from cotui.tui.base.cells import cell_len
from tests.tui.pages.answers import TABLES, built, lines, page


def test_at_80_columns_the_answer_and_the_first_rows_are_on_the_first_page() -> None:
    shown = lines(page())[:18]
    assert shown[0].startswith(" Owes")
    assert any(line.startswith("  Open invoices 2") for line in shown)
    assert any("Declined 0" in line for line in shown)
    assert {cell_len(line) for line in lines(page())} == {79}


def test_from_120_on_tables_without_amounts_stand_at_the_right() -> None:
    made = built(page(), 119)
    columns = {entry.name: entry.column for entry in made.entries}
    assert columns["table:open_invoices"] == columns["table:payments"] == 0
    assert columns["table:contacts"] == columns["contacts:user:1"] == columns["table:notes"] == 1
    head = next(line.text for line in made.lines if "Open invoices" in line.text)
    assert "Contacts 2   u: all" in head
    assert {cell_len(line.text) for line in made.lines} == {119}


@pytest.mark.parametrize("width", [40, 79, 119, 160])
@pytest.mark.parametrize("airy", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_every_entry_stands_on_its_own_lines(width: int, airy: bool, seed: int) -> None:
    chance = Random(seed)
    tables: list[Table] = [
        replace(table, rows=table.rows[: chance.randrange(8)]) for table in chance.sample(TABLES, len(TABLES))
    ]
    made = built(page(tables=tuple(tables[: chance.randrange(7)])), width, airy=airy)
    for index, entry in enumerate(made.entries):
        own = [at for at, line in enumerate(made.lines) if any(part.entry == index for part in line.parts)]
        assert own == list(range(entry.first, entry.last + 1)), entry.name
    assert {sum(cell_len(text) for part in line.parts for text, _ in part.runs) for line in made.lines} == {
        width
    }


def test_blank_lines_part_tables_where_there_is_room() -> None:
    assert "" not in [line.strip() for line in lines(page())[8:24]]
    airy = [line.strip() for line in lines(page(), airy=True)]
    at = next(number for number, line in enumerate(airy) if line.startswith("Payments"))
    assert airy[at - 1] == ""


def test_fields_come_last_and_only_where_there_is_a_record() -> None:
    assert "All fields" in "".join(lines(page()))
    assert "All fields" not in "".join(lines(page(record=None)))
    assert lines(page(record=None, facts=(), tables=())) == []
