"""What commands remember of their account, and what they ask for where it is not remembered."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from cotui.api import Api, ApiError, Connection
from cotui.catalog.objects.invoice import INVOICE
from cotui.cli.account_memory import AccountMemory
from cotui.cli.data_command import run_data_command
from cotui.cli.exits import CommandError, Exit
from cotui.settings import StateStore, state_path
from tests.cli.accounts import ENV, Account, Run, answer


def api_of(account: object) -> Api:
    return Api(Connection("a", "acme", "k", "p"), transport=account)  # type: ignore[arg-type]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {"COTUI_STATE_DIR": str(tmp_path / "state")}


async def test_what_the_screens_have_kept_is_used(env: dict[str, str]) -> None:
    store = StateStore(state_path(env))
    kept = store.account("k@acme.chargeover.com")
    kept.words["currency_id"], kept.latest_time = {"EUR": "2"}, "2026-03-10T01:01:49+13:00"
    store.save()
    account = Account(3)
    api = api_of(account())
    query = await AccountMemory(env, demo=False).query("currency = EUR date = today", INVOICE, api)
    await api.aclose()
    assert query.conditions[0].value == "2"
    assert account.requests == []


async def test_what_another_account_has_kept_is_not(env: dict[str, str]) -> None:
    store = StateStore(state_path(env))
    store.account("k@other.chargeover.com").words["currency_id"] = {"EUR": "9"}
    store.save()
    account = Account(3)
    account.currencies = [{"currency_id": 2, "iso4217": "EUR"}]
    api = api_of(account())
    query = await AccountMemory(env, demo=False).query("currency = EUR", INVOICE, api)
    await api.aclose()
    assert query.conditions[0].value == "2"


async def test_a_filter_that_needs_nothing_asks_nothing(env: dict[str, str]) -> None:
    account = Account(3)
    api = api_of(account())
    await AccountMemory(env, demo=False).query("status = overdue", INVOICE, api)
    await api.aclose()
    assert account.requests == []


async def test_keys_that_may_not_read_customers_leave_it_at_this_machine(env: dict[str, str]) -> None:
    api = api_of(httpx.MockTransport(lambda _: answer(False, 403, "no")))
    assert (await AccountMemory(env, demo=False).day(api)).source == "machine"
    await api.aclose()


async def test_a_server_that_can_not_be_asked_is_not_waited_for_twice(env: dict[str, str]) -> None:
    def gone(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no", request=request)

    async def at_once(_: float) -> None:
        """Nothing is waited for."""

    api = Api(Connection("a", "acme", "k", "p"), transport=httpx.MockTransport(gone), sleep=at_once)
    with pytest.raises(ApiError):
        await AccountMemory(env, demo=False).day(api)
    await api.aclose()


async def test_keys_that_may_not_read_currencies_are_told_so_and_what_can_be_typed(
    env: dict[str, str],
) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        if "/currency" in request.url.path:
            return answer(False, 401, "Invalid or incorrect authorization")
        return answer([{"invoice_id": 1, "currency_id": 2, "currency_iso4217": "EUR"}])

    api = api_of(httpx.MockTransport(handle))
    assert (await AccountMemory(env, demo=False).query("currency = EUR", INVOICE, api)).conditions[
        0
    ].value == "2"
    with pytest.raises(CommandError) as refused:
        await AccountMemory(env, demo=False).query("currency = USD", INVOICE, api)
    assert "These API keys may not read currencies" in str(refused.value)
    assert "currency_id = 2" in str(refused.value)
    assert "Check both API keys" not in str(refused.value)
    await api.aclose()


class TestFilters:
    """What a filter means in this account: its words, its day."""

    @pytest.fixture
    def run(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
        monkeypatch.setitem(ENV, "COTUI_STATE_DIR", str(tmp_path / "state"))
        run = Run(capsys, Account())
        run.account.currencies = [{"currency_id": 2, "iso4217": "EUR"}, {"currency_id": 1, "iso4217": "USD"}]
        return run

    def test_a_currency_is_known_by_its_code_and_read_once(self, run: Run) -> None:
        for _ in range(2):
            run("count invoices", "currency = eur")
            assert run.account.requests[-1].url.params["where"] == "currency_id:EQUALS:2"
        assert run.paths().count("currency") == 1

    def test_an_unknown_one_is_refused_with_those_there_are(self, run: Run) -> None:
        message, code = run.fails("count invoices", "currency = eru")
        assert "the account has: EUR, USD" in message
        assert code == Exit.USAGE

    def test_where_it_can_not_be_filtered_by_the_message_says_what_can_be_done(self, run: Run) -> None:
        message, _ = run.fails("count customers", "currency = EUR")
        assert "Invoices and payments can be" in message
        assert "order by currency puts those with the same together" in message
        assert "--format csv" in message
        assert "find looks" not in message
        for other in ("users", "items", "coupons"):
            message, _ = run.fails(f"count {other}", "currency = EUR")
            assert "Invoices and payments can be filtered by currency" in message
        assert run.account.requests == []

    def test_days_are_the_account_s_and_it_is_said_whose(self, run: Run) -> None:
        for row in run.account.rows:
            row["mod_datetime"] = "2026-03-10T01:01:49+13:00"
        for _ in range(2):
            _, err = run("count invoices", "date = today")
            assert "at UTC+13:00, as the server's answers have it" in err
        assert run.paths() == ["customer", "invoice/_count", "invoice/_count"]
        assert "today" not in run("count invoices", "date = 2026-03-31")[1]

    def test_where_nobody_tells_the_zone_it_is_this_machine_s_day(self, run: Run) -> None:
        assert (
            "on this machine; the account's time zone is not known" in run("count invoices", "date = -30d")[1]
        )

    @pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
    def test_a_profile_may_say_it(self, run: Run, tmp_path: Path, zone: str) -> None:
        config = tmp_path / "config.toml"
        config.write_text(
            f'[profiles.a]\nurl = "acme"\nusername = "k"\npassword_env = "P"\ntimezone = "{zone}"\n'
        )
        account, env = run.account, {"COTUI_CONFIG": str(config), "P": "x"}
        assert run_data_command("count", ["invoices", "date = today"], env=env, transport=account) == 0
        today = datetime.now(ZoneInfo(zone)).date()
        assert account.requests[-1].url.params["where"] == f"date:EQUALS:{today}"
        assert len(account.requests) == 1


def test_what_was_found_out_is_kept_although_the_command_fails(env: dict[str, str]) -> None:
    account = Account(3)
    plain = account._handle

    def handle(request: httpx.Request) -> httpx.Response:
        path, offset = request.url.path.removeprefix("/api/v3/"), int(request.url.params.get("offset", 0))
        if path == "invoice":
            rows = [{"invoice_id": number, "customer_id": number} for number in (2, 1)]
            return answer(None, 403) if offset else answer(rows)
        return answer(4) if path == "invoice/_count" else plain(request)

    account._handle = handle  # type: ignore[method-assign]
    with pytest.raises(CommandError):
        run_data_command("list", ["invoices", "--limit", "all"], env={**ENV, **env}, transport=account)
    (kept,) = [found for _, found in StateStore(state_path(env)).accounts()]
    assert kept.abilities["_bulk"].startswith("no ")
