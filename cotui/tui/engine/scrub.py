"""A filter behind all widgets: whatever they drew, no control character of it reaches the terminal.

Texts from the server are cleaned where they enter (`cotui.safety.text`), with visible marks. Should a
text ever come another way, through a library's widget or by mistake, this filter stands between every
drawn line and the terminal. The widths of the line were settled before, so a line keeps its width
to the cell: characters without width vanish here, all others become a mark.
"""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from cotui.safety.text import SUBSTITUTE, is_plain, replaced


class ScrubFilter(LineFilter):
    """Takes C0, C1, bidi and zero-width characters out of drawn lines, and links that hide any.

    Put it last in `App.get_line_filters()`.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        del background
        for text, style, control in segments:
            if control is not None or (style is not None and style.link) or not _is_harmless(text):
                return [_scrubbed(segment) for segment in segments if segment.control is None]
        return segments


def _scrubbed(segment: Segment) -> Segment:
    text, style, _ = segment
    if not is_plain(text):
        text = scrub(text)
    if style is not None and style.link and not _is_harmless_link(style.link):
        style = _without_link(style)
    return Segment(text, style)


@lru_cache(maxsize=512)
def scrub(text: str) -> str:
    """The text without unsafe characters, exactly as wide as `rich` measures it with them."""
    harmless = replaced(text, _mark)
    width = cell_len(text)
    # Without its joiners an emoji of several people is measured wider.
    return harmless if cell_len(harmless) == width else set_cell_size(harmless, width)


def _is_harmless(text: str) -> bool:
    return is_plain(text) or scrub(text) == text


def _mark(unsafe: str) -> str:
    return SUBSTITUTE * cell_len(unsafe)


def _is_harmless_link(link: str) -> bool:
    """A link's address is written inside an escape sequence, which any control would end."""
    return is_plain(link)


def _without_link(style: Style) -> Style:
    return style.update_link(None)
