"""What an action is done to, in words: whatever its record holds."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from cotui.api import NotFound, Record
from cotui.api.abilities import reading
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.user import USER
from cotui.tui.base.action_target import ActionTarget, read_target
from tests.api.support import api_with, ok, refuse

ACME = Record({"customer_id": 5, "company": " Acme, Inc. ", "superuser_email": "main@acme"}, "customer_id")


def user(customer: Record | None = None, **raw: Any) -> ActionTarget:
    return ActionTarget(USER, Record({"user_id": 12, **raw}, "user_id"), customer, asked=7)


def test_it_is_named_with_its_kind_its_number_and_its_customer() -> None:
    assert user(ACME, name="Jane Doe").words == "Jane Doe, user 12 of Acme, Inc."
    assert user(name="Jane Doe").words == "Jane Doe, user 12"


@pytest.mark.parametrize("name", [None, "", "  ", [], {"a": 1}, 1.5])
def test_what_has_no_name_is_called_by_its_number(name: object) -> None:
    assert user(name=name).words == "user 12"
    assert user(name=name).name == "12"
    assert user(Record({"company": name}, "customer_id"), name="x").words == "x, user 12"


def test_a_number_is_not_said_twice() -> None:
    assert ActionTarget(INVOICE, Record({"invoice_id": 9, "refnumber": 9}, "invoice_id")).words == "invoice 9"


def test_a_record_that_does_not_tell_its_id_is_the_one_that_was_asked_for() -> None:
    assert ActionTarget(USER, Record({"name": "x"}, "user_id"), asked="token").ref == "token"
    assert user().ref == 12


def test_letters_go_to_the_user_or_the_main_contact() -> None:
    assert user(ACME, email=" jane@acme ").email == "jane@acme"
    assert user(ACME).email == ""
    assert ActionTarget(CUSTOMER, ACME).email == "main@acme"
    invoice = Record({"invoice_id": 9}, "invoice_id")
    assert ActionTarget(INVOICE, invoice, ACME).email == "main@acme"
    assert ActionTarget(INVOICE, invoice).email == ""


def test_a_write_of_it_owns_its_payload() -> None:
    sent: dict[str, object] = {"password": "a"}
    write = user(name="Jane").write_of(USER.action("setPassword"), sent, ["to jane"])
    sent["password"] = "b"
    assert write.payload == {"password": "a"}
    assert (write.ref, write.target, write.name, write.emails) == (12, "Jane, user 12", "Jane", ("to jane",))
    assert user().write_of(USER.action("password")).payload is None


async def test_it_is_read_with_its_customer_where_it_has_one() -> None:
    asked: list[str] = []
    customer: list[object] = [5]

    def answer(request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api/v3/")
        asked.append(path)
        return ok(
            dict(ACME.raw) if path.startswith("customer") else {"user_id": 1, "customer_id": customer[0]}
        )

    api = api_with(answer)
    assert (await read_target(api, USER, 1)).words == "user 1 of Acme, Inc."
    customer[0] = None
    assert (await read_target(api, USER, 1)).customer is None
    assert asked == ["user/1", "customer/5", "user/1"]
    await api.aclose()
    api = api_with(lambda _: refuse(404))
    with pytest.raises(NotFound):
        await read_target(api, USER, 1)
    await api.aclose()


@pytest.mark.parametrize("status", [401, 403, 404])
async def test_a_customer_that_can_t_be_read_keeps_nobody_from_acting(status: int) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(path := request.url.path.removeprefix("/api/v3/"))
        return refuse(status) if path.startswith("customer") else ok({"invoice_id": 9, "customer_id": 5})

    api = api_with(answer)
    target = await read_target(api, INVOICE, 9)
    assert target.words == "invoice 9 of customer 5"
    assert target.recipient == "an address that can't be read"
    await read_target(api, INVOICE, 9)
    known = status != 404
    assert api.abilities.can(reading("customer")) is (False if known else None)
    await read_target(api, INVOICE, 9)
    assert asked.count("customer/5") == (1 if known else 3), "a refusal is known from then on"
    assert api.worker.status.connection == "online"
    await api.aclose()
