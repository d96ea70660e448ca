"""The line above the table: what the rows are filtered and ordered by, and which of them are shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

import cotui.query as language  # its parser is loaded by the first filter, not by the first screen
from cotui.catalog import Resource
from cotui.query import Order, Query, QueryError
from cotui.query.fields import filter_spellings
from cotui.tui.base.cells import cell_len
from cotui.tui.base.line import TextLine
from cotui.tui.engine.pasted import LeftOut, LineFull
from cotui.tui.lists.completion_list import CompletionList
from cotui.tui.lists.filter_history import FilterHistory
from cotui.tui.lists.filter_input import FilterInput
from cotui.tui.lists.filter_suggestions import FilterSuggestions
from cotui.tui.lists.notices import sent_words
from cotui.tui.lists.start_list import read_filter

#: with fewer columns there is only the filter
NARROWEST = 36
if TYPE_CHECKING:
    from cotui.query import Completion, Span


#: characters of a filter that are repeated when it is left
_LONGEST_SAID = 60
#: cells that the filter has beside a long title
_LEAST_FILTER = 20

#: what may be a field's name
_WORD = re.compile(r"[\w.]+")
#: the end of a range of rows
_LAST_ROW = re.compile(r"–[\d,]+")


class FilterBar(Horizontal):
    """One line: a word for what is listed, the filter, the rows on the screen.

    The filter's text is the one truth about condition and order; ordering by a column rewrites its
    last part. Where nobody edits, it shows what the rows are filtered by; what was typed and not applied is kept
    meanwhile, until it is applied or cleared.
    """

    DEFAULT_CSS = """
    FilterBar { height: 1; background: $panel; }
    FilterBar > #title { width: auto; max-width: 40%; background: $panel; color: $text-muted; padding: 0 1; }
    FilterBar > #position {
        width: 25%; min-width: 18; max-width: 34; background: $panel; color: $foreground; text-align: right; padding: 0 1;
    }
    FilterBar.narrowed > #position { min-width: 32; max-width: 48; }
    """

    @dataclass
    class Applied(Message):
        """Enter was pressed on a filter that can be read."""

        query: Query
        text: str
        #: somebody typed it: it can be had again; else a key made it
        typed: bool = True

    @dataclass
    class Feedback(Message):
        """What the line under edit means, or what is wrong with it; empty when nobody edits."""

        text: str
        wrong: bool = False
        #: it has to be read: the filter was not applied
        whole: bool = False

    class Dismissed(Message):
        """The user went back to the rows."""

    def __init__(
        self,
        resource: Resource,
        title: str,
        *,
        text: str = "",
        example: str = "",
        today: Callable[[], date] = date.today,
        suggestions: CompletionList,
    ) -> None:
        super().__init__()
        #: the drop-down; it belongs to the screen, over the table
        self.suggestions = suggestions
        #: the line under edit
        self.input = FilterInput(self._spans, placeholder=example, id="filter")
        self._title_line, self._position_line = TextLine(title, id="title"), TextLine("", id="position")
        #: what filters are read against; a report's columns are known once its rows are
        self.resource = resource
        self.applied = text
        #: values seen in loaded rows, by wire name of the field: what completion offers
        self.known: Callable[[], Mapping[str, Sequence[str]]] = dict
        #: what the account calls the values of keys: `currency = USD` for its currency_id
        self.words: Callable[[], Mapping[str, Mapping[str, str]]] = dict
        #: those of them that the next run knows from its beginning
        self.kept_words: Callable[[], Mapping[str, Mapping[str, str]]] = dict
        #: reads the account's lists for a word that is not known yet, and then calls back; False where there are none
        self.look_up: Callable[[Callable[[], object]], bool] = lambda _: False
        #: which day it is in the account, in words
        self.day_words: Callable[[], str] = str
        self.history = FilterHistory()
        self._today = today
        self._position = ""
        self._offers = FilterSuggestions(self.input, suggestions, self._complete, self.read)

    def compose(self) -> ComposeResult:
        self.input.value = self.input.opened_with = self.applied
        yield self._title_line
        yield self.input
        yield self._position_line

    def on_resize(self, event: events.Resize) -> None:
        # where there is hardly room to type, nothing else takes any of it
        roomy = event.size.width >= NARROWEST
        for line in (self._title_line, self._position_line):
            if line.display != roomy:  # setting it costs a layout, whatever it was
                line.display = roomy
        self._fit_title(event.size.width)
        self.call_after_refresh(self._show_position)  # by then there is another width for it

    def _fit_title(self, width: int) -> None:
        """The title takes what neither the filter nor the rows' numbers need; the example is as long as there is room."""
        needed = max(_LEAST_FILTER, cell_len(self.input.value) + 1)
        numbers = max(18, min(34, width // 4)) if self._position_line.display else 0
        self._title_line.styles.max_width = most = max(width - numbers - needed, width * 2 // 5)
        title = min(most, cell_len(self._title_line.text) + 2) if self._title_line.display else 0
        self.input.fit_example(width - numbers - title)

    def set_title(self, title: str) -> None:
        """Say what is listed in other words."""
        if title != self._title_line.text:
            self._title_line.show(title)
            self._title_line.refresh(layout=True)

    @property
    def text(self) -> str:
        """What is typed, on the line or kept."""
        return (self.input.unapplied or self.input.value).strip()

    @property
    def put_by(self) -> str:
        """That what was typed is kept, and how to go on with it; "" where nothing is."""
        text = self.text
        if not text or text == self.applied:
            return ""
        shown = text if len(text) <= _LONGEST_SAID else f"{text[: _LONGEST_SAID - 1]}…"
        return f"the filter was changed but not applied: / goes back to {shown}"

    @property
    def edited(self) -> bool:
        return self.text != self.applied

    def set_position(self, text: str, here: str = "") -> None:
        """Say which rows are on the screen, e.g. "1–38 of 12,412", and what was done to them here."""
        self._position = f"{text}, {here}" if text and here else text
        self.set_class(bool(here), "narrowed")
        self._show_position()

    def _show_position(self) -> None:
        line = self._position_line
        shown = self._position
        if 0 < line.content_size.width < len(shown):
            shown = _LAST_ROW.sub(
                "", shown
            )  # how many there are says more than which is the last on the screen
        line.show(shown)

    def _put_by(self) -> None:
        """Show what the rows are filtered by, and keep what was typed."""
        typed = self.input.value.strip()
        self.input.unapplied = "" if typed == self.applied else typed
        self._fill(self.applied)
        self.input.show_beginning()

    def _fill(self, text: str) -> None:
        """Put a text into the line that nobody types."""
        with self.input.prevent(Input.Changed):
            self.input.value = text

    def _take_up(self) -> None:
        """Go on with what was typed."""
        if self.input.unapplied:
            self._fill(self.input.unapplied)
            self.input.unapplied = ""
            self.input.cursor_position = len(self.input.value)

    def read(self, text: str) -> Query:
        """The query a text means; a QueryError where it can't be read."""
        return read_filter(text, self.resource, self._today, self.words())

    def apply(self, text: str) -> None:
        """Set and apply a filter that nobody typed: ordering by a column, a saved view.

        What was typed and not applied gives way to it, and is had again as filters are that were applied.
        """
        if self.put_by:
            self.history.add(self.text)
        self.input.unapplied = ""
        self.input.value = text
        self._apply(typed=False)

    def lasting(self, applied: Applied) -> str:
        """A filter as the next run can read it: as it was typed, but for words that only rows have taught."""
        try:
            language.parse(applied.text, self.resource, today=self._today(), words=self.kept_words())
        except QueryError:
            return language.render(applied.query, self.resource)
        return applied.text

    def edit(self) -> None:
        """Give the keys to the filter, behind what stands there already."""
        self._take_up()
        self.input.go_on()
        self._offers.close_at(self.input.value)  # no list before something is typed: up and down recall
        self.input.focus()

    def in_order(self, order: tuple[Order, ...]) -> str:
        """The text under its conditions as they were typed, with another order; of no keys for the default one."""
        text = self.applied[: self._order_start()].rstrip(" ,")
        return f"{text} {language.render(Query(order=order), self.resource)}".strip()

    def order_text(self) -> str:
        """The part of the text that says the order, as it was typed; "" without one."""
        return self.applied[self._order_start() :].strip()

    def _order_start(self) -> int:
        """Where the order begins in the text; its end without one."""
        text = self.applied
        for span in language.spans(text, self.resource, words=self.words()):
            if span.kind == "keyword" and text[span.start : span.end].casefold().startswith("order"):
                return span.start
        return len(text)

    def _spans(self, text: str) -> Sequence[Span]:
        if not text:
            return ()
        return language.spans(text, self.resource, words=self.words())

    # -- while typing -------------------------------------------------------------------

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if not self.input.has_focus:
            return
        self.history.typed_over(event.value)
        if self._names_a_list(event.value):
            self.look_up(self._learned)
        self._offers.offer()
        self._explain()

    def _names_a_list(self, text: str) -> bool:
        """Whether what is typed names a key whose words the account has a list of."""
        words = set(_WORD.findall(text.casefold()))
        return any(
            not words.isdisjoint(map(str.casefold, filter_spellings(field, self.resource)))
            for field in self.resource.filters
            if field.named_by and field.references
        )

    def _learned(self) -> None:
        """The account's lists were read while something was typed."""
        if self.input.has_focus:
            self._offers.offer()
            self._explain()

    def _explain(self) -> None:
        try:
            query = self.read(self.input.value)
        except QueryError as error:
            # what can still become right under the cursor is not called wrong yet
            typed = self.input.value[: self.input.cursor_position].rstrip()
            unfinished = self._offers.completes and error.end >= len(typed)
            text = "tab completes, up and down choose" if unfinished else error.message
            self.post_message(self.Feedback(text, wrong=not unfinished))
            return
        parts = sent_words(query, self.resource)
        enter = "enter applies" if parts or not self.applied else "enter drops the filter: all rows"
        if language.depends_on_day(self.input.value, self.resource, self.words()):
            parts.append(self.day_words())
        self.post_message(self.Feedback(" · ".join(filter(None, [enter, *parts]))))

    def _complete(self, text: str, cursor: int) -> Completion:
        return language.complete(text, cursor, self.resource, known=self.known(), words=self.words())

    @on(FilterInput.Completed)
    def _take_suggestion(self, event: FilterInput.Completed) -> None:
        event.stop()
        self.take()

    def take(self) -> None:
        """Put the marked suggestion into the text; with none open, open the list."""
        self._offers.take()

    @on(FilterInput.Chose)
    def _step(self, event: FilterInput.Chose) -> None:
        event.stop()
        if self.suggestions.items:
            self.suggestions.move(event.step)
        else:
            self._recall(event.step)

    def _recall(self, step: int) -> None:
        """Up: the filter before; down: the one after."""
        if (text := self.history.step(step, self.input.value.strip())) is not None:
            self._offers.close_at(text)
            self.input.value = text
            self.input.cursor_position = len(text)

    # -- applying and leaving -------------------------------------------------------------

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.suggestions.items and self.suggestions.chosen_by_hand:
            self.take()
        else:
            self._apply()

    def _apply(self, *, typed: bool = True) -> None:
        text = self.text
        try:
            query = self.read(text)
        except QueryError as error:
            if error.unlearned and self.look_up(partial(self._apply_learned, text, typed=typed)):
                self.post_message(self.Feedback("reading what the account calls it …"))
                return
            self.input.cursor_position = error.start
            self.input.refused = True
            self._offers.offer_instead(error)
            self.post_message(self.Feedback(error.message, wrong=True, whole=True))
            return
        self.applied = text
        self.input.unapplied = ""
        self.input.value = self.input.opened_with = text
        self._fit_title(self.size.width)
        self.history.add(text if typed else "")
        self._offers.close()
        self.post_message(self.Feedback(""))
        self.post_message(self.Applied(query, text, typed))

    def _apply_learned(self, text: str, *, typed: bool) -> None:
        """Apply a text whose words are known by now, unless its user has gone on typing."""
        if self.edited and self.text == text:
            self._apply(typed=typed)

    @on(FilterInput.Left)
    def _leave(self, event: FilterInput.Left) -> None:
        event.stop()
        if self.suggestions.items:
            self._offers.close_at(self.input.value)
            return
        self.post_message(self.Feedback(""))
        self.post_message(self.Dismissed())

    @on(events.DescendantBlur)
    def _lost_keys(self) -> None:
        """Somebody clicked elsewhere: what only helps typing goes."""
        self._offers.close()
        if self.app.app_focus:  # else the whole terminal has lost them, and who comes back goes on typing
            self._put_by()
        self.post_message(self.Feedback(""))

    @on(events.DescendantFocus)
    def _got_keys(self) -> None:
        self._take_up()

    @on(LineFull)
    def _cut(self, event: LineFull) -> None:
        event.stop()
        self.post_message(self.Feedback(event.words("a filter"), wrong=True))

    @on(LeftOut)
    def _unseen(self, event: LeftOut) -> None:
        event.stop()
        self.post_message(self.Feedback(event.words(), wrong=True))
