"""The keys that are valid now, read from the live bindings, so that help can't be out of date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from rich.cells import cell_len
from textual import events
from textual.app import App, ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from cotui.tui.base.cells import wrap
from cotui.tui.base.dialog import Dialog
from cotui.tui.base.inputs import takes_as_text

#: bindings of Textual's own that are no commands
INHERITED = {
    "page_left",
    "page_right",
    "scroll_left",
    "scroll_right",
    "screen.copy_text",
    "app.focus_next",
    "app.focus_previous",
    "help_quit",
}
#: what Textual's widgets do to what is wider or longer than its room
_SIDEWAYS = {"page_left", "page_right", "scroll_left", "scroll_right"}
_UPWARDS = {"scroll_up", "scroll_down", "page_up", "page_down", "scroll_home", "scroll_end"}
#: Textual's own words for what these do say little
_WORDS = {
    "app.focus_next": "Next part",
    "app.focus_previous": "Previous part",
    "screen.copy_text": "Copy the marked text",
    "help_quit": "Copy what is marked, else say which key quits",
}
_EVERYWHERE, _TYPING, _MOVING, _HERE = "Everywhere", "While typing", "Moving about", "Here"
#: the order of what no widget or screen of ours names itself
_LAST = (_EVERYWHERE, _MOVING, _TYPING)


def keys_of(screen: Screen[object]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Heading, and keys with what they do, for every binding that is valid on a screen now.

    The heading is what a widget or screen says as its `help_heading`. What belongs to this screen alone comes first.
    """
    groups: dict[str, dict[str, tuple[list[str], str]]] = {}
    for active in _valid(screen):
        binding = active.binding
        words = _WORDS.get(binding.action, binding.description) or binding.action
        actions = groups.setdefault(_heading(active.node), {})
        keys, _ = actions.setdefault(binding.action, ([], words))
        keys.append(screen.app.get_key_display(binding))
    order = sorted(groups, key=lambda heading: _LAST.index(heading) if heading in _LAST else -1)
    return [
        (heading, [(" ".join(dict.fromkeys(keys)), text) for keys, text in groups[heading].values()])
        for heading in order
    ]


def _valid(screen: Screen[object]) -> Iterable[ActiveBinding]:
    """Every key that does something now. Over a dialog the app has only those that go before all others."""
    found: dict[str, ActiveBinding] = {}
    modal = len(screen._modal_binding_chain)
    for at, (node, bindings) in enumerate(screen._binding_chain):
        for key, binding in bindings:
            if (at >= modal and not binding.priority) or key.startswith("super+"):
                continue  # no terminal hands on the keys of the desktop
            if node is not screen.focused and not binding.priority and takes_as_text(screen.focused, key):
                continue  # it is typed
            if _is_idle(node, binding.action) or not screen.app._check_action_state(binding.action, node):
                continue
            if key not in found or (binding.priority and not found[key].binding.priority):
                found[key] = ActiveBinding(node, binding, enabled=True)
    return found.values()


def _is_idle(node: DOMNode, action: str) -> bool:
    """Whether Textual hands a key of a widget on, because there is nothing to scroll to."""
    if not isinstance(node, Widget):
        return False
    if action in _SIDEWAYS:
        return not node.allow_horizontal_scroll
    return action in _UPWARDS and not node.allow_vertical_scroll


def _heading(node: DOMNode) -> str:
    own: str = getattr(node, "help_heading", "")
    if own:
        return own
    if isinstance(node, App):
        return _EVERYWHERE
    if isinstance(node, Screen):
        return _HERE
    return _TYPING if isinstance(node, Input | TextArea) else _MOVING


#: from this width on the keys stand in two columns
TWO_COLUMNS = 90
WIDEST = 120
#: lines of a block that are worth being parted from the rest of it
_LEAST_PART = 3


class HelpDialog(Dialog[None]):
    """Keys in two columns where they fit, and below them what else there is to know about the screen.

    Args:
        groups: of `keys_of`.
        notes: lines below them, each with whether it is a heading.
    """

    DEFAULT_CSS = """
    HelpDialog > #box { width: 100%; max-width: 120; height: auto; max-height: 100%; }
    """
    BINDINGS = [Binding("question_mark,f1,q,enter", "leave", "Close", show=False)]

    def __init__(
        self,
        groups: Sequence[tuple[str, Iterable[tuple[str, str]]]],
        notes: Sequence[tuple[bool, str]] = (),
    ) -> None:
        super().__init__()
        self._notes = notes
        self._keys = Static(id="keys", markup=False)
        self._groups = [(heading, list(keys)) for heading, keys in groups]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="box") as box:
            yield self._keys
        box.border_title = Content("Keys")
        box.border_subtitle = Content("esc closes · ↑ ↓ scroll")

    def on_resize(self, event: events.Resize) -> None:
        self._keys.update(self._content(event.size.width))

    def _content(self, width: int) -> Content:
        room = min(width, WIDEST) - 6
        beside = width >= TWO_COLUMNS
        if beside:
            room //= 2
        blocks = [self._block(heading, keys, room) for heading, keys in self._groups]
        if beside:
            blocks = _beside(blocks, room)
        lines = [line for block in blocks for line in (*block, Content(""))]
        lines += [
            Content.styled(text, "bold") if heading else Content(f"  {text}") for heading, text in self._notes
        ]
        return Content("\n").join(lines)

    @staticmethod
    def _block(heading: str, keys: Sequence[tuple[str, str]], room: int) -> list[Content]:
        """A heading and its keys in lines of so many cells, broken between words."""
        width = min(22, max(cell_len(key) for key, _ in keys))
        lines = [Content.styled(heading, "bold")]
        for key, text in keys:
            first, *others = wrap(text, max(10, room - 4 - max(width, cell_len(key))))
            lines.append(Content(f"  {key:<{width}}  {first}"))
            lines += [Content(f"  {'':<{width}}  {other}") for other in others]
        return lines


def _beside(blocks: list[list[Content]], width: int) -> list[list[Content]]:
    """Blocks in two columns of about the same height; one of many lines may begin in one and go on in the other."""
    half = (sum(len(block) + 1 for block in blocks) + 1) // 2
    left: list[Content] = []
    right: list[Content] = []
    for block in blocks:
        room = half - len(left)
        if right or room <= _LEAST_PART:
            right += [*block, Content("")]
        elif len(block) - room <= _LEAST_PART:
            left += [*block, Content("")]
        else:
            left += block[:room]
            right += [*block[room:], Content("")]
    return [
        [
            Content("").join([a.truncate(width, pad=True), b.truncate(width)])
            for a, b in zip_longest(left, right, fillvalue=Content(""))
        ]
    ]
