"""Windows on a list that stands still, or changes once, and how tests move them."""

from __future__ import annotations

from cotui.api.paging.window import RecordWindow
from tests.api.paging.window_server import Clock, Server, idle


class SlowHands(Clock):
    """A second passes between any two moves, so that no two jumps belong together."""

    def __call__(self) -> float:
        self.now += 1
        return self.now


async def opened(server: Server, *, height: int = 40, **options: object) -> RecordWindow:
    options.setdefault("clock", SlowHands())
    window = RecordWindow(server, **options)  # type: ignore[arg-type]
    window.start()
    window.view(0, height - 1)
    await idle()
    return window


async def scroll(window: RecordWindow, first: int, height: int = 40) -> None:
    window.view(first, first + height - 1)
    await idle()
