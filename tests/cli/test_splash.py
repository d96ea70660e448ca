"""When there is a splash, and that it says what the interface will say. How it looks: tests/e2e/test_start.py."""

from __future__ import annotations

import itertools
import subprocess
import sys

import pytest

from cotui.catalog.start_lists import START_LISTS
from cotui.cli import splash
from cotui.cli.arguments import screen_options, screen_parser, split_command
from cotui.settings.definitions import DRIVERS, PROFILE
from tests.tables import every

PIECES = [
    [],
    *([screen] for screen in START_LISTS),
    ["--demo"],
    ["--read-only"],
    ["--profile", "acme"],
    ["--profile=acme"],
    ["--customers", "7"],
    ["--seed=0"],
    ["--driver", "stock"],
]
WRONG = [
    "list customers", "config", "nowhere", "--help", "-h", "--version", "-V", "--version --verbose", "--verbose",
    "--profile", "--profile --demo", "--customers x", "--customers 0", "--customers=", "--seed -1", "--driver fast",
    "customers users", "-- customers", "--dem", "--demo=yes", "--customers 99999999999999999999", "-x",
]  # fmt: skip


@every("words", [a + b for a, b in itertools.product(PIECES, repeat=2)])
def test_where_it_sees_screens_argparse_does_too(words: list[str]) -> None:
    if not splash.opens_screens(words):
        assert len(set(START_LISTS) & set(words)) > 1 or words[0] == words[-1] in START_LISTS
        return
    assert split_command(words) == ("", words)
    options = screen_options(words)
    assert not options.version


@pytest.mark.parametrize("line", WRONG)
def test_where_there_is_doubt_there_is_none(line: str) -> None:
    assert not splash.opens_screens(line.split())


def test_what_is_written_down_twice_is_the_same() -> None:
    assert splash._VALUES["--driver"] == DRIVERS
    options = {word for action in screen_parser()._actions for word in action.option_strings}
    assert {*splash._FLAGS, *splash._VALUES} <= options
    rate = PROFILE.find("rate_limit")
    assert rate is not None
    assert rate.default == splash._RATE


def test_next_to_nothing_is_loaded_before_it() -> None:
    code = (
        "import sys; before = set(sys.modules)\n"
        "import cotui.cli.main\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert set(done.stdout.split()) <= {
        "__future__",
        "cotui",
        "cotui.catalog",
        "cotui.catalog.start_lists",
        "cotui.cli",
        "cotui.cli.main",
        "cotui.cli.splash",
    }


@pytest.mark.parametrize(
    ("environ", "size"),
    [
        ({}, (80, 24)),
        ({"COLUMNS": "100", "LINES": "30"}, (100, 30)),
        ({"COLUMNS": "x", "LINES": "0"}, (80, 24)),
    ],
)
def test_the_size_is_looked_for_where_textual_does(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], size: tuple[int, int]
) -> None:
    def no_terminal(_descriptor: int) -> None:
        raise OSError

    monkeypatch.setattr("os.get_terminal_size", no_terminal)
    assert splash._size(environ) == size


@pytest.mark.parametrize(
    ("line", "environ", "known"),
    [
        ("--demo", {}, ("demo", "", 250)),
        ("--demo --read-only", {"COTUI_URL": "x"}, ("demo", "read-only", 250)),
        ("invoices", {"COTUI_URL": "x"}, ("environment", "", 250)),
        ("--profile acme", {"COTUI_URL": "x"}, ("", "", 250)),
        ("", {"COTUI_URL": "x", "COTUI_PROFILE": "acme"}, ("", "", 250)),
        ("", {}, ("", "", 250)),
    ],
)
def test_whose_account_is_known_at_once(
    line: str, environ: dict[str, str], known: tuple[str, str, int]
) -> None:
    assert splash._account(line.split(), environ) == known


def test_without_a_splash_nothing_happens() -> None:
    splash.tell("acme", "PRODUCTION")
    splash.lend()
    splash.take_back()
    splash.taken_over(None)
    splash.end()
    assert splash._shown is None
