"""A list to choose from that may be rebuilt at any time: between a key and what the key does, before it has any lines.

Textual's list takes it for granted that a key comes when everything has been laid out, and that what was clicked or
taken is still the option of the same number when the message about it arrives. Here each option carries what it
stands for, and a message about an option that is gone is none.
"""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.style import Style
from textual.widgets import OptionList
from textual.widgets.option_list import Option

Value = TypeVar("Value")


class ValueOption(Option, Generic[Value]):
    """A line of the list, and what it stands for."""

    def __init__(self, prompt: Content, value: Value) -> None:
        super().__init__(prompt)
        self.value = value


class SteadyList(OptionList):
    """An option list without a frame whose keys do nothing where there is nothing, instead of looking for it."""

    DEFAULT_CSS = """
    SteadyList, SteadyList:focus {
        border: none; background: $surface; padding: 0; scrollbar-size-vertical: 1;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    """

    def holds(self, option: Option) -> bool:
        """Whether an option is one of these still."""
        return option in self._option_to_index

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        lines = self._index_to_line
        if len(lines) == len(self._options) and (self.highlighted or 0) in lines:
            super()._move_page(direction)
        elif direction > 0:  # nothing is laid out yet, so nobody knows how much a page is
            self.action_cursor_down()
        else:
            self.action_cursor_up()

    @property
    def _room(self) -> int:
        """Cells for the text of an option."""
        padding = self.get_component_styles("option-list--option").padding.width
        return self.scrollable_content_region.width - self._get_left_gutter_width() - padding

    def _update_lines(self) -> None:
        if self._room > 0:  # Textual would wrap to no width at all
            super()._update_lines()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for each option where there is no room to wrap any."""
        padding = self.get_component_styles("option-list--option").padding.width
        return super().get_content_height(container, viewport, max(width, padding + 1))

    def _get_option_render(self, option: Option, style: Style) -> list[Strip]:
        return super()._get_option_render(option, style) if self._room > 0 else [Strip.blank(0)]

    def action_select(self) -> None:
        if self.highlighted is not None and self.highlighted < len(self._options):
            super().action_select()

    async def _on_click(self, event: events.Click) -> None:
        clicked = event.style.meta.get("option")
        if clicked is not None and clicked >= len(self._options):
            event.prevent_default()  # what was clicked has just gone


class Choices(SteadyList, Generic[Value]):
    """A list of values, without markup."""

    def __init__(self, *options: ValueOption[Value], id: str | None = None) -> None:
        super().__init__(*options, id=id, markup=False)

    @property
    def values(self) -> list[Value]:
        return [option.value for option in self._options if isinstance(option, ValueOption)]

    @property
    def marked(self) -> Value | None:
        """What is highlighted; None where nothing can be."""
        at = self.highlighted
        option = self._options[at] if at is not None and at < len(self._options) else None
        return option.value if isinstance(option, ValueOption) and not option.disabled else None

    def taken(self, event: OptionList.OptionSelected) -> Value | None:
        """What a message says was taken; None where it has gone meanwhile."""
        option: Any = event.option
        return option.value if isinstance(option, ValueOption) and self.holds(option) else None
