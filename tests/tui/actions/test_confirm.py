"""The question before a write: everything is shown, no is the default, and it can't be answered by accident."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, Static

from cotui.api import Write
from cotui.catalog.editing import editing
from cotui.catalog.model import Resource
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.user import USER
from cotui.tui.actions.confirm import Phase, confirm
from cotui.tui.actions.write_words import emails_optional
from cotui.tui.lists.browse import BrowseScreen
from tests.tui.conftest import changes
from tests.tui.flow import press, settle, text_of, type_text
from tests.tui.writing import Account, account, ready, words

SIZES = [(60, 16), (80, 24), (120, 40)]
HOSTILE = "Evil \x1b]0;owned\x07 [bold]Inc[/] \u202eabc 株式会社 " + "x" * 200


def begin(own: Account, write: Write, *notes: str) -> None:
    """Have a write of the test's own confirmed."""
    import asyncio

    screen = own.app.screen
    assert isinstance(screen, BrowseScreen)
    own.app._action = asyncio.get_running_loop().create_task(confirm(screen, write, notes=notes))  # type: ignore[arg-type]
    own.app._action.add_done_callback(own.app._acted)


def update(resource: Resource, ref: int, payload: Any, **more: Any) -> Write:
    action = editing(resource)
    assert action is not None
    return Write(resource, action, ref, payload, target=f"{resource.label.casefold()} {ref}", **more)


@pytest.mark.sample("60x16")
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_long_and_hostile_requests_leave_room_for_the_answers(
    size: tuple[int, int], tmp_path: Path
) -> None:
    with account(tmp_path, screen="customers") as own:
        async with own.app.run_test(size=size) as pilot:
            await settle(pilot)
            payload = {f"custom_{number}": HOSTILE for number in range(30)}
            begin(own, update(CUSTOMER, 1, payload, emails=(HOSTILE,)), HOSTILE)
            await ready(pilot)
            lines = text_of(own.app).splitlines()
            assert any("No" in line and "Yes, send" in line for line in lines), "the answers are not visible"
            assert "esc leaves, nothing is sent" in words(own)
            assert lines[0].lstrip().startswith("╭")
            assert lines[size[1] - 1].lstrip().startswith("╰")
            assert "".join(lines).isprintable()
            first = words(own)
            await press(pilot, *["pagedown"] * 3)
            assert words(own) != first, "it does not scroll"
            assert own.line.sent == []


@pytest.mark.sample("60x16")
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_continuations_stand_under_their_beginnings(size: tuple[int, int], tmp_path: Path) -> None:
    with account(tmp_path, screen="customers") as own:
        async with own.app.run_test(size=size) as pilot:
            await settle(pilot)
            begin(own, update(CUSTOMER, 1, {"company": "New name"}, emails=("one, " * 30 + "end",)))
            await ready(pilot)
            if size[1] < 20:
                await press(pilot, "pagedown")
            lines = text_of(own.app).splitlines()
            at = next(number for number, line in enumerate(lines) if "PUT /api/v3/customer/1" in line)
            column = lines[at].index("PUT")
            assert [line[column : column + 24].rstrip(" │") for line in lines[at + 1 : at + 4]] == [
                "{",
                '  "company": "New name"',
                "}",
            ]


async def test_the_default_is_no(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            for key in ("enter", "escape"):
                await press(pilot, "p")
                dialog = await ready(pilot)
                assert dialog.focused is not None
                assert dialog.focused.id == "no"
                await press(pilot, key)
                assert isinstance(own.app.screen, BrowseScreen)
            assert own.line.sent == []
        assert own.audited == []


async def test_destroying_asks_for_the_name(tmp_path: Path) -> None:
    with account(tmp_path, screen="invoices") as own:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            screen = own.app.screen
            assert isinstance(screen, BrowseScreen)
            screen.action_act("void")
            dialog = await ready(pilot)
            wanted = dialog._wanted()
            for wrong in ("", wanted + "1", wanted[:-1]):
                dialog.query_one("#name", Input).value = wrong
                await press(pilot, "enter")
                assert own.line.sent == []
                assert dialog.phase is Phase.ASKING
            assert "Nothing was sent" in words(own)
            await press(pilot, "tab", "y")
            assert own.line.sent == [], "y is no way around the name"
            dialog.query_one("#name", Input).value = wanted
            dialog.query_one("#name", Input).focus()
            await press(pilot, "enter")
            assert len(own.line.sent) == 1
        (line,) = own.audited
        assert line["action"] == "invoice.void"


async def test_a_name_that_no_keyboard_has_gives_way_to_the_id(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            write = Write(USER, USER.action("delete"), 7, target="x", name="A\u200bB")
            begin(own, write)
            await ready(pilot)
            assert "Type 7 to go on" in words(own)


@pytest.mark.long
async def test_emails_can_be_left_out_where_something_else_is_left(tmp_path: Path) -> None:
    with account(tmp_path, screen="customers") as own:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            begin(own, update(CUSTOMER, 1, {"company": "X"}, emails=("a letter to Jane",)))
            dialog = await ready(pilot)
            assert "m with or without e-mails" in words(own)
            await press(pilot, "m")
            assert "none. Left out: a letter to Jane" in words(own)
            assert "_flag_emails=0" in words(own)
            await press(pilot, "m")
            assert "_flag_emails" not in words(own)
            await press(pilot, "m", "y")
            assert not dialog.is_attached
            assert own.line.sent[0].url.params["_flag_emails"] == "0"
    reset = Write(USER, USER.action("password"), 1, emails=("x",))
    assert not emails_optional(reset)
    assert emails_optional(Write(USER, USER.action("setPassword"), 1, emails=("x",)))


async def test_curl_is_copied_without_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cotui.tui.base import clipboard

    copied: list[str] = []
    original = clipboard.copy

    async def copy(app: Any, text: str, *, lines: bool = False) -> Any:
        copied.append(text)
        return await original(app, text)

    monkeypatch.setattr(clipboard, "copy", copy)
    with account(tmp_path) as own:
        async with own.app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            write = Write(USER, USER.action("setPassword"), 1, {"password": "hunter2"}, target="Jane")
            begin(own, write)
            await ready(pilot)
            await press(pilot, "c")
            assert "curl -X POST" in words(own)
            assert "hunter2" not in words(own)
    (command,) = copied
    assert "$COTUI_USERNAME:$COTUI_PASSWORD" in command
    assert "$SECRET" in command
    assert "hunter2" not in command


async def test_a_password_is_in_no_line_of_the_audit_file(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            begin(own, Write(USER, USER.action("setPassword"), 1, {"password": "hunter2-Xy"}, target="Jane"))
            await ready(pilot)
            assert "hunter2" not in text_of(own.app)
            await press(pilot, "y")
            assert json.loads(own.line.sent[0].content) == {"password": "hunter2-Xy"}
        assert own.audited[0]["payload"] == {"password": "•••"}
        assert "hunter2" not in "".join(path.read_text() for path in own.log.directory.iterdir())


async def test_it_cannot_be_left_while_it_is_sent(tmp_path: Path) -> None:
    import asyncio

    import httpx

    with account(tmp_path) as own:
        go = asyncio.Event()
        inner = own.line._inner

        class Held(httpx.AsyncBaseTransport):
            async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
                if changes(request):
                    await go.wait()
                return await inner.handle_async_request(request)

        own.line._inner = Held()
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await pilot.press("p")
            dialog = await ready(pilot)
            await pilot.press("y")
            for key in ("escape", "enter", "y", "n", "m", "b", "c", "q"):
                await pilot.press(key)
            assert own.app.screen is dialog
            assert dialog.phase is Phase.SENDING
            assert "sending …" in words(own)
            assert not dialog.query_one("#answers").display
            go.set()
            await settle(pilot)
            assert isinstance(own.app.screen, BrowseScreen)
            assert len(own.line.sent) == 1


@pytest.mark.parametrize("resource", [CUSTOMER, USER, INVOICE], ids=lambda resource: resource.id)
async def test_every_refusal_to_delete_is_explained(resource: Resource, tmp_path: Path) -> None:
    with account(tmp_path, screen=f"{resource.id}s") as own:
        own.line.fault = "400"
        async with own.app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            begin(own, Write(resource, resource.action("delete"), 1, target="x", name="x"))
            await ready(pilot)
            await type_text(pilot, "x")
            await press(pilot, "enter")
            assert "Refused: nothing was changed." in words(own)
            assert resource.action("delete").refused[:40] in words(own)


async def test_a_main_contact_is_named_before_it_is_tried(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            screen = own.app.screen
            assert isinstance(screen, BrowseScreen)
            screen.action_act("delete")
            await ready(pilot)
            assert "is the main contact of Northwind" in words(own)
            assert "ChargeOver will refuse this" in words(own)


async def test_help_names_the_keys_of_the_question(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "p")
            dialog = await ready(pilot)
            hints = str(dialog.query_one("#keys", Static).render())
            for key in ("y sends", "esc leaves", "b on behalf of", "c copy as curl"):
                assert key in hints
