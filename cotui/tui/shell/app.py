"""The terminal UI: lists on the number keys, and what all screens share."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from textual import events, on
from textual.app import SystemCommand
from textual.binding import Binding
from textual.filter import LineFilter
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Input

from cotui.catalog import RESOURCES
from cotui.desk.names import CustomerNames
from cotui.tui.base.frame_screen import TABS, FrameScreen
from cotui.tui.engine.crash import keep_no_log
from cotui.tui.engine.pasted import LeftOut, LineFull, PasteCut
from cotui.tui.engine.scrub import ScrubFilter
from cotui.tui.lists.start_list import first_list, listing_of
from cotui.tui.shell.ending import EndingApp
from cotui.tui.shell.notices import Notices
from cotui.tui.themes import own_themes

if TYPE_CHECKING:
    from cotui.api import Api, Record
    from cotui.settings import ScreenState
    from cotui.tui.base.host import Host
    from cotui.tui.base.session import Session
    from cotui.tui.lists.browse import BrowseScreen
    from cotui.tui.lists.list_spec import ListSpec

Answer = TypeVar("Answer")

#: names of keys for which Textual has signs that cannot be read out
_KEY_NAMES = {"enter": "enter", "backspace": "backspace", "escape": "esc", "delete": "del", "insert": "ins"}

#: one for all frames: a drawn line remembers what a filter made of it, by the filter's identity
_SCRUB = ScrubFilter()


class CotuiApp(EndingApp):
    """cotui. Everything it needs comes with the session."""

    TITLE = "cotui"
    CSS_PATH = None
    COMMAND_PALETTE_DISPLAY = "ctrl+p"
    help_heading = "Everywhere"
    BINDINGS = [
        *(
            Binding(
                tab.key,
                f"tab('{tab.name}')",
                f"Go to {tab.label.casefold()}",
                show=False,
                id=f"app.{tab.name}",
            )
            for tab in TABS
        ),
        Binding("question_mark", "help", "Keys", key_display="?", id="app.help"),
        Binding("f1", "help", "Keys", id="app.help_typing"),  # where ? is a letter
        Binding("colon,ctrl+p", "command_palette", "Commands", show=False, id="app.commands"),
        Binding("q", "quit", "Quit", show=False, id="app.quit"),
        Binding(
            "ctrl+z",
            "suspend_process",
            "Back to the shell, until fg",
            show=False,
            priority=True,
            id="app.suspend",
        ),
        Binding("ctrl+l", "repaint", "Draw the screen anew", show=False, priority=True, id="app.repaint"),
    ]

    def __init__(self, session: Session) -> None:
        chosen = session.settings.interface.start_screen
        start = first_list(session.state, session.account, session.screen, chosen)
        modes: dict[str, str | Callable[[], Screen[Any]]] = {"setup": self._setup_screen}
        modes |= {tab.name: partial(self._list_screen, tab.name) for tab in TABS}
        # Textual keeps both on the class; which screen comes first is known only now
        self.DEFAULT_MODE = "setup" if session.api is None else start  # type: ignore[misc]  # see above
        self.MODES = modes  # type: ignore[misc]  # see above
        keep_no_log()
        super().__init__(session)
        self._notices = Notices(session.notices, self.say)
        self.customer_names = CustomerNames()
        if session.api is not None:
            self._watch(session.api)
        for theme in own_themes():
            self.register_theme(theme)
        interface = session.settings.interface
        if interface.theme in self.available_themes:
            self.theme = interface.theme
        self.set_keymap(dict(session.settings.keys))

    # -- start and end ---------------------------------------------------------------------

    def on_load(self) -> None:
        loop = asyncio.get_running_loop()
        # From Python 3.12 on Textual has tasks begin before `create_task` returns. Widgets of the first screen then ask
        # for the screen before there is one (textual#6444), in Textual's own tests and on 3.11 tasks never begin like
        # that, and nothing is won by it. So there is one order of events, the one that is tested, on every Python.
        loop.set_task_factory(None)
        self.end_on_faults(loop)

    def on_mount(self) -> None:
        loop = asyncio.get_running_loop()
        if not self.is_headless:
            loop.add_signal_handler(signal.SIGWINCH, self._terminal_resized)
        self.call_after_refresh(_collect_again)
        self.call_after_refresh(self._notices.show)
        if self._keymap:
            self.call_after_refresh(self._notices.tell_wrong_keys, self._keymap)
        self.call_after_refresh(self._look_for_unknown)
        self.session.news.told_by(self._notices.add)

    def _look_for_unknown(self) -> None:
        if self.session.audit.unfinished:
            self.run_worker(self._notices.tell_unknown(self.session.audit), group="audit")

    def tell_clashes(self, screen: Screen[Any]) -> None:
        """Say, once for each, which keys of the user's own are in use for something else."""
        for line in self._notices.new_clashes(screen, self._keymap):
            self.call_after_refresh(self._notices.add, line, "warning")

    def _terminal_resized(self) -> None:
        """Follow the terminal's size.

        Textual's own handler can be interrupted by the next signal between looking at the size and passing it
        on. The older size then comes last and stays. Signals that the loop handles don't interrupt each other.
        """
        driver = self._driver
        if driver is not None and not getattr(driver, "_in_band_window_resize", False):
            from cotui.tui.engine.terminal.stock import terminal_size

            size = Size(*terminal_size())
            driver.process_message(events.Resize(size, size))
            if size == self.size:
                self.paint_anew()  # it was another one for a moment, and cells were lost

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Nothing that could command the terminal leaves with a line, see `ScrubFilter`."""
        return [*super().get_line_filters(), _SCRUB]

    def key_begins(self) -> None:
        """What was said has been read when the next key is pressed."""
        self._notices.read()
        if isinstance(top := self.top, FrameScreen):
            top.hush()

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Do what a key is bound to; on a screen that has nothing for it, that screen may say why."""
        used = await super()._check_bindings(key, priority)
        if not used and not priority and isinstance(top := self.top, FrameScreen) and top.living:
            top.key_unused(key)
        return used

    def key_left_out(self, event: events.Key) -> bool:
        """The rest of a word does nothing in a form that one of its letters opened."""
        return isinstance(top := self.top, FrameScreen) and top.living and top.leaves_out(event)

    def key_waits(self, key: str) -> bool:
        """Keys for a row that is on its way wait for it, for a while."""
        return isinstance(top := self.top, FrameScreen) and top.living and top.waits_for(key)

    def keys_dropped(self, number: int) -> None:
        """The row did not come in time."""
        keys = "the key was" if number == 1 else f"the {number} keys were"
        self.say(f"the row is not here yet: {keys} dropped · esc leaves the wait", "warning")

    # -- screens ----------------------------------------------------------------------------

    def _list_screen(self, name: str) -> BrowseScreen:
        from cotui.tui.lists.browse import BrowseScreen

        return BrowseScreen(listing_of(self.api, name), tab=name)

    def _setup_screen(self) -> Screen[Any]:
        from cotui.tui.shell.setup import SetupScreen

        return SetupScreen()

    def connected(self) -> None:
        assert self.session.api is not None
        self._watch(self.session.api)
        self.switch_mode(TABS[0].name)

    def _watch(self, api: Api) -> None:
        """Follow an account: how it answers, what it teaches, what was found out about it."""
        self.connection.watch(api)
        self.waiting.watch(api)
        self.customer_names.watch(api)
        if not self.session.demo:
            api.keep_abilities(self.session.state.account(self.session.account).abilities)

    def open_list(self, listing: ListSpec, *, tab: str, text: str = "", remember: bool = False) -> None:
        """Show a list over this screen, filtered by a text; its filter is kept for the next run if `remember`."""
        from cotui.tui.lists.browse import BrowseScreen

        self.push_screen(BrowseScreen(listing, tab=tab, text=text, remember=remember))

    def open_record(self, resource_id: str, ref: int | str, *, tab: str, row: Record | None = None) -> None:
        """Show the page of a record over this screen; `row` is what of it is here already."""
        from cotui.tui.pages.page_of import page_of

        resource = RESOURCES[resource_id]
        self.push_screen(page_of(resource)(resource, ref, tab=tab, row=row))

    # -- what screens ask for ------------------------------------------------------------------

    def memory(self, key: str) -> ScreenState:
        """What is remembered of a list from last time; changed in place, saved at the end."""
        return self.session.state.screen(self.session.account, key)

    # -- actions -----------------------------------------------------------------------------

    def action_tab(self, name: str) -> None:
        """Show one of the lists on the number keys, as it was left."""
        if self.session.api is None:
            return
        if self.current_mode != name:
            self.switch_mode(name)
            self.session.state.account(self.session.account).last_screen = name
            return
        typed = any(isinstance(screen, FrameScreen) and screen.typed for screen in self.screen_stack[1:])
        if not typed:
            self._show_first()
            return
        from cotui.tui.forms.discard import discard

        discard(self, self._show_first)

    def show_list(self, name: str) -> None:
        """Show one of the lists on the number keys itself, whatever stands on it, as its key does when pressed again."""
        if self.current_mode != name:
            self.action_tab(name)
        if len(self.screen_stack) > 1:
            self.action_tab(name)

    def _show_first(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def action_help(self) -> None:
        from cotui.tui.shell.help import HelpDialog, keys_of

        screen = self.screen
        if not isinstance(screen, HelpDialog):
            notes = screen.help_notes() if isinstance(screen, FrameScreen) else ()
            self.push_screen(HelpDialog(keys_of(screen), notes))

    def get_key_display(self, binding: Binding) -> str:
        """The name of a key as sentences have it, so that it can be read out: ctrl+s, enter, backspace."""
        if binding.key_display:
            return binding.key_display
        *modifiers, key = binding.key.split("+") if binding.key != "+" else ["+"]
        plain = Binding(key, binding.action)
        return "+".join([*modifiers, _KEY_NAMES.get(key) or super().get_key_display(plain)])

    def action_repaint(self) -> None:
        recover = getattr(self._driver, "recover", None)
        if recover is not None:
            recover()
        else:
            self.paint_anew()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ctrl+Z is for whoever has a better use for it: where longer texts are written it takes a change back."""
        if action == "suspend_process" and self.screen.focused is not None:
            return "ctrl+z" not in self.screen.focused._bindings.key_to_bindings
        return super().check_action(action, parameters)

    def action_suspend_process(self) -> None:
        """Go back to the shell until it brings cotui to the front again."""
        stop = getattr(self._driver, "stop_with_group", None)
        if stop is not None and not stop():
            self.say(f"there is no shell to go back to; {self._quit_key()} quits")

    def action_command_palette(self) -> None:
        from cotui.tui.shell.palette import Names, Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(
                Palette(
                    providers=[Names],
                    placeholder="Search for commands… (f1 shows the keys)",
                )
            )  # without an id: the one before it may still be on its way out

    def search_themes(self) -> None:
        """The colours by name, in the same palette as everything else."""
        from textual.theme import ThemeProvider

        from cotui.tui.shell.palette import Palette

        self.push_screen(Palette(providers=[ThemeProvider], placeholder="Search for themes…"))

    async def action_quit(self) -> None:
        """Quit, by whatever key or command; where something typed would be lost only after a clear yes."""
        from cotui.tui.forms.discard import leave_app

        leave_app(self, hasty=self.in_word)

    def action_help_quit(self) -> None:
        """ctrl+c, which elsewhere ends a program; here it copies what is marked, or tells the key that quits."""
        self.say(f"{self._quit_key()} quits")

    def _quit_key(self) -> str:
        """The shortest key that quits where the keys are now; letters are text in a line."""
        active = self.screen.active_bindings.values()
        keys = [self.get_key_display(item.binding) for item in active if item.binding.action == "quit"]
        return "ctrl+q" if isinstance(self.focused, Input) or not keys else min(keys, key=len)

    @on(PasteCut)
    def _paste_cut(self, message: PasteCut) -> None:
        what = f"the last {message.left_out:,} characters of what was pasted were left out: it was too long"
        self.call_later(self.say, what, "warning")

    @on(LineFull)
    @on(LeftOut)
    def _not_taken(self, message: LineFull | LeftOut) -> None:
        self.call_later(self.say, message.words(), "warning")

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every action on the record, every binding that is valid now, by name, and the themes."""
        from cotui.tui.shell.palette import commands_on

        return commands_on(self, screen)


if TYPE_CHECKING:

    def _as_host(app: CotuiApp) -> Host:
        """All that screens may ask for is there."""
        return app


def _collect_again() -> None:
    """The launcher stopped the garbage collector; what has been loaded by now stays for good."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
