"""What every dialog has: an opaque box over the screen it speaks about, which stays to be seen as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from textual import work
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget

from cotui.tui.base.line import TextLine
from cotui.tui.engine.overlay import OverlayScreen

if TYPE_CHECKING:
    from cotui.tui.base.clipboard import CopyResult
    from cotui.tui.base.host import Host

Result = TypeVar("Result")


class Dialog(ModalScreen[Result], OverlayScreen[Result]):
    """A box in the middle; Esc leaves it and changes nothing."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $surface; layers: base above; }
    Dialog > #box {
        width: 80%; max-width: 100; min-width: 20; height: auto; max-height: 100%;
        border: round $primary; background: $surface; padding: 0 1; scrollbar-size-vertical: 1;
    }
    Dialog.narrow > #box { width: 100%; }
    Dialog .title { text-style: bold; }
    Dialog .faint { color: $text-muted; }
    Dialog > #waiting { dock: bottom; layer: above; background: $panel-darken-1; color: $foreground; padding: 0 1; }
    """
    #: where a terminal is so narrow or low that a dialog takes what there is
    HORIZONTAL_BREAKPOINTS = [(0, "narrow"), (80, "wide")]
    VERTICAL_BREAKPOINTS = [(0, "low"), (20, "high")]
    help_heading = "This dialog"
    BINDINGS = [
        Binding("escape", "leave", "Close", id="dialog.leave"),
        Binding("f1", "app.help", "Keys", id="dialog.help"),
        Binding("question_mark", "app.help", "Keys", key_display="?", show=False, id="dialog.keys"),
    ]

    #: whether what is copied from it is a secret, which goes from tmux when it closes
    holds_secret: bool = False
    #: what the app's own clipboard held before, which a secret must not outlive
    _clipboard = ""
    #: the line for it, made when it is first needed
    _wait_line: TextLine | None = None

    @property
    def shown_below(self) -> bool:
        return not self.holds_secret

    @property
    def cotui(self) -> Host:
        """The app, as far as dialogs know it."""
        return cast("Host", self.app)

    def _help_key(self) -> str:
        own = self._bindings.copy()
        own.apply_keymap(self.app._keymap)
        found = (binding for bindings in own.key_to_bindings.values() for binding in bindings)
        return next(self.app.get_key_display(item) for item in found if item.id == "dialog.help")

    def show_wait(self, text: str) -> None:
        """Say for how long its user has been waiting; "" when that is over."""
        if self._wait_line is None:
            if not text or not self.ready:
                return
            self._wait_line = TextLine(id="waiting")
            self.mount(self._wait_line)
        if not self.living:
            return
        self._wait_line.show(text)
        self._wait_line.display = bool(text)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No key before the dialog is there: keys typed ahead would not find what they act on."""
        return self.ready and super().check_action(action, parameters)

    def on_mount(self) -> None:
        self._clipboard = self.app.clipboard
        for box in self.children:
            if box.id == "box" and not box.border_subtitle:
                box.border_subtitle = Content(f"{self._help_key()} keys")

    def on_unmount(self) -> None:
        """Nothing of a secret stays; what the terminal's clipboard took is its user's."""
        if self.holds_secret:
            self.cotui.forget_copies()
            if self.app.clipboard != self._clipboard:
                self.app._clipboard = self._clipboard  # Textual keeps every copy for its own pasting

    @work(group="copy", exclusive=True)
    async def copy(self, text: str, then: Callable[[CopyResult], object], *, lines: bool = False) -> None:
        """Copy a text, and tell what came of it."""
        from cotui.tui.base.clipboard import copy

        then(await copy(self.app, text, lines=lines))

    def action_leave(self) -> None:
        self.dismiss(None)


class ScrollingDialog(Dialog[Result]):
    """Its box, `#box`, holds a middle, `#middle`, between lines that always stay."""

    DEFAULT_CSS = """
    ScrollingDialog > #box { width: 100%; max-width: 96; }
    ScrollingDialog #middle { height: auto; scrollbar-size-vertical: 1; }
    ScrollingDialog.full > #box { height: 100%; }
    ScrollingDialog.full #middle { height: 1fr; }
    """

    #: what scrolls
    middle: Widget

    def __init__(self) -> None:
        super().__init__()
        self.box = Vertical(id="box")

    def on_resize(self) -> None:
        self.fit()

    def fit(self) -> None:
        """Find out, once all is laid out, whether there is room; to be called when the text was changed."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        box, middle = self.box, self.middle
        rest = sum(child.outer_size.height for child in box.children if child is not middle)
        borders = box.outer_size.height - box.size.height
        # not what it has now: it may not have been laid out since its text was changed
        width = box.scrollable_content_region.width
        lines = middle.get_content_height(box.size, self.size, width) if middle.display else 0
        self.set_class(lines + rest + borders > self.size.height, "full")
