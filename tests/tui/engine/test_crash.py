"""Nothing typed or shown leaves by a switch for developers, or with the report of a fault."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest
import textual
from rich.console import Console
from textual import constants

from cotui.tui.engine.crash import FEATURES, OFF, keep_no_log, report
from tests.tui.writing import account

SECRET = "s3cret-of-the-screen"
#: switches of Textual's by which neither keys nor screens leave
HARMLESS = {
    "COLOR_SYSTEM", "DEFAULT_THEME", "DEVTOOLS_HOST", "DEVTOOLS_PORT", "DIM_FACTOR", "DISABLE_KITTY_KEY", "DRIVER",
    "ESCAPE_DELAY", "FILTERS", "MAX_FPS", "SLOW_THRESHOLD", "SMOOTH_SCROLL", "TEXTUAL_ANIMATIONS",
}  # fmt: skip
#: and its variables that are no such switches
OTHER_VARIABLES = {"TEXTUAL", "TEXTUAL_SPEEDUPS", "TEXTUAL_ALLOW_SIGNALS"}


def test_every_switch_of_textual_is_known() -> None:
    """A version of Textual with a new one is looked at before it is used."""
    switches = {name for name in vars(constants) if name.isupper() and name != "TYPE_CHECKING"}
    assert switches == HARMLESS | OFF.keys()
    named: set[str] = set()
    for path in Path(textual.__file__).parent.rglob("*.py"):
        named |= set(re.findall(r"""["'](TEXTUAL(?:_[A-Z_]+)?)["']""", path.read_text()))
    of_constants = set(re.findall(r'"(TEXTUAL_[A-Z_]+)"', Path(constants.__file__).read_text()))
    assert named == OTHER_VARIABLES | of_constants


@pytest.fixture
def all_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Every switch is on, in a directory of its own."""
    monkeypatch.chdir(tmp_path)
    on = {
        "DEBUG": True,
        "LOG_FILE": str(tmp_path / "textual.log"),
        "SCREENSHOT_DELAY": 0,
        "SCREENSHOT_LOCATION": str(tmp_path),
        "SCREENSHOT_FILENAME": "shot.svg",
        "PRESS": "q",
        "SHOW_RETURN": True,
    }
    assert on.keys() == OFF.keys()
    for name, value in on.items():
        monkeypatch.setattr(constants, name, value)
    monkeypatch.setenv(FEATURES, "debug,devtools")
    return tmp_path


async def test_switches_have_no_effect(all_on: Path) -> None:
    with account(all_on / "own") as own:
        assert {name: getattr(constants, name) for name in OFF} == OFF
        assert not own.app.features
        assert own.app.devtools is None
        assert not own.app.debug
        async with own.app.run_test() as pilot:
            await pilot.press(*SECRET[:3])
    assert os.listdir(all_on) == ["own"]


@pytest.mark.parametrize("driver", ["lean", "stock"])
def test_neither_driver_s_decoder_writes_keys(all_on: Path, driver: str) -> None:
    from cotui.tui.engine.terminal.decoder import Decoder

    Decoder().feed(SECRET.encode())
    assert os.listdir(all_on) == []


def failing(kind: str) -> None:
    password = SECRET
    try:
        raise ValueError(f"not a number: {password}")
    except ValueError as error:
        error.add_note(f"while trying {password}")
        if kind == "cause":
            raise KeyError(password) from error
        if kind == "context":
            raise RuntimeError(password)  # noqa: B904 - what it came after is in the report too
        if kind == "group":
            raise ExceptionGroup(password, [error, ExceptionGroup(password, [OSError(password)])]) from None
        if kind == "syntax":
            exec(f"1 {password}")
        raise


@pytest.mark.parametrize("kind", ["plain", "cause", "context", "group", "syntax"])
def test_a_report_tells_the_way_and_no_values(kind: str) -> None:
    output = io.StringIO()
    console = Console(file=output, width=200)
    try:
        failing(kind)
    except Exception:  # noqa: BLE001 - whichever it is
        console.print(report(console))
    said = output.getvalue()
    assert "test_crash.py" in said
    assert "in failing" in said
    assert SECRET not in said
    if kind == "plain":
        assert "ValueError" in said


def test_a_report_without_a_fault_is_empty() -> None:
    output = io.StringIO()
    console = Console(file=output, width=200)
    console.print(report(console))
    assert output.getvalue().strip() == ""


def test_it_can_be_called_twice() -> None:
    keep_no_log()
    keep_no_log()
