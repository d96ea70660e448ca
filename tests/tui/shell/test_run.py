"""Which driver an app is run with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from textual.driver import Driver

from cotui.tui.base.session import Session
from cotui.tui.engine.terminal.driver import LeanDriver
from cotui.tui.engine.terminal.stock import ReadingDriver
from cotui.tui.shell.app import CotuiApp
from cotui.tui.shell.run import run, telling


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch) -> list[type[Driver]]:
    """The driver classes of the apps that were run; none is really run."""
    found: list[type[Driver]] = []
    monkeypatch.setattr(CotuiApp, "run", lambda app, **_: found.append(app.driver_class))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    return found


@pytest.mark.parametrize(
    ("setting", "option", "lean"),
    [
        ("auto", "", True),
        ("stock", "", False),
        ("lean", "", True),
        ("stock", "lean", True),
        ("lean", "stock", False),
        ("stock", "auto", True),
    ],
)
async def test_the_option_wins_over_the_setting(
    app: CotuiApp, used: list[type[Driver]], setting: Any, option: str, lean: bool
) -> None:
    session: Session = app.session
    interface = replace(session.settings.interface, driver=setting)
    session.settings = replace(session.settings, interface=interface)
    run(session, driver=option)
    assert issubclass(used[0], LeanDriver) is lean
    assert issubclass(used[0], ReadingDriver)  # nothing that the terminal sends goes around the filter


async def test_a_broken_terminal_gets_the_stock_one(
    app: CotuiApp, used: list[type[Driver]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    run(app.session)
    assert not issubclass(used[0], LeanDriver)


def test_that_it_has_started_is_told_once() -> None:
    class Started:
        starts = 0

        def start_application_mode(self) -> None:
            self.starts += 1

    told: list[Any] = []
    driver: Any = telling(Started, told.append)()  # type: ignore[arg-type]
    driver.start_application_mode()
    assert told == [driver]
    driver.start_application_mode()  # after having been suspended
    assert (told, driver.starts) == ([driver], 2)
