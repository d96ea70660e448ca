"""The command line as a whole: what is meant, what is refused, and with which exit code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import cotui
from cotui.catalog.start_lists import START_LISTS
from cotui.cli.arguments import COMMANDS
from cotui.cli.exits import Exit
from cotui.cli.main import main
from tests.surroundings import for_programs


@pytest.mark.parametrize("line", ["--version", "--version --demo", "customers --version"])
def test_version(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(line.split()) == Exit.OK
    assert capsys.readouterr().out == f"cotui {cotui.__version__}\n"


def test_help_names_every_command_and_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == Exit.OK
    text = capsys.readouterr().out
    for word in (*COMMANDS, *START_LISTS, "--demo", "--profile", "--read-only", "COTUI_URL", "COTUI_CONFIG"):
        assert word in text
    for code in Exit:
        assert f"{int(code)} " in text


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "sandbox"])
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == Exit.OK
    assert f"cotui {command}" in capsys.readouterr().out


def test_without_profile_and_terminal_it_says_what_to_do(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([]) == Exit.CONFIG
    assert "COTUI_URL" in capsys.readouterr().err


def test_screens_need_a_terminal(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COTUI_URL", "acme")
    assert main([]) == Exit.USAGE
    assert main(["--demo"]) == Exit.USAGE
    assert capsys.readouterr().err.count("the screens need a terminal") == 2


def test_a_broken_configuration_is_told_with_its_line(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text("[profiles.a]\nurl = 3\n")
    assert main(["count", "customers"]) == Exit.CONFIG
    err = capsys.readouterr().err
    assert f"{config}:2: error: profiles.a.url: expected a text" in err
    assert "Traceback" not in err


def test_an_unknown_profile(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text('[profiles.a]\nurl = "a"\nusername = "k"\n')
    assert main(["--profile", "b", "count", "customers"]) == Exit.CONFIG
    assert "there are: a" in capsys.readouterr().err


def test_ctrl_c_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("cotui.cli.launch.open_screens", interrupt)
    assert main([]) == Exit.INTERRUPTED == 130


def python(*words: str | bytes, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, timeout=60, check=False, **more
    )  # type: ignore[call-overload,no-any-return]


def test_python_m_cotui_is_the_same_program() -> None:
    done = python("-m", "cotui", "--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"cotui {cotui.__version__}\n", "")


def test_a_reader_that_stops_reading_is_no_error() -> None:
    code = (
        "import os, sys\n"
        "read, write = os.pipe()\n"
        "os.close(read)\n"
        "os.dup2(write, 1)\n"
        "sys.argv = ['cotui', 'config', 'schema']\n"
        "from cotui.cli.main import entry\n"
        "entry()\n"
    )
    done = python("-c", code)
    assert (done.returncode, done.stderr) == (Exit.PIPE, "")


def test_a_terminal_that_knows_only_ascii_is_no_error() -> None:
    done = python(
        "-X",
        "utf8=0",
        "-m",
        "cotui",
        "config",
        "check",
        "/nonexistent/ü".encode(),
        env=for_programs(PYTHONIOENCODING="ascii", PATH="", COTUI_CONFIG="/nonexistent/c"),
    )
    assert done.returncode == 0
    assert "\\xfc" in done.stderr
