"""An object that is added by adding files: it is there on the screen and in the commands, and no file names it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cotui.catalog import RESOURCES
from cotui.cli.config_command import configure
from cotui.cli.demo_data import account_today
from cotui.cli.exits import Exit
from cotui.cli.main import main
from cotui.sandbox.demo.cache import demo_database
from cotui.tui.actions.action_menu import ActionMenu
from cotui.tui.actions.confirm import ConfirmDialog
from cotui.tui.engine import key_queue
from cotui.tui.forms.form import FormScreen
from cotui.tui.shell.help import HelpDialog
from tests.added import Added
from tests.tui.flow import browse, press, record_page, settle, text_of, type_text
from tests.tui.writing import Account, account

#: what is data: one file
GADGET = '''
"""Gadgets: whatever a customer has been given."""

from cotui.catalog import Action, Column, Effect, FieldType, Relation, Resource
from cotui.catalog.build import Section

_gadget = Section("Gadget")
_entry = Section("")
_PARTS = (_entry("weight", FieldType.NUMBER, "Weight", "How heavy it is.", "CR"),)

GADGET = Resource(
    id="gadget",
    label="Gadget",
    plural="Gadgets",
    path="gadget",
    primary_key="gadget_id",
    title_field="name",
    default_order="gadget_id:ASC",
    fields=(
        _gadget("gadget_id", FieldType.ID, "Gadget ID", "Its number.", "LGF", "id"),
        _gadget("name", FieldType.TEXT, "Name", "What it is called.", "LGCUF"),
        _gadget("customer_id", FieldType.ID, "Customer", "Whose it is.", "LGCF"),
        _gadget("gadget_status_str", FieldType.TEXT, "Status", "Whether it works.", "LG"),
    ),
    columns=(
        Column("gadget_id", "ID", 7),
        Column("name", "Name", 20, grows=True),
        Column("gadget_status_str", "Status", 10, drop=1),
    ),
    relations=(Relation("customer", "Customer", "customer", "customer_id", to_one=True, key="c"),),
    actions=(
        Action("ring", "Ring", Effect.WRITES, "Makes it ring.", key="b", hint="Ring"),
        Action(
            "paint",
            "Paint",
            Effect.WRITES,
            "Gives it another colour.",
            payload=(
                _entry("colour", FieldType.TEXT, "Colour", "The new colour.", "CR"),
                _entry("coats", FieldType.INTEGER, "Coats", "How often.", "C"),
            ),
            many=True,
        ),
        Action(
            "weld",
            "Weld",
            Effect.WRITES,
            "Adds parts to it.",
            payload=(_entry("parts", FieldType.OBJECTS, "Parts", "What is added.", "CR", parts=_PARTS),),
        ),
    ),
    followed=True,
    tones={"broken": "bad"},
)
'''
#: what it has on screen besides: another file, which it can do without
HOOKS = '''
"""Gadgets on screen: they can be changed, and ringing one says how loud it will be."""

from cotui.tui.actions.dispatch import plain_action
from cotui.tui.base.object_register import ObjectHooks


async def ring(screen, action, target):
    return await plain_action(screen, action, target, notes=[f"{target.name} is loud."])


HOOKS = ObjectHooks(form="actions.records:edit_record", flows={"ring": "objects.gadget:ring"})
'''
#: where the sandbox keeps and serves it: a folder
FOLDER = '''
"""Gadgets: a table, a list and three actions."""

from cotui.catalog.objects.gadget import GADGET
from cotui.sandbox.objects.endpoint import Endpoint, on_record
from cotui.sandbox.objects.plain_list import plain_object

DONE = on_record(lambda context, number, payload: True)

ENDPOINTS = (
    Endpoint("gadget", plain_object(GADGET, "gadgets"), actions=dict.fromkeys(("ring", "paint", "weld"), DONE)),
)
'''
TABLE = """
CREATE TABLE IF NOT EXISTS gadgets (
    gadget_id INTEGER PRIMARY KEY, name TEXT, customer_id INTEGER, gadget_status_str TEXT
);
"""
ROWS = "INSERT INTO gadgets (name, customer_id, gadget_status_str) VALUES ('Bell', 2, 'fine'), ('Horn', 1, 'broken');"
PLACE = "cotui/sandbox/objects/gadget"


@pytest.fixture
def gadgets(added: Added) -> None:
    added.add(
        {
            "cotui/catalog/objects/gadget.py": GADGET,
            f"{PLACE}/__init__.py": FOLDER,
            f"{PLACE}/tables.sql": TABLE,
            f"{PLACE}/demo.sql": ROWS,
        }
    )


@pytest.fixture
def own(gadgets: None, tmp_path: Path) -> Iterator[Account]:
    del gadgets
    with account(tmp_path, screen="customers") as made:
        yield made


def titles(own: Account) -> list[str]:
    return [command.title for command in own.app.get_system_commands(own.app.screen)]


async def go_to_gadgets(pilot: Pilot[None], own: Account) -> None:
    """By the palette, as nothing else leads to an object that is on no number key."""
    await settle(pilot)
    (command,) = [
        item for item in own.app.get_system_commands(own.app.screen) if item.title == "Go to gadgets"
    ]
    command.callback()
    await pilot.pause()
    await settle(pilot)
    assert browse(own.app).listing.resource is RESOURCES["gadget"]


async def test_it_is_browsed_opened_and_leads_to_others(own: Account) -> None:
    async with own.app.run_test(size=(100, 30)) as pilot:
        await go_to_gadgets(pilot, own)
        assert "Horn" in text_of(own.app)
        await press(pilot, "enter")
        assert record_page(own.app).whole
        assert "Bell · Gadget 1" in text_of(own.app)
        await press(pilot, "c")
        assert record_page(own.app).resource is RESOURCES["customer"]
        assert record_page(own.app)._ref == 2
        await press(pilot, "escape", "escape", "escape")
        assert browse(own.app).listing.key == "customers"


async def test_its_actions_are_in_menu_palette_and_help(own: Account) -> None:
    async with own.app.run_test(size=(100, 30)) as pilot:
        await go_to_gadgets(pilot, own)
        for _ in range(2):  # the list, and the page of a record
            assert {"Gadget: Ring", "Gadget: Paint"} <= set(titles(own))
            assert not {"Gadget: Weld", "Gadget: Edit", "New"} & set(titles(own))
            await press(pilot, "a")
            assert isinstance(own.app.screen, ActionMenu)
            assert [action.name for action in own.app.screen.shown] == ["ring", "paint"]
            await press(pilot, "escape", "question_mark")
            assert isinstance(own.app.screen, HelpDialog)
            assert "Ring" in text_of(own.app)
            await press(pilot, "escape", "enter")


async def test_what_it_cannot_do_has_no_key(own: Account) -> None:
    async with own.app.run_test(size=(100, 30)) as pilot:
        await go_to_gadgets(pilot, own)
        for _ in range(2):
            screen = own.app.screen
            bound = {active.binding.action for active in screen.active_bindings.values()}
            assert {action for action in bound if action.startswith("act(")} == {"act('ring')"}
            await press(pilot, "e", "n", "p", "L")
            assert own.app.screen is screen
            await press(pilot, "enter")
        assert own.line.sent == []


async def test_an_action_sends_what_was_asked_for_and_nothing_else(
    own: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_queue, "WORD", 0.0)  # keys are pressed faster here than anybody means them
    async with own.app.run_test(size=(100, 30)) as pilot:
        await go_to_gadgets(pilot, own)
        await press(pilot, "b")
        assert isinstance(own.app.screen, ConfirmDialog)
        await press(pilot, "y")
        await press(pilot, "down", "a")
        await type_text(pilot, "paint")
        await press(pilot, "enter")
        assert isinstance(own.app.screen, FormScreen)
        await press(pilot, "ctrl+s")
        assert "Colour" in text_of(own.app)  # it is needed, so nothing was asked yet
        assert isinstance(own.app.screen, FormScreen)
        await type_text(pilot, "red")
        await press(pilot, "ctrl+s")
        assert isinstance(own.app.screen, ConfirmDialog)
        await press(pilot, "y")
    assert [request.url.path.removeprefix("/api/v3/") for request in own.line.sent] == [
        "gadget/1/_action/ring",
        "gadget/2/_action/paint",
    ]
    assert [json.loads(request.content or "null") for request in own.line.sent] == [None, {"colour": "red"}]


async def test_a_file_of_its_own_gives_it_forms_and_flows(own: Account, added: Added) -> None:
    added.add({"cotui/tui/objects/gadget.py": HOOKS})
    async with own.app.run_test(size=(100, 30)) as pilot:
        await go_to_gadgets(pilot, own)
        await press(pilot, "b")
        assert "Bell is loud." in text_of(own.app)
        await press(pilot, "escape", "e")
        assert isinstance(own.app.screen, FormScreen)
        assert own.app.screen.draft.text("name") == "Bell"
        await press(pilot, "escape", "n")
        assert isinstance(own.app.screen, FormScreen)
        assert own.app.screen.draft.text("name") == ""
        await press(pilot, "escape")
    assert own.line.sent == []


def test_commands_list_it_and_name_its_keys(
    gadgets: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COTUI_CACHE_DIR", str(tmp_path))
    demo_database(5, 1, account_today(), tmp_path)
    files = sorted(tmp_path.glob("demo-*"))
    for _ in range(2):
        words = ["list", "gadgets", "--format", "jsonl", "--demo", "--customers", "5"]
        assert main(words) == Exit.OK
        found = [json.loads(line)["name"] for line in capsys.readouterr().out.splitlines()]
        assert found == ["Bell", "Horn"]
        assert sorted(tmp_path.glob("demo-*")) == files  # which is only read
    assert configure(["keys"]) == Exit.OK
    lines = capsys.readouterr().out.splitlines()
    (line,) = [line for line in lines if line.startswith("action.ring")]
    assert line.split() == ["action.ring", "b", "Ring"]
    (line,) = [line for line in lines if line.split()[1:3] == ["c", "Customer,"]]
    assert "gadgets" in line
