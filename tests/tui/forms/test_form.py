"""Forms that only ask: every kind of field gives its kind of value."""

from __future__ import annotations

from tests.tui.asking import Asked
from tests.tui.flow import press, text_of
from tests.tui.writing import Account, about


async def test_every_kind_of_field_gives_its_kind_of_value(own: Account) -> None:
    form = Asked(required=["title"], notes=["A note [b]"])
    async with own.app.run_test(size=(60, 16)) as pilot:
        await form.open(pilot)
        assert "Ask [/]" in text_of(own.app)
        assert "A note [b]" in text_of(own.app)
        assert "Title*" in text_of(own.app)
        await press(pilot, "ctrl+s")
        assert "Title is needed" in about(own.app)
        await press(pilot, "H", "i", "enter")
        await press(pilot, "a", "enter", "b", "down", "1", "2", ".", "5", "0", "tab")
        await press(pilot, "+", "1", "d")
        assert "= 2026-03-17, Tuesday" in about(own.app)
        await press(pilot, "down")
        assert form.form.draft.text("day") == "2026-03-17"
        await press(pilot, "right", "right", "left", "down", "space", "down", "s", "3", "c")
        assert "s3c" not in text_of(own.app)
        assert "•••" in text_of(own.app)
        await press(pilot, "ctrl+s")
        assert form.answers == [
            {
                "title": "Hi",
                "body": "a\nb",
                "amount": 12.5,
                "day": "2026-03-17",
                "way": "email",
                "sure": True,
                "code": "s3c",
            }
        ]
        assert own.line.sent == []


async def test_values_given_beforehand_are_given_back_and_secrets_start_empty(own: Account) -> None:
    form = Asked(values={"title": "T", "code": "hidden", "body": "x\ny\nz\nw"})
    async with own.app.run_test(size=(80, 24)) as pilot:
        await form.open(pilot)
        assert "hidden" not in text_of(own.app)
        await press(pilot, "ctrl+s")
        assert form.answers == [{"title": "T", "body": "x\ny\nz\nw"}]
