"""Thirty kinds of hostile text through every command: what a terminal gets, what a program gets, what stderr says."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
from pathlib import Path

import pytest

from cotui.cli import out
from cotui.cli.data_command import run_data_command
from cotui.cli.exits import CommandError, Exit
from cotui.cli.main import main
from cotui.safety.text import clean_multiline, for_programs
from tests.cli.accounts import Account
from tests.hostile import HOSTILE

ENV = {"COTUI_URL": "http://127.0.0.1:9", "COTUI_USERNAME": "key", "COTUI_PASSWORD": "secret"}
#: what may stand in JSON from a server: half a character becomes U+FFFD when it is read
KINDS = {name: text for name, text in HOSTILE.items() if name != "half a character"}


@pytest.fixture
def account() -> Account:
    """One customer and one report row for each kind, in values, names of fields and names of reports."""
    made = Account(len(KINDS))
    for row, text in zip(made.rows, KINDS.values(), strict=True):
        row |= {"company": text, "bill_addr1": f"x {text}", "custom_1": [text, {text: text}], text: text}
    made.reports = [
        {"report_id": number, "name": text} for number, text in enumerate(KINDS.values(), start=1)
    ]
    made.report_rows = [{"customer": text, f"c{text}": text} for text in KINDS.values()]
    return made


COMMANDS = [
    *(f"{command} --format {form}" for form in ("table", "csv", "json", "jsonl") for command in
      ("list customers", "get customers 1", "report", "report 1", "list customers --fields company,bill_addr1,custom_1")),
    "list customers",
]  # fmt: skip


@pytest.mark.parametrize("line", COMMANDS)
def test_a_terminal_gets_nothing_that_could_steer_or_deceive(
    line: str, account: Account, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(out, "_is_terminal", lambda stream: True)
    command, *words = line.split()
    assert run_data_command(command, words, env={**os.environ, **ENV}, transport=account) == Exit.OK
    said = capsys.readouterr()
    for text in (said.out, said.err):
        assert clean_multiline(text) == text


@pytest.mark.parametrize("line", COMMANDS)
def test_a_program_gets_no_controls(line: str, account: Account, capsys: pytest.CaptureFixture[str]) -> None:
    command, *words = line.split()
    assert run_data_command(command, words, env={**os.environ, **ENV}, transport=account) == Exit.OK
    said = capsys.readouterr()
    assert for_programs(said.out) == said.out
    assert said.err.count("written as marks") <= 1


def test_csv_keeps_every_other_character(account: Account, capsys: pytest.CaptureFixture[str]) -> None:
    account.rows[0]["company"] = "tab\tand\nline"
    words = ["customers", "--format", "csv", "--fields", "company"]
    assert run_data_command("list", words, env={**os.environ, **ENV}, transport=account) == Exit.OK
    said = capsys.readouterr()
    values = [row[0] for row in csv.reader(io.StringIO(said.out, newline=""))][1:]
    assert values == [for_programs(row["company"]) for row in account.rows]
    assert said.err.count("control characters in the values are written as marks") == 1
    assert (
        run_data_command("list", [*words, "--raw"], env={**os.environ, **ENV}, transport=account) == Exit.OK
    )
    said = capsys.readouterr()
    values = [row[0] for row in csv.reader(io.StringIO(said.out, newline=""))][1:]
    assert values == [row["company"] for row in account.rows]
    assert said.err == ""


def test_json_keeps_every_character(account: Account, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run_data_command(
            "list", ["customers", "--format", "json"], env={**os.environ, **ENV}, transport=account
        )
        == Exit.OK
    )
    said = capsys.readouterr()
    assert json.loads(said.out) == account.rows
    assert said.err == ""


def test_raw_values_are_not_for_a_terminal(
    account: Account, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(out, "_is_terminal", lambda stream: True)
    with pytest.raises(CommandError, match="a pipe or a file") as refused:
        run_data_command("list", ["customers", "--raw"], env={**os.environ, **ENV}, transport=account)
    assert refused.value.code == Exit.USAGE
    assert not account.requests


NAMES = {name: text for name, text in HOSTILE.items() if "\0" not in text and name != "half a character"}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_own_paths_and_words_are_harmless(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A home directory of this name, and the same word as an argument of every command."""
    home = tmp_path / name.encode()[:80].decode("utf-8", "ignore").replace("/", "")
    config = home / "config" / "cotui"
    config.mkdir(parents=True)
    for variable, place in (
        ("HOME", ""),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_CACHE_HOME", "cache"),
    ):
        monkeypatch.setenv(variable, str(home / place))
    (config / "config.toml").write_text(
        f"[profiles.acme]\nurl = 'acme'\nusername = 'x'\npassword_file = {json.dumps(str(home / 'none'))}\n"
        f"{json.dumps(name)} = 1\n"
    )
    for words in (
        ["config", "path"],
        ["config", "paths"],
        ["config", "check"],
        ["config", "show"],
        ["audit"],
        ["audit", "--path"],
        ["--version"],
        ["--version", "--verbose"],
        ["list", name],
        ["list", "customers", name],
        ["get", "customers", name],
        ["list", "customers", f"company = {name}"],
        ["list", "customers", "--profile", name],
        ["report", name],
        [name],
        ["--profile", name],
        ["sandbox", name],
        ["sandbox", "--credentials", name],
    ):
        with contextlib.suppress(SystemExit):
            main(words)
        said = capsys.readouterr()
        for text in (said.out, said.err):
            assert clean_multiline(text) == text, words
