"""A write is under way when cotui is ended from outside: the audit file tells the truth, and nothing goes twice."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from tests.e2e.conftest import Start
from tests.e2e.harness import PATIENCE, Program, clean_environment
from tests.e2e.servers import Account
from tests.e2e.steps import say_yes


class Holding:
    """One user over HTTP. A write that has arrived is answered when the test says so."""

    def __init__(self) -> None:
        self.writes: list[str] = []
        self.arrived = Event()
        self.go = Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                user = {"user_id": 1, "name": "Jane Doe", "email": "jane@example.com"}
                self.answer(1 if path.endswith("_count") else user if path.endswith("/1") else [user])

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                server.writes.append(self.path)
                server.arrived.set()
                server.go.wait(PATIENCE)
                self.answer(True)

            def answer(self, response: Any) -> None:
                body = json.dumps({"code": 200, "status": "OK", "message": "", "response": response}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                try:
                    self.wfile.write(body)
                except ConnectionError:
                    self.close_connection = True  # the client was killed

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def environment(self) -> dict[str, str]:
        port = self._server.server_address[1]
        return Account(f"http://127.0.0.1:{port}/api/v3", "public", "private").environment

    def close(self) -> None:
        self.go.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def holding() -> Iterator[Holding]:
    made = Holding()
    yield made
    made.close()


def sending(start: Start, server: Holding) -> Program:
    """cotui, waiting for the answer to a password reset."""
    program = start("users", env=server.environment)
    program.wait_for("Jane Doe")
    program.press("p")
    say_yes(program, "sending …")
    assert server.arrived.wait(PATIENCE)
    return program


def audit(home: Path) -> list[dict[str, Any]]:
    """What `cotui audit` prints."""
    done = subprocess.run(
        [sys.executable, "-m", "cotui", "audit", "--json"],
        env=clean_environment(home),
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_sent_once_and_noted(start: Start, holding: Holding, tmp_path: Path) -> None:
    holding.go.set()
    program = start("users", env=holding.environment)
    program.wait_for("Jane Doe")
    program.press("p")
    say_yes(program, "done: Send password reset, Jane Doe, user 1")
    program.quit()
    (line,) = audit(tmp_path)
    assert (line["action"], line["result"]) == ("user.password", "done")
    assert holding.writes == ["/api/v3/user/1/_action/password"]
    files = (tmp_path / "state" / "audit").iterdir()
    assert {path.name: path.stat().st_mode & 0o777 for path in files} == {
        "audit.jsonl": 0o600,
        "lock": 0o600,
    }


def test_keys_in_one_packet_send_nothing(start: Start, holding: Holding, tmp_path: Path) -> None:
    program = start("users", env=holding.environment)
    program.wait_for("Jane Doe")
    program.type("pyyyy")
    program.wait_for("Yes, send")
    program.press("esc")
    program.wait_for("enter open", without="Yes, send")
    program.quit()
    assert holding.writes == []
    assert audit(tmp_path) == []


@pytest.mark.sample("SIGTERM")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_waits_for_the_answer(
    start: Start, holding: Holding, tmp_path: Path, number: signal.Signals
) -> None:
    program = sending(start, holding)
    program.terminate(number)
    holding.go.set()
    assert program.wait_exit() == 128 + number
    assert program.left_over() == []
    assert [line["result"] for line in audit(tmp_path)] == ["done"]
    assert len(holding.writes) == 1


def _hang_up(program: Program) -> None:
    program.hang_up()


def _terminate(program: Program) -> None:
    program.terminate(signal.SIGHUP)


@pytest.mark.sample("_hang_up")
@pytest.mark.parametrize("end", [_hang_up, _terminate])
def test_an_answer_that_does_not_come_in_time_is_unknown(
    start: Start, holding: Holding, tmp_path: Path, end: Callable[[Program], None]
) -> None:
    program = sending(start, holding)
    end(program)
    program.wait_exit()
    (line,) = audit(tmp_path)
    assert line["result"] == "unknown"
    assert line["target"]["name"] == "Jane Doe, user 1"
    assert len(holding.writes) == 1


def test_a_killed_program_leaves_the_truth(start: Start, holding: Holding, tmp_path: Path) -> None:
    program = sending(start, holding)
    program.terminate(signal.SIGKILL)
    assert program.wait_exit() == -signal.SIGKILL
    (line,) = audit(tmp_path)
    assert (line["result"], line["message"]) == ("unknown", "cotui ended before the answer came")
    holding.go.set()
    again = start("users", env=holding.environment)
    again.wait_for("Jane Doe")
    again.quit()
    assert len(holding.writes) == 1, "the next start sent it again"
    assert len(audit(tmp_path)) == 1


def test_what_cannot_be_noted_is_not_sent(start: Start, holding: Holding, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "audit").write_text("in the way")
    program = start("users", env=holding.environment)
    program.wait_for("Jane Doe")
    program.press("p")
    say_yes(program, "The audit file cannot be written")
    program.wait_for("enter or esc leaves")
    program.press("esc")
    program.wait_for("not sent: Send password reset", without="enter or esc leaves")
    program.quit()
    assert holding.writes == []
