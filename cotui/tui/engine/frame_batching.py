"""Paints a screen once for all changes that belong together, and only while it is seen.

Textual paints as soon as the first widget asks for it. What a key does goes through several message queues: the
table moves, then the line above it says where, then the pane beside it follows, and each was painted by itself; a
new screen was painted empty, laid out, and painted again, twice. Here painting waits until nothing is queued for
any widget of the screen. Every frame costs the terminal's line a packet, and this process a walk over the screen.

Textual's own hooks for this are not public: tests/tui/engine/test_frame_batching.py and tests/tui/test_lean_screens.py
say what must come of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final, Self, TypeVar

from textual import events, on
from textual.driver import Driver
from textual.errors import NoWidget
from textual.geometry import Region, Size
from textual.notifications import SeverityLevel
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets._toast import ToastRack

from cotui.tui.engine.compositor import FrontCompositor
from cotui.tui.engine.life import LivingApp, LivingScreen

#: seconds after which is painted whatever is still to come
PATIENCE: Final = 0.03
#: seconds between two frames: more often than this no terminal shows them
INTERVAL: Final = 1 / 60

Result = TypeVar("Result")


def _is_typed(entry: Widget) -> bool:
    """Whether a line or an editor holds a text that was typed."""
    typed: bool | None = getattr(entry, "typed", None)
    if typed is not None:
        return typed
    text: str = getattr(entry, "value", getattr(entry, "text", ""))
    return text not in ("", getattr(entry, "opened_with", ""))


class BatchedScreen(LivingScreen[Result]):
    """A screen that is painted when all that happened has been dealt with."""

    # Another widget with the focus, or a text marked with the mouse: the widgets concerned paint themselves.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    _select_state: Reactive[Any] = Reactive(None, repaint=False)

    #: whether what is below stands still, however much of its colours shows through
    still_below = False
    #: until when painting may wait; None while nothing is to be painted
    _due: float | None = None
    _last_frame = 0.0

    def __init__(self, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name, id, classes)
        self._compositor = FrontCompositor()

    @property
    def typed(self) -> bool:
        """Whether something was typed here that is lost with the screen: that is asked before.

        That is so where a line or an editor holds another text than the one it was opened with. Screens whose lines are
        filled anew all the time know better, and some hold what was chosen without typing.
        """
        return self.is_mounted and any(map(_is_typed, self.query("Input, TextArea")))

    def get_widget_at(self, x: int, y: int) -> tuple[Widget, Region]:
        """The widget at a place on the screen; beside the screen it is the screen itself.

        Textual takes the focus away from everything at a click where no widget is. A terminal tells such clicks when its
        window was made smaller, or a button was held when the pointer left it.
        """
        try:
            return super().get_widget_at(x, y)
        except NoWidget:
            return self, self.region

    def action_copy_text(self) -> None:
        """ctrl+c: copy what was marked with the mouse, as everything is copied; with nothing marked it is the app's."""
        if text := self.get_selected_text():
            assert isinstance(self.app, BatchedApp)
            self.app.copy_selected(text)
        else:
            self.app.action_help_quit()

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """No tooltip, which nothing here has; room for Textual's notifications is made when there is one."""

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        # Styles are found when widgets are made, and again when the theme changes. Finding all of them once more
        # each time a screen comes to the top changes none.
        event.refresh_styles = False

    async def _message_loop_exit(self) -> None:
        """Let go of all lines that were drawn for this screen.

        Textual remembers a thousand of its line caches, in the cache of one of their methods, long after their
        widgets: 100 kB for each dialog that was opened.
        """
        widgets: set[Widget] = {self, *self._compositor.widgets, *self.walk_children(Widget)}
        for widget in [*widgets]:
            widgets.update(widget._get_virtual_dom())  # its scroll bars
        await super()._message_loop_exit()
        for widget in widgets:
            widget._styles_cache.clear()
            widget._styles_cache._simple_strip = None

    async def _on_idle(self, event: events.Idle) -> None:
        event.prevent_default()
        if self._wants_frame():
            self._frame_soon()
        else:
            await self._invoke_and_clear_callbacks()

    def _wants_frame(self) -> bool:
        wanted = (
            self._layout_required
            or self._scroll_required
            or self._repaint_required
            or self._recompose_required
            or self._dirty_widgets
            or self._compositor._dirty_regions
        )
        return bool(wanted) and not self.app._batch_count and self.is_current

    def _compositor_refresh(self) -> None:
        """Called by Textual when something is to be painted: it will be, with what else is."""
        if self is self.app.screen:
            self._frame_soon()
        elif getattr(top := self.app.screen, "still_below", False) or top.styles.background.a == 1:
            self._compositor._dirty_regions.clear()  # nothing shows through; it is painted whole when it comes back
            self._dirty_widgets.clear()
        else:
            super()._compositor_refresh()

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """Lay out, once: what a layout finds out about the size of its own parts is no reason for the next one."""
        inner = Widget.virtual_size
        inner._layout = inner._repaint = False
        try:
            super()._refresh_layout(size, scroll)
        finally:
            inner._layout = inner._repaint = True

    def paint_anew(self) -> None:
        self._compositor._dirty_regions.add(self._compositor.size.region)
        self._frame_soon()

    def _frame_soon(self) -> None:
        if self._due is not None:
            return
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._due = now + PATIENCE
        pause = self._last_frame + INTERVAL - now
        if pause > 0:
            loop.call_later(pause, self._frame_when_quiet)
        else:
            loop.call_soon(self._frame_when_quiet)

    def _frame_when_quiet(self) -> None:
        loop = asyncio.get_running_loop()
        if not self._running or self._due is None:
            self._due = None
            return
        late = loop.time() >= self._due
        if not late and self._queued():
            loop.call_soon(self._frame_when_quiet)
            return
        try:
            with self._context():
                if self._lay_out() and not late:
                    loop.call_soon(self._frame_when_quiet)  # widgets hear of their new sizes first
                    return
                self._due = None
                self._paint()
        except Exception as error:  # noqa: BLE001 - a fault in painting ends the app as it does in Textual's frames
            self._due = None
            self.app._handle_exception(error)

    def _queued(self) -> bool:
        """Whether a message waits for any widget there is on the screen."""
        if self.message_queue_size or self.app.message_queue_size:
            return True
        return any(widget.message_queue_size for widget in self._compositor.widgets)

    def _lay_out(self) -> bool:
        """Do what Textual does in a frame, but for the painting; whether anything was laid out."""
        needed = self._layout_required or self._scroll_required
        self._on_timer_update()
        return needed and not self._layout_required

    def _paint(self) -> None:
        if self is self.app.screen and self._compositor._dirty_regions and not self.app._batch_count:
            self._last_frame = asyncio.get_running_loop().time()
            super()._compositor_refresh()


class BatchedApp(LivingApp[Result]):
    """An app of such screens that takes no notice of what changes nothing."""

    def refresh(self, *, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint the screen again.

        Textual asks for a layout of the screen on top whenever another was added or removed below or above it.
        Screens lay themselves out when they come to the top, so there is nothing to do.
        """
        if layout and not recompose:
            return self
        return super().refresh(repaint=repaint, layout=layout, recompose=recompose)

    def copy_selected(self, text: str) -> None:
        self.copy_to_clipboard(text)

    def paint_anew(self) -> None:
        if isinstance(self.screen, BatchedScreen):
            self.screen.paint_anew()

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """Leave the terminal to another program for a while."""
        with super().suspend():
            yield
        self.paint_anew()

    @on(Driver.SignalResume)
    def _continued(self) -> None:
        """Stopped and continued from outside: the shell has had the terminal meanwhile."""
        self.paint_anew()

    def delay_update(self, delay: float = 0.05) -> None:
        """Textual paints nothing for a while when another tab is shown. Frames here wait by themselves, for less."""

    def _load_screen_css(self, screen: Screen[Any]) -> None:
        super()._load_screen_css(screen)
        # It is styled by the theme of now. Textual would parse all style sheets again to make sure.
        screen._css_update_count = self._css_update_count

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show one of Textual's own notifications: ctrl+c says how to leave."""
        screen = self.screen
        if isinstance(screen, BatchedScreen) and not screen.query(ToastRack):
            screen.mount(ToastRack(id="textual-toastrack"), before=0)
        show = partial(
            super().notify, message, title=title, severity=severity, timeout=timeout, markup=markup
        )
        self.call_after_refresh(show)

    async def on_event(self, event: events.Event) -> None:
        """Everything that arrives, but for the pointer's moves: nothing here looks different under it.

        Nor does anything change when another window gets the keys, which the terminal tells as well.
        """
        if isinstance(event, events.AppBlur | events.AppFocus):
            return
        if isinstance(event, events.MouseMove) and not event.button and not event.is_forwarded:
            return
        await super().on_event(event)
