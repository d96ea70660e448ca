"""The QR code on the screen is the QR code of the link."""

from __future__ import annotations

import pytest
import segno
from textual.geometry import Size

from cotui.tui.actions.qr_dialog import QUIET, QUIET_LEAST, QrCode, QrScreen, half_blocks
from tests.tui.flow import text_of
from tests.tui.support import OneWidget

LINK = "https://acme.chargeover.com/r/login/link/0q7fx5652k18abcdefghijklmnop"
_HALVES = {" ": (False, False), "▀": (True, False), "▄": (False, True), "█": (True, True)}


def matrix(lines: list[str]) -> list[list[bool]]:
    """The modules that lines of half blocks stand for."""
    return [[_HALVES[char][half] for char in line] for line in lines for half in (0, 1)]


@pytest.mark.parametrize("quiet", [QUIET, QUIET_LEAST])
@pytest.mark.parametrize("text", ["http://a.b/", LINK, LINK + "x" * 400])
def test_the_lines_are_the_code(text: str, quiet: int) -> None:
    code = segno.make(text, error="l", micro=False, boost_error=False)
    wanted = [[bool(module) for module in row] for row in code.matrix]
    found = matrix(half_blocks(text, quiet))
    size = len(wanted)
    inner = [row[quiet : quiet + size] for row in found[quiet : quiet + size]]
    assert inner == wanted
    around = sum(map(sum, found)) - sum(map(sum, wanted))
    assert around == 0
    assert len(found[0]) == size + 2 * quiet
    assert len(found) >= size + 2 * quiet


@pytest.mark.parametrize(
    ("theme", "size"),
    [("textual-dark", (120, 40)), ("textual-light", (80, 24)), ("ansi-dark", (80, 24)), ("nord", (60, 40))],
)
async def test_black_on_white_in_every_theme(theme: str, size: tuple[int, int]) -> None:
    app = OneWidget(QrCode(LINK))
    app.theme = theme
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        code = half_blocks(LINK)
        drawn = []
        for line in app.screen._compositor.render_strips():
            for segment in line:
                style = segment.style
                if style is not None and style.bgcolor and style.bgcolor.triplet == (255, 255, 255):
                    assert style.color is not None
                    assert style.color.triplet == (0, 0, 0)
                    assert not style.dim
                    assert not style.reverse
                    if len(segment.text) == len(code[0]):
                        drawn.append(segment.text)
        assert drawn == code


async def test_what_room_it_needs() -> None:
    widget = QrCode(LINK)
    smallest = half_blocks(LINK, QUIET_LEAST)
    assert widget.needs == (len(smallest[0]), len(smallest))
    assert widget.fitting(Size(*widget.needs)) == smallest
    assert widget.fitting(Size(widget.needs[0] - 1, 100)) == []
    assert widget.fitting(Size(100, widget.needs[1] - 1)) == []
    assert widget.fitting(Size(200, 100)) == half_blocks(LINK, QUIET)
    app = OneWidget(widget)
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.pause()
        text = "\n".join(
            "".join(segment.text for segment in line) for line in app.screen._compositor.render_strips()
        )
        assert f"needs {widget.needs[0]} columns and {widget.needs[1]} lines" in text
        assert "has 60 and 16" in text
        assert "█" not in text


async def test_the_last_line_is_the_codes_where_it_has_no_other_room() -> None:
    from textual.app import App

    width, height = QrCode(LINK).needs
    app: App[None] = App()
    async with app.run_test(size=(width, height)) as pilot:
        await app.push_screen(QrScreen(LINK, lambda: "made 5 s ago"))
        await pilot.pause()
        assert text_of(app).split("\n") == half_blocks(LINK, QUIET_LEAST)  # type: ignore[arg-type]
        await pilot.resize_terminal(width, height + 1)
        await pilot.pause()
        assert "made 5 s ago" in text_of(app)  # type: ignore[arg-type]
        await pilot.resize_terminal(width - 1, height)
        await pilot.pause()
        assert f"needs {width} columns" in " ".join(text_of(app).split())  # type: ignore[arg-type]
