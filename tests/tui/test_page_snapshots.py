"""What answer pages look like. The docstrings say what the picture has to show."""

from __future__ import annotations

import pytest

from cotui.tui.base.session import Session
from tests.tui.conftest import Wire
from tests.tui.pictures import Camera, Compare, Unanswered, picture_api, shows

SMALL = (80, 24)
TABS = {"customer": "1", "user": "2", "invoice": "3", "payment": "5", "subscription": "6"}
OTHER_SIZES = {"60x16": (60, 16), "120x40": (120, 40), "200x50": (200, 50)}


@pytest.fixture
async def camera(session: Session, wire: Wire, snap_compare: Compare) -> Camera:
    assert session.api is not None
    await session.api.aclose()
    session.api = picture_api(wire)
    return Camera(session, snap_compare)


@pytest.mark.parametrize("name", TABS)
def test_page(camera: Camera, name: str) -> None:
    """Who, how much and why, and the first rows, at 80x24; the cursor stands on the answer."""
    assert camera.takes(TABS[name], "down", "enter", size=SMALL)


@pytest.mark.long
@pytest.mark.parametrize("size", OTHER_SIZES)
@pytest.mark.parametrize("name", TABS)
def test_page_at(camera: Camera, name: str, size: str) -> None:
    """The same: the answer at 60x16, two columns from 120 on."""
    assert camera.takes(TABS[name], "down", "enter", size=OTHER_SIZES[size])


def test_row_under_the_cursor(camera: Camera) -> None:
    """A row in the right column has the cursor, with its sign; the last line says what it is."""
    assert camera.takes("enter", "tab", "right", size=(120, 40))


def test_half_read(camera: Camera, wire: Wire) -> None:
    """The row is painted, the rest is on its way: said in each place."""
    camera.session.api = picture_api(Unanswered(wire, lambda path: path.endswith("/_bulk")))
    assert camera.takes(shows("Northwind"), "enter", shows("reading"), size=SMALL, waiting=True)


@pytest.mark.long
def test_fields_unfolded(camera: Camera) -> None:
    """All fields below the answer, the title still there."""
    assert camera.takes("enter", *["tab"] * 8, "enter", size=(120, 40))
