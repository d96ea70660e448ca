"""A pasted megabyte of anything costs time in proportion to its length, and not much of it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from cotui.query import QueryError, complete, from_wire, parse, spans
from cotui.query.lexer import scan
from tests.query.sample import BILL

PIECES = [
    *(
        "a ",
        "=",
        "( ",
        "and ",
        "or ",
        "not ",
        '"',
        '" ',
        "'a ",
        "\\",
        "\\ ",
        ",",
        "é",
        "\x00",
        "  ",
        "! ",
        "“",
    ),
    *(
        "company = a ",
        'company = a " ',
        "a=",
        "a:b ",
        "a:EQUALS:",
        "order by a, ",
        "order: ",
        "company is not ",
    ),
    *(
        "a.",
        "in ( ",
        "company in (",
        "where ",
        'x"y',
        "company = x\\,",
        "a<b ",
        "date = this ",
        "company ~ x order ",
    ),
]


def seconds(work: Callable[[], object]) -> float:
    """Processor time."""
    start = time.process_time()
    work()
    return time.process_time() - start


def is_linear(work: Callable[[int], Callable[[], object]], size: int) -> bool:
    """Whether eight times the text takes eight times as long, not 64 times; in one of three attempts.

    The addend forgives a slow start.
    """
    return any(seconds(work(8 * size)) < 32 * (seconds(work(size)) + 0.0005) for _ in range(3))


@pytest.mark.parametrize("piece", PIECES)
def test_taking_apart_is_linear(piece: str) -> None:
    def work(size: int) -> Callable[[], object]:
        text = (piece * size)[:size]
        return lambda: list(scan(text, BILL))

    assert is_linear(work, 2_000)


@pytest.mark.parametrize("piece", ["a:EQUALS:1,", ",", "\\", "a:EQUALS:\\", ":", "a:"])
def test_reading_the_wire_is_linear(piece: str) -> None:
    def work(size: int) -> Callable[[], object]:
        text = (piece * size)[:size]

        def read() -> None:
            try:
                from_wire(text, text, lenient=True)
            except QueryError:
                return

        return read

    assert is_linear(work, 4_000)


@pytest.mark.parametrize("piece", ["a ", "company = a ", '"', "a<b ", "(", "%20", "&order="])
def test_a_megabyte(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))

    def work() -> None:
        spans(text, BILL)
        complete(text, 500_000, BILL)
        with pytest.raises(QueryError):
            parse(text, BILL)

    assert any(seconds(work) < 2 for _ in range(3))
