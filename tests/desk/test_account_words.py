"""What an account calls the values of keys: its lists are read once and kept, and rows teach the rest."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from cotui.api import Api, ApiError, Connection, Record
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.package import PACKAGE
from cotui.desk.account_words import AccountWords, first_call
from cotui.query import QueryError, parse
from tests.cli.accounts import answer

EUR = {"invoice_id": 1, "currency_id": 2, "currency_iso4217": "EUR"}
USD = {"invoice_id": 2, "currency_id": 1, "currency_iso4217": "USD"}
LISTS = {
    "currency": [
        {"currency_id": 1, "currency": "US Dollar", "iso4217": "USD"},
        {"currency_id": "7", "currency": "Yen", "iso4217": "JPY"},
        {"currency_id": None, "iso4217": "XXX"},
        {"currency_id": 9, "iso4217": None},
    ],
    "brand": [{"brand_id": 3, "brand": "North"}],
    "invoice": [EUR, USD],
}


class Server:
    """Answers with lists, and counts what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.broken = False
        self.unreadable = ""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api/v3/")
        self.asked.append(path)
        if self.broken:
            return answer(False, 400, "no")
        if path.split("/")[0] == self.unreadable:
            return answer(False, 401, "may not read")
        if path.endswith("/_count"):
            return answer(len(LISTS[path.removesuffix("/_count")]))
        return answer(LISTS[path])


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
async def api(server: Server) -> AsyncIterator[Api]:
    made = Api(Connection("mock", "acme", "key", "secret"), transport=httpx.MockTransport(server))
    yield made
    await made.aclose()


def test_what_was_learned_stays_when_other_rows_come() -> None:
    words, first, second = AccountWords(), object(), object()
    words.learn(first, [Record(EUR)], INVOICE)
    words.learn(first, [Record(USD)], INVOICE)
    assert words.known["currency_id"] == {"EUR": "2"}
    words.learn(second, [Record(USD)], INVOICE)
    assert words.known["currency_id"] == {"EUR": "2", "USD": "1"}
    assert words.kept == {}  # rows never tell all


async def test_the_list_of_currencies_is_read_once_and_kept(api: Api, server: Server) -> None:
    kept: dict[str, dict[str, str]] = {}
    words = AccountWords(kept)
    assert words.unread(INVOICE)
    await words.read(api, INVOICE)
    assert kept == {
        "currency_id": {"USD": "1", "JPY": "7"},
        "currency_id/others": {"US Dollar": "1", "Yen": "7"},
    }
    query = parse("currency = jpy", INVOICE, words=words.known)
    assert [condition.value for condition in query.conditions] == ["7"]
    assert not words.unread(INVOICE)
    await words.read(api, INVOICE)
    assert server.asked.count("currency") == 1
    again = AccountWords(kept)
    assert again.known == kept
    assert again.unread(INVOICE)  # what is kept may be old


async def test_other_keys_that_point_to_a_list_have_words_too(api: Api) -> None:
    words = AccountWords()
    await words.read(api, PACKAGE)
    assert words.known["brand_id"] == {"North": "3"}
    assert not AccountWords().unread(CUSTOMER)  # none of its keys with words can be filtered by


async def test_a_list_that_could_not_be_read_is_asked_for_again(api: Api, server: Server) -> None:
    words, server.broken = AccountWords(), True
    with pytest.raises(ApiError):
        await words.read(api, INVOICE)
    server.broken = False
    await words.read(api, INVOICE)
    assert words.known["currency_id"]["JPY"] == "7"


async def test_the_first_rows_teach_what_has_no_list(api: Api) -> None:
    words = AccountWords()
    await words.read_rows(api, INVOICE)
    assert words.known["currency_id"] == {"EUR": "2", "USD": "1"}


async def test_what_is_sent_ahead_is_what_is_asked_for_first(api: Api, server: Server) -> None:
    call = first_call(api, INVOICE)
    assert call is not None
    sent: list[object] = []
    submit = api.worker.submit

    async def watch(made: object, *more: object, **options: object) -> object:
        sent.append(made)
        return await submit(made, *more, **options)  # type: ignore[arg-type]

    api.worker.submit = watch  # type: ignore[assignment, method-assign]
    await AccountWords().read(api, INVOICE)
    assert call in sent
    assert first_call(api, CUSTOMER) is None


async def test_names_and_signs_are_understood_where_they_are_one_value_s(
    api: Api, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = (("USD", "US Dollar", "$"), ("CAD", "Canadian Dollar", "$"), ("EUR", "Euro", "€"))
    lists = [
        {"currency_id": number, "currency": name, "iso4217": code, "symbol": sign}
        for number, (code, name, sign) in enumerate(rows, 1)
    ]
    monkeypatch.setitem(LISTS, "currency", lists)
    words = AccountWords()
    await words.read(api, INVOICE)
    for typed in ("EUR", "euro", "€"):
        assert parse(f"currency = {typed}", INVOICE, words=words.known).conditions[0].value == "3", typed
    with pytest.raises(QueryError, match="the account has: CAD, EUR, USD"):
        parse("currency = $", INVOICE, words=words.known)


async def test_a_list_that_may_not_be_read_leaves_what_rows_have_shown(api: Api, server: Server) -> None:
    kept: dict[str, dict[str, str]] = {}
    words, server.unreadable = AccountWords(kept), "currency"
    await words.read(api, INVOICE)
    assert kept == {"currency_id": {"EUR": "2", "USD": "1"}}
    assert not words.unread(INVOICE)
    said = words.refusal(INVOICE)
    assert said.startswith("These API keys may not read currencies")
    assert said.endswith("such as currency_id = 2.")
    assert words.refusal(CUSTOMER) == AccountWords().refusal(INVOICE) == ""


def test_a_value_is_said_in_words_where_they_are_known() -> None:
    words = AccountWords({"brand_id": {"Acme": "1"}})
    assert (words.word_for("brand_id", 1), words.word_for("brand_id", 2), words.word_for("x", 1)) == (
        "Acme",
        "",
        "",
    )
