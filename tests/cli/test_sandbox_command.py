"""`cotui sandbox` tells that it is ready on standard output, and all else on standard error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cotui.cli.exits import Exit
from cotui.cli.sandbox_command import serve
from cotui.sandbox.http.server import serve as server


def test_what_is_announced_is_data_and_what_is_warned_of_is_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(
        options: Any, announce: Callable[[str], None], warn: Callable[[str], None], messages: Any
    ) -> None:
        assert options.port == 4711
        announce('{"port": 4711}')
        warn("it is slow\x1b")
        messages.write("GET /\n")

    monkeypatch.setattr(server, "run", run)
    assert serve(["--port", "4711"]) == Exit.OK
    assert capsys.readouterr() == ('{"port": 4711}\n', "cotui sandbox: it is slow␛\nGET /\n")


def test_what_keeps_it_from_serving_is_told_with_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*_: object) -> None:
        raise server.ServeError("port 1 is taken")

    monkeypatch.setattr(server, "run", run)
    assert serve([]) == Exit.USAGE
    assert capsys.readouterr() == ("", "cotui sandbox: port 1 is taken\n")
