"""The keys that are valid now, read from the live bindings, so that help can't be out of date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from cotui.tui.base.dialog import Dialog

#: bindings of Textual's own that mean nothing on these screens
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
_NOTES = (
    (True, "Filter language"),
    (False, "country = Canada   company ~ acme   date in 2026-03   date >= -30d"),
    (False, "external_key is null   status = overdue   order by total desc"),
    (False, "space, comma and “and” all mean AND; ChargeOver knows no OR"),
    (False, "where=… in ChargeOver's own spelling is read too: bill_country:EQUALS:Canada"),
)


def keys_of(screen: Screen[object]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Heading, and keys with what they do, for every binding valid on a screen now.

    The heading is what a widget or screen says as its `help_heading`; they stand in the order in which keys reach them.
    """
    groups: dict[str, dict[str, tuple[list[str], str]]] = {}
    for active in screen.active_bindings.values():
        if not active.enabled or not active.binding.description:
            continue
        heading: str = getattr(active.node, "help_heading", "")
        if not heading or active.binding.action in INHERITED:
            continue
        actions = groups.setdefault(heading, {})
        keys, _ = actions.setdefault(active.binding.action, ([], active.binding.description))
        keys.append(screen.app.get_key_display(active.binding))
    return [
        (heading, [(" ".join(dict.fromkeys(keys)), text) for keys, text in actions.values()])
        for heading, actions in groups.items()
    ]


#: from this width on the keys stand in two columns
TWO_COLUMNS = 90
WIDEST = 120


class HelpDialog(Dialog[None]):
    """Keys and the filter language, in two columns where they fit."""

    DEFAULT_CSS = """
    HelpDialog > #box { width: 100%; max-width: 120; height: auto; max-height: 100%; }
    """

    def __init__(self, groups: Sequence[tuple[str, Iterable[tuple[str, str]]]]) -> None:
        super().__init__()
        self._keys = Static(id="keys", markup=False)
        self._groups = [(heading, list(keys)) for heading, keys in groups]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="box"):
            yield self._keys

    def on_resize(self, event: events.Resize) -> None:
        self._keys.update(self._content(event.size.width))

    def _content(self, width: int) -> Content:
        blocks = [self._block(heading, keys) for heading, keys in self._groups]
        if width >= TWO_COLUMNS:
            blocks = _beside(blocks, (min(width, WIDEST) - 6) // 2)
        lines = [line for block in blocks for line in (*block, Content(""))]
        lines += [
            Content.styled(text, "bold") if heading else Content(f"  {text}") for heading, text in _NOTES
        ]
        return Content("\n").join([*lines, Content(""), Content("esc closes this")])

    @staticmethod
    def _block(heading: str, keys: Sequence[tuple[str, str]]) -> list[Content]:
        width = min(22, max(cell_len(key) for key, _ in keys))
        return [
            Content.styled(heading, "bold"),
            *(Content(f"  {key:<{width}}  {text}") for key, text in keys),
        ]


def _beside(blocks: list[list[Content]], width: int) -> list[list[Content]]:
    """Blocks in two columns of about the same height."""
    half = sum(len(block) + 1 for block in blocks) / 2
    left: list[Content] = []
    right: list[Content] = []
    for block in blocks:
        column = left if not right and len(left) + len(block) / 2 <= half else right
        column += [*block, Content("")]
    return [
        [
            Content("").join([a.truncate(width, pad=True), b.truncate(width)])
            for a, b in zip_longest(left, right, fillvalue=Content(""))
        ]
    ]
