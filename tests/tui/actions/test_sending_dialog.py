"""A dialog that sends stays until its write was carried out, and can send again."""

from __future__ import annotations

import pytest

from cotui.api import BadRequest, Dropped, Outcome, Result, Write
from cotui.catalog.objects.user import USER
from cotui.tui.actions.sending_dialog import SendingDialog

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
    await dialog._carry_out(ends(outcome))
    assert (dialog.given, dialog.said, dialog.busy) == ([], said, False)


async def test_what_was_carried_out_is_given_back() -> None:
    dialog, done = Sends(), Outcome(WRITE, Result.DONE)
    await dialog._carry_out(ends(done))
    assert (dialog.given, dialog.said) == ([done], [])


async def test_a_fault_leaves_it_ready_to_send_again() -> None:
    async def breaks() -> Outcome | None:
        raise ZeroDivisionError

    dialog = Sends()
    dialog.busy = True
    with pytest.raises(ZeroDivisionError):
        await dialog._carry_out(breaks())
    assert not dialog.busy
