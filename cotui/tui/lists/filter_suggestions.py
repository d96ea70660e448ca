"""What is offered under the filter line while somebody types: what could stand there, or what was meant instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import cotui.query as language  # its parser is loaded by the first filter, not by the first screen
from cotui.query import QueryError
from cotui.tui.lists.completion_list import CompletionList
from cotui.tui.lists.filter_input import FilterInput

if TYPE_CHECKING:
    from cotui.query import Completion, Suggestion


class FilterSuggestions:
    """Between the line under edit and the drop-down.

    Args:
        line: what is typed into.
        shown: the drop-down.
        complete: gives what could stand at a place of a text.
        read: raises QueryError where a text is no filter.
    """

    def __init__(
        self,
        line: FilterInput,
        shown: CompletionList,
        complete: Callable[[str, int], Completion],
        read: Callable[[str], object],
    ) -> None:
        self._line, self._shown = line, shown
        self._complete, self._read = complete, read
        #: the text for which the list is left closed
        self._closed_at: str | None = None
        #: which part of the text is replaced, where something else was meant there
        self._instead: tuple[int, int] | None = None

    @property
    def completes(self) -> bool:
        """Whether what is offered goes on with what is typed."""
        return bool(self._shown.items) and self._instead is None

    def close_at(self, text: str) -> None:
        """No list for this text; whatever else is typed opens it."""
        self._closed_at = text
        self.close()

    def close(self) -> None:
        self._shown.set_items(())

    def offer(self) -> None:
        """Offer what goes with the text and the cursor."""
        text, cursor = self._line.value, self._line.cursor_position
        if text == self._closed_at or not text:
            self.close()
            return
        self._closed_at = None
        found = self._complete(text, cursor)
        typed = text[found.start : found.end].strip()
        # a word that is whole already needs no help, and tab must not turn it into another
        whole = bool(typed) and any(item.insert.strip() == typed for item in found.suggestions[:1])
        self._show(() if whole else found.suggestions, found.start)
        if not found.suggestions:
            self._correct(text, cursor)

    def _correct(self, text: str, cursor: int) -> None:
        try:
            self._read(text)
        except QueryError as error:
            if error.start <= cursor <= error.end:
                self.offer_instead(error)

    def offer_instead(self, error: QueryError) -> None:
        """Offer what may be meant by a mistake; nothing where that is not known."""
        items = [language.Suggestion(insert, insert, "value") for insert in error.instead]
        items[:1] = [item._replace(detail="tab takes it") for item in items[:1]]
        self._show(items, error.start)
        if items:
            self._instead = (error.start, error.end)

    def _show(self, items: Sequence[Suggestion], start: int) -> None:
        self._instead = None
        self._shown.set_items(items, column=self._line.region.x - self._line.screen.region.x + start)

    def take(self) -> None:
        """Put the marked suggestion into the text; with none open, open the list."""
        line, chosen = self._line, self._shown.selected
        text = line.value
        found = self._complete(text, line.cursor_position)
        if chosen is None:
            self._closed_at = None
            self._show(found.suggestions, found.start)
            return
        start, end = self._instead or (found.start, found.end)
        insert = chosen.insert if chosen.insert.endswith(" ") else f"{chosen.insert} "
        rest = text[end:].lstrip(" ")
        line.value = f"{text[:start]}{insert}{rest}"
        line.cursor_position = start + len(insert)
