"""What each screen looks like in each state. The docstrings say what the picture has to show.

Look at the report before taking a new picture: `pytest tests/tui/test_snapshots.py --snapshot-update`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest

from cotui.sandbox.database.store import Store
from cotui.settings import Interface, Profile
from cotui.tui.base.session import Session
from tests.tui.conftest import Wire
from tests.tui.pages.resting import rest
from tests.tui.pictures import Camera, Compare, Unanswered, field, picture_api, shows, typing

WIDE = (160, 40)
NARROW = (60, 16)
SMALL = (80, 24)
LARGE = (200, 50)
TINY = (20, 5)
HOSTILE = "id >= 41 id <= 48"


@pytest.fixture
async def camera(session: Session, wire: Wire, snap_compare: Compare) -> Camera:
    assert session.api is not None
    await session.api.aclose()
    session.api = picture_api(wire)
    return Camera(session, snap_compare)


@pytest.fixture
def invoice(store: Store) -> str:
    """A filter for the invoice of most lines that is to be paid in parts."""
    with store.read() as reader:
        rows = reader.connection.execute(
            "SELECT invoice_id, COUNT(*) FROM invoice_lines"
            " WHERE invoice_id IN (SELECT invoice_id FROM invoice_schedule)"
            " GROUP BY invoice_id ORDER BY 2 DESC, 1 DESC LIMIT 1"
        )
        return f"id = {rows.fetchone()[0]}"


def answer(code: int, text: str) -> Callable[[httpx.Request], httpx.Response]:
    """Every request gets this envelope."""
    content = json.dumps({"code": code, "status": "Error", "message": text, "response": False})
    return lambda _request: httpx.Response(code, text=content)


def unreachable(_request: httpx.Request) -> httpx.Response:
    """No request gets through."""
    raise httpx.ConnectError("[Errno 111] Connection refused")


def none_at_all(request: httpx.Request) -> httpx.Response:
    """An account with nothing in it."""
    response = 0 if request.url.path.endswith("/_count") else []
    return httpx.Response(200, json={"code": 200, "status": "OK", "message": "", "response": response})


def later_page(path: str) -> bool:
    """A page of a list after the first one."""
    return "offset=" in path and not path.endswith("offset=0")


def themed(camera: Camera, theme: str) -> Camera:
    settings = camera.session.settings
    camera.session.settings = replace(settings, interface=Interface(theme=theme))
    return camera


# -- the four screens, filled -------------------------------------------------------------------


def test_customers(camera: Camera) -> None:
    """The first screen: customers with contact, balance and status, the first one under the cursor."""
    assert camera.takes()


def test_users(camera: Camera) -> None:
    """Users with their customer."""
    assert camera.takes("2", "down")


def test_invoices(camera: Camera) -> None:
    """Invoices, newest first; overdue, paid and void ones differ in word and colour."""
    assert camera.takes("3", "down", "down")


def test_reports(camera: Camera) -> None:
    """The list of reports with what each one tells."""
    assert camera.takes("4")


def test_report_table(camera: Camera) -> None:
    """The rows of one report, its columns inferred, money to the right."""
    assert camera.takes("4", "down", "enter")


@pytest.mark.long
def test_last_rows(camera: Camera) -> None:
    """The end of the invoices: the scrollbar at the bottom, the count exact."""
    assert camera.takes("3", "end")


@pytest.mark.long
def test_ordered_by_a_column(camera: Camera) -> None:
    """An arrow at the column ordered by, the order in the filter line."""
    assert camera.takes("3", *["right"] * 5, "o", "o")


@pytest.mark.long
def test_filtered(camera: Camera) -> None:
    """A filter applied: fewer rows, the count, the filter still to be read."""
    assert camera.takes("3", "slash", typing("status = overdue order by total desc"), "enter")


# -- empty, loading, failed ---------------------------------------------------------------------


@pytest.mark.long
def test_empty_account(camera: Camera, wire: Wire) -> None:
    """There are no customers at all: said in words."""
    wire.instead = none_at_all
    assert camera.takes()


def test_nothing_matches(camera: Camera) -> None:
    """No row matches the filter, which is shown, with the key that changes it."""
    assert camera.takes("slash", typing("company = nobody"), "enter")


def test_loading(camera: Camera, wire: Wire) -> None:
    """The first rows are on their way: neither empty nor failed."""
    camera.session.api = picture_api(Unanswered(wire, lambda path: True))
    assert camera.takes(shows("Loading"), waiting=True)


def test_count_on_its_way(camera: Camera, wire: Wire) -> None:
    """Rows are here, how many there are is not known yet: "of ?"."""
    camera.session.api = picture_api(Unanswered(wire, lambda path: "_count" in path))
    assert camera.takes("3", shows("26 of ?"), waiting=True)


def test_unreachable(camera: Camera, wire: Wire) -> None:
    """The server can't be reached: what happened, what it means, what to do."""
    wire.instead = unreachable
    assert camera.takes()


def test_wrong_keys(camera: Camera, wire: Wire) -> None:
    """The keys are refused: the same in the top line."""
    wire.instead = answer(401, "Invalid or incorrect authorization")
    assert camera.takes()


@pytest.mark.long
def test_refused_with_the_servers_words(camera: Camera, wire: Wire) -> None:
    """A 400 shows what the server says, and the filter stays."""
    wire.instead = lambda request: (
        answer(400, "You cannot filter by: date.")(request) if b"where=" in request.url.query else None
    )
    assert camera.takes("3", "slash", typing("date >= 2026-01-01"), "enter")


def test_long_words_of_the_server(camera: Camera, wire: Wire) -> None:
    """A message longer than the line can be read to its end; markup and escapes in it are harmless."""
    wire.instead = answer(400, "\x1b]52;c;AAAA\x07[/red][@click=app.quit]quit[/] " + "because of this, " * 12)
    assert camera.takes(size=SMALL)


def test_refresh_failed(camera: Camera, wire: Wire) -> None:
    """A refresh that fails leaves the rows and says so in the last line."""

    async def fault(_pilot: object) -> None:
        wire.instead = unreachable

    assert camera.takes(fault, "r")


def test_rows_on_their_way(camera: Camera, wire: Wire) -> None:
    """At the end of the list, before its page is here: places of rows, not an empty table."""
    camera.session.api = picture_api(Unanswered(wire, later_page))
    assert camera.takes(shows("of 120"), "end", shows("…"), waiting=True)


def test_rows_that_did_not_come(camera: Camera, wire: Wire) -> None:
    """A page that failed says so on each of its rows."""
    wire.instead = lambda request: (
        answer(500, "Sorry")(request) if later_page(request.url.raw_path.decode()) else None
    )
    assert camera.takes("end")


# -- the filter line ----------------------------------------------------------------------------


def test_completion_of_fields(camera: Camera) -> None:
    """Fields that begin with the typed letters, with what they mean, below the cursor."""
    assert camera.takes("3", "slash", typing("d"))


@pytest.mark.long
def test_completion_of_operators(camera: Camera) -> None:
    """The operators a field takes, in words."""
    assert camera.takes("slash", typing("company "))


def test_completion_of_values(camera: Camera) -> None:
    """Values of a status, one marked by hand."""
    assert camera.takes("3", "slash", typing("status = "), "down", "down")


def test_filter_as_it_is_sent(camera: Camera) -> None:
    """A filter that can be read: coloured, and in the last line what will be sent."""
    assert camera.takes("slash", typing('company ~ "Acme, Inc" order by company '))


def test_filter_error(camera: Camera) -> None:
    """A mistake is marked where it is and explained in the last line."""
    assert camera.takes("slash", typing("company ~ acme or country = Canada"), "enter")


@pytest.mark.long
def test_field_that_cannot_be_filtered(camera: Camera) -> None:
    """A field ChargeOver can't filter by is refused with those it can."""
    assert camera.takes("slash", typing("balance > 10"), "enter")


@pytest.mark.long
def test_find(camera: Camera) -> None:
    """Rows narrowed on this side: another line, other colours, "of 100 loaded"."""
    assert camera.takes("f", typing("maple"))


def test_find_nothing(camera: Camera) -> None:
    """Nothing among the loaded rows: it does not read as if nothing existed."""
    assert camera.takes("f", typing("zzz"))


# -- record pages ---------------------------------------------------------------------------------


def test_customer_page(camera: Camera) -> None:
    """A customer: what is owed first, then groups of fields."""
    assert camera.takes("enter", size=(120, 40))


@pytest.mark.long
def test_user_page(camera: Camera) -> None:
    """A user of a customer, the link to the customer marked as such."""
    assert camera.takes("2", "enter")


def test_invoice_page(camera: Camera, invoice: str) -> None:
    """An invoice with its lines and its schedule as tables."""
    steps = ["3", "slash", typing(invoice), "enter", "enter", shows("Scheduled payments")]
    assert camera.takes(*steps, size=(120, 80))


@pytest.mark.long
def test_invoice_lines_in_80_columns(camera: Camera, invoice: str) -> None:
    """The lines of an invoice in a narrow terminal: the telling columns are left."""
    steps = ["3", "slash", typing(invoice), "enter", "enter", "pagedown", shows("Line items")]
    assert camera.takes(*steps, size=SMALL)


@pytest.mark.long
def test_report_row_page(camera: Camera) -> None:
    """One row of a report as a page."""
    assert camera.takes("4", "down", "enter", "enter")


@pytest.mark.long
def test_selected_field(camera: Camera) -> None:
    """A selected field says in the last line of the page what it means."""
    assert camera.takes("enter", *["down"] * 6)


def test_empty_fields(camera: Camera) -> None:
    """`E` shows the fields that hold nothing, too."""
    assert camera.takes("enter", "E", size=(120, 40))


@pytest.mark.long
def test_raw_json(camera: Camera) -> None:
    """The record as the server sent it."""
    assert camera.takes("3", "enter", "x")


def test_record_loading(camera: Camera, wire: Wire) -> None:
    """The list's row is shown while the rest of the record is on its way."""
    camera.session.api = picture_api(Unanswered(wire, lambda path: path.endswith("/_bulk")))
    assert camera.takes(shows("Northwind"), "enter", shows("reading …"), waiting=True)


def test_record_deleted_meanwhile(camera: Camera, wire: Wire) -> None:
    """A record that is gone: what the list told is still there, and that it is gone is said."""

    async def fault(_pilot: object) -> None:
        wire.instead = answer(404, "This customer does not exist.")

    assert camera.takes(fault, "enter")


@pytest.mark.long
def test_record_that_failed(camera: Camera, wire: Wire) -> None:
    """A record reached by its id alone that can't be read: as clear as a failed list."""
    wire.instead = lambda request: (
        answer(500, "Sorry")(request) if request.url.path.endswith("/customer/1") else None
    )
    assert camera.takes("2", "c")


@pytest.mark.long
def test_users_of_a_customer(camera: Camera) -> None:
    """A relation followed: whose users these are, the condition in the filter line."""
    assert camera.takes("u")


# -- beside and above the table -------------------------------------------------------------------


@pytest.mark.long
def test_preview(camera: Camera) -> None:
    """A wide terminal shows the record under the cursor beside the table."""
    assert camera.takes("3", "down", "down", size=WIDE)


def test_help_of_the_list(camera: Camera) -> None:
    """The keys of the list and the filter language."""
    assert camera.takes("question_mark", size=(120, 44))


@pytest.mark.long
def test_help_of_the_record(camera: Camera) -> None:
    """The keys of a record page."""
    assert camera.takes("enter", "question_mark", size=SMALL)


def test_columns(camera: Camera) -> None:
    """Which columns are shown: one hidden, one moved, the mark of each."""
    assert camera.takes("C", "down", "down", "space", "shift+down")


@pytest.mark.long
def test_palette(camera: Camera) -> None:
    """Every command by name, with its key."""
    assert camera.takes("ctrl+p")


def test_palette_search(camera: Camera) -> None:
    """Commands that match what is typed."""
    assert camera.takes("ctrl+p", typing("inv"))


# -- sizes -----------------------------------------------------------------------------------------


def test_customers_60x16(camera: Camera) -> None:
    """Sixty columns: the least important columns are gone, the rest can be read."""
    assert camera.takes(size=NARROW)


@pytest.mark.long
def test_invoices_60x16(camera: Camera) -> None:
    """Sixty columns: number, due date, status and balance are left of an invoice."""
    assert camera.takes("3", size=NARROW)


@pytest.mark.long
def test_record_60x16(camera: Camera) -> None:
    """A record in sixty columns."""
    assert camera.takes("3", "enter", size=NARROW)


@pytest.mark.long
def test_completion_60x16(camera: Camera) -> None:
    """The suggestions stay inside a narrow terminal."""
    assert camera.takes("3", "slash", typing("status = overdue da"), size=NARROW)


@pytest.mark.long
def test_help_60x16(camera: Camera) -> None:
    """Help in a small terminal, one column, scrolled to its end by keys."""
    assert camera.takes("question_mark", "end", size=NARROW)


@pytest.mark.long
def test_columns_60x16(camera: Camera) -> None:
    """The choice of columns in a small terminal."""
    assert camera.takes("C", size=NARROW)


@pytest.mark.long
def test_palette_60x16(camera: Camera) -> None:
    """The palette in a small terminal."""
    assert camera.takes("ctrl+p", size=NARROW)


@pytest.mark.long
def test_invoices_80x24(camera: Camera) -> None:
    """The usual terminal."""
    assert camera.takes("3", size=SMALL)


@pytest.mark.long
def test_report_80x24(camera: Camera) -> None:
    """A report in the usual terminal."""
    assert camera.takes("4", "enter", size=SMALL)


@pytest.mark.long
def test_customers_120x40(camera: Camera) -> None:
    """A roomy terminal."""
    assert camera.takes(size=(120, 40))


def test_invoices_200x50(camera: Camera) -> None:
    """A large terminal: beside the list stands the page that enter opens, as far as its row tells it."""
    assert camera.takes("3", size=LARGE)


def test_customer_beside_200x50(camera: Camera) -> None:
    """The cursor rested on a customer: the answer, and what belongs to it, beside the list."""
    assert camera.takes("down", rest, size=LARGE)


@pytest.mark.long
def test_customers_20x5(camera: Camera) -> None:
    """Far too small: still rows, a cursor and the filter."""
    assert camera.takes("down", size=TINY)


@pytest.mark.long
def test_record_20x5(camera: Camera) -> None:
    """A record in far too small a terminal."""
    assert camera.takes("enter", "down", size=TINY)


@pytest.mark.long
def test_filter_20x5(camera: Camera) -> None:
    """Typing a filter in far too small a terminal."""
    assert camera.takes("slash", typing("company = a co"), size=TINY)


@pytest.mark.long
def test_failed_20x5(camera: Camera, wire: Wire) -> None:
    """A failure in far too small a terminal still says that it is one."""
    wire.instead = unreachable
    assert camera.takes(size=TINY)


# -- hostile data -----------------------------------------------------------------------------------


def test_hostile_customers(camera: Camera) -> None:
    """Markup, escapes, bidi, emoji and ten thousand letters in the columns: marks, and nothing shifted."""
    assert camera.takes("slash", typing(HOSTILE), "enter", size=WIDE)


@pytest.mark.long
def test_hostile_customer(camera: Camera) -> None:
    """A customer with hostile text in its fields."""
    assert camera.takes("slash", typing("id = 44"), "enter", "enter", size=(120, 40))


@pytest.mark.long
def test_ten_thousand_characters(camera: Camera) -> None:
    """A value of ten thousand characters is wrapped; in the title it is cut with a mark."""
    assert camera.takes("slash", typing("id = 46"), "enter", "enter", size=(120, 40))


@pytest.mark.long
def test_hostile_users(camera: Camera) -> None:
    """Names with zero-width, combining and emoji characters keep the columns in line."""
    assert camera.takes("2", "slash", typing("customer >= 41 customer <= 48"), "enter")


@pytest.mark.long
def test_names_of_all_scripts(camera: Camera) -> None:
    """Long and non-Latin names: wide letters take two cells and the columns stay in line."""
    assert camera.takes("slash", typing("id >= 20"), "enter")


# -- colours ----------------------------------------------------------------------------------------


def test_light(camera: Camera) -> None:
    """The light theme, every tone readable."""
    assert themed(camera, "textual-light").takes("3", "down", size=WIDE)


@pytest.mark.long
def test_light_filter(camera: Camera) -> None:
    """The light theme with a filter being typed."""
    assert themed(camera, "textual-light").takes("3", "slash", typing("status = overdue and d"))


def test_ansi_dark(camera: Camera) -> None:
    """The terminal's own sixteen colours."""
    assert themed(camera, "ansi-dark").takes("3", "down", size=WIDE)


@pytest.mark.long
def test_ansi_dark_filter(camera: Camera) -> None:
    """Completion and marks in the terminal's own colours."""
    assert themed(camera, "ansi-dark").takes("3", "slash", typing("status = "), "down")


@pytest.mark.long
def test_ansi_light(camera: Camera) -> None:
    """The terminal's own colours on a light ground."""
    assert themed(camera, "ansi-light").takes("3", "down", size=WIDE)


def test_production(camera: Camera) -> None:
    """A production account can't be taken for any other."""
    camera.session.demo = False
    camera.session.profile = Profile("acme live", "acme", "key", production=True)
    assert camera.takes()


@pytest.mark.long
def test_production_60x16(camera: Camera) -> None:
    """Production and read-only are still said where there is little room."""
    camera.session.demo = False
    camera.session.profile = Profile("acme live", "acme", "key", production=True, read_only=True)
    camera.session.read_only = True
    assert camera.takes(size=NARROW)


def test_read_only(camera: Camera) -> None:
    """A profile with its own colour that is only read."""
    camera.session.demo = False
    camera.session.profile = Profile("acme test", "acme-test", "key", colour="green", read_only=True)
    camera.session.read_only = True
    assert camera.takes()


# -- set-up -----------------------------------------------------------------------------------------


def test_setup(camera: Camera) -> None:
    """The first run: what is asked for and where it is found."""
    camera.session.api, camera.session.demo = None, False
    assert camera.takes()


@pytest.mark.long
def test_setup_mistake(camera: Camera) -> None:
    """Something is missing: it is named, and has the cursor."""
    camera.session.api, camera.session.demo = None, False
    assert camera.takes(field("url", "acme"), "ctrl+s")


def test_setup_failed(camera: Camera, wire: Wire) -> None:
    """The keys are refused: what to do, and all that was typed is still there."""
    camera.session.api, camera.session.demo = None, False
    camera.session.connect = lambda _profile, _secret: picture_api(wire)
    wire.instead = answer(401, "Invalid or incorrect authorization")
    assert camera.takes(field("url", "acme"), field("username", "key"), field("password", "secret"), "ctrl+s")


@pytest.mark.long
def test_setup_60x16(camera: Camera) -> None:
    """The first run in a small terminal: the field with the cursor is in view."""
    camera.session.api, camera.session.demo = None, False
    assert camera.takes(field("url", "acme"), "ctrl+s", "tab", "tab", size=NARROW)
