"""Programs in terminals, and the servers they talk to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.faulty import FaultyServer
from tests.e2e.harness import Program, clean_environment
from tests.e2e.servers import SandboxProcess

#: customers of the sandbox and of the demo: enough for several pages, and all hostile records
CUSTOMERS = 300

#: the one that is used, and the one of Textual, which is there when the other one fails
DRIVERS = ["lean", pytest.param("stock", marks=pytest.mark.long)]

Start = Callable[..., Program]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts cotui: `start("customers", env={…}, size=(columns, lines))`; what still runs is ended."""
    running: list[Program] = []

    def run(
        *words: str, env: dict[str, str] | None = None, size: tuple[int, int] = (100, 30), **more: Any
    ) -> Program:
        program = Program(words, clean_environment(tmp_path, **(env or {})), size, **more)
        running.append(program)
        return program

    yield run
    for program in running:
        program.close()


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    """A sandbox over plain HTTP, only read from."""
    process = SandboxProcess(tmp_path_factory.mktemp("sandbox"), "--customers", str(CUSTOMERS))
    yield process
    process.close()


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    """A server that answers as a test tells it to."""
    made = FaultyServer()
    yield made
    made.close()


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker for runs without pytest-xdist."""
    config.addinivalue_line("markers", "xdist_group(name): tests that one worker runs, one after the other")
