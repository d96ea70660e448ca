"""Every key that has a name can be given to another one, and is shown so."""

from __future__ import annotations

from cotui.tui.base.session import Session
from cotui.tui.shell.keymap import named_bindings
from tests.tui.flow import browse, press, settle, status, text_of, with_keys

SIZE = (120, 40)


async def test_an_overridden_key_does_what_it_is_told(session: Session) -> None:
    app = with_keys(session, app__invoices="9", table__down="ctrl+n,down", browse__filter="ctrl+o")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+n", "down")
        assert browse(app).table.cursor == 2
        await press(pilot, "j")
        assert browse(app).table.cursor == 2, "the keys that were there are gone"
        await press(pilot, "3")
        assert browse(app).listing.key == "customers"
        await press(pilot, "slash")
        assert browse(app).table.has_focus
        await press(pilot, "ctrl+o")
        assert browse(app).bar.input.has_focus
        await press(pilot, "escape", "9")
        assert browse(app).listing.key == "invoices"
        assert " 2 Users  9 Invoices  4 Reports" in text_of(app).splitlines()[0]


async def test_help_and_hints_show_the_overridden_key(session: Session) -> None:
    app = with_keys(session, browse__find="ctrl+o", app__help="f1", record__previous="less_than_sign")
    async with app.run_test(size=(220, 50)) as pilot:
        await settle(pilot)
        assert "ctrl+o find" in status(app)
        assert "f1 keys" in status(app)
        await press(pilot, "f1")
        rows = [line.split() for line in text_of(app).splitlines()]
        assert any(row[i : i + 2] == ["ctrl+o", "Find"] for row in rows for i in range(len(row)))
        await press(pilot, "escape", "enter")
        assert "[ previous" not in status(app)
        await press(pilot, "f1")
        assert "<" in text_of(app)


def test_every_named_key_can_be_overridden_and_is_listed_once() -> None:
    names = [binding.id for binding in named_bindings()]
    assert len(set(names)) == len(names)
    assert {"app.help", "browse.filter", "table.down", "record.down", "record.next", "filter.leave"} <= set(
        names
    )
