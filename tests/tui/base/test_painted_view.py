"""Views that draw their lines themselves."""

from __future__ import annotations

from cotui.catalog.objects.invoice import INVOICE
from tests.tui.record_pages import (
    Host,
    invoice,
)


async def test_a_theme_change_restyles_the_lines() -> None:
    app = Host()
    async with app.run_test(size=(90, 24)) as pilot:
        app.view.show(INVOICE, invoice())
        await pilot.pause()
        before = app.view.render_line(0)
        app.theme = "textual-light"
        await pilot.pause()
        assert app.view.render_line(0) != before
