"""A dialog that sends stays until its write was carried out, and can send again."""

from __future__ import annotations

import gc
from functools import partial

import pytest

from cotui.api import BadRequest, Dropped, Outcome, Result, Write
from cotui.catalog.objects.user import USER
from cotui.tui.actions.sending_dialog import SendingDialog
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import settle

WRITE = Write(USER, USER.action("password"), 1)


class Sends(SendingDialog):
    """Notes what it gave back and what it said."""

    when_unknown = "Look at the user."

    def __init__(self) -> None:
        super().__init__()
        self.given: list[Outcome | None] = []
        self.said: list[str] = []
        self.told.tell = lambda text, *, bad=False: self.said.append(text)  # type: ignore[method-assign]

    def dismiss(self, result: Outcome | None = None) -> None:  # type: ignore[override]
        self.given.append(result)


async def ends(outcome: Outcome | None) -> Outcome | None:
    return outcome


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome(WRITE, Result.REFUSED, BadRequest(server_message="no")), ["Refused: no"]),
        (
            Outcome(WRITE, Result.UNKNOWN, Dropped()),
            ["It is not known whether this was done. Look at the user."],
        ),
        (None, []),
    ],
)
async def test_what_was_not_carried_out_is_told_and_can_be_sent_again(
    outcome: Outcome | None, said: list[str]
) -> None:
    dialog = Sends()
    dialog.busy = True
    await dialog._carry_out(partial(ends, outcome))
    assert (dialog.given, dialog.said, dialog.busy) == ([], said, False)


async def test_what_was_carried_out_is_given_back() -> None:
    dialog, done = Sends(), Outcome(WRITE, Result.DONE)
    await dialog._carry_out(partial(ends, done))
    assert (dialog.given, dialog.said) == ([done], [])


async def test_a_fault_leaves_it_ready_to_send_again() -> None:
    async def breaks() -> Outcome | None:
        raise ZeroDivisionError

    dialog = Sends()
    dialog.busy = True
    with pytest.raises(ZeroDivisionError):
        await dialog._carry_out(breaks)
    assert not dialog.busy


@pytest.mark.filterwarnings("error")
async def test_nothing_is_begun_where_the_dialog_is_left_before(app: CotuiApp) -> None:
    class Asks(SendingDialog):
        pass

    begun: list[str] = []

    async def begins() -> Outcome | None:
        begun.append("sent")
        return None

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        dialog = Asks()
        await app.push_screen(dialog)
        await settle(pilot)
        dialog.send(begins)
        dialog.dismiss(None)
        await settle(pilot)
        gc.collect()  # a coroutine that nobody awaits would warn
    assert not begun
