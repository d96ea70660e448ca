"""What commands remember of their account, and what they ask for where it is not remembered."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from cotui.api import Api, ApiError, Connection
from cotui.catalog.objects.invoice import INVOICE
from cotui.cli.account_memory import AccountMemory
from cotui.settings import StateStore, state_path
from tests.cli.accounts import Account, answer


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
