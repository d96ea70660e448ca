"""`cotui audit`: what was changed, readable for people and for programs."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cotui.api import Result
from cotui.audit.log import AuditLog
from cotui.cli.audit_command import RESULTS
from cotui.cli.exits import Exit
from cotui.cli.main import main
from cotui.safety.text import for_programs
from tests.cli.test_import_hygiene import HEAVY, modules_after

DONE = {"result": "done", "status": None, "message": "", "made": None}
HOSTILE = "A\x1b]0;owned\x07\u202eB\x9b31m"


def entry(name: str, action: str = "user.password", **more: Any) -> dict[str, Any]:
    return {
        "time": "2026-03-16T12:00:00.000+00:00",
        "request_id": name,
        "profile": "acme",
        "host": "acme.chargeover.com",
        "operator": "alex",
        "action": action,
        "target": {"object": action.partition(".")[0], "id": 12, "name": "Jane Doe, user 12 of Acme"},
        "method": "POST",
        "path": "/api/v3/user/12/_action/password",
        "payload": None,
        **more,
    }


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("COTUI_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    return AuditLog(tmp_path / "audit")


def note(log: AuditLog, line: dict[str, Any], **result: Any) -> None:
    log.begin([line]).finish([{**DONE, **result}])


def ids(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """Request ids of the lines that `cotui audit` prints."""
    assert main(["audit", "--json", *words]) == Exit.OK
    return [json.loads(line).get("request_id", "") for line in capsys.readouterr().out.splitlines()]


def test_results_are_the_client_s() -> None:
    assert set(RESULTS) == {result.value for result in Result}


def test_the_table_is_for_people(log: AuditLog, capsys: pytest.CaptureFixture[str]) -> None:
    note(log, entry("a"))
    note(log, entry("b", "user.delete"), result="refused", status=400, message="Main contact. " * 10)
    note(log, entry("c", "customer.create", target={"object": "customer", "id": None, "name": ""}), made=77)
    assert main(["audit"]) == Exit.OK
    out, err = capsys.readouterr()
    heading, *lines = out.splitlines()
    assert heading.split() == ["Time", "Profile", "Operator", "Action", "Target", "Result", "Message"]
    assert lines[0].startswith("2026-03-16 21:00:00+09:00  acme     alex      user.password")
    assert "Jane Doe, user 12 of Acme  done" in lines[0]
    assert lines[1].endswith(("Main contact. " * 10).rstrip()), "the message was cut"
    assert lines[2].endswith("made 77")
    assert err == ""


@pytest.mark.parametrize(
    ("then", "shown"),
    [
        ("2026-10-25T00:30:00.000+00:00", "2026-10-25 02:30:00+02:00"),
        ("2026-10-25T01:30:00.000+00:00", "2026-10-25 02:30:00+01:00"),
    ],
)
def test_an_hour_that_comes_twice_is_told_apart(
    then: str, shown: str, log: AuditLog, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    note(log, entry("a", time=then))
    assert main(["audit"]) == Exit.OK
    assert capsys.readouterr().out.splitlines()[1].startswith(shown)


def test_hostile_words_are_harmless(log: AuditLog, capsys: pytest.CaptureFixture[str]) -> None:
    target = {"object": "user", "id": 1, "name": HOSTILE}
    note(log, entry("a", target=target, operator=HOSTILE), message=HOSTILE)
    assert log.path.read_text().replace("\n", "").isprintable(), "for those who look with cat"
    with log.path.open("a") as file:
        file.write(HOSTILE + "\n")
    for form in ("table", "json", "jsonl"):
        assert main(["audit", "--format", form]) == Exit.OK
        out, err = capsys.readouterr()
        assert for_programs(out) == out
        assert "1 line of" in err
    first = json.loads(out.splitlines()[0])
    assert first["target"]["name"] == HOSTILE


def test_json_and_csv_hold_everything(log: AuditLog, capsys: pytest.CaptureFixture[str]) -> None:
    note(log, entry("a", payload={"name": "=1+1", "tags": ["x"]}))
    assert main(["audit", "--json"]) == Exit.OK
    assert json.loads(capsys.readouterr().out) == {
        **entry("a", payload={"name": "=1+1", "tags": ["x"]}),
        **DONE,
    }
    assert main(["audit", "--csv"]) == Exit.OK
    row = next(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert row["object"] == "user"
    assert row["id"] == "12"
    assert row["target"] == "Jane Doe, user 12 of Acme"
    assert row["time"] == "2026-03-16T12:00:00.000+00:00"
    assert json.loads(row["payload"]) == {"name": "=1+1", "tags": ["x"]}


def test_filters(log: AuditLog, capsys: pytest.CaptureFixture[str]) -> None:
    now = datetime.now(UTC)
    note(log, entry("old", "invoice.void"), result="unknown")
    note(log, entry("other", "customer.delete", profile="else", operator="sam"), result="not sent")
    note(log, entry("new", "user.delete", time=(now - timedelta(minutes=5)).isoformat()))
    assert ids(capsys) == ["old", "other", "new"]
    assert ids(capsys, "--profile", "else") == ["other"]
    assert ids(capsys, "--operator", "sam") == ["other"]
    assert ids(capsys, "--action", "DELETE") == ["other", "new"]
    assert ids(capsys, "--action", "user.delete") == ["new"]
    assert ids(capsys, "--action", "user") == []
    assert ids(capsys, "--target", "jane") == ["old", "other", "new"]
    assert ids(capsys, "--target", "invoice 12") == ["old"]
    assert ids(capsys, "--result", "not-sent") == ["other"]
    assert ids(capsys, "--result", "unknown") == ["old"]
    for when in ("10m", "1h", "2d", (now - timedelta(hours=1)).isoformat()):
        assert ids(capsys, "--since", when) == ["new"]
    assert ids(capsys, "--since", "2026-03-16T20:59") == ["old", "other", "new"]
    assert ids(capsys, "--since", "2026-03-16T21:01") == ["new"]
    assert ids(capsys, "--since", "2m") == []
    assert ids(capsys, "--since", "2026-03-17", "--profile", "else") == []


def test_the_last_lines_and_what_is_left_out(log: AuditLog, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(60):
        note(log, entry(str(number)))
    assert main(["audit", "--json"]) == Exit.OK
    out, err = capsys.readouterr()
    assert [json.loads(line)["request_id"] for line in out.splitlines()] == [str(n) for n in range(10, 60)]
    assert err == "cotui: printed the last 50 of 60; -n all prints everything\n"
    assert len(ids(capsys, "-n", "all")) == 60
    assert ids(capsys, "-n", "1") == ["59"]


def test_what_a_killed_program_left_is_told(log: AuditLog, capsys: pytest.CaptureFixture[str]) -> None:
    log.begin([entry("a")]).give_up()
    assert main(["audit"]) == Exit.OK
    out = capsys.readouterr().out
    assert "unknown" in out
    assert "cotui ended before the answer came" in out


def test_nothing_yet_and_nothing_that_fits(log: AuditLog, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit"]) == Exit.OK
    out, err = capsys.readouterr()
    assert out == ""
    assert "nothing was changed" in err
    assert not log.directory.exists()
    note(log, entry("a"))
    assert main(["audit", "--profile", "x"]) == Exit.OK
    assert capsys.readouterr() == ("", "cotui: none of 1 write matches\n")
    assert main(["audit", "--format", "json", "--profile", "x"]) == Exit.OK
    assert json.loads(capsys.readouterr().out) == []


def test_where_the_file_is(log: AuditLog, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "--path"]) == Exit.OK
    assert capsys.readouterr().out == f"{log.path}\n"


def test_a_file_that_cannot_be_read(log: AuditLog, capsys: pytest.CaptureFixture[str]) -> None:
    log.path.mkdir(parents=True)
    assert main(["audit"]) == Exit.CONFIG
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [["--since", "soon"], ["--since", "9999999999999d"], ["--result", "maybe"], ["-n", "0"], ["customers"]],
)
def test_wrong_words(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", *words]) == Exit.USAGE
    assert "usage: cotui audit" in capsys.readouterr().err


def test_neither_the_screens_nor_the_client_s_network_are_loaded(log: AuditLog) -> None:
    note(log, entry("a"))
    for form in ("table", "json", "csv"):
        code = f"from cotui.cli.main import main; assert main(['audit', '--format', '{form}']) == 0"
        found = modules_after(code, {"COTUI_STATE_DIR": str(log.directory.parent)})
        # the table measures its cells with rich's widths
        assert found & (HEAVY - ({"rich"} if form == "table" else set())) == set()
