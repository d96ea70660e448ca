"""The order in which the menu of actions shows what matches."""

from __future__ import annotations

import pytest

from cotui.catalog import Resource
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.user import USER
from cotui.tui.actions.action_menu import ActionMenu
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import settle, text_of


@pytest.mark.parametrize(
    ("resource", "typed", "first"),
    [
        (USER, "set", "Set password"),
        (USER, "set password", "Set password"),
        (USER, "reset", "Send password reset"),
        # a letter on paper costs money: it is not what "mail" is taken for first
        (INVOICE, "mail", "Send by e-mail"),
        (INVOICE, "print", "Print and mail"),
        (INVOICE, "balance", "Pay from open balance"),
    ],
)
async def test_what_is_meant_stands_first(app: CotuiApp, resource: Resource, typed: str, first: str) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        menu = ActionMenu("A record", resource.actions)
        await app.push_screen(menu)
        menu._fill(typed)
        assert menu.shown[0].label == first


async def test_nothing_of_that_name_is_said(app: CotuiApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await app.push_screen(ActionMenu("A record", USER.actions))
        await pilot.press("x", "q")
        await settle(pilot)
        assert "No action has such a name." in text_of(app)
