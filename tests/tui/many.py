"""Acting on many records: from the menu to the results."""

from __future__ import annotations

import json
from typing import Any

import httpx

from cotui.tui.actions.action_menu import ActionMenu
from cotui.tui.bulk.bulk_confirm import BulkConfirm
from cotui.tui.bulk.bulk_progress import BulkProgress
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import press, type_text
from tests.tui.lists.test_selection_keys import reply


async def choose(pilot: Any, *keys: str) -> None:
    """Open the menu and take what is found by these letters."""
    await press(pilot, "a")
    assert isinstance(pilot.app.screen, ActionMenu)
    await type_text(pilot, "".join(keys))
    await press(pilot, "enter")


async def say_yes(pilot: Any, number: int) -> None:
    assert isinstance(pilot.app.screen, BulkConfirm)
    await type_text(pilot, str(number))
    await press(pilot, "enter")


def progress(app: CotuiApp) -> BulkProgress:
    assert isinstance(app.screen, BulkProgress)
    return app.screen


def results(app: CotuiApp) -> dict[int | str, str]:
    return {ref: outcome.result.value for ref, outcome in progress(app)._results.items()}


def audit(app: CotuiApp) -> list[dict[str, Any]]:
    return list(app.session.audit.entries())


def refused(request: httpx.Request, *at: int) -> httpx.Response:
    """An answer to a bulk call in which the items at these places are refused and the others done."""
    number = len(json.loads(request.content))
    items = [
        {"code": 400, "status": "Error", "message": f"no to {place}", "response": False}
        if place in at
        else {"code": 200, "status": "OK", "message": "", "response": True}
        for place in range(number)
    ]
    return reply({"_bulk": items})
