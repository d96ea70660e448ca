"""The record beside its list: there where there is room, and never asked for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from cotui.catalog.objects.customer import CUSTOMER
from cotui.tui.lists.side_pane import WIDE, SidePane
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import browse, press, settle


async def test_the_preview_follows_the_cursor_without_a_request(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        before = len(wire.requests)
        await press(pilot, "down")
        assert browse(app).preview.record is browse(app).table.record
        await press(pilot, "v")
        assert not browse(app).has_class("previewing")
        assert len(wire.requests) == before


class Beside:
    """A list of some width, and what its pane shows."""

    def __init__(self) -> None:
        self.size = SimpleNamespace(width=0)
        self.classes: set[str] = set()
        self.rooms = (36, 36)
        self.table = SimpleNamespace(record=None, room_beside=lambda amounts: self.rooms[not amounts])
        self.said: list[str] = []
        self.listing = SimpleNamespace(resource=CUSTOMER)

    def has_class(self, name: str) -> bool:
        return name in self.classes

    def say(self, text: str, severity: str) -> None:
        self.said.append(text)

    def set_class(self, on: bool, name: str) -> None:
        (self.classes.add if on else self.classes.discard)(name)


class Shown:
    """A view that notes what it was given."""

    def __init__(self) -> None:
        self.given: list[object] = []
        self.styles = SimpleNamespace(width=None)

    def show_message(self, lines: object) -> None:
        self.given.append("nothing")

    def show(self, resource: object, record: object) -> None:
        self.given.append(record)


def pane() -> tuple[SidePane, Beside, Shown]:
    screen, view, body = Beside(), Shown(), object()
    made = SidePane(cast(Any, screen), cast(Any, body))
    made._view = cast(Any, view)
    return made, screen, view


@pytest.mark.parametrize(
    ("mode", "width", "shown"),
    [
        ("auto", WIDE - 1, False), ("auto", WIDE, True), ("off", WIDE, False), ("off", 20, False),
        ("on", 60, True), ("on", 59, False),
    ],
)  # fmt: skip
def test_it_is_there_where_there_is_room_or_it_is_wanted(mode: Any, width: int, shown: bool) -> None:
    beside, screen, _ = pane()
    beside.mode = mode
    beside.place(width)
    assert screen.has_class("previewing") is shown


def test_its_key_turns_it_over_and_is_remembered_at_any_width() -> None:
    beside, screen, view = pane()
    screen.size.width = 60
    beside.place(60)
    assert view.given == [], "what is hidden is not drawn"
    beside.toggle()
    assert (beside.mode, view.given) == ("on", ["nothing"])
    screen.table.record = record = object()
    beside.show()
    assert view.given[-1] is record
    screen.size.width = WIDE
    beside.toggle()
    assert (beside.mode, screen.has_class("previewing")) == ("off", False)
    beside.place(WIDE)
    assert not screen.has_class("previewing")


@pytest.mark.parametrize(
    ("width", "rooms", "cells"),
    [
        (160, (36, 36), None),
        (160, (100, 36), 60),  # it gives way to all amounts
        (160, (128, 36), 32),
        (160, (129, 36), 32),  # or, where nothing would be left of it, to what is never dropped
        (160, (150, 132), 28),
        (70, (80, 46), 24),
        (59, (36, 36), None),
    ],
)
def test_it_gives_way_before_company_and_amount_do(
    width: int, rooms: tuple[int, int], cells: int | None
) -> None:
    beside, screen, view = pane()
    screen.rooms = rooms
    beside.mode = "on"
    beside.place(width)
    assert view.styles.width == cells
    assert screen.has_class("previewing") is (width != 59)


def test_it_gives_way_when_rows_come_that_need_more_room() -> None:
    beside, screen, view = pane()
    screen.size.width = 160
    beside.place_again()
    assert view.given == [], "what is hidden is not placed"
    beside.place(160)
    screen.rooms = (110, 60)
    beside.place_again()
    assert view.styles.width == 50


def test_it_says_when_there_is_no_room_for_it() -> None:
    beside, screen, _ = pane()
    screen.size.width = 50
    beside.toggle()
    assert screen.said == ["there is no room for the preview beside the columns of the list"]
