"""Pages far down a result: the same rows as by stepping there, found without stepping there."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

from cotui.sandbox.database import deep_pages, find
from cotui.sandbox.database.clock import Clock
from cotui.sandbox.database.object_model import SandboxObject
from cotui.sandbox.database.query_sql import Compiled, compile_query
from cotui.sandbox.database.store import Reader, Store
from cotui.sandbox.objects import served, served_objects
from tests.depth import examples
from tests.sandbox import account

STRIDE = 3
CUSTOMERS = 45
PAGE = 4
#: Orders that an index holds, of fields that are always set.
INDEXED = [
    ("invoice", "", "date:DESC"),
    ("invoice", "", "date:ASC"),
    ("invoice", "invoice_status_str:NOTEQUALS:closed-void", "date:DESC"),
    ("invoice", "invoice_status_state:EQUALS:o", "date:DESC"),
    ("invoice", "", "invoice_status_str:ASC"),
    ("invoice", "", "invoice_id:DESC"),
    ("invoice", "", ""),
    ("customer", "", "company:DESC"),
    ("customer", "", "company:ASC"),
    ("customer", "company:CONTAINS:1", "company:ASC"),
]


@pytest.fixture(autouse=True)
def _short_strides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deep_pages, "STRIDE", STRIDE)


@pytest.fixture(scope="module")
def many() -> Iterator[Store]:
    store = account.build(CUSTOMERS)
    yield store
    store.close()


def query_of(reader: Reader, subject: SandboxObject, where: str, order: str) -> Compiled:
    return compile_query(subject, where, order, reader.lookups, Clock("America/New_York", account.now))


def page(reader: Reader, subject: SandboxObject, query: Compiled, limit: int, offset: int) -> list[int]:
    return [row[0] for row in find.page(reader, subject, query, limit, offset)]


def all_of(reader: Reader, subject: SandboxObject, query: Compiled) -> list[int]:
    """The whole result, read in one go."""
    return page(reader, subject, query, 10_000, 0)


@pytest.mark.deep
@pytest.mark.sample("customer-True", "package-False", "user-True", "user-False")
@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize("subject", served_objects().values(), ids=lambda subject: subject.name)
def test_every_page_is_what_stepping_there_finds(many: Store, subject: SandboxObject, counted: bool) -> None:
    orders = [f"{field}:{way}" for field in sorted(subject.orderable) for way in ("ASC", "DESC")]
    with many.read() as reader:
        for order in orders:
            query = query_of(reader, subject, "", order)
            reader.bookmarks.clear()
            reader.counts.clear()
            rows = all_of(reader, subject, query)
            if counted:
                assert find.count(reader, subject, query) == len(rows)
            offsets = list(range(len(rows) + 2 * PAGE))
            random.Random(order).shuffle(offsets)
            for offset in offsets[: examples(8, short=3)]:
                assert page(reader, subject, query, PAGE, offset) == rows[offset : offset + PAGE], order


@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize(("name", "where", "order"), INDEXED)
def test_nothing_steps_further_than_a_stride(
    many: Store, name: str, where: str, order: str, counted: bool
) -> None:
    subject = served(name)
    with many.read() as reader:
        query = query_of(reader, subject, where, order)
        reader.bookmarks.clear()
        reader.counts.clear()
        rows = all_of(reader, subject, query)
        assert len(rows) > 4 * STRIDE
        if counted:
            find.count(reader, subject, query)
        said: list[str] = []
        reader.connection.set_trace_callback(said.append)
        try:
            statements = []
            for offset in (len(rows) - 1, len(rows) // 2, 2 * STRIDE, len(rows) - 1):
                said.clear()
                assert page(reader, subject, query, 1, offset) == [rows[offset]]
                statements.append(len(said))
                steps = [int(found) for text in said for found in re.findall(r"OFFSET (\d+)", text)]
                assert steps
                assert max(steps) <= STRIDE
        finally:
            reader.connection.set_trace_callback(None)
        # ids and rows: the way there is known
        assert statements[-1] == 2


@pytest.mark.parametrize(
    ("name", "order", "reason"),
    [
        ("invoice", "total:ASC", "no index"),
        ("invoice", "date:DESC,customer_id:ASC", "two directions"),
        ("customer", "bill_country:DESC", "may be unset"),
    ],
)
def test_results_without_a_way(many: Store, name: str, order: str, reason: str) -> None:
    subject = served(name)
    with many.read() as reader:
        query = query_of(reader, subject, "", order)
        assert deep_pages.LongResult(reader, subject, query).bookmarks_for(STRIDE + 1) is None, reason


def test_unset_values_come_first_and_are_stepped_over(many: Store) -> None:
    subject = served("customer")
    with many.read() as reader:
        query = query_of(reader, subject, "", "external_key:ASC")
        rows = all_of(reader, subject, query)
        set_ = reader.connection.execute("SELECT count(external_key) FROM customers").fetchone()[0]
        assert 2 * STRIDE < len(rows) - set_ < len(rows) - 1
        for offset in range(len(rows)):
            assert page(reader, subject, query, PAGE, offset) == rows[offset : offset + PAGE]


def test_places_are_forgotten_when_the_data_changes() -> None:
    store = account.build(CUSTOMERS)
    subject = served("customer")
    last = CUSTOMERS - PAGE
    with store.read() as reader:
        query = query_of(reader, subject, "", "company:ASC")
        before = all_of(reader, subject, query)
        assert page(reader, subject, query, PAGE, last) == before[last : last + PAGE]
        assert reader.bookmarks
    with store.write() as connection:
        # the first becomes the last: all others move up
        connection.execute(
            "UPDATE customers SET company = ? WHERE customer_id = ?", ("\U0010ffff", before[0])
        )
    with store.read() as reader:
        assert not reader.bookmarks
        assert page(reader, subject, query, PAGE, last - 1) == before[last : last + PAGE]
    store.close()


def test_places_of_few_results_are_kept(many: Store) -> None:
    subject = served("invoice")
    with many.read() as reader:
        for number in range(100):
            query = query_of(reader, subject, f"customer_id:LT:{1000 + number}", "date:DESC")
            page(reader, subject, query, PAGE, 5 * STRIDE)
        assert 0 < len(reader.bookmarks) < 50
