"""The second net: what a widget draws without cleaning never reaches the terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip
from textual.widget import Widget

from cotui.safety.text import clean
from cotui.tui.engine.scrub import ScrubFilter, scrub

BLACK = Color(0, 0, 0)
HOSTILE = "a\x1b]52;c;ZXZpbA==\x07b\x1b[2Jc\x9b31md\u202ee\u2066f\u200bg\x00h\ud800i\U000e0041j\u200dk\nl\rm"


def apply(*segments: Segment) -> list[Segment]:
    return ScrubFilter().apply(list(segments), BLACK)


def test_harmless_lines_are_not_touched() -> None:
    segments = [Segment("Zürich 中 🙂 ", Style(bold=True)), Segment("x")]
    assert ScrubFilter().apply(segments, BLACK) is segments


def test_styles_stay_and_controls_go() -> None:
    bold = Style(bold=True)
    result = apply(Segment("ok", bold), Segment(HOSTILE, bold), Control.clear().segment)
    assert result[0] == Segment("ok", bold)
    assert result[1].style == bold
    assert result[1].text.startswith("a]52;c;ZXZpbA==b[2Jc31md")
    assert all(clean(segment.text) == segment.text and segment.control is None for segment in result)


@given(
    st.text(
        st.sampled_from("ab中🙂👨👩❤\u0301\u200d\ufe0f\x1b\x07\x9b\n\u202e\ud800\u2028\xad") | st.characters()
    )
)
def test_the_width_of_a_line_stays(text: str) -> None:
    harmless = scrub(text)
    assert cell_len(harmless) == cell_len(text)
    assert clean(harmless) == harmless


def test_a_link_that_would_end_its_sequence_is_taken_away() -> None:
    good, bad = Style(link="https://example.com/?a=b", bold=True), Style(link="x\x1b\\\x1b[2J", bold=True)
    result = apply(Segment("good", good), Segment("bad", bad))
    assert result[0].style is not None
    assert result[0].style.link == good.link
    assert result[1].style is not None
    assert result[1].style.link is None
    assert result[1].style.bold


class Careless(Widget):
    """Draws hostile text as it came."""

    def render_line(self, y: int) -> Strip:
        style = Style(link="https://x/\x1b]0;evil\x07") if y == 1 else None
        return Strip([Segment(HOSTILE, style)])


class Net(App[None]):
    ENABLE_COMMAND_PALETTE = False
    caught = True

    def compose(self) -> ComposeResult:
        yield Careless()

    def get_line_filters(self) -> list[LineFilter]:
        filters = list(super().get_line_filters())
        return [*filters, ScrubFilter()] if self.caught else filters


class Hole(Net):
    caught = False


async def drawn(app: Net) -> str:
    """The characters that the frame puts on the terminal, without the frame's own sequences."""
    async with app.run_test(size=(80, 4)) as pilot:
        await pilot.pause()
        strips = app.screen._compositor.render_strips(app.screen.size)
        return "".join(
            segment.text + str(segment.style and segment.style.link) for strip in strips for segment in strip
        )


async def test_hostile_text_of_a_widget_does_not_reach_the_output() -> None:
    assert "\x1b]52" in await drawn(Hole())  # without the net it does
    output = await drawn(Net())
    assert clean(output) == output
    assert "a]52;c;ZXZpbA==b[2Jc31mdefghi" in output.replace("␦", "")
