"""What the screen says is so: no word of another thing, no key that does something else, nothing left over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import events

from cotui.catalog import RESOURCES
from cotui.catalog.objects.customer import CUSTOMER
from cotui.cli.data_arguments import build_parser
from cotui.query import parse
from cotui.settings import Profile, Settings
from cotui.tui.base.session import Session
from cotui.tui.bulk.bulk_confirm import NumberLine
from cotui.tui.forms.base_form import BaseForm
from cotui.tui.lists.table_columns import label_among
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import browse, press, record_page, settle, status, text_of, type_text, until
from tests.tui.writing import Account, account

SIZE = (120, 40)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Account]:
    with account(tmp_path, screen="customers", customers=12) as opened:
        yield opened


# -- lists ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["1913.56", "1,913.56", "$1,913.56"])
async def test_find_takes_an_amount_however_it_is_written(app: CotuiApp, typed: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        shown = next(
            str(record.raw["balance"])
            for index in range(100)
            if (record := browse(app).table.rows.row(index)) is not None
            and float(record.raw["balance"]) >= 1000  # type: ignore[union-attr]
        )
        plain = f"{float(shown):.2f}"
        text = {"1913.56": plain, "1,913.56": f"{float(plain):,.2f}"}.get(typed, f"${float(plain):,.2f}")
        await press(pilot, "f")
        await type_text(pilot, text)
        await settle(pilot)
        assert browse(app).table.length >= 1
        assert f"{float(browse(app).table.record.raw['balance']):.2f}" == plain  # type: ignore[union-attr]


@pytest.mark.parametrize("how", ["filter", "find"])
async def test_the_pane_shows_nothing_where_nothing_was_found(app: CotuiApp, how: str) -> None:
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        assert browse(app).preview.record is not None
        await press(pilot, "slash" if how == "filter" else "f")
        await type_text(pilot, "company = nobody" if how == "filter" else "nobody at all")
        await press(pilot, "enter")
        assert browse(app).table.record is None
        assert browse(app).preview.record is None
        assert "Northwind" not in text_of(app)


async def test_the_pane_shows_what_find_has_under_the_cursor(app: CotuiApp) -> None:
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "f")
        await type_text(pilot, "maple")
        await settle(pilot)
        assert browse(app).preview.record is browse(app).table.record
        assert "maple" in str(browse(app).table.record.raw).casefold()  # type: ignore[union-attr]


async def test_a_filter_is_dropped_by_a_key_that_is_in_sight(app: CotuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "show all" not in status(app)
        await press(pilot, "slash")
        await type_text(pilot, "company = nobody order by company desc")
        await press(pilot, "enter")
        assert "ctrl+u show all" in status(app)
        assert "ctrl+u drops it" in text_of(app)
        await press(pilot, "ctrl+u")
        assert browse(app).bar.applied == "order by company desc"
        assert browse(app).table.length == 120
        assert "show all" not in status(app)
        await press(pilot, "slash")
        assert browse(app).bar.history.texts[-2:] == ["company = nobody order by company desc"]


async def test_the_title_of_a_record_s_list_holds_as_long_as_the_filter(app: CotuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "i")
        assert "Invoices of Northwind Analytics, Inc." in text_of(app)  # whole, where there is room
        await press(pilot, "ctrl+u")
        assert "Invoices of" not in text_of(app)
        assert (
            text_of(app).splitlines()[1].strip().startswith("Invoices")
        )  # whose list this is not: all of them
        await press(pilot, "escape")
        assert text_of(app).splitlines()[1].strip().startswith("where")


def test_columns_of_the_same_name_are_told_apart() -> None:
    for resource in RESOURCES.values():
        labels = [label_among(resource, field) for field in resource.fields if field.listed]
        assert len(set(labels)) == len(labels), resource.id
    assert label_among(CUSTOMER, CUSTOMER.field("customer_status_state")) == "State (Status)"
    assert label_among(CUSTOMER, CUSTOMER.field("company")) == "Company"


# -- records ----------------------------------------------------------------------------------------


def titled(app: CotuiApp) -> bool:
    """Whether the third line says whose page this is."""
    words = text_of(app).splitlines()[2].split()
    return words[:5] == ["Northwind", "Analytics,", "Inc.", "customer", "1,"]


async def test_the_title_stays_when_the_page_is_scrolled(app: CotuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "end")
        assert titled(app)
        assert "Customers 1 of 120" in text_of(app)
        assert "Owes" not in text_of(app)
        await press(pilot, "x")
        assert titled(app)


async def test_the_key_of_empty_fields_is_the_one_that_is_bound(session: Session) -> None:
    session.settings = Settings(path=session.settings.path, keys={"record.empty": "ctrl+e"})
    app = CotuiApp(session)
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        beside = browse(app).preview.lines[-1]
        assert "without a value" in beside
        assert "shows" not in beside  # the keys are the list's there
        await press(pilot, "enter")
        (head,) = (line for line in record_page(app).view.lines if "All fields" in line)
        assert head.endswith(" ctrl+e: empty ones too")
        await press(pilot, "ctrl+e")
        assert record_page(app).view.lines[-1].strip().startswith("ctrl+e hides ")


async def test_days_overdue_say_nothing_of_what_is_paid(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "slash")
        await type_text(pilot, "status = paid")
        await press(pilot, "enter", "enter")
        view = record_page(app).view
        record = view.record
        assert record is not None
        view.show(
            view.resource,
            type(record)({**record.raw, "is_overdue": False, "days_overdue": 217}, "invoice_id"),
        )  # type: ignore[arg-type]
        assert not any("Days overdue" in line for line in view.lines)
        await press(pilot, "E")
        assert [line.split("Days past")[0].split() for line in view.lines if "Days overdue" in line] == [
            ["Days", "overdue", "—", "(the", "server", "counts", "217)"]
        ]


async def test_words_have_no_codes_beside_them(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        view = record_page(app).view
        assert not any("active-" in line for line in view.lines)
        assert not view.select("customer_status_str")  # the name of the status is there
        await press(pilot, "E")
        assert view.select("customer_status_str")
        await settle(pilot)
        assert "ChargeOver's word: active-" in text_of(app)


async def test_a_user_s_type_is_shown_in_words(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "e")
        form = own.app.screen
        assert isinstance(form, BaseForm)
        number = form.draft.text("user_type_id")
        line = next(line for line in text_of(own.app).splitlines() if line.split()[:1] == ["Type"])
        assert f"(no. {number})" in line
        assert not line.split()[1].isdigit()
        words = form.pane.named("user_type_id", number)  # as the question of a change says it
        assert words != number
        assert words.endswith(f"(no. {number})")


# -- keys and messages ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ([], "q quits"),
        (["slash"], "ctrl+q quits"),
        (["slash", "c"], "ctrl+q quits"),
        (["f"], "ctrl+q quits"),
        (["n"], "ctrl+q quits"),
    ],
)
async def test_ctrl_c_tells_the_key_that_quits_here(own: Account, keys: list[str], said: str) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, *keys, "ctrl+c")
        assert said in status(own.app)
        assert status(own.app).split(" quits")[0].split()[-1] == said.split()[0]


async def test_a_copy_is_told_in_a_line_and_the_rest_once(
    app: CotuiApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TMUX", raising=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "y")
        await until(lambda: "Not there?" in status(app))
        await press(pilot, "enter", "y")
        await until(lambda: "clipboard" in status(app))
        assert "Not there?" not in status(app)
        assert len(status(app)) < 80


async def test_a_paste_that_is_no_number_is_told(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "space", "space", "a")
        await type_text(pilot, "password")
        await press(pilot, "enter")
        line = app.focused
        assert isinstance(line, NumberLine)
        for pasted, value in (("two", ""), ("2.5", ""), (" 1,2 \n", "12"), ("x" * 5_000, "12")):
            app.post_message(events.Paste(pasted))
            await settle(pilot)
            assert line.value == value
        assert "is no number" in text_of(app)


async def test_a_question_names_the_account(session: Session) -> None:
    session.profile = Profile(name="environment", url="https://acme.chargeover.com", username="u")
    app = CotuiApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "p")
        assert "Send password reset in acme.chargeover.com" in text_of(app)


@pytest.mark.parametrize("command", ["list", "count"])
def test_the_example_of_a_command_s_help_can_be_typed(command: str) -> None:
    words = " ".join(build_parser(command).format_help().split())
    example = words.split("e.g. '")[1].split("'")[0]
    assert parse(example, CUSTOMER).conditions
