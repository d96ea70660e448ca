"""What an app asks of Textual: layouts, frames and their size, style sheets applied."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from textual import events
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.css.stylesheet import Stylesheet

from cotui.tui.shell.app import CotuiApp


@dataclass
class Work:
    """Counts since the last `start`."""

    layouts: int = 0
    styled: int = 0
    parsed: int = 0
    #: cells of each frame
    frames: list[int] = field(default_factory=list)

    def start(self) -> None:
        """Count from zero."""
        self.layouts = self.styled = self.parsed = 0
        self.frames = []

    @property
    def summary(self) -> tuple[int, int]:
        """Layouts and frames."""
        return self.layouts, len(self.frames)


@contextmanager
def counted(patch: pytest.MonkeyPatch) -> Iterator[Work]:
    """Count what happens in this process."""
    work = Work()
    reflow, update = Compositor.reflow, Compositor.render_update
    apply, parse = Stylesheet.apply, Stylesheet.reparse

    def count_layout(self, *given):  # type: ignore[no-untyped-def]
        work.layouts += 1
        return reflow(self, *given)

    def count_frame(self, *given, **named):  # type: ignore[no-untyped-def]
        frame = update(self, *given, **named)
        if isinstance(frame, LayoutUpdate):
            work.frames.append(frame.region.area)
        elif isinstance(frame, ChopsUpdate):
            work.frames.append(sum(stop - start for _, start, stop in frame.spans))
        return frame

    def count_style(self, *given, **named):  # type: ignore[no-untyped-def]
        work.styled += 1
        return apply(self, *given, **named)

    def count_parse(self):  # type: ignore[no-untyped-def]
        work.parsed += 1
        return parse(self)

    with patch.context() as patched:
        patched.setattr(Compositor, "reflow", count_layout)
        patched.setattr(Compositor, "render_update", count_frame)
        patched.setattr(Stylesheet, "apply", count_style)
        patched.setattr(Stylesheet, "reparse", count_parse)
        yield work


def move_pointer(app: CotuiApp, x: int, y: int, button: int = 0) -> None:
    app.post_message(events.MouseMove(None, x, y, 0, 0, button, False, False, False, x, y))
