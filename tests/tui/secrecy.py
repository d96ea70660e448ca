"""Where a secret could have stayed behind, and what was copied."""

from __future__ import annotations

import gc
import re
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot
from textual.widgets import Input

from cotui.api import Outcome, Write
from cotui.catalog import Resource
from cotui.tui.actions.link_dialog import LinkDialog
from cotui.tui.base.frame_screen import FrameScreen
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import press, settle, status, text_of
from tests.tui.writing import Account, asked


async def act(pilot: Pilot[None], resource: Resource, name: str, ref: int) -> None:
    """Begin an action as its key or the menu would."""
    app = pilot.app
    assert isinstance(app, CotuiApp)
    assert isinstance(app.screen, FrameScreen)
    app.act(app.screen, resource, name, [ref])
    await settle(pilot)


async def yes(pilot: Pilot[None]) -> None:
    """Send what is asked about."""
    await asked(pilot)
    await press(pilot, "y")


def flat(app: CotuiApp) -> str:
    """What the screen says, without frames, scrollbars and line ends."""
    return " ".join(re.sub("[│╭╮╰╯─▁-█]", " ", text_of(app)).split())


def kept_in_files(folder: Path, secret: str) -> list[Path]:
    """Files of cotui's own that hold a secret."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.name == "audit.jsonl" for path in files), "nothing was noted, so this shows nothing"
    return [path for path in files if secret.encode() in path.read_bytes()]


def kept_in_memory(secret: str) -> list[object]:
    """Objects of the interface that still hold a secret."""
    gc.collect()
    found: list[object] = []
    # asking each of a million objects for its type is much cheaper than isinstance
    kinds = {
        kind for base in (Write, Outcome, Input, LinkDialog, CotuiApp) for kind in _with_subclasses(base)
    }
    for item in gc.get_objects():
        if type(item) not in kinds:
            continue
        if isinstance(item, Write):
            held: object = item.payload
        elif isinstance(item, Outcome):
            held = item.answer
        elif isinstance(item, Input):
            held = item.value
        elif isinstance(item, LinkDialog):
            held = item._link
        elif isinstance(item, CotuiApp):
            held = item.clipboard
        if secret in str(held):
            found.append(item)
    return found


def _with_subclasses(kind: type) -> set[type]:
    return {kind}.union(*map(_with_subclasses, type.__subclasses__(kind)))


def assert_gone(own: Account, folder: Path, secret: str) -> None:
    """The secret is on no screen, in no file, in no object."""
    assert secret not in text_of(own.app)
    assert secret not in status(own.app)
    assert kept_in_files(folder, secret) == []
    kept = kept_in_memory(secret)
    assert not kept, [(item, [type(holder) for holder in gc.get_referrers(item)]) for item in kept]


@pytest.fixture
def clipboard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What reached the terminal's clipboard."""
    copied: list[str] = []

    def write(_driver: HeadlessDriver, data: str) -> None:
        copied.extend(b64decode(found).decode() for found in re.findall(r"\x1b\]52;c;([^\x07]*)\x07", data))

    monkeypatch.setattr(HeadlessDriver, "write", write)
    for name in ("TMUX", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    return copied


LINK = "https://acme.chargeover.com/r/login/link/s3cr3t0q7fx5652k18"


def answering(own: Account, answer: Callable[[int], object]) -> None:
    """Let every login link be `answer(n)`, n counting from 0."""
    inner = own.line.handle_async_request

    async def handle(request: httpx.Request) -> httpx.Response:
        if "getLoginURL" not in request.url.path:
            return await inner(request)
        own.line.sent.append(request)
        value = answer(len(own.line.sent) - 1)
        return httpx.Response(200, json={"code": 200, "status": "OK", "message": "", "response": value})

    own.line.handle_async_request = handle  # type: ignore[method-assign]


def dialog(own: Account) -> LinkDialog:
    assert isinstance(own.app.screen, LinkDialog)
    return own.app.screen
