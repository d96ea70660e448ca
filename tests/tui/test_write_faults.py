"""Whatever happens to a write on its way: it goes once, its user is told the truth, and so is the audit file."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest

from cotui.api import calls
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.user import USER
from cotui.tui.actions.confirm import ConfirmDialog, Phase
from cotui.tui.lists.browse import BrowseScreen
from tests.depth import examples, full
from tests.tui.flow import press, settle, status, text_of, until
from tests.tui.writing import FAULTS, account, asked, typed

#: what the screen says, besides how it ended
TOLD = {
    "timeout before": "localhost sent nothing for 30 seconds",
    "timeout after": "Ask the customer whether it has arrived",
    "dropped before": "The connection to localhost broke off",
    "dropped after": "Ask the customer whether it has arrived",
    "no connection": "localhost cannot be reached",
    "429": "limit of requests is reached",
    "500 before": "Something ␛[2J broke",
    "500 after": "Something ␛[2J broke",
    "400": "The field `email` is not an address",
    "gone": "It was deleted meanwhile",
    "page": "web page",
    "page after": "web page",
    "truncated after": "The answer was cut off",
    "false": "ChargeOver answered no, without a reason",
}
HEADS = {
    "unknown": "It is not known whether this was done.",
    "refused": "Refused: nothing was changed.",
    "not sent": "Not done: it never reached the account.",
}


@pytest.mark.long
async def test_one_request_one_line_and_the_truth(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            for fault, result in FAULTS.items():
                noted = len(own.audited)
                own.line.sent.clear()
                own.line.fault = fault
                await press(pilot, "p")
                await asked(pilot)
                await press(pilot, "y")
                text = " ".join(text_of(own.app).replace("│", " ").split())
                if result == "done":
                    assert isinstance(own.app.screen, BrowseScreen)
                    assert "done: Send password reset" in text
                else:
                    assert isinstance(own.app.screen, ConfirmDialog), fault
                    assert own.app.screen.phase is Phase.OVER
                    assert HEADS[result] in text, fault
                    assert TOLD[fault] in text, fault
                    await press(pilot, "escape")
                    assert isinstance(own.app.screen, BrowseScreen)
                    assert "Send password reset, Amelia Whitaker" in status(own.app).replace("\n", " ")
                assert len(own.line.sent) == 1, fault
                assert own.line.sent[0].url.path.endswith("/user/1/_action/password")
                (line,) = own.audited[noted:]
                assert line["result"] == result, fault
                assert line["action"] == "user.password"
                assert line["operator"] == "alex"
                assert line["target"]["id"] == 1
                if fault == "400":
                    told = (line["status"], line["message"])
                    assert told == (400, "The field `email` is not an address")
        assert [line["result"] for line in own.audited] == list(FAULTS.values())


async def test_a_record_that_is_deleted_while_its_user_thinks(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            made = calls.create("user", {"customer_id": 1, "first_name": "Ann", "email": "ann@example.com"})
            ref = (await own.api.worker.submit(made)).response["id"]
            assert isinstance(own.app.screen, BrowseScreen)
            own.app.act(own.app.screen, USER, "password", [ref])
            await asked(pilot)
            await own.api.worker.submit(calls.delete("user", ref))
            own.line.sent.clear()
            await press(pilot, "y")
            text = " ".join(text_of(own.app).replace("│", " ").split())
            assert "Refused: nothing was changed." in text
            assert "There is no such record" in text
            assert [line["result"] for line in own.audited] == ["refused"]
            assert len(own.line.sent) == 1


async def test_a_full_disk_sends_nothing(tmp_path: Path) -> None:
    """What can't be written down is not done."""
    (tmp_path / "audit").write_text("in the way of the directory")
    with account(tmp_path) as own:
        async with own.app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            await press(pilot, "p")
            await asked(pilot)
            await press(pilot, "y")
            text = " ".join(text_of(own.app).replace("│", " ").split())
            assert "The audit file cannot be written: Not a directory" in text
            assert "name another place (COTUI_STATE_DIR)" in text
            assert own.line.sent == []


async def test_a_disk_that_fills_while_it_is_sent_is_told_and_caught_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            await press(pilot, "p")
            await asked(pilot)

            def full(*_: object) -> None:
                raise OSError(28, "No space left on device")

            with monkeypatch.context() as patch:
                patch.setattr("cotui.audit.lines.append_lines", full)
                await press(pilot, "y")
            assert "the audit file could not be completed: No space left on device" in status(
                own.app
            ).replace("\n", " ")
            assert own.audited == []
            await press(pilot, "p")
            await asked(pilot)
            await press(pilot, "y")
            assert "could not be completed" not in status(own.app)
        assert [line["result"] for line in own.audited] == ["done", "done"]
        assert len(own.line.sent) == 2


async def test_a_second_press_sends_nothing_and_hides_nothing(tmp_path: Path) -> None:
    """Enter twice on yes: the second one neither sends again nor leaves an answer that nobody has read."""
    with account(tmp_path) as own:
        own.line.fault = "timeout after"
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "p")
            await asked(pilot)
            await press(pilot, "right")
            typed(own.app, "enter", "enter", "y", "enter", "escape")
            await settle(pilot)
            dialog = await asked(pilot)
            assert dialog.phase is Phase.OVER
            assert len(own.line.sent) == 1
            await press(pilot, "enter")
            assert isinstance(own.app.screen, BrowseScreen)
    assert [line["result"] for line in own.audited] == ["unknown"]


async def test_keys_typed_ahead_of_the_question_do_not_answer_it(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            for _ in range(5):
                typed(own.app, "p", "y", "y", "right", "enter", "y")
                await settle(pilot)
                await asked(pilot)
                assert own.line.sent == []
                await press(pilot, "escape")
                while not isinstance(own.app.screen, BrowseScreen):
                    await press(pilot, "escape")
            await press(pilot, "p")
            await asked(pilot)
            await press(pilot, "y")
            assert len(own.line.sent) == 1


#: runs of a session; in the long form there are four sessions
RUNS = examples(50, short=12)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(examples(4, short=1)))
async def test_never_twice_in_many_runs_with_faults_and_hammered_keys(seed: int, tmp_path: Path) -> None:
    """Counted at the server: every write that was agreed to left once, and has one line that is true."""
    dice = random.Random(seed)
    faults = itertools.cycle(dice.sample([*FAULTS, "none"], len(FAULTS) + 1))
    expected: list[tuple[str, str]] = []
    with account(tmp_path) as own:
        async with own.app.run_test(size=(44, 10)) as pilot:  # drawing is all that costs here
            await settle(pilot)
            app = own.app
            for run in range(RUNS):
                assert isinstance(app.screen, BrowseScreen)
                own.line.fault = fault = next(faults)
                resource, name = dice.choice(
                    [(USER, "password"), (CUSTOMER, "setInactive"), (CUSTOMER, "setActive")]
                )
                before = len(own.line.sent)
                app.act(app.screen, resource, name, [dice.randrange(1, 12)])
                dialog = await asked(pilot)
                keys = dice.choices(
                    ["y", "enter", "right", "left", "tab", "m", "y", "up"], k=dice.randrange(2, 9)
                )
                typed(app, *keys)
                await pilot.pause()  # till they are there
                await until(
                    lambda: app.screen is not dialog or (not app._typed and dialog.phase is not Phase.SENDING)  # noqa: B023 - of this run
                )
                sent = len(own.line.sent) - before
                assert sent <= 1, f"run {run}: {fault}, {keys}"
                if sent:
                    expected.append((f"{resource.id}.{name}", FAULTS[fault]))
                while not (isinstance(app.screen, BrowseScreen) and app._action is None):
                    typed(app, "escape")
                    await pilot.pause()
                    await until(lambda: not app._typed)
                assert len(own.line.sent) - before == sent, f"run {run}: leaving sent it"
                if keys[0] == "y":
                    assert sent == 1, f"run {run}: a plain yes was not taken"
            await settle(pilot)
        assert [(line["action"], line["result"]) for line in own.audited] == expected
        assert len({line["request_id"] for line in own.audited}) == len(own.line.sent) == len(expected)
        # keys that mean nothing in a question keep a later yes from being one
        assert len(expected) > RUNS / 3
        assert {result for _, result in expected} == set(FAULTS.values()) or not full()
