"""Two people change a record: what both changed is decided field by field, the rest is told."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from cotui.tui.forms.conflict import ConflictDialog
from tests.tui.flow import press, settle, text_of
from tests.tui.writing import Account, asked, body, fill, form, notes, put, save, stored


@pytest.mark.long
async def test_what_others_changed_elsewhere_is_taken_over_and_told(own: Account) -> None:
    async with own.app.run_test(size=(80, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        await fill(pilot, tax_ident="T1")
        await put(own, "customer", 1, bill_city="Cork", superuser_phone="999")
        await save(pilot)
        text = " ".join(text_of(own.app).replace("│", " ").split())
        assert "City, from Hamden to Cork" in text
        await press(pilot, "y")
        assert body(own) == {"tax_ident": "T1"}
        record = await stored(own, "customer", 1)
        assert (record["bill_city"], record["tax_ident"]) == ("Cork", "T1")


async def _disputed(own: Account, pilot: Pilot[None]) -> None:
    await settle(pilot)
    await press(pilot, "e")
    await fill(pilot, company="Mine", bill_city="My town", tax_ident="T1")
    await put(own, "customer", 1, company="Theirs", bill_city="Their [b]town")
    await press(pilot, "ctrl+s")
    assert isinstance(own.app.screen, ConflictDialog)


async def test_fields_changed_by_both_are_decided_one_by_one(own: Account) -> None:
    async with own.app.run_test(size=(60, 16)) as pilot:
        await _disputed(own, pilot)
        text = text_of(own.app)
        for word in ("was     Northwind Analytics", "is now  Theirs", "yours   Mine", "Their [b]town"):
            assert word in text
        await press(pilot, "enter")
        assert isinstance(own.app.screen, ConflictDialog)
        assert "Company is undecided" in text_of(own.app)
        await press(pilot, "m", "t", "enter")
        await asked(pilot)
        await press(pilot, "y")
        assert own.line.sent, text_of(own.app)
        assert body(own) == {"company": "Mine", "tax_ident": "T1"}
        record = await stored(own, "customer", 1)
        assert (record["company"], record["bill_city"]) == ("Mine", "Their [b]town")


async def test_the_letters_of_a_word_decide_nothing(own: Account) -> None:
    async with own.app.run_test(size=(80, 24)) as pilot:
        await _disputed(own, pilot)
        dialog = own.app.screen
        assert isinstance(dialog, ConflictDialog)
        await press(pilot, "t", "m", "o")
        assert dialog.decided == {}
        assert "all is undecided again" in text_of(own.app)


@pytest.mark.long
async def test_a_conflict_can_be_left_and_is_asked_again(own: Account) -> None:
    async with own.app.run_test(size=(80, 24)) as pilot:
        await _disputed(own, pilot)
        await press(pilot, "escape")
        assert form(own.app).draft.text("company") == "Mine"
        await press(pilot, "ctrl+s")
        assert isinstance(own.app.screen, ConflictDialog)
        await press(pilot, "T", "enter")
        await asked(pilot)
        await press(pilot, "escape")
        assert form(own.app).draft.text("company") == "Theirs"
        assert own.line.sent == []


async def test_the_same_change_by_both_is_no_conflict(own: Account) -> None:
    async with own.app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        await fill(pilot, company="Both")
        await put(own, "customer", 1, company="Both")
        await press(pilot, "ctrl+s")
        assert "nothing to send" in notes(own.app)
        assert own.line.sent == []
