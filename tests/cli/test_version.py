"""`cotui --version --verbose`: what a report of a fault needs, anywhere, and nothing secret."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import cotui
from cotui.api.abilities import Abilities
from cotui.cli.exits import Exit
from cotui.cli.main import main
from cotui.settings import StateStore
from tests.cli.test_import_hygiene import HEAVY, modules_after, run

CONFIG = '[profiles.acme]\nurl = "acme"\nusername = "key"\npassword = "hunter2"\n'


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config.toml"
    monkeypatch.setenv("COTUI_CONFIG", str(path))
    monkeypatch.setenv("COTUI_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("COTUI_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("TMUX", "TEXTUAL_DRIVER"):
        monkeypatch.delenv(name, raising=False)
    return path


def told(line: str, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    assert main(f"--version --verbose {line}".split()) == Exit.OK
    first, *lines = capsys.readouterr().out.splitlines()
    assert first == f"cotui {cotui.__version__}"
    return dict(line.split(": ", 1) for line in lines)


def test_it_names_what_decides(config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = told("", capsys)
    assert found["Textual"][0].isdigit()
    assert found["httpx"][0].isdigit()
    assert "TERM=xterm-256color" in found["environment"]
    assert found["terminal"].startswith("none at ")
    assert found["configuration"] == f"{config} (none)"
    assert (found["state"], found["cache"]) == (str(tmp_path / "state"), str(tmp_path / "cache"))
    assert found["driver"].startswith("lean (")


def test_it_tells_how_long_esc_is_waited_for(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "ESCDELAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSH_TTY", "/dev/pts/9")
    assert told("", capsys)["Esc alone"] == "after 150 ms (over a network: SSH_TTY is set)"


@pytest.mark.parametrize(
    ("setting", "option", "driver"),
    [
        ("", "", "lean ("),
        ("stock", "", "stock (chosen"),
        ("stock", "--driver lean", "lean (chosen"),
        ("lean", "--driver stock", "stock (chosen"),
        ("stock", "--driver auto", "lean (TERM"),
    ],
)
def test_the_option_wins_over_the_setting(
    config: Path, capsys: pytest.CaptureFixture[str], setting: str, option: str, driver: str
) -> None:
    if setting:
        config.write_text(f'[interface]\ndriver = "{setting}"\n')
    assert told(option, capsys)["driver"].startswith(driver)


def test_a_broken_terminal_gets_the_stock_driver(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert told("", capsys)["driver"].startswith("stock (TERM says dumb")


def test_a_broken_configuration_does_not_stop_it(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text('[interface]\ndriver = "fast"\n')
    assert "cotui config check" in told("", capsys)["driver"]


def test_nothing_secret_is_told(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text(CONFIG)
    config.chmod(0o600)
    monkeypatch.setenv("COTUI_PASSWORD", "hunter2")
    monkeypatch.setenv("TERM_PROGRAM", "evil\x1b]0;owned\x07")
    assert main(["--version", "--verbose"]) == Exit.OK
    text = capsys.readouterr().out
    assert "hunter2" not in text
    assert "acme" not in text
    assert "\x1b" not in text


def test_what_accounts_can_do_is_told_and_forgotten_by_hand(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state" / "state.json"
    store = StateStore(state)
    known = Abilities(store.account("key@acme.chargeover.com").abilities)
    known.learn("_bulk", False)
    known.learn("page size", 20)
    store.account("key@other.chargeover.com")
    store.save()
    day = date.today().isoformat()
    assert told("", capsys)["account 1"] == f"_bulk no ({day}), page size 20 ({day})"
    assert main(["config", "forget"]) == Exit.OK
    assert "forgotten of 1 account" in capsys.readouterr().err
    assert "account 1" not in told("", capsys)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"accounts": [1]}', '{"accounts": {"a": {"abilities": 5}}}']
)
def test_a_damaged_memory_does_not_stop_it(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    (tmp_path / "state").mkdir()
    state = tmp_path / "state" / "state.json"
    state.write_text(content)
    assert "account 1" not in told("", capsys)
    assert state.read_text() == content, "looking at it changes nothing"


def test_none_of_the_libraries_is_loaded() -> None:
    found = modules_after(
        run("--version", "--verbose"), env={"COTUI_STATE_DIR": "/x", "COTUI_CACHE_DIR": "/y"}
    )
    assert found & HEAVY == set()


@pytest.mark.parametrize(
    ("line", "words"),
    [("--driver fast", "invalid choice: 'fast'"), ("--verbose", "--verbose only says more about --version")],
)
def test_what_cannot_be_meant_is_refused(line: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(line.split()) == Exit.USAGE
    assert words in capsys.readouterr().err
