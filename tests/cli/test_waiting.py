"""A command that waits says so to whoever looks at it, and to nobody else."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from cotui.api import ApiError
from cotui.api.transport.status import Pause, Status, Wait
from cotui.cli.waiting import WaitNotice


class Errors(io.StringIO):
    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


class Scene:
    """A worker's state, a clock that stands still, and what was said."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.said: list[str] = []
        self.timers: list[tuple[float, Callable[[], None], SimpleNamespace]] = []
        self.status = Status(lambda: self.now)
        host = SimpleNamespace(host="acme.chargeover.com")
        api: Any = SimpleNamespace(worker=SimpleNamespace(status=self.status), connection=host)
        self.teller = WaitNotice(api, self.said.append, later=self._later)

    def _later(self, seconds: float, run: Callable[[], None]) -> Any:
        handle = SimpleNamespace(off=False)
        handle.cancel = lambda: setattr(handle, "off", True)
        self.timers.append((self.now + seconds, run, handle))
        return handle

    def wait(self, *, pause: Pause | None = None) -> None:
        self.status.update(in_flight=1, waiting=0, pause=pause, wait=Wait(self.now))

    def answered(self) -> None:
        self.status.update(in_flight=0, waiting=0, pause=None)

    def advance(self, seconds: float) -> None:
        end = self.now + seconds
        while ready := [item for item in self.timers if not item[2].off and item[0] <= end]:
            item = min(ready, key=lambda item: item[0])
            self.timers.remove(item)
            self.now = item[0]
            item[1]()
        self.now = end


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(sys, "stderr", Errors(terminal=True))
    return Scene()


def test_after_three_seconds_and_every_ten(scene: Scene) -> None:
    scene.wait()
    scene.advance(2.9)
    assert scene.said == []
    scene.advance(21)
    assert scene.said == [
        f"waiting for acme.chargeover.com for {seconds} s; Ctrl+C ends it" for seconds in (3, 13, 23)
    ]
    scene.answered()
    scene.advance(100)
    assert len(scene.said) == 3


def test_many_quick_answers_are_no_wait(scene: Scene) -> None:
    for _ in range(20):
        scene.wait()
        scene.advance(1)
        scene.wait()  # the next one, before the first is over
        scene.advance(1)
    assert scene.said == []


def test_why_it_is_tried_again_is_said(scene: Scene) -> None:
    scene.status.failed(ApiError("The proxy refuses"))
    scene.wait()
    scene.advance(3)
    assert "(The proxy refuses, trying again)" in scene.said[0]


def test_a_pause_has_words_of_its_own(scene: Scene) -> None:
    scene.wait(pause=Pause("server", scene.now + 60))
    scene.advance(30)
    assert scene.said == []


def test_nothing_is_said_after_the_end(scene: Scene) -> None:
    scene.wait()
    scene.teller.close()
    scene.advance(30)
    scene.wait()
    scene.advance(30)
    assert scene.said == []


@pytest.mark.parametrize("stream", [None, Errors(terminal=False)])
def test_nobody_looks(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO | None) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    scene = Scene()
    scene.wait()
    scene.advance(30)
    assert scene.said == []
    assert scene.timers == []
