"""A login link is a password: asked for, shown on demand, and gone with its dialog."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.user import LOGIN_DESTINATIONS, USER
from cotui.tui.actions.confirm import ConfirmDialog
from cotui.tui.actions.qr_dialog import QUIET, QrScreen, half_blocks
from cotui.tui.base.choose import ChooseDialog
from cotui.tui.lists.browse import BrowseScreen
from tests.tui.flow import press, settle, text_of
from tests.tui.secrecy import LINK, act, answering, assert_gone, clipboard, dialog, flat, yes
from tests.tui.writing import account, asked

__all__ = ["clipboard"]


async def test_hidden_shown_copied_scanned_and_gone(
    tmp_path: Path, clipboard: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with account(tmp_path) as own:
        answering(own, lambda n: LINK)
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "L")
            assert isinstance(own.app.screen, ChooseDialog)
            await press(pilot, "enter")
            await yes(pilot)
            assert LINK not in flat(own.app)
            assert "hidden: a link to acme.chargeover.com" in flat(own.app)
            assert "made 0 s ago" in flat(own.app)
            await press(pilot, "s")
            assert LINK in flat(own.app)
            await press(pilot, "s")
            assert LINK not in flat(own.app)
            for key in ("c", "y"):
                await press(pilot, key)
            assert clipboard == [LINK, LINK]
            assert "link sent to your terminal's clipboard" in flat(own.app)
            for key in ("k", "q"):
                await press(pilot, key)
                assert isinstance(own.app.screen, QrScreen)
                shown = text_of(own.app).split("\n")
                for line in half_blocks(LINK, QUIET):
                    assert any(line in across for across in shown)
                await press(pilot, "escape")
            dialog(own)
            await press(pilot, "escape")
            assert isinstance(own.app.screen, BrowseScreen)
            assert_gone(own, tmp_path, LINK)
            assert len(own.line.sent) == 1
            assert own.line.sent[0].content == b""
        assert LINK not in caplog.text
        assert [line["result"] for line in own.audited] == ["done"]


@pytest.mark.sample("0", "5")
@pytest.mark.parametrize("index", range(len(LOGIN_DESTINATIONS)))
async def test_every_page_can_be_chosen_in_words(index: int, tmp_path: Path) -> None:
    choice = LOGIN_DESTINATIONS[index]
    with account(tmp_path, customers=3) as own:
        async with own.app.run_test(size=(60, 16)) as pilot:
            await settle(pilot)
            await act(pilot, USER, "getLoginURL", 1)
            assert choice.label in flat(own.app)
            await press(pilot, *["down"] * (index + 1), "enter")
            await asked(pilot)
            assert f"Opens: {choice.label}" in flat(own.app)
            await yes(pilot)
            assert json.loads(own.line.sent[0].content) == {"destination": choice.value}
            assert dialog(own).is_link


@pytest.mark.long
async def test_a_new_one_is_a_new_request_with_a_new_question(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        answering(own, lambda n: f"{LINK}{n}")
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "L", "down", "enter")
            await yes(pilot)
            await press(pilot, "s")
            assert LINK + "0" in flat(own.app)
            await press(pilot, "n")
            assert isinstance(own.app.screen, ConfirmDialog)
            assert LINK not in flat(own.app)
            await yes(pilot)
            assert LINK not in flat(own.app)
            await press(pilot, "s")
            assert LINK + "1" in flat(own.app)
            bodies = [json.loads(request.content) for request in own.line.sent]
            assert bodies == [{"destination": "subscriptions"}] * 2
            await press(pilot, "n", "escape")
            assert isinstance(own.app.screen, BrowseScreen)
            assert len(own.line.sent) == 2
            assert_gone(own, tmp_path, LINK)
        ids = [line["request_id"] for line in own.audited]
        assert len(set(ids)) == len(ids) == 2


@pytest.mark.sample("false", "timeout after")
@pytest.mark.parametrize("fault", ["400", "timeout after", "no connection", "false"])
async def test_no_link_is_shown_after_a_failure(fault: str, tmp_path: Path) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            own.line.fault = fault
            await press(pilot, "L", "enter")
            await yes(pilot)
            assert isinstance(own.app.screen, ConfirmDialog)
            await press(pilot, "enter")
            assert isinstance(own.app.screen, BrowseScreen)
            assert len(own.line.sent) == 1


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (True, "true"),
        ({"url": LINK}, '{"url": "https://acme'),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("https://\x1b]52;c;AAAA\x07evil", "https://␛]52;c;AAAA␇evil"),
        ("https://acme\u202emoc.live", "https://acme␦moc.live"),
        ("/r/login/[/]abc", "/r/login/[/]abc"),
    ],
)
async def test_an_answer_that_is_no_link_is_shown_as_it_came(
    answer: object, shown: str, tmp_path: Path
) -> None:
    with account(tmp_path) as own:
        answering(own, lambda n: answer)
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "L", "enter")
            await yes(pilot)
            assert "not a web address" in flat(own.app)
            await press(pilot, "s")
            assert shown in flat(own.app)
            await press(pilot, "k")
            dialog(own)
            assert "QR code" not in flat(own.app)


async def test_a_customers_main_contact_is_logged_in_from_its_menu(tmp_path: Path) -> None:
    with account(tmp_path, screen="customers") as own:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await act(pilot, CUSTOMER, "", 1)
            await press(pilot, *"login")
            await press(pilot, "enter", "enter")
            await yes(pilot)
            assert dialog(own).is_link
            assert own.line.sent[0].url.path.endswith("/_action/getLoginURL")
