"""An account of ChargeOver's small enough to see through, behind an httpx transport."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from cotui.cli.data_command import run_data_command
from cotui.cli.exits import CommandError, Exit

#: the environment of the commands
ENV = {"COTUI_URL": "acme", "COTUI_USERNAME": "key", "COTUI_PASSWORD": "hunter2"}

Handler = Callable[[httpx.Request], httpx.Response]


def answer(response: Any, code: int = 200, message: str = "") -> httpx.Response:
    """ChargeOver's envelope."""
    status = "OK" if code < 400 else "Error"
    return httpx.Response(
        code, json={"code": code, "status": status, "message": message, "response": response}
    )


class Account:
    """Customers by number, and everything that was asked for."""

    def __init__(self, customers: int = 250, **fields: Any) -> None:
        self.rows = [
            {"customer_id": number, "company": f"Company {number}", "balance": -1.5, **fields}
            for number in range(1, customers + 1)
        ]
        self.reports = [{"report_id": 7, "name": "Open Balances"}, {"report_id": 8, "name": "Aging"}]
        self.report_rows: list[dict[str, Any]] = [{"customer": "A", "due": 5, "note": None}]
        self.currencies: list[dict[str, Any]] = []
        #: most rows in one answer
        self.largest_page = 100
        self.requests: list[httpx.Request] = []
        #: called before every answer
        self.before: Callable[[], None] = lambda: None

    def __call__(self) -> httpx.AsyncBaseTransport:
        return httpx.MockTransport(self._handle)

    def _handle(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.before()
        path, given = request.url.path.removeprefix("/api/v3/"), request.url.params
        offset = int(given.get("offset", 0))
        end = offset + min(int(given.get("limit", 10)), self.largest_page)
        match path.split("/"):
            case ["customer"]:
                return answer(self.rows[offset:end])
            case ["customer", "_count"]:
                return answer(len(self.rows))
            case ["customer", ref]:
                found = [row for row in self.rows if ref in (str(row["customer_id"]), "external_key:x")]
                return answer(found[0]) if found else answer(None, 404, "No such customer.")
            case ["currency"]:
                return answer(self.currencies)
            case ["currency", "_count"]:
                return answer(len(self.currencies))
            case ["invoice", "_count"]:
                return answer(0)
            case ["_report"]:
                return answer(self.reports)
            case ["_report", _]:
                end = offset + int(given.get("limit", 10))
                return answer({"_report": self.report_rows[offset:end], "_count": len(self.report_rows)})
            case _:
                return answer(False, 400, f"No such object \x1b[31m{path}")


class Run:
    """Runs commands on an account and keeps what they print."""

    def __init__(self, capsys: pytest.CaptureFixture[str], account: Any) -> None:
        self._capsys = capsys
        self.account = account

    def __call__(self, line: str, *more: str) -> tuple[str, str]:
        command, *words = line.split()
        assert (
            run_data_command(command, [*words, *more], env={**os.environ, **ENV}, transport=self.account)
            == Exit.OK
        )
        out = self._capsys.readouterr()
        return out.out, out.err

    def fails(self, line: str, *more: str) -> tuple[str, Exit]:
        """Message and exit code of a command that must not succeed."""
        command, *words = line.split()
        with pytest.raises(CommandError) as error:
            run_data_command(command, [*words, *more], env={**os.environ, **ENV}, transport=self.account)
        assert self._capsys.readouterr().out == ""
        return str(error.value), error.value.code

    def paths(self) -> list[str]:
        """What was asked for."""
        return [request.url.path.removeprefix("/api/v3/") for request in self.account.requests]
