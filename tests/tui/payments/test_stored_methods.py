"""The stored ways to pay: named as they are known, and found by what a record says of them."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from cotui.api import ApiError
from cotui.tui.payments.stored_methods import StoredMethod, method_of, named_method, stored_methods
from tests.api.support import api_with, ok, refuse

CARD, BANK, TOKEN = (StoredMethod(kind, ref, "") for kind, ref in (("crd", 3), ("ach", 3), ("tok", "a b")))


def test_a_record_names_one_by_its_kind_and_the_id_of_that_kind() -> None:
    methods = [CARD, BANK, TOKEN]
    assert named_method(methods, {"paymethod": "crd", "creditcard_id": "3", "ach_id": "9"}) is CARD
    assert named_method(methods, {"paymethod": "ach", "creditcard_id": "9", "ach_id": 3}) is BANK
    assert named_method(methods, {"paymethod": "tok", "tokenized_id": "a b"}) is TOKEN
    assert named_method(methods, {"default_paymethod": "crd", "default_creditcard_id": 3}) is None
    assert (
        named_method(methods, {"default_paymethod": "crd", "default_creditcard_id": 3}, prefix="default_")
        is CARD
    )
    assert named_method(methods, {"paymethod": "crd"}) is None
    assert named_method(methods, {"paymethod": "inv", "creditcard_id": 3}) is None


@pytest.mark.parametrize("kind", [None, 5, "inv", "", [], "CRD"])
def test_what_is_no_kind_names_none(kind: object) -> None:
    assert method_of({"paymethod": kind, "creditcard_id": 3}) is None


def test_a_method_that_nothing_is_known_of_is_called_by_its_id() -> None:
    assert method_of({"paymethod": "ach", "ach_id": "7"}) == StoredMethod("ach", 7, "bank account 7")
    assert method_of({"paymethod": "ach", "creditcard_id": 7}) is None
    assert method_of({"paymethod": "crd", "creditcard_id": {"a": 1}}) is None


async def test_they_are_told_apart_by_what_is_known_and_never_by_more_than_the_last_digits() -> None:
    rows: dict[str, list[dict[str, Any]]] = {
        "creditcard": [
            {
                "creditcard_id": 2,
                "type_name": "Vi\x1b[2Jsa",
                "mask_number": "x4242",
                "expdate_formatted": "12/2027",
            },
            {"creditcard_id": 1, "number": "4111111111111111"},
            {"creditcard_id": None, "type_name": "no id"},
        ],
        "tokenized": [{"tokenized_id": 5, "name": "PayPal"}],
    }

    def answer(request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api/v3/")
        if path == "ach":
            return refuse(403, "no")
        name, _, count = path.partition("/")
        return ok(len(rows.get(name, ())) if count else rows.get(name, []))

    api = api_with(answer, rate_limit=10**6)
    methods, unread = await stored_methods(api, 7)
    await api.aclose()
    assert [method.words for method in methods] == ["Vi␛[2Jsa x4242, expires 12/2027", "card 1", "PayPal"]
    assert [method.key for method in methods] == ["creditcard_id", "creditcard_id", "tokenized_id"]
    assert len(unread) == 1
    assert unread[0].startswith("The stored bank accounts could not be read: ")


async def test_where_nothing_can_be_read_it_is_an_error() -> None:
    api = api_with(lambda _: refuse(403, "no"))
    with pytest.raises(ApiError):
        await stored_methods(api, 7)
    await api.aclose()
