"""Words that an account's own rows teach."""

from __future__ import annotations

import httpx

from cotui.api import Api, Connection, Record
from cotui.catalog.objects.invoice import INVOICE
from cotui.desk.account_words import AccountWords, read_words
from cotui.query import parse

EUR = {"invoice_id": 1, "currency_id": 2, "currency_iso4217": "EUR"}
USD = {"invoice_id": 2, "currency_id": 1, "currency_iso4217": "USD"}


def test_what_was_learned_stays_when_other_rows_come() -> None:
    words, first, second = AccountWords(), object(), object()
    words.learn(first, [Record(EUR)], INVOICE)
    words.learn(first, [Record(USD)], INVOICE)
    assert words.known["currency_id"] == {"EUR": "2"}
    words.learn(second, [Record(USD)], INVOICE)
    assert words.known["currency_id"] == {"EUR": "2", "USD": "1"}


async def test_the_first_rows_are_read_for_them() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        body = {"code": 200, "status": "OK", "message": "", "response": [EUR, USD]}
        return httpx.Response(200, json=body)

    api = Api(Connection("mock", "acme", "key", "secret"), transport=httpx.MockTransport(answer))
    words = await read_words(api, INVOICE)
    await api.aclose()
    query = parse("currency = EUR", INVOICE, words=words)
    assert [condition.value for condition in query.conditions] == ["2"]
