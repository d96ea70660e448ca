"""A new password: typed or made up, set once, and nowhere afterwards."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from textual import constants, events

from cotui.catalog.objects.user import USER
from cotui.safety.text import as_pasted
from cotui.tui.access.password import PasswordDialog
from cotui.tui.actions.confirm import ConfirmDialog
from cotui.tui.forms.discard import DiscardDialog
from cotui.tui.lists.browse import BrowseScreen
from tests.tui.flow import press, settle, status, text_of, type_text
from tests.tui.secrecy import act, assert_gone, clipboard, flat, yes
from tests.tui.writing import Account, account, asked

__all__ = ["clipboard"]
SECRET = "correct-Horse-battery-9"


async def _typed(pilot, text: str = SECRET, again: str = SECRET) -> None:  # type: ignore[no-untyped-def]
    await act(pilot, USER, "setPassword", 1)
    assert isinstance(pilot.app.screen, PasswordDialog)
    await type_text(pilot, text)
    await press(pilot, "enter")
    await type_text(pilot, again)
    await press(pilot, "enter")


def _sent(own: Account) -> list[tuple[str, object]]:
    return [(request.url.raw_path.decode(), json.loads(request.content)) for request in own.line.sent]


@pytest.mark.long
async def test_typed_twice_and_set_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with account(tmp_path) as own:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await _typed(pilot)
            await asked(pilot)
            assert "with the new password in it" in flat(own.app)
            assert SECRET not in text_of(own.app)
            await yes(pilot)
            assert isinstance(own.app.screen, BrowseScreen)
            assert "done: Set password" in status(own.app)
            assert _sent(own) == [("/api/v3/user/1/_action/password", {"password": SECRET})]
            assert_gone(own, tmp_path, SECRET)
        assert SECRET not in caplog.text
        assert own.audited[0]["payload"] == {"password": "•••"}


@pytest.mark.long
async def test_without_the_email(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(60, 16)) as pilot:
            await settle(pilot)
            await act(pilot, USER, "setPassword", 1)
            await press(pilot, "ctrl+g", "tab", "tab", "space", "ctrl+s")
            await asked(pilot)
            assert "none" in flat(own.app).split("E-mails")[1][:8]
            await yes(pilot)
            assert own.line.sent[0].url.query == b"_flag_emails=0"


async def test_made_up_hidden_shown_and_copied(tmp_path: Path, clipboard: list[str]) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(60, 16)) as pilot:
            await settle(pilot)
            await act(pilot, USER, "setPassword", 1)
            await press(pilot, "ctrl+g")
            dialog = own.app.screen
            assert isinstance(dialog, PasswordDialog)
            made = dialog._first.value
            assert dialog._second.value == made
            assert made not in text_of(own.app)
            assert "bits" in flat(own.app)
            await press(pilot, "ctrl+t")
            assert made in text_of(own.app)
            await press(pilot, "ctrl+t")
            assert made not in text_of(own.app)
            await press(pilot, "ctrl+y")
            assert clipboard == [made]
            assert "password sent to your terminal's clipboard" in flat(own.app)
            await press(pilot, "ctrl+s")
            await yes(pilot)
            assert_gone(own, tmp_path, made)


async def test_two_that_differ_are_not_sent(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(60, 16)) as pilot:
            await settle(pilot)
            await _typed(pilot, again=SECRET + "x")
            assert isinstance(own.app.screen, PasswordDialog)
            assert "The two are not the same." in flat(own.app)
            assert own.line.sent == []


async def test_what_was_typed_is_not_thrown_away_unasked(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(60, 16)) as pilot:
            await settle(pilot)
            await act(pilot, USER, "setPassword", 1)
            await type_text(pilot, SECRET)
            await press(pilot, "escape")
            assert isinstance(own.app.screen, DiscardDialog)
            await press(pilot, "escape")
            assert isinstance(own.app.screen, PasswordDialog)
            await press(pilot, "escape", "y")
            assert isinstance(own.app.screen, BrowseScreen)
            assert own.line.sent == []


async def test_what_is_pasted_is_never_cut(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(60, 16)) as pilot:
            await settle(pilot)
            await act(pilot, USER, "setPassword", 1)
            dialog = own.app.screen
            assert isinstance(dialog, PasswordDialog)
            dialog._first.post_message(events.Paste("one\ntwo"))
            await settle(pilot)
            assert dialog._first.value == ""
            assert "several lines" in flat(own.app)
            dialog._first.post_message(events.Paste("x" * 201))
            await settle(pilot)
            assert dialog._first.value == ""
            assert "more than 200 characters" in flat(own.app)
            dialog._first.post_message(events.Paste(as_pasted("one\x1btwo")))
            await settle(pilot)
            assert dialog._first.value == ""
            assert "signs that no keyboard has" in flat(own.app)
            dialog._first.post_message(events.Paste("one two\n"))
            await settle(pilot)
            assert dialog._first.value == "one two"


@pytest.mark.sample("timeout after-It is not known whether")
@pytest.mark.parametrize(
    ("fault", "words"),
    [("400", "Refused: "), ("no connection", "Not sent: "), ("timeout after", "It is not known whether")],
)
async def test_after_a_failure_everything_is_still_there(fault: str, words: str, tmp_path: Path) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            own.line.fault = fault
            await _typed(pilot)
            await yes(pilot)
            assert isinstance(own.app.screen, ConfirmDialog)
            await press(pilot, "enter")
            dialog = own.app.screen
            assert isinstance(dialog, PasswordDialog)
            assert words in flat(own.app)
            assert dialog._first.value == dialog._second.value == SECRET
            assert len(own.line.sent) == 1
            await press(pilot, "escape", "y")
            assert_gone(own, tmp_path, SECRET)


async def test_a_server_that_repeats_the_password(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        inner = own.line.handle_async_request

        async def repeating(request):  # type: ignore[no-untyped-def]
            import httpx

            if request.method == "GET":
                return await inner(request)
            own.line.sent.append(request)
            words = f"The password {SECRET} was used before"
            body = {"code": 400, "status": "Error", "message": words, "response": False}
            return httpx.Response(400, json=body)

        own.line.handle_async_request = repeating  # type: ignore[method-assign]
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await _typed(pilot)
            await yes(pilot)
            assert "was used before" in flat(own.app)
            assert SECRET not in text_of(own.app)
            await press(pilot, "enter")
            assert "was used before" in flat(own.app)
            assert SECRET not in text_of(own.app)
            await press(pilot, "escape", "y")
            assert_gone(own, tmp_path, SECRET)


async def test_the_copied_curl_has_no_password(tmp_path: Path, clipboard: list[str]) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await _typed(pilot)
            await asked(pilot)
            await press(pilot, "c")
            assert "/user/1/_action/password" in clipboard[0]
            assert SECRET not in clipboard[0]


async def test_a_fault_of_the_programs_own_shows_no_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(self: PasswordDialog) -> None:
        password = self._first.value
        raise RuntimeError(f"a bug, {len(password)} characters on")

    async def until_it_breaks() -> None:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await act(pilot, USER, "setPassword", 1)
            monkeypatch.setattr(PasswordDialog, "_show_about", broken)
            await type_text(pilot, SECRET)
            await settle(pilot)

    with account(tmp_path) as own:
        with pytest.raises(RuntimeError, match="a bug"):
            await until_it_breaks()
        told = capsys.readouterr().err
        assert "RuntimeError" in told
        assert "characters on" in told
        assert SECRET not in told


async def test_textuals_debug_log_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "textual.log"
    monkeypatch.setattr(constants, "LOG_FILE", str(log))
    with account(tmp_path) as own:
        written = log.read_text() if log.exists() else ""
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await act(pilot, USER, "setPassword", 1)
            await press(pilot, *"zebra")
            dialog = own.app.screen
            assert isinstance(dialog, PasswordDialog)
            assert dialog._first.value == "zebra"
        assert (log.read_text() if log.exists() else "") == written
