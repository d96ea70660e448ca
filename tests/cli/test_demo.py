"""The demo: the sandbox's data through the same commands and the same session as a real account's."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import re
from collections.abc import Callable, Coroutine
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from cotui.api import Api, Outcome, Result, ServerFailure, Write, calls
from cotui.catalog.editing import editing
from cotui.catalog.objects.customer import CUSTOMER
from cotui.cli import launch
from cotui.cli.arguments import DEMO_CUSTOMERS, DEMO_SEED, screen_options
from cotui.cli.demo import DemoTransport, demo_api
from cotui.cli.demo_data import account_today, begin
from cotui.cli.exits import Exit
from cotui.cli.main import main
from cotui.query import Query
from cotui.sandbox.demo.cache import Building, demo_database
from cotui.sandbox.demo.generate import DEFAULT_CUSTOMERS, DEFAULT_SEED
from tests.eager import EAGER, needs_eager_tasks

CUSTOMERS = 60


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache directory that holds the demo's data already."""
    directory = tmp_path_factory.mktemp("cache")
    demo_database(CUSTOMERS, 1, account_today(), directory)
    return directory


@pytest.fixture(autouse=True)
def _cache(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COTUI_CACHE_DIR", str(cache))


def lines(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[str, str]:
    """What a command on the demo prints."""
    assert main([*words, "--demo", "--customers", str(CUSTOMERS)]) == Exit.OK
    out = capsys.readouterr()
    return out.out, out.err


def test_defaults_are_the_generator_s() -> None:
    assert (DEMO_CUSTOMERS, DEMO_SEED) == (DEFAULT_CUSTOMERS, DEFAULT_SEED)


@pytest.mark.long
def test_list_count_and_get_agree(capsys: pytest.CaptureFixture[str]) -> None:
    for resource, key in (("customers", "customer_id"), ("users", "user_id"), ("invoices", "invoice_id")):
        rows = json.loads(lines(capsys, "list", resource, "--limit", "all", "--format", "json")[0])
        count = int(lines(capsys, "count", resource)[0])
        assert len(rows) == len({row[key] for row in rows}) == count >= CUSTOMERS
        one = json.loads(lines(capsys, "get", resource, str(rows[-1][key]), "--format", "json")[0])
        assert one[key] == rows[-1][key]


def test_a_filter_and_an_order(capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = lines(capsys, "list", "customers", "country = Canada order by company desc", "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert rows
    assert {row["bill_country"] for row in rows} == {"Canada"}
    names = [row["company"].casefold() for row in rows]
    assert names == sorted(names, reverse=True)


def test_hostile_records_harm_neither_terminal_nor_spreadsheet(capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("table", "json"):
        out, _ = lines(capsys, "list", "customers", "--limit", "all", "--format", form)
        # a pipe gets every character but what a terminal would act on
        assert re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", out) is None
    out, _ = lines(capsys, "list", "customers", "--limit", "all", "--format", "csv")
    names, *rows = list(csv.reader(io.StringIO(out, newline="")))
    assert len(rows) == CUSTOMERS
    assert {len(row) for row in rows} == {len(names)}
    assert [cell for row in rows for cell in row if cell[:1] in ("=", "@")] == []


@pytest.mark.long
def test_every_report(capsys: pytest.CaptureFixture[str]) -> None:
    reports = json.loads(lines(capsys, "report", "--format", "json")[0])
    assert len(reports) >= 8
    for report in reports:
        out, _ = lines(capsys, "report", str(report["report_id"]), "--limit", "all", "--format", "jsonl")
        by_name, _ = lines(capsys, "report", report["name"], "--limit", "all", "--format", "jsonl")
        assert out == by_name


def test_filters_follow_the_account_s_day(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`today` is not this machine's day, but the one the sandbox counts overdue days from."""
    before = account_today()
    rows = json.loads(lines(capsys, "list", "invoices", "status = overdue", "--format", "json")[0])
    one = rows[0]
    day = date.fromisoformat(one["due_date"]) + timedelta(days=int(one["days_overdue"]))
    assert before <= day <= account_today()
    written = date.fromisoformat(one["date"])
    kept = begin(CUSTOMERS, 1)
    monkeypatch.setattr("cotui.cli.demo_data.begin", lambda *_: kept)
    monkeypatch.setattr("cotui.desk.account_day.AccountDay.today", lambda _: written)
    out, _ = lines(
        capsys, "list", "invoices", f"date = today invoice_id = {one['invoice_id']}", "--format", "json"
    )
    assert [row["invoice_id"] for row in json.loads(out)] == [one["invoice_id"]]


def test_what_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["get", "customers", "999999", "--demo", "--customers", str(CUSTOMERS)]) == Exit.NOT_FOUND
    assert "There is no customer 999999." in capsys.readouterr().err


async def test_requests_that_come_first_wait_for_the_data_together(tmp_path: Path) -> None:
    """The data is still being made in the other process when the first two requests come."""
    building = begin(3, 9, {"COTUI_CACHE_DIR": str(tmp_path / "new")})
    api = demo_api(building)
    page, count = await asyncio.gather(api.page(CUSTOMER, Query(), 0, 100), api.count(CUSTOMER, Query()))
    assert len(page.rows) == count == 3
    await api.aclose()


async def test_a_request_that_is_given_up_does_not_hinder_the_next(tmp_path: Path) -> None:
    transport = DemoTransport(begin(3, 9, {"COTUI_CACHE_DIR": str(tmp_path / "new")}))
    request = httpx.Request(
        "GET", "http://127.0.0.1/api/v3/customer", headers={"Authorization": "Basic ZGVtbzpkZW1v"}
    )
    first = asyncio.ensure_future(transport.handle_async_request(request))
    await asyncio.sleep(0)
    first.cancel()
    answer = await transport.handle_async_request(request)
    assert answer.status_code == 200
    await transport.aclose()


async def test_data_that_cannot_be_opened_is_an_error_on_the_screen(tmp_path: Path) -> None:
    file = tmp_path / "not-a-database"
    file.write_text("x" * 1000)
    api = demo_api(Building(file))
    with pytest.raises(ServerFailure) as failed:
        await api.worker.submit(calls.list_rows("customer", offset=0, limit=1), retry=False)
    assert failed.value.server_message
    await api.aclose()


def test_the_demo_as_a_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "_on_terminal", lambda: True)
    monkeypatch.setattr(launch, "_load_interface", lambda: None)
    config = tmp_path / "config.toml"
    config.write_text('[interface]\nmouse = false\nstart_screen = "users"\n')
    env = {
        "COTUI_CONFIG": str(config),
        "COTUI_STATE_DIR": str(tmp_path),
        "COTUI_CACHE_DIR": str(tmp_path / "c"),
    }
    options = screen_options(["--demo", "--customers", "2"])
    session = launch.demo_session(options, env)
    assert (session.demo, session.label, session.screen, session.profile) == (True, "demo", "users", None)
    assert session.settings.interface.mouse is False
    assert session.today is account_today
    assert session.api is not None

    async def first_page() -> int:
        assert session.api is not None
        page = await session.api.page(CUSTOMER, Query(), 0, 10)
        await session.api.aclose()
        return len(page.rows)

    assert asyncio.run(first_page()) == 2

    config.write_text("interface = 3\n")
    session = launch.demo_session(options, env)
    assert "is not used" in session.notices[0]
    assert session.settings.interface.mouse is True


# -- what is changed in a demo ----------------------------------------------------------------


def rename(api: Api, name: str) -> Coroutine[Any, Any, Outcome]:
    """Give the first customer another name."""
    action = editing(CUSTOMER)
    assert action is not None
    return api.write(Write(CUSTOMER, action, 1, {"company": name}))


def present(folders: list[str]) -> list[str]:
    return [folder for folder in folders if os.path.exists(folder)]


async def company(api: Api) -> object:
    return (await api.get(CUSTOMER, 1)).raw["company"]


async def test_what_is_changed_is_changed_for_this_demo_only(cache: Path) -> None:
    kept = demo_database(CUSTOMERS, 1, account_today(), cache)
    content = kept.read_bytes()
    first, second = demo_api(Building(kept)), demo_api(Building(kept))
    before = await company(first)
    one, two = await asyncio.gather(rename(first, "One"), rename(second, "Two"))
    assert one.done
    assert two.done
    assert (await company(first), await company(second)) == ("One", "Two")
    folders = [api.worker._client._transport._folder.name for api in (first, second)]  # type: ignore[union-attr]
    for api in (first, second):
        await api.aclose()
    assert present(folders) == []
    assert kept.read_bytes() == content
    third = demo_api(Building(kept))
    assert await company(third) == before
    await third.aclose()


async def test_first_writes_at_once_go_to_one_copy(cache: Path) -> None:
    api = demo_api(Building(demo_database(CUSTOMERS, 1, account_today(), cache)))
    outcomes = await asyncio.gather(*(rename(api, f"Name {number}") for number in range(4)), company(api))
    assert all(outcome.done for outcome in outcomes[:4])  # type: ignore[union-attr]
    assert str(await company(api)).startswith("Name ")
    transport = api.worker._client._transport
    assert isinstance(transport, DemoTransport)
    assert len(transport._stores) == 2
    await api.aclose()


async def test_reading_a_report_copies_nothing(cache: Path) -> None:
    api = demo_api(Building(demo_database(CUSTOMERS, 1, account_today(), cache)))
    report = (await api.reports()).rows[0].id
    assert isinstance(report, int)
    assert (await api.report_page(report, Query(), 0, 10)).rows
    transport = api.worker._client._transport
    assert isinstance(transport, DemoTransport)
    assert transport._folder is None
    await api.aclose()


# -- where nothing can be kept ------------------------------------------------------------------


def a_file(tmp_path: Path, _: pytest.MonkeyPatch) -> Path:
    (tmp_path / "file").write_text("")
    return tmp_path / "file"


def below_a_file(tmp_path: Path, patch: pytest.MonkeyPatch) -> Path:
    return a_file(tmp_path, patch) / "cache"


def a_pipe(tmp_path: Path, _: pytest.MonkeyPatch) -> Path:
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


def a_circle(tmp_path: Path, _: pytest.MonkeyPatch) -> Path:
    (tmp_path / "circle").symlink_to("circle")
    return tmp_path / "circle"


def a_long_name(tmp_path: Path, _: pytest.MonkeyPatch) -> Path:
    return tmp_path / ("x" * 5000)


def the_kernel_s(_tmp_path: Path, _: pytest.MonkeyPatch) -> Path:
    return Path("/proc/self/fdinfo/cotui")


def nobody_s(_tmp_path: Path, _: pytest.MonkeyPatch) -> Path:
    return Path("~nobody-of-that-name/cache")


def a_killed_process(tmp_path: Path, patch: pytest.MonkeyPatch) -> Path:
    import subprocess

    real = subprocess.Popen

    def start(*_: object, **options: Any) -> subprocess.Popen[bytes]:
        return real(["sh", "-c", "kill -9 $$"], **options)

    patch.setattr(subprocess, "Popen", start)
    return tmp_path / "new"


def a_full_disk(tmp_path: Path, patch: pytest.MonkeyPatch) -> Path:
    """No second process, and this one finds no room."""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    patch.setattr("cotui.sandbox.demo.cache.can_start", lambda: False)
    patch.setattr("tempfile.mkdtemp", full)
    return tmp_path / "new"


PLACES = [
    a_file,
    below_a_file,
    a_pipe,
    a_circle,
    a_long_name,
    the_kernel_s,
    nobody_s,
    a_killed_process,
    a_full_disk,
]


@pytest.mark.sample("a_file", "nobody_s", "a_full_disk")
@pytest.mark.parametrize("place", PLACES)
def test_a_cache_that_cannot_be_used_is_done_without(
    place: Callable[[Path, pytest.MonkeyPatch], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COTUI_CACHE_DIR", str(place(tmp_path, monkeypatch)))
    assert main(["count", "customers", "--demo", "--customers", "3"]) == Exit.OK
    said = capsys.readouterr()
    assert said.out == "3\n"
    (line,) = said.err.splitlines()
    assert line.startswith("cotui: the demo's data is in memory only: ")
    assert len(line) < 1000


def test_where_no_process_can_be_started_this_one_makes_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setenv("COTUI_CACHE_DIR", str(tmp_path / "new"))
    monkeypatch.setattr("subprocess.Popen", refuse)
    assert main(["count", "customers", "--demo", "--customers", "3"]) == Exit.OK
    assert capsys.readouterr() == ("3\n", "")
    assert len(list((tmp_path / "new").iterdir())) == 1


async def test_what_is_changed_in_memory_is_changed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told: list[str] = []
    api = demo_api(begin(3, 1, {"COTUI_CACHE_DIR": str(tmp_path / "file")}), tell=told.append)
    before = await company(api)
    outcomes = await asyncio.gather(rename(api, "One"), api.count(CUSTOMER, Query()))
    assert outcomes[0].done
    assert await company(api) == "One" != before
    assert len(told) == 1
    await api.aclose()


async def test_without_room_for_a_copy_it_is_in_memory(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise OSError(28, "No space left on device")

    kept = demo_database(CUSTOMERS, 1, account_today(), cache)
    content = kept.read_bytes()
    told: list[str] = []
    api = demo_api(Building(kept), tell=told.append)
    monkeypatch.setattr("tempfile.TemporaryDirectory", fail)
    assert (await rename(api, "One")).done
    assert await company(api) == "One"
    (line,) = told
    assert "in memory only" in line
    assert "No space left" in line
    await api.aclose()
    assert kept.read_bytes() == content


async def test_a_disk_that_fills_up_is_a_refusal(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy is there, and what is written to it finds no room."""
    api = demo_api(Building(demo_database(CUSTOMERS, 1, account_today(), cache)))
    assert (await rename(api, "One")).done
    transport = api.worker._client._transport
    assert isinstance(transport, DemoTransport)
    writer = transport._stores[-1]._writer
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {pages}")
    outcome = await rename(api, "x" * 200_000)
    assert outcome.result is not Result.DONE
    assert "full" in outcome.message
    assert await company(api) == "One"
    await api.aclose()


@needs_eager_tasks
def test_a_program_whose_tasks_begin_at_once_can_use_it() -> None:
    async def use() -> tuple[int, int]:
        asyncio.get_running_loop().set_task_factory(EAGER)
        api = demo_api(begin(CUSTOMERS, 1, None))
        try:
            rows, count = await asyncio.wait_for(
                asyncio.gather(api.page(CUSTOMER, Query(), 0, 20), api.count(CUSTOMER, Query())), 30
            )
            return len(rows.rows), count
        finally:
            await api.aclose()

    assert asyncio.run(use()) == (20, CUSTOMERS)


def test_the_account_s_own_words_for_keys_are_those_of_the_screen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The account's list tells them; a filter that needs none asks for none."""
    asked: list[str] = []
    real = DemoTransport.handle_async_request

    async def noting(self: DemoTransport, request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path.removeprefix("/api/v3/"))
        return await real(self, request)

    monkeypatch.setattr(DemoTransport, "handle_async_request", noting)
    out, _ = lines(capsys, "list", "invoices", "currency = eur", "--limit", "all", "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert {row["currency_iso4217"] for row in rows} == {"EUR"}
    assert asked[:2] == ["currency", "currency/_count"]
    asked.clear()
    assert lines(capsys, "count", "invoices", "currency = EUR")[0] == f"{len(rows)}\n"
    assert asked == ["currency", "currency/_count", "invoice/_count"]
    asked.clear()
    number = rows[0]["currency_id"]
    assert lines(capsys, "count", "invoices", f"currency = {number}")[0] == f"{len(rows)}\n"
    assert asked == ["invoice/_count"]
    asked.clear()
    assert (
        main(["count", "invoices", "currency = EUX", "--demo", "--customers", str(CUSTOMERS)]) == Exit.USAGE
    )
    said = capsys.readouterr()
    assert said.out == ""
    assert "the account has: " in said.err
    assert "EUR" in said.err
    assert asked == ["currency", "currency/_count"]
