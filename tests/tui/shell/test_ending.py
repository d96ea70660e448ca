"""The program's end: by its user, by a signal, by a fault; what is kept and told then."""

from __future__ import annotations

import asyncio
import json
import signal
from contextvars import Context
from pathlib import Path
from typing import Any

import pytest

from cotui.tui.base.session import Session
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import press, settle, text_of, type_text

SIZE = (120, 40)


def kept(path: Path) -> Any:
    """What the state file holds; None while there is none."""
    return json.loads(path.read_text()) if path.exists() else None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_ends_it_with_its_state_kept(app: CotuiApp, number: signal.Signals) -> None:
    path: Path = app.session.state.path
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await type_text(pilot, "id = 3")
        await press(pilot, "enter", "3")
        assert kept(path) is None
        signal.raise_signal(number)
        await pilot.pause()
    assert app.return_code == 128 + number
    state = kept(path)["accounts"]["demo"]
    assert state["last_screen"] == "invoices"
    assert state["screens"]["customers"]["filter"] == "id = 3"


async def test_q_quits_from_a_list_and_from_a_record_but_escape_never_does(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "escape", "escape", "enter", "escape", "escape")
        assert app.return_value is None
        assert not app._exit
        await pilot.press("q")
        await pilot.pause()
        assert app._exit
    assert app.return_code == 0


async def test_state_that_cannot_be_written_does_not_stop_the_end(session: Session, tmp_path: Path) -> None:
    tmp_path.joinpath("wall").write_text("")
    session.state.path = tmp_path / "wall" / "state.json"
    app = CotuiApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "q")
    assert app.return_code == 0


async def test_of_several_reasons_to_end_the_first_counts(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.exit(return_code=3)
        app.exit(return_code=4)
    assert app.return_code == 3


async def test_a_fault_that_nobody_waits_for_ends_it_and_one_of_a_connection_given_up_does_not(
    app: CotuiApp,
) -> None:
    async def run() -> None:
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            loop = asyncio.get_running_loop()
            given_up: asyncio.Future[None] = loop.create_future()
            loop.call_exception_handler({"message": "", "exception": OSError("gone"), "future": given_up})
            assert not app.crashed
            loop.call_soon(lambda: 1 // 0)
            await pilot.pause()

    with pytest.raises(ZeroDivisionError):
        await run()
    assert app.crashed
    assert app.return_code == 1


@pytest.mark.parametrize("keys", [(), ("question_mark",), ("enter",)], ids=["list", "dialog", "page"])
async def test_the_worker_may_tell_of_waiting_and_of_the_limit_from_where_no_app_is_known(
    app: CotuiApp, keys: tuple[str, ...]
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        app.connection.text = "limit reached: 12 s"
        Context().run(app._level_changed)
        Context().run(app.waiting._show, "waiting for 4 s")
        await pilot.pause()
        assert "waiting for 4 s" in text_of(app)
        assert ("limit reached: 12 s" in text_of(app)) == (keys != ("question_mark",))
        Context().run(app.waiting._show, "")
        await pilot.pause()
        assert "waiting for 4 s" not in text_of(app)
