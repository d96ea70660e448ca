"""Lays out an answer page: the answer, small tables in one column or two, and all fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from cotui.desk.answers.page import Page, Table
from cotui.tui.pages.fact_lines import add_facts
from cotui.tui.pages.field_lines import FoldedFields
from cotui.tui.pages.table_lines import TableLines
from cotui.tui.records.record_page import PageLine, PageOptions, RecordPage

if TYPE_CHECKING:
    from cotui.api import Record
    from cotui.catalog import Resource

#: cells of a page from which tables stand in two columns
TWO_COLUMNS_FROM: Final = 110
#: tables that stand at the right there: of few cells, and without amounts that have to be compared
_RIGHT: Final = frozenset({"pay_methods", "contacts", "notes", "sent", "schedule", "customers"})
#: cells between the columns
_BETWEEN: Final = 2


def build_answer(
    resource: Resource,
    answer: Page,
    record: Record | None,
    options: PageOptions,
    *,
    retry_key: str = "",
    airy: bool = False,
) -> RecordPage:
    """The page of an answer.

    Args:
        record: whose fields stand below; None where they are not here yet.
        retry_key: the key that reads again.
        airy: there is room for a blank line before each table.
    """
    page = RecordPage(options.width)
    add_facts(page, answer.facts)
    lines = TableLines(resource, options.follows, retry_key)
    left = [table for table in answer.tables if table.name not in _RIGHT]
    right = [table for table in answer.tables if table.name in _RIGHT]
    if options.width >= TWO_COLUMNS_FROM and left and right:
        wide = (options.width - _BETWEEN) * 3 // 5
        page.add_blank()
        _beside(
            page,
            _column(lines, left, wide, airy=airy),
            _column(lines, right, options.width - wide - _BETWEEN, airy=airy),
        )
    else:
        if answer.tables:
            page.add_blank()
        _below(page, _column(lines, answer.tables, options.width, airy=airy))
    if record is not None:
        page.add_blank()
        FoldedFields(resource, record, replace(options, meanings=False), page).add()
    return page


def _column(lines: TableLines, tables: Sequence[Table], width: int, *, airy: bool) -> RecordPage:
    made = RecordPage(width)
    for table in tables:
        if airy:
            made.add_blank()
        lines.add(made, table)
    return made


def _below(page: RecordPage, added: RecordPage, *, column: int = 0) -> None:
    """Add the lines of one page to another of the same width."""
    entries, lines = len(page.entries), len(page.lines)
    page.lines += [_moved(line, entries) for line in added.lines]
    page.entries += added.entries
    for entry in added.entries:
        entry.first, entry.last, entry.column = entry.first + lines, entry.last + lines, column


def _beside(page: RecordPage, left: RecordPage, right: RecordPage) -> None:
    """Add two columns to a page; the cursor goes down the left one first."""
    top, between = len(page.lines), PageLine(((" " * _BETWEEN, ""),))
    _below(page, left)
    entries = len(page.entries)
    page.entries += right.entries
    for entry in right.entries:
        entry.first, entry.last, entry.column = entry.first + top, entry.last + top, 1
    blanks = [PageLine(((" " * part.width, ""),)) for part in (left, right)]
    lines = []
    for one, other in zip_longest(page.lines[top:], right.lines):
        moved = _moved(other, entries) if other is not None else blanks[1]
        lines.append(replace(one or blanks[0], beside=replace(between, beside=moved)))
    page.lines[top:] = lines


def _moved(line: PageLine, entries: int) -> PageLine:
    """The line, whose entry stands behind so many others."""
    return replace(line, entry=line.entry + entries) if line.entry >= 0 else line
