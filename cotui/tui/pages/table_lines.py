"""A small table of an answer page: its head with how many there are, its rows, and what is missing of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from cotui.catalog.model import Resource
from cotui.desk.amounts import spoken
from cotui.desk.answers.page import READING, Row, Table
from cotui.tui.base.cells import cell_len, fit, wrap
from cotui.tui.pages.answer_entry import STYLE_OF, AnswerEntry
from cotui.tui.pages.fact_lines import decimals_of, on_point
from cotui.tui.pages.table_columns import GAP, PlacedColumn, placed
from cotui.tui.records.record_page import RecordPage, Run

#: rows of a table that opens as a list; one that does not has them all
MOST_ROWS: Final = 5
#: before a row: the cursor's sign has its place there
_MARGIN: Final = "   "
_TROUBLED: Final = ("partial", "refused", "failed")
_LINES_OF_TROUBLE: Final = 3


class TableLines:
    """Adds tables to a page, or to one of its columns.

    Args:
        resource: whose page it is: its relations lead to the lists.
        follows: whether records of a resource, by its id, can be opened from here.
        retry_key: the key that reads again; "" where there is none.
    """

    def __init__(self, resource: Resource, follows: Callable[[str], bool], retry_key: str = "") -> None:
        self._resource = resource
        self._follows = follows
        self._retry_key = retry_key

    def add(self, page: RecordPage, table: Table) -> None:
        """Add one table."""
        relation = self._resource.relation(table.relation) if table.relation else None
        # rows that are no records are in no list
        listed = relation is not None and any(row.resource_id for row in table.rows)
        shown = table.rows[:MOST_ROWS] if listed else table.rows
        heads = any(column.right for column in table.columns) and bool(shown)
        amounts = [row.amount for row in shown if row.amount is not None]
        decimals = decimals_of(amounts)
        currencies = {amount.currency for amount in (*amounts, *table.total)}
        texts = [self._amount(row, decimals, coded=len(currencies) > 1) for row in shown]
        width = max(map(len, texts), default=0)
        room = page.width - len(_MARGIN) - (width + GAP if width else 0) - 1
        columns = placed(table.columns, shown, room, heads=heads)
        right = self._right_end(table, len(shown), currencies)
        self._add_head(
            page, table, relation.key if relation is not None else "", right, columns if heads else ()
        )
        for number, (row, amount) in enumerate(zip(shown, texts, strict=True)):
            self._add_row(page, table, row, number, columns, amount.rjust(width))
        left = len(table.rows) - len(shown)
        if left and table.count is None:
            page.add_line((f"{_MARGIN}and {left:,} more", "note"))
        if table.trouble and shown:
            self._add_trouble(page, table)

    @staticmethod
    def _amount(row: Row, decimals: int, *, coded: bool) -> str:
        if row.amount is None:
            return ""
        text = on_point(row.amount, decimals)
        return f"{text} {row.amount.currency.ljust(3)}" if coded else text

    @staticmethod
    def _right_end(table: Table, shown: int, currencies: set[str]) -> str:
        """What they come to, or which of them are here; their one currency is said here and nowhere else."""
        some = f"first {shown}" if shown and (table.count is None or table.count.value > shown) else ""
        if table.total:
            return f"{some}, {spoken(table.total)} in all" if some else spoken(table.total)
        code = next(iter(currencies)) if len(currencies) == 1 else ""
        return ", ".join(filter(None, (some, code)))

    def _add_head(
        self, page: RecordPage, table: Table, key: str, right: str, columns: Sequence[PlacedColumn]
    ) -> None:
        index = page.open_entry(
            AnswerEntry(
                f"table:{table.name}",
                table.title,
                self._meaning(table),
                None,
                None,
                part=table.name,
                table=table,
            )
        )
        runs: list[Run] = [(f"  {table.title}", "group")]
        if not table.rows:
            page.add_line(*runs, *self._instead(table), entry=index)
            page.close_entry(index)
            if table.trouble and table.state in _TROUBLED:
                self._add_trouble(page, table)
            return
        count = f" {table.count.text}" if table.count is not None else " ?"
        key = f"   {key}: all" if key else ""
        used = cell_len(runs[0][0]) + len(count) + len(key)
        heads = self._heads(table, columns)
        if heads and used + 1 <= len(_MARGIN) + columns[0].width:  # they find room in the line of the title
            text = f"{fit('', len(_MARGIN) + columns[0].width - used)}{heads}"
            runs += [(count, ""), (key, "link"), (self._ended(text, right, page.width - used), "column")]
        else:
            runs += [(count, ""), (key, "link"), (self._ended("", right, page.width - used), "label")]
            if heads:
                first = fit(table.columns[columns[0].at].label, columns[0].width)
                page.add_line(*runs, entry=index)
                runs = [(f"{_MARGIN}{first}{heads}", "column")]
        page.add_line(*runs, entry=index)
        page.close_entry(index)

    @staticmethod
    def _heads(table: Table, columns: Sequence[PlacedColumn]) -> str:
        """What stands above the columns behind the first one."""
        return "".join(
            " " * GAP + fit(table.columns[one.at].label, one.width, "right" if one.right else "left")
            for one in columns[1:]
        )

    @staticmethod
    def _ended(left: str, right: str, room: int) -> str:
        """Words, and others at the right end where there is room for both."""
        gap = room - 1 - cell_len(left) - cell_len(right)
        return f"{left}{' ' * gap}{right}" if gap >= GAP else left

    def _instead(self, table: Table) -> list[Run]:
        """What stands where there are no rows: reading, none and failed are different words."""
        if table.state == READING:
            return [(f"   {READING}", "faint")]
        if table.state in _TROUBLED:
            return [(f"   ! {_STATES[table.state]}", "bad"), (self._retry(table), "link")]
        return [(f"   {table.none}", "faint")]

    def _retry(self, table: Table) -> str:
        return f"   {self._retry_key}: try again" if self._retry_key and table.state == "failed" else ""

    def _add_trouble(self, page: RecordPage, table: Table) -> None:
        style = "bad" if table.state in ("refused", "failed") else "warn"
        lines = wrap(
            f"! {table.trouble}{self._retry(table) if table.rows else ''}", page.width - len(_MARGIN) - 1
        )
        for text in lines[:_LINES_OF_TROUBLE]:
            page.add_line((f"{_MARGIN}{text}", style))

    def _add_row(
        self,
        page: RecordPage,
        table: Table,
        row: Row,
        number: int,
        columns: Sequence[PlacedColumn],
        amount: str,
    ) -> None:
        opens = row.ref is not None and row.resource_id and self._follows(row.resource_id)
        reference = (row.resource_id, row.ref) if opens and row.ref is not None else None
        key = f"{row.resource_id}:{row.ref}" if row.ref is not None else f"#{number}"
        copied = "\t".join([*row.cells, *([row.amount.text] if row.amount is not None else [])])
        entry = AnswerEntry(
            f"{table.name}:{key}",
            table.title,
            row.said or copied.replace("\t", ", "),
            None,
            copied,
            reference,
            part=table.name,
            table=table,
            row=row,
        )
        index = page.open_entry(entry)
        page.add_line(*self._cells(page.width, table, row, columns, amount), entry=index)
        page.close_entry(index)

    @staticmethod
    def _cells(width: int, table: Table, row: Row, columns: Sequence[PlacedColumn], amount: str) -> list[Run]:
        runs: list[Run] = []
        text = _MARGIN
        for number, one in enumerate(columns):
            text += " " * GAP if number else ""
            cell = fit(row.cells[one.at], one.width, "right" if one.right else "left")
            style = STYLE_OF[row.tone] if one.at == table.status else ""
            if style:
                runs += [(text, ""), (cell, style)]
                text = ""
            else:
                text += cell
        runs.append((text, ""))
        used = sum(cell_len(part) for part, _ in runs)
        runs.append((fit(amount, max(0, width - used - 1), "right"), ""))
        return runs

    @staticmethod
    def _meaning(table: Table) -> str:
        """What is said of a table's head at the bottom."""
        return table.trouble if table.state in _TROUBLED else ""


_STATES: Final = {
    "partial": "not all of it is here",
    "refused": "not allowed",
    "failed": "could not be read",
}
