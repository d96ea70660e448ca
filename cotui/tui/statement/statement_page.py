"""A statement as lines of a page: the newest entry first, in columns as wide as their amounts."""

from __future__ import annotations

from functools import partial
from typing import Final, NamedTuple

from cotui.desk.statement import words
from cotui.desk.statement.balances import Balance, Line, Statement
from cotui.desk.statement.entries import LABELS
from cotui.tui.base.cells import cell_len, fit, wrap
from cotui.tui.records.record_page import Entry, RecordPage

#: name of the entry that stands for what is not read
OLDER: Final = "older"
_DATE: Final = len("2026-03-16")
_KIND: Final = max(map(len, LABELS.values()))
_GAP: Final = "  "
_HEADS: Final = ("Charged", "Paid", "Owes then")
#: with fewer cells for words, what is charged and paid stands in one column
_LEAST_WORDS: Final = 24
#: with fewer, they follow on what kind of entry it is
_LEAST_APART: Final = 16
_ONE_HEAD: Final = "Change"


class _Cells(NamedTuple):
    """The amounts of a line, as texts: two or one that change what is owed, and what is owed then."""

    changes: tuple[str, ...]
    running: str


class _Columns(NamedTuple):
    """Widths in cells: of the words, of the amounts that change what is owed, and of what is owed then."""

    words: int
    changes: tuple[int, ...]
    running: int

    @property
    def narrow(self) -> bool:
        return len(self.changes) == 1


def build_page(statement: Statement, width: int) -> RecordPage:
    """The page for a width; an entry for each line that can be opened."""
    page = RecordPage(width)
    several = len(statement.balances) > 1
    for balance in statement.balances:
        page.add_blank()
        if several:
            page.add_line((f" {balance.currency or 'unknown currency'}", "group"))
        _add_verdict(page, statement, balance)
        _add_lines(page, statement, balance)
        _add_ages(page, balance)
    if not statement.balances:
        page.add_line((" Nothing was charged or paid so far.", ""))
    if statement.troubles:
        page.add_blank()
        for trouble in statement.troubles:
            _add_words(page, f"! {trouble[:1].upper()}{trouble[1:]}.", "bad")
    return page


def describe(line: Line) -> str:
    """One line about an entry, with all of its words."""
    entry = line.entry
    charged, paid, running = words.charged_words(line), words.paid_words(line), words.running_words(line)
    said = [f"{LABELS[entry.kind]} {entry.text}", f"charged {charged}" if charged else ""]
    said.append("" if not paid else f"not counted {paid}" if entry.declined is not None else f"paid {paid}")
    said.append(f"owes then {running}")
    said.append("ChargeOver tells no date of it" if entry.day is None else "")
    return " · ".join(filter(None, said))


def _add_verdict(page: RecordPage, statement: Statement, balance: Balance) -> None:
    text = words.verdict(statement, balance)
    _add_words(page, text, "bad" if text.startswith("!") else "title" if balance.proved else "warn")
    sums = words.sums_words(balance, statement.since)
    declined = any(line.entry.declined is not None for line in balance.lines)
    _add_words(page, f"{sums}. Declines are shown, not counted" if declined else sums, "note")


def _add_words(page: RecordPage, text: str, style: str) -> None:
    for part in wrap(text, page.width - 2):
        page.add_line((f" {part}", style))


def _add_lines(page: RecordPage, statement: Statement, balance: Balance) -> None:
    columns = _columns(page.width, balance)
    heads = _Cells((_ONE_HEAD,) if columns.narrow else _HEADS[:2], _HEADS[2])
    page.add_blank()
    _add(page, "Date ↓", "What", "", heads, columns, "column")
    for line in reversed(balance.lines):
        entry = line.entry
        index = page.open_entry(
            Entry(
                f"{entry.resource_id} {entry.ref} {entry.kind}",
                f"{LABELS[entry.kind]} {entry.text}",
                describe(line),
                None,
                partial(_copied, line),
                None if entry.ref is None else (entry.resource_id, entry.ref),
            )
        )
        style = {"decline": "bad", "void": "faint"}.get(entry.kind, "")
        cells = _cells(line, narrow=columns.narrow)
        _add(page, words.day_words(line), LABELS[entry.kind], entry.text, cells, columns, style, index)
        page.close_entry(index)
    before = words.before_words(statement, balance)
    if before:
        unread = not statement.complete
        meaning = "enter reads one page more of what is older" if unread else "what was owed before"
        index = page.open_entry(Entry(f"{OLDER} {balance.currency}", "Before", meaning, None, before))
        cells = _Cells(("",) * len(columns.changes), words.amount_words(balance.opening))
        _add(page, "", "Before", before, cells, columns, "note", index)
        page.close_entry(index)
    elif not balance.lines:
        page.add_line((" Nothing was charged or paid so far.", ""))
    sums = (words.amount_words(balance.charged), words.amount_words(balance.paid))
    if not columns.narrow:
        _add(page, "", "Sum", "", _Cells(sums, words.amount_words(balance.owed_then)), columns, "title")


def _add_ages(page: RecordPage, balance: Balance) -> None:
    """How late what is open is: spans beside each other, or below where there is no room; nothing where nothing is open."""
    if not any(age.amount.amount for age in balance.ages):
        return
    page.add_blank()
    title = "  Age of what is open"
    amounts = [(age.label, words.amount_words(age.amount)) for age in balance.ages]
    sizes = [max(cell_len(label), cell_len(amount)) + 3 for label, amount in amounts]
    if cell_len(title) + sum(sizes) < page.width:
        labels = "".join(fit(label, size, "right") for (label, _), size in zip(amounts, sizes, strict=True))
        values = "".join(fit(amount, size, "right") for (_, amount), size in zip(amounts, sizes, strict=True))
        page.add_line((title + labels, "column"))
        page.add_line((" " * cell_len(title) + values, ""))
        return
    page.add_line((title, "column"))
    widest = max(cell_len(label) for label, _ in amounts)
    for (label, amount), size in zip(amounts, [max(sizes)] * len(amounts), strict=True):
        page.add_line((f"  {fit(label, widest)}{fit(amount, size, 'right')}", ""))


def _copied(line: Line) -> str:
    """A line as text, for another program."""
    parts = (words.day_words(line), words.what_words(line), words.charged_words(line), words.paid_words(line))
    return _GAP.join(filter(None, (*parts, words.running_words(line))))


def _cells(line: Line, *, narrow: bool) -> _Cells:
    charged, paid = words.charged_words(line), words.paid_words(line)
    if not narrow:
        return _Cells((charged, paid), words.running_words(line))
    change = f"+{charged}" if charged else paid if line.entry.paid is None else f"-{paid}"
    return _Cells((change,), words.running_words(line))


def _columns(width: int, balance: Balance) -> _Columns:
    wide = _measured(width, balance, narrow=False)
    return wide if wide.words >= _LEAST_WORDS else _measured(width, balance, narrow=True)


def _measured(width: int, balance: Balance, *, narrow: bool) -> _Columns:
    rows = [_cells(line, narrow=narrow) for line in balance.lines]
    rows.append(_Cells((_ONE_HEAD,) if narrow else _HEADS[:2], _HEADS[2]))
    if not narrow:
        rows.append(_Cells((words.amount_words(balance.charged), words.amount_words(balance.paid)), ""))
    rows.append(_Cells(rows[-1].changes, words.amount_words(balance.opening)))
    rows.append(_Cells(rows[-1].changes, words.amount_words(balance.owed_then)))
    # what was declined stands in brackets, whose end reaches beyond the others' decimal point
    changes = tuple(
        max(map(cell_len, column)) + 1 for column in zip(*(row.changes for row in rows), strict=True)
    )
    running = max(cell_len(row.running) for row in rows)
    taken = 2 + _DATE + 2 + _KIND + 2 + sum(size + 2 for size in changes) + 2 + running + 1
    return _Columns(max(0, width - taken), changes, running)


def _add(
    page: RecordPage,
    day: str,
    kind: str,
    text: str,
    cells: _Cells,
    columns: _Columns,
    style: str,
    entry: int = -1,
) -> None:
    what = f"{fit(kind, _KIND)}{_GAP}{fit(text, columns.words)}"
    if columns.words < _LEAST_APART:
        what = fit(f"{kind} {text}", _KIND + len(_GAP) + columns.words)
    amounts = [_pointed(text, size) for text, size in zip(cells.changes, columns.changes, strict=True)]
    right = f"{_GAP}{_GAP.join(amounts)}{_GAP}{fit(cells.running, columns.running, 'right')} "
    if entry < 0:  # heads and sums are of one style
        page.add_line((f"  {fit(day, _DATE)}{_GAP}{what}{right}", style))
        return
    page.add_line((f"  {fit(day, _DATE)}{_GAP}", ""), (what, style), (right, ""), entry=entry)


def _pointed(text: str, size: int) -> str:
    """At the right, with room for the bracket that others end in."""
    return fit(text if text.endswith(")") else f"{text} ", size, "right")
