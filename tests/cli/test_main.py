"""The command line as a whole: what is meant, what is refused, and with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from argparse import Namespace
from pathlib import Path

import pytest

import cotui
from cotui.catalog.start_lists import START_LISTS
from cotui.cli.arguments import COMMANDS, screen_options, screen_parser, split_command
from cotui.cli.exits import Exit
from cotui.cli.main import main
from tests.surroundings import for_programs


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config.toml"
    monkeypatch.setenv("COTUI_CONFIG", str(path))
    return path


@pytest.mark.parametrize(
    ("words", "command", "rest"),
    [
        ("", "", ""),
        ("customers", "", "customers"),
        ("list customers", "list", "customers"),
        ("--profile acme list customers", "list", "--profile acme customers"),
        ("--profile list", "", "--profile list"),
        ("--demo --seed 3 get customers 1", "get", "--demo --seed 3 customers 1"),
        ("--profile=acme config check", "config", "--profile=acme check"),
        ("customers list", "", "customers list"),
        ("-- list", "", "-- list"),
    ],
)
def test_which_command_is_meant(words: str, command: str, rest: str) -> None:
    assert split_command(words.split()) == (command, rest.split())


def test_no_words_mean_the_same_as_parsing_none() -> None:
    assert vars(screen_options([])) == vars(screen_parser().parse_args([]))


def test_options_of_the_screens() -> None:
    line = "invoices --profile acme --read-only --demo --customers 7 --seed 3 --driver stock"
    assert screen_options(line.split()) == Namespace(
        screen="invoices",
        profile="acme",
        read_only=True,
        demo=True,
        customers=7,
        seed=3,
        driver="stock",
        version=False,
        verbose=False,
    )


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


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("custmers", 'did you mean "customers"'),
        ("lst customers", 'did you mean "list"'),
        ("nonsense", "screens are customers, users, invoices, reports"),
        ("--customers 0 --demo", "0 is less than 1"),
        ("--customers many", "whole number"),
        ("--nonsense", "--nonsense"),
        ("config nonsense", "nonsense"),
        ("get customers", "REF"),
        ("count", "required: RESOURCE\n"),
        ("list", "required: RESOURCE\n"),
    ],
)
def test_what_cannot_be_understood(line: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(line.split()) == Exit.USAGE
    out, err = capsys.readouterr()
    assert said in err
    assert out == ""


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


class TestConfig:
    def test_check_of_a_good_and_of_no_file(self, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["config", "check"]) == Exit.OK
        out, err = capsys.readouterr()
        assert (out, err) == ("", f"{config}: does not exist: nothing to check; cotui runs without it\n")
        config.write_text('[profiles.a]\nurl = "acme"\nusername = "k"\npassword_env = "E"\n')
        assert main(["config", "check"]) == Exit.OK
        assert capsys.readouterr() == ("", f"{config}: no mistakes\n")

    def test_check_prints_mistakes_one_to_a_line(
        self, config: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        config.write_text(
            '[profiles.a]\nurl = "acme"\nusername = "k"\npage_size = 0\nshiny = 1\npassword_env = "E"\n'
        )
        assert main(["config", "check"]) == Exit.CONFIG
        out, err = capsys.readouterr()
        first, second = out.splitlines()
        assert first.startswith(f"{config}:4: error: profiles.a.page_size: ")
        assert second.startswith(f"{config}:5: warning: profiles.a.shiny: ")
        assert err == "1 error, 1 warning\n"

    def test_check_warns_of_a_missing_password_and_counts(
        self, config: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        profile = '[profiles.{}]\nurl = "acme"\nusername = "k"\nkeyring = false\n'
        config.write_text(profile.format("a") + profile.format("b"))
        assert main(["config", "check"]) == Exit.OK
        out, err = capsys.readouterr()
        assert out.startswith(f"{config}:1: warning: profiles.a: no password: ")
        assert err == "0 errors, 2 warnings\n"

    def test_check_of_keys_says_what_lists_them(
        self, config: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        config.write_text('[keys]\nopen_it = "x"\n')
        assert main(["config", "check"]) == Exit.OK
        told = capsys.readouterr().out
        assert '"record.open" or "table.open"' in told
        assert "cotui config keys lists them" in told

    def test_warnings_alone_are_no_failure(self, config: Path) -> None:
        config.write_text("shiny = 1\n")
        assert main(["config", "check"]) == Exit.OK

    @pytest.mark.parametrize(
        ("url", "username", "key"),
        [
            ("http://acme.example", "k", "url"),
            ("a b", "k", "url"),
            ("https://u:hunter2@x.example", "k", "url"),
            ("a", "x:y", "username"),
        ],
    )
    def test_check_knows_what_the_client_would_refuse(
        self, config: Path, capsys: pytest.CaptureFixture[str], url: str, username: str, key: str
    ) -> None:
        config.write_text(f'[profiles.a]\nurl = "{url}"\nusername = "{username}"\n')
        assert main(["config", "check"]) == Exit.CONFIG
        out = capsys.readouterr().out
        assert f"profiles.a.{key}: " in out
        assert "hunter2" not in out

    def test_check_of_another_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        other = tmp_path / "other.toml"
        other.write_text("[")
        assert main(["config", "check", str(other)]) == Exit.CONFIG
        assert f"{other}:1: error: not TOML" in capsys.readouterr().out

    def test_path(self, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["config", "path"]) == Exit.OK
        assert f"{config}  (does not exist yet)" in capsys.readouterr().out

    def test_schema_is_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["config", "schema"]) == Exit.OK
        assert "profiles" in json.loads(capsys.readouterr().out)["properties"]

    def test_example_is_toml(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["config", "example"]) == Exit.OK
        assert tomllib.loads(capsys.readouterr().out) == {}

    def test_show_hides_the_password(
        self, config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        config.write_text(
            '[profiles.a]\nurl = "acme"\nusername = "k"\npassword = "hunter2"\n[keys]\nx = ["a", "b"]\n'
        )
        monkeypatch.setenv("COTUI_URL", "other")
        monkeypatch.setenv("COTUI_PASSWORD", "hunter2")
        assert main(["config", "show"]) == Exit.OK
        out = capsys.readouterr().out
        assert "hunter2" not in out
        shown = tomllib.loads(out)
        assert shown["default_profile"] == "environment"
        assert shown["profiles"]["a"]["password"] == "(hidden)"
        assert shown["interface"]["preview"] == "auto"
        assert shown["keys"] == {"x": "a,b"}


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
