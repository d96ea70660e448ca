"""The line a filter is typed into: coloured as it is read, with mistakes marked where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.highlighter import Highlighter
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message

from cotui.safety.text import blanks_joined, lines_joined, plain_blanks
from cotui.tui.base.cells import cell_len
from cotui.tui.base.inputs import TypedLine
from cotui.tui.engine.pasted import LeftOut
from cotui.tui.engine.widget_bases import OwnSize

if TYPE_CHECKING:
    from cotui.query import Span

#: longest filter that is read: longer ones would not fit a request's address line anyway
LONGEST = 4000


class SpanHighlighter(Highlighter):
    """Colours the text of an `Input` by the spans a function finds in it."""

    def __init__(self, spans: Callable[[str], Sequence[Span]], styles: Callable[[str], Style]) -> None:
        self._spans = spans
        self._styles = styles

    def highlight(self, text: Text) -> None:
        for span in self._spans(text.plain):
            text.stylize(self._styles(span.kind), span.start, span.end)


class FilterInput(TypedLine, OwnSize):
    """One line of text. Enter applies, Esc leaves it, the arrows choose a completion."""

    COMPONENT_CLASSES = {f"filter--{kind}" for kind in ("field", "operator", "value", "keyword", "error")}
    DEFAULT_CSS = """
    FilterInput { width: 1fr; color: $foreground; }
    FilterInput:focus { background: $panel-lighten-1; }
    FilterInput > .filter--field { color: $text-accent; }
    FilterInput > .filter--operator { text-style: bold; }
    FilterInput > .filter--keyword { color: $text-primary; text-style: bold; }
    FilterInput > .filter--value { color: $text-success; }
    FilterInput > .filter--error { color: $text-error; text-style: underline; }
    """
    help_heading = "Filter line"
    BINDINGS = [
        Binding("escape", "leave", "Back to the rows", id="filter.leave"),
        Binding("tab", "take", "Complete", id="filter.complete"),
        Binding("down", "choose(1)", "Next suggestion", show=False, id="filter.next"),
        Binding("up", "choose(-1)", "Previous suggestion", show=False, id="filter.previous"),
        Binding("ctrl+u", "wipe", "Clear", id="filter.clear"),
    ]

    @property
    def typed(self) -> bool:
        """Whether there is a filter that was typed and not applied."""
        return bool(self.unapplied) or self.value.strip() not in ("", self.opened_with)

    class Left(Message):
        """Esc: the rows get the keys."""

    class Completed(Message):
        """Tab: take the suggestion that is marked."""

    @dataclass
    class Chose(Message):
        """Up or down among the suggestions, or through earlier filters when there are none."""

        step: int

    def __init__(
        self, spans: Callable[[str], Sequence[Span]], *, placeholder: str, id: str | None = None
    ) -> None:
        super().__init__(
            placeholder=placeholder,
            id=id,
            max_length=LONGEST,
            select_on_focus=False,
            highlighter=SpanHighlighter(spans, self._kind_style),
        )
        #: what was typed and not applied when the line was left, which shows what holds since then
        self.unapplied = ""
        #: it was not applied for a mistake, where the cursor is, and no key was pressed since
        self.refused = False
        self._example = placeholder

    def fit_example(self, room: int) -> None:
        """Show as much of the example as there is room for."""
        fits = (text for text in _shorter(self._example) if cell_len(text) < room)
        if (example := next(fits, "")) != self.placeholder:
            self.placeholder = example

    def on_key(self, event: events.Key) -> None:
        """The key that leads here from the rows leads behind a text with a mistake, as if the line had been left."""
        refused, self.refused = self.refused, False
        if refused and event.character == "/":
            event.stop()
            event.prevent_default()
            self.go_on()

    def go_on(self) -> None:
        """Put the cursor behind what stands there, and a blank between."""
        if self.value and not self.value.endswith(" "):
            self.value += " "
        self.cursor_position = len(self.value)

    def on_blur(self) -> None:
        self.refused = False
        self.show_beginning()

    def show_beginning(self) -> None:
        """What is not edited is read from its beginning."""
        self.scroll_to(x=0, animate=False, force=True, immediate=True)

    def on_focus(self) -> None:
        """What is edited shows where it is edited."""
        self.scroll_to_region(Region(self._cursor_offset, 0, 1, 1), force=True, animate=False, immediate=True)

    def _kind_style(self, kind: str) -> Style:
        name = f"filter--{kind}"
        known = name in self.COMPONENT_CLASSES
        return self.get_component_rich_style(name, partial=True) if known else Style.null()

    def one_line(self, text: str) -> str:
        """Single blanks between words; what else stands there is told when it is put in."""
        return blanks_joined(lines_joined(text))

    def replace(self, text: str, start: int, end: int) -> None:
        plain, blanks = plain_blanks(text)
        super().replace(plain, start, end)
        if blanks:
            self.post_message(LeftOut(blanks))

    def action_leave(self) -> None:
        self.post_message(self.Left())

    def action_take(self) -> None:
        self.post_message(self.Completed())

    def action_choose(self, step: int) -> None:
        self.post_message(self.Chose(step))

    def action_wipe(self) -> None:
        self.value = ""


def _shorter(example: str) -> Iterator[str]:
    """An example, and what is left of it where there is less room: nothing that reads as if it were a filter."""
    yield example
    yield example.partition(" order by ")[0]
    yield example.partition("; ")[0]
    yield " ".join(example.split()[:2]).rstrip(",")
