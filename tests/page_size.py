"""`--page-size N`: all sandboxes of the run that say nothing else serve so many rows a page at most, as accounts differ."""

from __future__ import annotations

import math

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--page-size", type=int, metavar="N", help="rows of a page at most: 20, 500 (100)")


def pytest_configure(config: pytest.Config) -> None:
    size: int | None = config.getoption("--page-size")
    if size is not None:
        from cotui.sandbox.http.service import Service

        first, *others = Service.__init__.__defaults__ or ()
        assert first == Service().max_page_size
        Service.__init__.__defaults__ = (size, *others)
        assert Service().max_page_size == size


def pages(rows: int, asked: int = 100) -> int:
    """How many pages so many rows are read in: the size is the server's, and each repeats the row before it."""
    from cotui.sandbox.http.service import Service

    size = min(asked, Service().max_page_size)
    return 1 if rows <= size else math.ceil((rows - 1) / (size - 1))
