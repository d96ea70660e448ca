"""Help is there wherever one is, and nothing that a key does is missing in it."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from textual.binding import ActiveBinding
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

import cotui.tui
from cotui.api import Outcome, Result, Write
from cotui.catalog import RESOURCES
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.report_table import report_resource
from cotui.query import parse
from cotui.tui.access.password import PasswordDialog
from cotui.tui.actions.action_menu import ActionMenu
from cotui.tui.actions.confirm import ConfirmDialog
from cotui.tui.actions.link_dialog import LinkDialog
from cotui.tui.actions.qr_dialog import QrScreen
from cotui.tui.base.choose import ChooseDialog
from cotui.tui.base.dialog import Dialog
from cotui.tui.base.frame_screen import FrameScreen
from cotui.tui.base.inputs import takes_as_text
from cotui.tui.bulk.bulk_confirm import BulkConfirm
from cotui.tui.bulk.bulk_export_dialog import BulkExport
from cotui.tui.bulk.bulk_progress import BulkProgress
from cotui.tui.forms.conflict import ConflictDialog, Dispute
from cotui.tui.forms.discard import DiscardDialog
from cotui.tui.forms.form import FormScreen, PayloadForm
from cotui.tui.forms.picker import RecordPicker
from cotui.tui.invoice_lines.invoice_form import InvoiceForm
from cotui.tui.invoice_lines.line_dialog import LineDialog
from cotui.tui.invoice_lines.lines import LineValues
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.lists.columns_dialog import ColumnsDialog
from cotui.tui.lists.filter_help import examples, filter_notes
from cotui.tui.lists.list_spec import ObjectListSpec, ReportsListSpec
from cotui.tui.pages.answer_screen import AnswerScreen
from cotui.tui.payments.pay_method import PayMethodDialog
from cotui.tui.payments.schedule_form import ScheduleForm
from cotui.tui.records.record import RecordScreen
from cotui.tui.shell.app import CotuiApp
from cotui.tui.shell.help import HelpDialog, _beside, keys_of
from cotui.tui.shell.palette import Palette
from cotui.tui.shell.setup import SetupScreen
from cotui.tui.statement.screen import StatementScreen
from cotui.tui.statement.since_dialog import SinceDialog
from tests.tui.flow import browse, press, record_page, settle, status, text_of
from tests.tui.writing import Account, account

SIZE, TALL = (120, 40), (120, 50)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Account]:
    with account(tmp_path, screen="customers", customers=6) as opened:
        yield opened


def bound(screen: Screen[Any]) -> dict[str, ActiveBinding]:
    """The keys that Textual would act on now, as it says itself.

    It hands on those for which there is no way to scroll, and a line takes those that are text in it.
    """
    keys = {
        key: item
        for key, item in screen.active_bindings.items()
        if item.enabled and (item.node is screen.focused or not takes_as_text(screen.focused, key))
    }
    return {key: item for key, item in keys.items() if not key.startswith("super+") and not _handed_on(item)}


def _handed_on(item: ActiveBinding) -> bool:
    scrolls = item.binding.action.startswith(("scroll_", "page_"))
    sideways = item.binding.action.endswith(("_left", "_right"))
    node = item.node
    if not scrolls or not isinstance(node, Widget):
        return False
    return not (node.allow_horizontal_scroll if sideways else node.allow_vertical_scroll)


async def holds_all(pilot: Pilot[None]) -> None:
    """F1 opens help, which names every key that is bound now; what is left open is as before."""
    app = pilot.app
    assert isinstance(app, CotuiApp)
    screen = app.screen
    keys = bound(screen)
    groups = keys_of(screen)
    named = {key for _, rows in groups for keys_, _ in rows for key in keys_.split()}
    missing = {key for key, item in keys.items() if app.get_key_display(item.binding) not in named}
    assert not missing, type(screen)
    assert all(heading and text[0].isupper() for heading, rows in groups for _, text in rows), groups
    await press(pilot, "f1")
    assert isinstance(app.screen, HelpDialog), type(screen)
    assert "esc closes" in text_of(app)
    await press(pilot, "escape")
    assert app.screen is screen


# -- wherever one is --------------------------------------------------------------------------------

BY_KEYS = {
    "list": [],
    "filter": ["slash", "c"],
    "find": ["f", "x"],
    "columns": ["C"],
    "palette": ["colon"],
    "record": ["enter"],
    "json": ["enter", "x"],
    "menu": ["a"],
    "form": ["e"],
    "form, a choice": ["n", *["down"] * 12],
    "discard": ["e", "X", "escape"],
    "confirm": ["e", "X", "ctrl+s"],
    "reports": ["4"],
    "report": ["4", "enter"],
    "row of a report": ["4", "enter", "enter"],
    "row of a page": ["enter", "tab"],
    "statement": ["b"],
    "users": ["2"],
    "password": ["2", "a", *"set password", "enter"],
    "login link": ["2", "L"],
    "invoices": ["3"],
    "invoice form": ["3", "n"],
    "picker": ["3", "n", "f2"],
}


@pytest.mark.sample("filter", "record", "menu", "form", "confirm", "palette", "picker")
@pytest.mark.parametrize("place", BY_KEYS)
async def test_help_names_every_key(own: Account, place: str) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for key in BY_KEYS[place]:
            await press(pilot, "space" if key == " " else key)
        await holds_all(pilot)


def _dialogs(app: CotuiApp) -> Iterator[Screen[Any]]:
    """One of each dialog and screen that the keys above do not lead to."""
    write = Write(CUSTOMER, CUSTOMER.actions[0], 1, None, target="Acme, customer 1", name="Acme")
    done = {1: Outcome(write, Result.DONE)}

    async def never(_choice: object) -> None:
        raise AssertionError

    yield ConfirmDialog(write)
    yield BulkConfirm([write, write], addresses=["", ""])
    yield BulkProgress("Set active", done, None, file_name="results.csv")
    yield BulkExport(list(done.values()), "results.csv")
    yield ConflictDialog([Dispute("company", "Company", "a", "b", "c")])
    yield DiscardDialog("Discard", "discard")
    yield RecordPicker(app.api, RESOURCES["item"], title="What is billed?")
    yield LineDialog(app.api, LineValues(1, "Port", "", Decimal(1), Decimal(2)), currency_id=1, iso="USD")
    yield LinkDialog("Link", "https://acme.chargeover.com/r/1", secret=True, other="another way")
    yield QrScreen("https://acme.chargeover.com/r/1", lambda: "k or esc goes back")
    yield ChooseDialog("Which?", [("a", "A")])
    yield ActionMenu("Acme", CUSTOMER.actions)
    yield PayMethodDialog("How does Acme pay?", [], None, never)
    yield PayloadForm("Reason", [CUSTOMER.field("company")])
    yield StatementScreen(1, tab="customers")
    yield SinceDialog("", lambda: date(2026, 3, 16))
    yield SetupScreen()


#: what the keys above lead to
MET = {
    BrowseScreen,
    AnswerScreen,
    RecordScreen,
    Palette,
    ColumnsDialog,
    FormScreen,
    InvoiceForm,
    PasswordDialog,
}
#: what they do not: an invoice that something is due of comes before it
ALIKE = {ScheduleForm}


async def test_help_names_every_key_of_every_dialog(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        walked: set[type[Screen[Any]]] = {HelpDialog, *MET, *ALIKE}
        for dialog in _dialogs(own.app):
            walked.add(type(dialog))
            own.app.push_screen(dialog)
            await settle(pilot)
            await holds_all(pilot)
            said = "f1 keys" in text_of(own.app) or "? keys" in text_of(own.app)
            assert said or isinstance(dialog, QrScreen), type(dialog)
            dialog.dismiss(None)
            await settle(pilot)
        assert _whole_kinds() - walked == set(), "whoever adds one adds it above"


def _whole_kinds() -> set[type[Screen[Any]]]:
    """The screens and dialogs that are shown, and not only made others of."""
    kinds: set[type[Screen[Any]]] = set()
    for module in pkgutil.walk_packages(cotui.tui.__path__, "cotui.tui."):
        if not module.name.startswith("cotui.tui.engine"):
            found = vars(import_module(module.name)).values()
            kinds |= {
                kind for kind in found if isinstance(kind, type) and issubclass(kind, FrameScreen | Dialog)
            }
    return {kind for kind in kinds if not any(kind in other.__bases__ for other in kinds)}


def test_no_dialog_takes_the_keys_for_help_away() -> None:
    kinds = {kind for kind in Dialog.__subclasses__() if kind is not HelpDialog}
    assert len(kinds) > 8
    for kind in kinds:
        bindings = [binding for base in kind.__mro__ for binding in vars(base).get("BINDINGS", ())]
        keys = [key for binding in bindings for key in binding.key.split(",")]
        assert (keys.count("f1"), keys.count("question_mark")) == (1, 1), kind


# -- where letters are text, and where not ----------------------------------------------------------


async def test_a_question_mark_is_a_letter_where_letters_are_text(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "slash", "question_mark")
        assert browse(own.app).bar.input.value == "?"
        assert "f1 keys" not in status(own.app)  # what the filter means stands there
        await press(pilot, "ctrl+u", "escape", "f")
        assert status(own.app).endswith("f1 keys")
        await press(pilot, "escape", "question_mark")
        assert isinstance(own.app.screen, HelpDialog)
        await press(pilot, "question_mark")
        assert isinstance(own.app.screen, BrowseScreen)
        assert status(own.app).endswith("? keys")


async def test_a_question_mark_opens_help_where_letters_are_keys(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "e", "X", "escape")
        assert isinstance(own.app.screen, DiscardDialog)
        await press(pilot, "question_mark")
        assert isinstance(own.app.screen, HelpDialog)


# -- what stands below the keys ---------------------------------------------------------------------


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=lambda resource: resource.id)
def test_the_filters_that_help_shows_can_be_typed(resource: Any) -> None:
    found = examples(resource)
    assert found or not any(True for _ in resource.filterable)
    for text in found:
        assert parse(text, resource).conditions or "order by" in text


def test_help_shows_filters_of_what_is_listed() -> None:
    assert "status = everything overdue" in examples(INVOICE)
    assert "status = overdue" in examples(INVOICE)
    assert not any("status" in text for text in examples(report_resource(3, "Aged", ())))


async def test_help_of_a_report_shows_its_own_columns(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "4", "enter")
        notes = "\n".join(text for _, text in filter_notes(browse(own.app).listing))
        fields = {field.name for field in browse(own.app).listing.resource.fields}
        assert any(name in notes for name in fields)
        for word in ("country", "external_key", "status = overdue", "bill_country"):
            assert word not in notes
        await press(pilot, "question_mark")
        assert browse_notes(own.app) in text_of(own.app)


def browse_notes(app: CotuiApp) -> str:
    """The heading of the notes of the list below."""
    below = app.screen_stack[-2]
    assert isinstance(below, BrowseScreen)
    return filter_notes(below.listing)[0][1]


def test_reports_are_not_filtered_and_help_says_so(own: Account) -> None:
    notes = filter_notes(ReportsListSpec(own.api))
    assert "does not filter this list" in notes[1][1]
    assert filter_notes(ObjectListSpec(own.api, CUSTOMER))[0] == (True, "Filter of customers")


async def test_help_lists_what_is_valid_on_the_list(app: CotuiApp) -> None:
    async with app.run_test(size=TALL) as pilot:
        await settle(pilot)
        await press(pilot, "question_mark")
        text = text_of(app)
        for words in ("Order by column", "Columns", "Main contact", "Filter of customers", "Quit"):
            assert words in text
        assert "Raw JSON" not in text
        await press(pilot, "escape")
        assert browse(app).table.has_focus


async def test_help_of_a_record_lists_other_keys(app: CotuiApp) -> None:
    async with app.run_test(size=TALL) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "question_mark")
        text = text_of(app)
        assert "Raw JSON" in text
        assert "Order by column" not in text
        await press(pilot, "escape")
        assert record_page(app).is_current


async def test_every_key_that_help_names_has_one_meaning(app: CotuiApp) -> None:
    async with app.run_test(size=TALL) as pilot:
        await settle(pilot)
        for keys in ([], ["enter"]):
            await press(pilot, *keys, "question_mark")
            dialog = app.screen
            assert isinstance(dialog, HelpDialog)
            shown = [key for _, rows in dialog._groups for keys_, _ in rows for key in keys_.split()]
            assert sorted(set(shown)) == sorted(shown)
            await press(pilot, "escape")


async def test_help_is_not_opened_over_itself(app: CotuiApp) -> None:
    async with app.run_test(size=TALL) as pilot:
        await settle(pilot)
        await press(pilot, "question_mark", "question_mark", "escape")
        assert len(app.screen_stack) == 1


async def test_help_can_be_read_to_its_end_in_a_small_terminal(app: CotuiApp) -> None:
    async with app.run_test(size=(60, 16)) as pilot:
        await settle(pilot)
        await press(pilot, "question_mark")
        assert "esc closes" in text_of(app)
        assert "all mean AND" not in text_of(app)
        seen = text_of(app)
        for _ in range(8):
            await press(pilot, "pagedown")
            seen += text_of(app)
        assert "Order by column" in seen
        assert "all mean AND" in seen
        assert "esc closes" in text_of(app)


@pytest.mark.sample("slash")
@pytest.mark.parametrize("line", ["slash", "f"])
async def test_help_lists_no_key_that_is_text_where_the_focus_is(tmp_path: Path, line: str) -> None:
    with account(tmp_path, customers=2) as own:
        async with own.app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            await press(pilot, line)
            keys = {key for _, group in keys_of(own.app.screen) for name, _ in group for key in name.split()}
            assert not {"/", "f", "a", "q", "space", "?"} & keys
            assert "ctrl+q" in keys


async def test_help_breaks_what_is_longer_than_a_column(tmp_path: Path) -> None:
    with account(tmp_path, customers=2) as own:
        async with own.app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            await press(pilot, "question_mark")
            shown = " ".join(text_of(own.app).split())
            for _, group in keys_of(own.app.screen_stack[0]):
                for _, text in group:
                    assert all(word in shown for word in text.split()), text


async def test_both_columns_are_of_one_height(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for keys in ([], ["3"], ["enter"]):
            await press(pilot, *keys, "question_mark")
            dialog = pilot.app.screen
            assert isinstance(dialog, HelpDialog)
            assert "Filter of" in text_of(app) or keys == ["enter"], "all of it is in sight"
            blocks = [dialog._block(heading, rows, 54) for heading, rows in dialog._groups]
            ((*lines,),) = _beside(blocks, 54)
            right = [line for line in lines if line.plain[54:].strip()]
            left = [line for line in lines if line.plain[:54].strip()]
            assert abs(len(right) - len(left)) <= 6
            await press(pilot, "escape")
