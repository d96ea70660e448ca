"""The result of many writes as a file for spreadsheets: a line for each record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from cotui.api import Outcome
from cotui.desk.export import CsvLines
from cotui.safety.writing import PRIVATE, create, write_atomically

_HEADINGS = ("object", "id", "name", "company", "action", "result", "message", "request_id")
Names = Callable[[int | str], str | None]


def csv_of(outcomes: Sequence[Outcome], names: Names = lambda _: None) -> str:
    """All of them as CSV, in lines that end as RFC 4180 wants them; `names` tells whose records they are."""
    line = CsvLines()
    values = (_values(outcome, names) for outcome in outcomes)
    return "".join(f"{line(row)}\r\n" for row in (_HEADINGS, *values))


def _values(outcome: Outcome, names: Names) -> tuple[object, ...]:
    write = outcome.write
    company = names(write.customer) if write.customer is not None else ""
    done = (write.action.name, outcome.result.value, outcome.message, write.request_id)
    return (write.resource.id, write.ref, write.name, company or "", *done)


def export(
    path: Path, outcomes: Sequence[Outcome], *, overwrite: bool = False, names: Names = lambda _: None
) -> None:
    """Write the file, open to its owner only.

    Args:
        names: what the customer with a number is called; None where that is not known.

    Raises:
        FileThere: there is a file of this name, and `overwrite` is not set.
        FileFault: it is no name of a file, or it could not be written; what was begun is gone again.
    """
    content = csv_of(outcomes, names).encode("utf-8", "backslashreplace")
    if overwrite:
        write_atomically(path, content, mode=PRIVATE)
    else:
        create(path, content)
