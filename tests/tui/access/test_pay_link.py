"""Card numbers are typed on ChargeOver's page, never here."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from cotui.catalog.objects.invoice import INVOICE
from cotui.tui.actions.confirm import ConfirmDialog
from cotui.tui.actions.link_dialog import LinkDialog
from cotui.tui.actions.qr_dialog import QrScreen
from cotui.tui.lists.browse import BrowseScreen
from tests.tui.flow import press, settle, text_of
from tests.tui.secrecy import act, clipboard, flat, yes
from tests.tui.writing import Account, account

__all__ = ["clipboard"]


@pytest.mark.parametrize(
    ("action", "field", "words"),
    [
        ("payByCard", "url_paylink", "Card numbers are never typed into cotui"),
        ("payByBankAccount", "url_paylink", "Bank account numbers are never typed into cotui"),
        ("pdf", "url_pdflink", "Whoever has this link can read the invoice"),
    ],
)
async def test_the_link_is_shown_copied_and_scanned_and_nothing_is_sent(
    action: str, field: str, words: str, tmp_path: Path, clipboard: list[str]
) -> None:
    with account(tmp_path, screen="invoices") as own:
        link = (await own.api.get(INVOICE, 1)).raw[field]
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await act(pilot, INVOICE, action, 1)
            assert words in flat(own.app)
            assert link in flat(own.app)
            await press(pilot, "c")
            assert clipboard == [link]
            await press(pilot, "k")
            assert isinstance(own.app.screen, QrScreen)
            await press(pilot, "k", "n")  # there is no new one to be made
            assert isinstance(own.app.screen, LinkDialog)
            await press(pilot, "escape")
            assert isinstance(own.app.screen, BrowseScreen)
            assert own.line.sent == []
        assert own.audited == []


@pytest.mark.parametrize(
    ("action", "page"), [("payByCard", "paymethods-creditcard"), ("payByBankAccount", "paymethods-ach")]
)
async def test_a_login_link_for_storing_it_instead(action: str, page: str, tmp_path: Path) -> None:
    with account(tmp_path, screen="invoices") as own:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await act(pilot, INVOICE, action, 1)
            await press(pilot, "l")
            assert isinstance(own.app.screen, ConfirmDialog)
            await yes(pilot)
            assert "hidden" in flat(own.app)
            assert json.loads(own.line.sent[0].content) == {"destination": page}


def _with_link(own: Account, link: object) -> None:
    """Let the invoice's pay link be this."""
    inner = own.line.handle_async_request

    async def handle(request: httpx.Request) -> httpx.Response:
        answer = await inner(request)
        if request.url.path != "/api/v3/invoice/1":
            return answer
        await answer.aread()
        body = answer.json()
        body["response"]["url_paylink"] = link
        return httpx.Response(200, json=body)

    own.line.handle_async_request = handle  # type: ignore[method-assign]


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (None, "There is no link: ChargeOver gave none."),
        ("", "There is no link: ChargeOver gave none."),
        ("javascript:x", "is not a web address"),
        ("https://pay\x1b[2J.me/", "is not a web address"),
    ],
)
async def test_a_link_that_is_none(link: object, words: str, tmp_path: Path) -> None:
    with account(tmp_path, screen="invoices") as own:
        _with_link(own, link)
        async with own.app.run_test(size=(60, 16)) as pilot:
            await settle(pilot)
            await act(pilot, INVOICE, "payByCard", 1)
            assert words in flat(own.app)
            assert "\x1b" not in text_of(own.app)
            await press(pilot, "k")
            assert isinstance(own.app.screen, LinkDialog)
