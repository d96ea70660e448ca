"""Who is the main contact, and why that one can't be deleted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cotui.api import Record
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.user import USER
from cotui.tui.actions.confirm import ConfirmDialog
from cotui.tui.forms.picker import RecordPicker
from cotui.tui.lists.browse import BrowseScreen
from tests.tui.flow import press, settle, status
from tests.tui.secrecy import act, flat, yes
from tests.tui.writing import Account, account, asked


async def _customer(own: Account, ref: int) -> Record:
    return await own.api.get(CUSTOMER, ref)


async def _two_contacts(own: Account) -> tuple[int, int, int]:
    """A customer with several contacts: its id, its main contact, another one."""
    from cotui.query import Condition, Op, Query

    for ref in range(1, 13):
        query = Query((Condition("customers.customer_id", Op.EQUALS, str(ref)),))
        page = await own.api.page(USER, query, 0, 10)
        main = (await _customer(own, ref)).raw["superuser_id"]
        others = [row.id for row in page.rows if row.id != main]
        if others:
            assert isinstance(others[0], int)
            return ref, main, others[0]
    raise AssertionError("no customer has two contacts")


async def test_another_contact_becomes_the_main_one(tmp_path: Path) -> None:
    with account(tmp_path, screen="customers") as own:
        ref, main, other = await _two_contacts(own)
        before = await own.api.get(USER, main)
        after = await own.api.get(USER, other)
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await act(pilot, CUSTOMER, "setMainContact", ref)
            picker = own.app.screen
            assert isinstance(picker, RecordPicker)
            ids = [row.id for row in picker.rows]
            assert set(ids) >= {main, other}
            await press(pilot, *_moves(ids.index(main), ids.index(other)), "enter")
            await asked(pilot)
            assert f"Now: {before.raw['name']}" in flat(own.app)
            assert f"Will be: {after.raw['name']}" in flat(own.app)
            await yes(pilot)
            assert "done: Set main contact" in status(own.app)
            request = own.line.sent[0]
            assert (request.method, request.url.path) == ("PUT", f"/api/v3/customer/{ref}")
            assert json.loads(request.content) == {"superuser_id": other}
            assert (await _customer(own, ref)).raw["superuser_id"] == other


def _moves(now: int, then: int) -> list[str]:
    return ["down" if then > now else "up"] * abs(then - now)


async def test_the_same_one_again_sends_nothing(tmp_path: Path) -> None:
    with account(tmp_path, screen="customers") as own:
        async with own.app.run_test(size=(60, 16)) as pilot:
            await settle(pilot)
            await act(pilot, CUSTOMER, "setMainContact", 1)
            await press(pilot, "enter")
            assert isinstance(own.app.screen, BrowseScreen)
            assert "main contact already" in status(own.app)
            assert own.line.sent == []


@pytest.mark.sample("dropped after-It is not known")
@pytest.mark.parametrize(("fault", "head"), [("400", "Refused"), ("dropped after", "It is not known")])
async def test_a_failure_is_said(fault: str, head: str, tmp_path: Path) -> None:
    with account(tmp_path, screen="customers") as own:
        ref, main, other = await _two_contacts(own)
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await act(pilot, CUSTOMER, "setMainContact", ref)
            picker = own.app.screen
            assert isinstance(picker, RecordPicker)
            ids = [row.id for row in picker.rows]
            await press(pilot, *_moves(ids.index(main), ids.index(other)), "enter")
            own.line.fault = fault
            await yes(pilot)
            assert head in flat(own.app)
            assert len(own.line.sent) == 1


async def test_a_main_contact_is_not_deleted_and_the_rule_is_explained(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        company = (await _customer(own, 1)).raw["company"]
        main = (await _customer(own, 1)).raw["superuser_id"]
        name = (await own.api.get(USER, main)).raw["name"]
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await act(pilot, USER, "delete", main)
            await asked(pilot)
            assert f"{name} is the main contact of {company}: ChargeOver will refuse this." in flat(own.app)
            assert "First make another contact the main one" in flat(own.app)
            own.app.screen.query_one("#name").insert_text_at_cursor(name)  # type: ignore[attr-defined]
            await press(pilot, "enter")
            assert isinstance(own.app.screen, ConfirmDialog)
            assert "Refused: nothing was changed." in flat(own.app)
            assert "The server says" in flat(own.app)
            assert (await own.api.get(USER, main)).id == main


@pytest.mark.long
async def test_any_other_contact_can_be_deleted(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        _, _, other = await _two_contacts(own)
        name = (await own.api.get(USER, other)).raw["name"]
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await act(pilot, USER, "delete", other)
            await asked(pilot)
            assert "this user is nobody's" in flat(own.app)
            own.app.screen.query_one("#name").insert_text_at_cursor(name)  # type: ignore[attr-defined]
            await press(pilot, "enter")
            assert "done: Delete" in status(own.app)
            assert own.audited[0]["result"] == "done"
