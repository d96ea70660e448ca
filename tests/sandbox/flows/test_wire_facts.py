"""What existing client libraries send and read, one test for each line of the list of wire facts.

The numbers are those of the list. What needs a real connection (bodies without a length, HTTP/1.0) is in
test_serve.py, the signature's vectors in test_auth.py; here is the whole list once, in the words of the clients.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import generate
from cotui.sandbox.http.app import create_app
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, HOST, Answer, Client
from tests.sandbox.money_account import CARD, DECLINED, EXPIRED, customer, outbox

EMPTY_BODIES = [b"", b"{}", b'""', b"[]", b"null"]


async def raw(client: Client, method: str, target: str, body: bytes = b"", **options: Any) -> Answer:
    """A request whose target stands as it is on the wire."""
    return await client.send(method, target, body=body, **options)


async def invoice(client: Client, customer_id: int = 3, rate: Any = 500) -> int:
    line = {"item_id": 1, "line_rate": rate, "line_quantity": 1}
    return await client.made("invoice", {"customer_id": customer_id, "terms_id": 2, "line_items": [line]})


async def package(client: Client, **values: Any) -> dict[str, Any]:
    number = await client.made("package", {"customer_id": 3, "line_items": [{"item_id": 1}], **values})
    return dict((await client.get(f"package/{number}")).response)


async def test_1_actions_in_the_query(live: Client) -> None:
    for name in ("email", "print", "approve", "pay", "void"):
        answer = await live.post(
            f"invoice/{await invoice(live)}?action={name}", CARD if name == "pay" else None
        )
        assert (answer.status, answer.response) == (200, True), name
    pay = {"customer_id": 3, "amount": 5, "paymethods": [CARD]}
    assert (await live.post("transaction?action=pay", pay)).status == 200
    assert (
        await live.post("currency?action=setExchangeRate", {"from": "USD", "to": "JPY", "exchange": 150})
    ).response
    assert (await live.post("currency?action=getExchangeRate", {"from": "USD", "to": "JPY"})).response == 150
    for name in ("reportData", "getData"):
        answer = await live.post(f"_report/44?action={name}", ["invoice_invoice_date:GTE:2017-05-02"])
        assert (answer.status, set(answer.response)) == (200, {"_report", "_count"})


async def test_2_actions_in_the_path(live: Client) -> None:
    row = await package(live)
    for name in ("invoice", "suspend", "unsuspend", "cancel", "uncancel"):
        assert (await live.post(f"package/{row['package_id']}/_action/{name}")).status == 200, name
    number = await invoice(live)
    for name in ("email", "pdf", "void"):
        assert (await live.post(f"invoice/{number}/_action/{name}")).status == 200, name
    paid = (
        await live.post("transaction/_action/pay", {"customer_id": 3, "amount": 5, "paymethods": [CARD]})
    ).response
    for name in ("email", "void"):
        assert (await live.post(f"transaction/{paid['id']}/_action/{name}")).response is True, name
    line = row["line_items"][0]["line_item_id"]
    used = await live.post("usage/_action/bulk", [{"line_item_id": line, "usage_value": "12"}])
    assert used.envelope["status"] == "OK"


async def test_3_odd_spellings(live: Client) -> None:
    paid = (
        await live.post("transaction?action=pay", {"customer_id": 3, "amount": 5, "paymethods": [CARD]})
    ).response
    number = (await package(live))["package_id"]
    hook = b'{"target_url": "https://example.com/a", "event": "customer.insert"}'
    bill = b'{"customer_id": 3, "line_items": [{"item_id": 1, "line_rate": 1, "line_quantity": 1}]}'
    for method, target, body, status in (
        ("POST", f"/api/v3/transaction/{paid['id']}/?action=void", b"", 200),
        ("POST", f"/api/v3//package/{number}?action=invoice", b"", 200),
        ("POST", "/api/v3//invoice", bill, 201),
        ("GET", "/api/v3//language", b"", 200),
        ("POST", "/api/v3//_resthook", hook, 201),
        ("POST", "/api/v3//customer", b'{"company": "x"}', 201),
        ("POST", "/api/v3//package", b'{"customer_id": 3}', 201),
        ("GET", "/api/v3/customer/?limit=3&offset=0", b"", 200),
    ):
        assert (await raw(live, method, target, body)).status == status, target


async def test_4_names_of_actions(live: Client) -> None:
    number = (await package(live))["package_id"]
    line = {"item_id": 1, "line_quantity": 2}
    for name, value in (
        ("upgrade", {"line_items": [line]}),
        ("hold", {"holduntil_datetime": "2026-05-01"}),
        ("paymethod", {"paymethod": "inv"}),
        ("paycycle", {"paycycle": "qtr"}),
        ("welcome", None),
    ):
        assert (await live.post(f"package/{number}?action={name}", value)).response is True, name
    for name, value in (("password", None), ("reset_password", None), ("password", {"password": "new"})):
        assert (await live.post(f"user/1?action={name}", value)).response is True, name
    assert (await live.post("user/1?action=login")).response.startswith(f"http://{HOST}/r/login/link/")
    words = [mail["subject"] for mail in await outbox(live)]
    assert words[-3:] == ["Reset your password", "Reset your password", "Your new password"]


@pytest.mark.parametrize("body", EMPTY_BODIES)
async def test_5_bodies_of_actions(live: Client, body: bytes) -> None:
    number = (await package(live))["package_id"]
    for name in ("suspend", "unsuspend", "cancel"):
        answer = await raw(live, "POST", f"/api/v3/package/{number}?action={name}", body)
        assert (answer.status, answer.response) == (200, True), name


async def test_6_flags_and_unknown_parameters(live: Client) -> None:
    before = len(await outbox(live))
    assert (await live.post("user/1?action=reset_password&_flag_emails=0")).response is True
    flags = "_flag_quickbooks=0&_flag_webhooks=1&_flag_events=1&_flag_emails=0&_dummy=1&expand=a,b&fields=c"
    assert (await live.put(f"customer/3?{flags}", {"bill_city": "X"})).status == 202
    assert (await live.get(f"customer?{flags}")).status == 200
    assert len(await outbox(live)) == before


async def test_7_8_9_wheres_on_the_wire(live: Client) -> None:
    number = await live.made(
        "customer", {"company": "Acme, Inc & Sons", "bill_state": "VT", "external_key": "k:1"}
    )
    for where in (
        "bill_state:EQUALS:VT,external_key:ISNOT:NULL",
        "bill_state%3AEQUALS%3AVT,external_key%3AISNOT%3ANULL",
        "bill_state%3AEQUALS%3AVT%2Cexternal_key%3AISNOT%3ANULL",
        "company%3AEQUALS%3AAcme%5C%2C+Inc+%26+Sons",
        "company:EQUALS:Acme%5C%2C%20Inc%20%26%20Sons",
        "external_key:EQUALS:k%5C%3A1",
        "external_key:EQUALS:k:1",
        "bill_state:EQUALS:VT,mod_datetime:GTE:2015-01-01+01%5C%3A00%5C%3A00",
        "bill_state:EQUALS:VT,mod_datetime:GTE:2015-01-02+03%3A04%3A05",
    ):
        answer = await live.get(f"customer?_dummy=1&where={where}")
        assert [row["customer_id"] for row in answer.response] == [number], where


async def test_10_orders(live: Client) -> None:
    for subject, order in (
        ("invoice", "invoice_id%3ADESC"),
        ("customer", "bill_state%3AASC,company%3ADESC"),
        ("customer", "company:DESC"),
        ("invoice", "invoice_date:DESC"),
        ("invoice", "date:DESC"),
    ):
        assert (await live.get(f"{subject}?order={order}")).status == 200, order
    dates = [row["date"] for row in await live.rows("invoice", order="invoice_date:DESC", limit=100)]
    assert dates == sorted(dates, reverse=True)


async def test_11_pages(live: Client) -> None:
    assert len((await live.get("customer")).response) == 10
    past = await live.get("customer?offset=100000")
    assert (past.status, past.response) == (200, [])
    for target in (
        "invoice?where=customers.customer_id:EQUALS:44limit=100?offset=0",
        "invoice?order=invoice_date:DESClimit=1?offset=0",
    ):
        assert (await live.get(target)).status in (200, 400)


async def test_12_operators_and_dotted_fields(live: Client) -> None:
    for target in (
        "customer?where=company:NEQUALS:x",
        "customer?where=customer_id:LT:5",
        "customer?where=customer_id:GTE:2,customer_id:LTE:3",
        "customer?where=customer_id:GT:2",
        "customer?where=company:CONTAINS:1",
        "customer?where=external_key:IS:NULL",
        "customer?where=external_key:ISNOT:NULL",
        "user?where=customers.customer_id:EQUALS:3",
        "transaction?where=applied_to.invoice_id:GT:1",
    ):
        answer = await live.get(target)
        assert answer.status == 200
        assert answer.response, target


async def test_13_counts_and_tokens(live: Client) -> None:
    assert type((await live.get("invoice/_count?_dummy=1")).response) is int
    row = (await live.get("customer/3")).response
    assert (await live.get(f"customer/token:{row['token']}")).response == row


async def test_14_the_old_name_of_packages(live: Client) -> None:
    assert (await live.get("billing_package/1")).response == (await live.get("package/1")).response


async def test_15_bulk_and_what_has_no_records(live: Client) -> None:
    body = (
        rb'[{"request_method":"GET","uri":"\/api\/v3\/customer\/2","payload":null},'
        rb'{"request_method":"PUT","uri":"\/api\/v3\/customer","payload":[]},'
        rb'{"request_method":"GET","uri":"/api/v3/customer?where=customer_id:EQUALS:1","payload":[]}]'
    )
    answer = await raw(live, "POST", "/api/v3/_bulk", body)
    assert [item["code"] for item in answer.response["_bulk"]] == [200, 400, 200]
    asked = {"fields": ["SUM(total)"], "where": ["customer_id:EQUALS:1"], "object": "invoice", "group": ""}
    (row,) = (await live.post("_aggregate", asked)).response
    assert set(row) == {"SUM(total)"}
    kept = await live.post("_config", {"chargeoverjs_token": "abc"})
    assert (kept.status, type(kept.response["id"])) == (201, int)


async def test_16_the_challenge(live: Client) -> None:
    answer = await live.post("customer", {"company": "x"}, authorization=None)
    assert (answer.status, answer.response) == (401, False)
    assert answer.headers["www-authenticate"].startswith('Basic realm="')
    assert answer.message == "Invalid or incorrect authorization [Missing (basic) authorization header.]"


@pytest.mark.parametrize(("nonce", "end"), [("tb7q5pxs", " "), ("TBQPXSAB", " "), ("aB3dE5gH7", "")])
async def test_17_signatures(live: Client, nonce: str, end: str) -> None:
    moment = str(int(account.NOW.timestamp()))
    for method, target, body in (
        ("GET", "/api/v3/customer?_dummy=1&where=company%3AEQUALS%3AAcme%5C%2C+Inc", b""),
        ("POST", "/api/v3/customer", b'{"company":"Test API Company, LLC"}'),
    ):
        once = nonce + method
        signed = f"pub||{f'http://{HOST}{target}'.lower()}||{once}||{moment}||".encode() + body
        signature = hmac.new(b"priv", signed, hashlib.sha256).hexdigest()
        header = (
            f'ChargeOver co_public_key="pub" co_nonce="{once}" co_timestamp="{moment}"'
            f' co_signature_method="HMAC-SHA256" co_version="1.0" co_signature="{signature}"{end}'
        )
        answer = await raw(live, method, target, body, authorization=header)
        assert answer.status in (200, 201), answer.envelope
        assert (await raw(live, method, target, body, authorization=header)).status == 401, "sent twice"


async def test_18_headers_and_encodings(live: Client) -> None:
    for headers in (
        {"content-type": "application/json", "content-length": "0"},
        {"accept": "text/html, image/gif, image/jpeg, */*; q=0.2", "user-agent": "Java/17.0.15"},
        {"accept-encoding": "gzip"},
        {},
    ):
        answer = await raw(live, "GET", "/api/v3/customer/3", headers=headers)
        assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
        assert "content-encoding" not in answer.headers
    for body in (rb'{"company":"Caf\u00e9 \/ Bar"}', '{"company":"Café / Bar"}'.encode()):
        number = (await raw(live, "POST", "/api/v3/customer", body)).response["id"]
        assert (await live.get(f"customer/{number}")).response["company"] == "Café / Bar"


async def test_19_payloads(live: Client) -> None:
    line = {"item_id": "1", "line_rate": "42.50", "line_quantity": "3", "tierset_id": 0, "line_item_id": 0}
    value = {
        "customer_id": "3",
        "date": "2015-06-08T00:00:00",
        "package_id": 0,
        "bill_addr3": None,
        "frob": {},
    }
    number = await live.made("invoice", {**value, "line_items": [line]})
    row = (await live.get(f"invoice/{number}")).response
    assert (row["date"], row["subtotal"], row["package_id"]) == ("2015-06-08", 127.5, None)
    zero = {"item_id": 1, "tierset_id": 0, "line_item_id": 0, "line_quantity": 0, "item_is_usage": True}
    held = await package(
        live, holduntil_datetime="2026-12-21 22:37:12", line_items=[zero], campaign_details="x"
    )
    assert held["next_invoice_datetime"] == "2026-12-21T22:37:12-05:00"
    used = {"line_item_id": str(held["line_items"][0]["line_item_id"]), "usage_value": "12"}
    assert (await live.post("usage", used)).status == 201
    for subject, ref in (
        ("customer", 3),
        ("user", 3),
        ("invoice", number),
        ("package", held["package_id"]),
        ("item", 1),
    ):
        whole = (await live.get(f"{subject}/{ref}")).response
        assert (await live.put(f"{subject}/{ref}", whole)).status == 202, subject
        after = (await live.get(f"{subject}/{ref}")).response
        moved = {"mod_datetime", "mod_ipaddr"}
        assert {name: after[name] for name in whole if name not in moved} == {
            name: whole[name] for name in whole if name not in moved
        }


@pytest.mark.parametrize("form", ['[{"invoice_id": %d}]', "[%d]", '["%d"]', '{"invoice_id": %d}'])
async def test_20_applied_to(live: Client, form: str) -> None:
    customer_id, (number,) = await customer(live, 20)
    card = await live.made("creditcard", {"customer_id": customer_id, **CARD})
    value = {
        "customer_id": customer_id,
        "applied_to": json.loads(form % number),
        "paymethods": [{"creditcard_id": card}],
    }
    answer = await live.post("transaction?action=pay", value)
    assert (answer.status, type(answer.response["id"])) == (200, int)
    assert (await live.get(f"invoice/{number}")).response["invoice_status_str"] == "closed-paid"
    assert (await live.post(f"invoice/{number}?action=pay", {"use_customer_balance": True})).response is False


async def test_21_items(live: Client) -> None:
    prices = {"base": "200", "paycycle": "mon", "pricemodel": "fla"}
    number = await live.made("item", {"type": "service", "name": "x", "enabled": False, "pricemodel": prices})
    row = (await live.get(f"item/{number}")).response
    assert (row["item_type"], row["enabled"], row["tiersets"][0]["base"]) == ("service", False, 200)
    line = {"item_id": number, "line_rate": 1, "line_quantity": 1}
    assert (await live.post("invoice", {"customer_id": 3, "line_items": [line]})).status == 201


async def test_22_cards(live: Client) -> None:
    for month in ("8", "08", 11):
        await live.made("creditcard", {"customer_id": 3, **CARD, "expdate_month": month})
    await live.made("creditcard", {"customer_id": 3, **EXPIRED})
    answer = await live.post(f"invoice/{await invoice(live)}?action=pay", DECLINED)
    assert (answer.status, answer.response) == (400, False)
    answer = await live.post(f"invoice/{await invoice(live)}?action=pay", EXPIRED)
    assert answer.message == "This transaction could not be processed: Your card has expired."
    assert (
        await live.post(f"package/{(await package(live))['package_id']}?action=unsuspend")
    ).response is True


async def test_23_external_keys_as_references(live: Client) -> None:
    line = {"item_external_key": "sku1", "external_key": "line-1"}
    number = await live.made("package", {"customer_external_key": "Key-4", "line_items": [line]})
    changed = {"line_item_external_key": "line-1", "item_external_key": "sku1", "line_quantity": 4}
    assert (await live.post(f"package/{number}?action=upgrade", {"line_items": [changed]})).response is True
    (after,) = (await live.get(f"package/{number}")).response["line_items"]
    assert after["line_quantity"] == 4


async def test_24_25_envelopes(live: Client) -> None:
    made = await live.post("customer", {"company": "x"})
    number = made.response["id"]
    place = f"http://{HOST}/api/v3/customer/{number}"
    assert (made.status, made.response, made.headers["location"]) == (201, {"id": number}, place)
    changed = await live.put(f"customer/{number}", {"company": "y"})
    assert (changed.status, changed.response, changed.headers["location"]) == (202, {"id": number}, place)
    gone = await live.delete(f"customer/{number}")
    assert (gone.status, gone.response) == (200, True)
    for answer in (made, changed, gone):
        assert answer.envelope == {
            "code": answer.status,
            "status": "OK",
            "message": "",
            "details": {},
            "response": answer.response,
        }


async def test_26_errors(live: Client) -> None:
    for method, target, value, message, response in (
        ("GET", "customer/99999", None, "This customer does not exist.", None),
        ("DELETE", "user/99999", None, "This user does not exist.", None),
        ("POST", "customer", {}, "A required parameter was missing: No data.", False),
        ("DELETE", "package/3", None, "The command requested is not supported: delete(package, 3)", False),
        ("GET", "customers", None, "The object type requested is not supported: list(customers, )", False),
        (
            "POST",
            "customer",
            {"company": "x", "external_key": "Key-4"},
            'A customer already exists with the external_key value "Key-4"',
            False,
        ),
    ):
        body = b"" if value is None else json.dumps(value).encode()
        answer = await raw(live, method, f"/api/v3/{target}", body)
        assert (answer.message, answer.response) == (message, response)
        assert answer.status == (404 if response is None else 400) == answer.envelope["code"]


async def test_27_lists_are_thinner(live: Client) -> None:
    for subject, missing in (
        ("invoice", {"line_items", "schedule"}),
        ("package", {"line_items"}),
        ("transaction", {"applied_to"}),
        ("user", {"customers"}),
        ("item", {"categories", "service_data"}),
    ):
        rows = await live.rows(subject)
        single = (await live.get(f"{subject}/{rows[0][f'{subject}_id']}")).response
        assert missing <= set(single), subject
        assert not missing & set(rows[0]), subject
        ids = [row[f"{subject}_id"] for row in rows]
        assert ids == sorted(ids)


async def test_28_state_changes(live: Client) -> None:
    row = await package(live)
    number = row["package_id"]
    held = {"holduntil_datetime": "2026-03-26 00:00:00"}
    assert (await live.post(f"package/{number}?action=hold", held)).response is True
    after = (await live.get(f"package/{number}")).response
    assert after["holduntil_datetime"] == after["next_invoice_datetime"] == "2026-03-26T00:00:00-04:00"
    (line,) = row["line_items"]
    own = {"line_item_id": line["line_item_id"], "item_id": 1, "tierset": {"base": 7, "pricemodel": "fla"}}
    assert (await live.post(f"package/{number}?action=upgrade", {"line_items": [own]})).response is True
    (new,) = (await live.get(f"package/{number}")).response["line_items"]
    assert (new["line_item_id"] != line["line_item_id"], new["tierset_id"] != line["tierset_id"]) == (
        True,
        True,
    )
    await live.post(f"package/{number}?action=cancel", "")
    after = (await live.get(f"package/{number}")).response
    assert {name: after[name] for name in after if name.startswith("package_status_")} == {
        "package_status_id": 5,
        "package_status_name": "Canceled manually",
        "package_status_str": "canceled-manual",
        "package_status_state": "c",
    }
    assert (after["next_invoice_datetime"], bool(after["cancel_datetime"])) == ("", True)
    customer_id, (bill,) = await customer(live, 500)
    credit = {
        "customer_id": customer_id,
        "transaction_type": "cre",
        "amount": 42.5,
        "applied_to": [{"invoice_id": bill}],
    }
    assert (await live.post("transaction", credit)).status == 201
    after = (await live.get(f"invoice/{bill}")).response
    assert (after["credits"], after["balance"], after["invoice_status_state"]) == (42.5, 457.5, "o")
    await live.post(f"invoice/{bill}?action=void")
    after = (await live.get(f"invoice/{bill}")).response
    assert (after["is_void"], after["is_paid"], after["balance"], after["total"]) == (True, True, 0, 500)
    assert (after["invoice_status_name"], after["invoice_status_str"]) == ("Void", "closed-void")
    await live.put("user/3", {"name": "Jane Roe"})
    after = (await live.get("user/3")).response
    assert (after["first_name"], after["last_name"], after["display_as"]) == ("Jane", "Roe", "Jane Roe")


@pytest.fixture(scope="module")
def demo() -> Iterator[Client]:
    store = Store()
    with store.load() as connection:
        generate(connection, 30, 1, date(2026, 3, 15))
    yield Client(create_app(store, credentials=CREDENTIALS, clock=account.now))
    store.close()


async def test_seed_data(demo: Client) -> None:
    for number in (1, 2, 21):
        assert (await demo.get(f"customer/{number}")).status == 200
    for number in (1, 2):
        assert (await demo.get(f"item/{number}")).status == 200
    terms = {row["terms_id"]: row["name"] for row in await demo.rows("terms", limit=100)}
    assert (terms[3], terms[2]) == ("Due on Receipt", "Net 30")
    assert await demo.rows("admin")
