"""What was copied in a dialog with a secret goes from tmux with the dialog, however it is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from cotui.catalog.objects.user import USER
from cotui.tui.access.password import PasswordDialog
from cotui.tui.shell.copying import SecretCopies
from tests.tui.base.test_clipboard import HAS_BUFFERS, IN_TMUX, install_tmux
from tests.tui.flow import press, settle, type_text, until
from tests.tui.secrecy import act
from tests.tui.writing import account

SECRET = "s3cret-that-was-copied"


@pytest.fixture
def buffers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file with the buffers of a tmux that the app runs in."""
    folder = tmp_path / "tmux"
    folder.mkdir()
    install_tmux(folder, monkeypatch, HAS_BUFFERS)
    monkeypatch.setenv("TMUX", IN_TMUX["TMUX"])
    return folder / "buffers.json"


def text_of(path: Path) -> str:
    return path.read_text() if path.exists() else ""


@pytest.mark.parametrize("leaves", ["escape", "quit"])
async def test_a_password_that_was_copied(tmp_path: Path, buffers: Path, leaves: str) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await act(pilot, USER, "setPassword", 1)
            assert isinstance(own.app.screen, PasswordDialog)
            await type_text(pilot, SECRET)
            await press(pilot, "ctrl+y")
            await until(lambda: SECRET in text_of(buffers))
            if leaves == "escape":
                for line in own.app.screen.query(Input):
                    line.value = ""
                await press(pilot, "escape")
                await until(lambda: SECRET not in text_of(buffers))
            else:
                own.app.exit()
        assert SECRET not in text_of(buffers)
        assert "mine" in text_of(buffers)


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+x"])
async def test_what_is_hidden_is_not_copied_out_of_its_line(tmp_path: Path, buffers: Path, key: str) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await act(pilot, USER, "setPassword", 1)
            await type_text(pilot, SECRET)
            own.app.screen.query_one("#first", Input).action_select_all()
            await press(pilot, key)
            assert SECRET not in own.app.clipboard


async def test_what_is_given_up_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def forget(text: str) -> str:
        asked.append(text)
        if len(asked) == 1:
            raise TimeoutError
        return ""

    monkeypatch.setattr("cotui.tui.base.clipboard.forget", forget)
    copies = SecretCopies()
    copies.note(SECRET)
    copies.note(SECRET)
    with pytest.raises(TimeoutError):
        await copies.forget()
    assert copies
    assert SECRET not in repr(copies)
    assert await copies.forget() == ""
    assert asked == [SECRET, SECRET]
    assert not copies
