"""Every key in windows of any size: where there is no room for a column, a line, or anything at all."""

from __future__ import annotations

import pytest
from textual.events import Resize
from textual.geometry import Size
from textual.widget import Widget

from cotui.tui.engine.key_queue import KeyQueueApp
from cotui.tui.shell.app import CotuiApp
from tests.depth import full
from tests.tui.flow import press, settle
from tests.tui.quiet import until_quiet

SIZES = ((1, 1), (2, 3), (5, 2), (9, 9), (120, 2), (1, 40))


async def every_key(widget: Widget) -> None:
    """All that the keys of a widget do, but for those that open something."""
    app = widget.app
    for binding in widget._bindings.key_to_bindings.values():
        for item in binding:
            if item.action.partition("(")[0] in ("move", "page", "jump", "column", "order", "toggle_empty"):
                await app.run_action(item.action, widget)


@pytest.mark.deep
@pytest.mark.sample("keys1")
@pytest.mark.parametrize("keys", [(), ("enter",), ("v", "tab"), ("f", "a"), ("f", "§", "enter")])
async def test_no_key_needs_room(app: CotuiApp, keys: tuple[str, ...]) -> None:
    async with app.run_test(size=(150, 40)) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        for width, height in (*SIZES, *reversed(SIZES)) if full() else SIZES:
            app.post_message(Resize(Size(width, height), Size(width, height)))
            for _ in range(2):  # in the turn of the change, and after it
                for widget in app.screen.walk_children(Widget):
                    await every_key(widget)
                await until_quiet()
        assert app._exception is None


async def test_a_key_that_is_done_twice_takes_no_other_with_it(app: CotuiApp) -> None:
    """Word of it comes back from the widget, and from the clock when that takes long."""
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app, KeyQueueApp)
        first, second, third = (Resize(Size(1, 1), Size(1, 1)) for _ in range(3))
        app._typed.extend((first, second, third))
        number = app._key_number
        app._done(number)
        app._done(number)
        assert [*app._typed] == [second, third]
        app._typed.clear()
