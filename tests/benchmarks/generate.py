"""Making demo data, next to the least that storing as many rows takes.

    python -m tests.benchmarks.generate [--customers 100000] [--directory DIRECTORY] [--keep FILE]

100,000 customers have a million invoices; all but the first 5,000 customers are copies. The baseline is one plain
table without an index, which gets as many rows as the account has, and about as many bytes, from a single
`executemany` of one tuple in the same run. When somebody else uses the machine, CPU seconds say more than the clock.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import repeat
from pathlib import Path

from cotui.sandbox.http.resetting import build_file
from tests.benchmarks import options

#: Seconds in which a million invoices are wanted.
WANTED = 60
#: Values of a row of the baseline.
_VALUES = 20


@dataclass(frozen=True)
class Run:
    """What one way of filling a file took."""

    seconds: float
    cpu: float
    megabytes: float


def timed(path: Path, fill: object) -> Run:
    """Runs `fill`, which makes the file."""
    assert callable(fill)
    before, start = sum(os.times()[:4]), time.perf_counter()
    fill()
    seconds = time.perf_counter() - start
    return Run(seconds, sum(os.times()[:4]) - before, path.stat().st_size / 1e6)


def rows_of(path: Path) -> dict[str, int]:
    """Rows of each table."""
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables
        }


def fill_plainly(path: Path, rows: int, size: int) -> None:
    """One table with so many rows and about so many bytes."""
    values = [1_700_000_000] * (_VALUES - 1)
    text = "x" * max(size // max(rows, 1) - 5 * len(values) - 30, 1)
    marks = ", ".join("?" * _VALUES)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(
            f"CREATE TABLE plain (id INTEGER PRIMARY KEY, {', '.join(f'c{n}' for n in range(_VALUES))})"
        )
        connection.executemany(f"INSERT INTO plain VALUES (NULL, {marks})", repeat((*values, text), rows))
        connection.commit()


def main() -> None:
    """Prints both, and whether the wish is met."""
    parser = options.parser(__doc__)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--directory", type=Path, help="where files are made for the time being")
    parser.add_argument("--keep", type=Path, help="keep the account as this file, which must not exist")
    chosen = options.options(parser, customers=300)
    if chosen.keep and chosen.keep.exists():
        parser.error(f"{chosen.keep} exists")
    with tempfile.TemporaryDirectory(dir=chosen.directory) as name:
        path = chosen.keep or Path(name) / "account.db"
        made = timed(path, lambda: build_file(path, chosen.customers, 1, lambda _: date.today()))
        counts = rows_of(path)
        rows, invoices = sum(counts.values()), counts["invoices"]
        plain_path = Path(name) / "plain.db"
        plain = timed(plain_path, lambda: fill_plainly(plain_path, rows, path.stat().st_size))
    print(f"{chosen.customers:,} customers, {invoices:,} invoices, {rows:,} rows")
    print("| | s | CPU s | rows/s | invoices/s | MB |")
    print("|---|---|---|---|---|---|")
    for what, run, per_second in (
        ("demo data with indexes", made, f"{invoices / made.seconds:,.0f}"),
        ("as many plain rows", plain, "–"),
    ):
        print(
            f"| {what} | {run.seconds:.1f} | {run.cpu:.1f} | {rows / run.seconds:,.0f} | {per_second} "
            f"| {run.megabytes:,.0f} |"
        )
    print(f"{made.seconds / plain.seconds:.1f} times as long as the plain rows")
    if invoices:
        million = made.seconds * 1e6 / invoices
        print(
            f"a million invoices: {million:.0f} s, wanted: less than {WANTED} s: "
            f"{'met' if million < WANTED else 'NOT met'}"
        )


if __name__ == "__main__":
    main()
