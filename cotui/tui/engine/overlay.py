"""A screen that lies over another one, which stays to be seen around it.

Textual draws what lies below anew in each frame, through a ground that can be seen through, and lets it live on: it
would tick there, and cost bytes. Here a picture of it is taken, once, which has no links and nothing to click on; it is
taken anew when the terminal has another size, when the colours changed, when what lies below is another screen, and
when something that lay over this one was left.

A screen with a secret is in no picture: what lies over it is seen over what that lay on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from weakref import ReferenceType, ref

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.strip import Strip

from cotui.tui.engine.frame_batching import BatchedScreen

#: frames in which a picture is taken anew because what is below was still busy with its new size
PATIENT_FRAMES: Final = 5

Result = TypeVar("Result")


@dataclass(frozen=True)
class _Picture:
    """What is below, as it was seen: of which screen, in which size, and over which picture of its own."""

    lines: list[Strip]
    size: Size
    of: ReferenceType[Screen[Any]]
    over: _Picture | None


class OverlayScreen(BatchedScreen[Result]):
    """A screen whose ground is a picture of the one below. Its own background stays opaque: nothing else shows through."""

    still_below = True
    _picture: _Picture | None = None
    #: frames that may still be painted before what is below has come to rest
    _patience = PATIENT_FRAMES

    @property
    def shown_below(self) -> bool:
        """Whether it may be seen around what lies over it. What holds a secret may not."""
        return True

    @property
    def ground(self) -> Screen[Any] | None:
        """The screen that is seen around it; None where there is none to be seen."""
        stack = self._own_stack or []
        for screen in reversed(stack[: stack.index(self)] if self in stack else []):
            if not isinstance(screen, OverlayScreen) or screen.shown_below:
                return screen if not isinstance(screen, BatchedScreen) or screen.made else None
        return None

    def take_anew(self) -> None:
        """What is below is to be looked at again, and painted."""
        self._picture = None
        self._patience = PATIENT_FRAMES
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        ground = self.ground
        if ground is None:
            return super().render_lines(crop)
        picture = self._picture
        if picture is None or self._outdated(ground):
            picture = self._photographed(
                ground
            )  # asked for out of turn: it may not be at rest yet, and is not kept
        left, right = crop.column_span
        lines = picture.lines
        return [lines[y].crop(left, right) for y in crop.line_range if y < len(lines)]

    def _photographed(self, ground: Screen[Any]) -> _Picture:
        size = self.app.size
        style = self.visual_style.rich_style
        drawn = ground._compositor.render_strips(size) if ground._size else []
        lines = [_still(line).adjust_cell_length(size.width, style) for line in drawn]
        lines += [Strip.blank(size.width, style)] * (size.height - len(lines))
        return _Picture(lines, size, ref(ground), _picture_of(ground))

    def _outdated(self, ground: Screen[Any]) -> bool:
        picture = self._picture
        if picture is None or picture.size != self.app.size or picture.of() is not ground:
            return True
        if not isinstance(ground, OverlayScreen):
            return False
        under = ground.ground
        return picture.over is not ground._picture or (under is not None and ground._outdated(under))

    # -- what is below follows the terminal's size -----------------------------------------------

    def _queued(self) -> bool:
        return super()._queued() or self._ground_is_busy()

    def _ground_is_busy(self) -> bool:
        """Whether a picture is to be taken of a screen that has not dealt with all that it was told."""
        ground = self.ground
        return isinstance(ground, BatchedScreen) and self._outdated(ground) and ground._queued()

    def _lay_out(self) -> bool:
        laid_out = super()._lay_out()
        ground = self.ground
        if ground is not None and self._outdated(ground):
            laid_out = _lay_out_below(ground, self.app.size) or laid_out
        return laid_out

    def _paint(self) -> None:
        busy = self._ground_is_busy()
        self._keep_picture()
        super()._paint()
        if busy and self._patience:  # it was painted because that could wait no longer
            self._patience -= 1
            self._picture = None
            self.refresh()

    def _keep_picture(self) -> None:
        ground = self.ground
        if ground is None or not self._outdated(ground):
            return
        if isinstance(ground, OverlayScreen):
            ground._keep_picture()
        self._picture = self._photographed(ground)

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        del event
        self.take_anew()

    def _on_resize(self, event: events.Resize) -> None:  # type: ignore[override]  # Textual calls that of each class
        del event
        self.take_anew()

    def _on_mount(self, event: events.Mount) -> None:
        del event
        colours = self.app.theme_changed_signal
        colours.subscribe(self, lambda _theme: self.take_anew())
        self.at_end(lambda: colours.unsubscribe(self))

    def end_life(self) -> None:
        super().end_life()
        self._picture = None


def _picture_of(screen: Screen[Any]) -> _Picture | None:
    return screen._picture if isinstance(screen, OverlayScreen) else None


def _lay_out_below(screen: Screen[Any], size: Size) -> bool:
    """Lay out what a picture will be taken of, which Textual does only for what is on top; whether that was needed."""
    laid_out = False
    if isinstance(screen, OverlayScreen) and (under := screen.ground) is not None:
        laid_out = _lay_out_below(under, size)
    if screen._size != size or screen._layout_required or screen._scroll_required:
        screen._layout_required = screen._scroll_required = False
        screen._refresh_layout(size)
        laid_out = True
    return laid_out


def _still(line: Strip) -> Strip:
    """A line with nothing in it that can be clicked on or marked."""
    return Strip(list(_without_meta(line)), line.cell_length)


def _without_meta(line: Strip) -> Iterable[Segment]:
    for text, style, control in line:
        if control is None:
            yield Segment(text, style and style.clear_meta_and_links())
