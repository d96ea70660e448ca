"""Bodies that break programs, and what they are read as."""

from __future__ import annotations

import json

import pytest

from tests.sandbox.client import Client

#: Values that have broken programs which read JSON.
TRICKS = [
    b"NaN",
    b"Infinity",
    b"-Infinity",
    b"1e400",
    b"-1e400",
    b"1e-400",
    b"9" * 5000,
    b"-" + b"9" * 30,
    b"18446744073709551615",
    b"9223372036854775808",
    b"-0.0",
    b'"\xff"',
    b'"\\ud800"',
    b'"\\u0000"',
    b'"\\u202e"',
    b"true",
    b"null",
    b"[]",
    b"{}",
    b'{"a":{"a":{"a":1}}}',
    b"[" * 900 + b"]" * 900,
    b"[" * 200_000 + b"]" * 200_000,
    b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    b"[" * 200_000,
    b'"' + b"x" * 300_000 + b'"',
    b'"\'; DROP TABLE customers; --"',
    b'"a\\r\\nSet-Cookie: x=1"',
]
#: A place for a trick: keys of different types, in records and in lines.
PLACES = [
    ("POST", "customer", b'{"company":%s}'),
    ("POST", "customer", b'{"company":"A","terms_id":%s,"no_taxes":%s}'),
    ("PUT", "customer/1", b'{"external_key":%s}'),
    ("POST", "user", b'{"customer_id":%s,"email":%s}'),
    ("POST", "invoice", b'{"customer_id":1,"date":%s,"line_items":[{"item_id":1,"line_rate":1}]}'),
    ("POST", "invoice", b'{"customer_id":1,"line_items":[{"item_id":1,"line_rate":%s,"line_quantity":%s}]}'),
    ("POST", "invoice", b'{"customer_id":1,"line_items":%s}'),
    ("PUT", "invoice/1", b'{"line_items":[{"line_item_id":%s}]}'),
    ("POST", "transaction?action=pay", b'{"customer_id":1,"amount":%s,"applied_to":%s}'),
    ("POST", "transaction", b'{"customer_id":1,"amount":%s,"gateway_status":1}'),
    ("POST", "item", b'{"name":%s,"type":"service","pricemodel":{"base":%s}}'),
    ("POST", "package", b'{"customer_id":1,"line_items":[{"item_id":1,"line_quantity":%s}]}'),
    ("POST", "user/1?action=password", b'{"password":%s}'),
    ("POST", "invoice/1/_action/pay", b'{"number":%s,"expdate_year":%s,"expdate_month":1}'),
    ("POST", "invoice/1/_action/schedule", b'{"schedule":%s}'),
    ("POST", "_bulk", b"%s"),
    ("POST", "_bulk", b'[{"request_method":"POST","uri":"/api/v3/customer","payload":%s}]'),
    ("POST", "_report/4?action=reportData", b"%s"),
]


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: repr(trick[:14]))
async def test_json_that_breaks_programs(live: Client, trick: bytes) -> None:
    for method, path, template in PLACES:
        body = template.replace(b"%s", trick)
        answer = await live.send(method, f"/api/v3/{path}", body=body)
        assert answer.status in (200, 201, 202, 400), (path, answer.envelope)
        assert answer.envelope["code"] == answer.status
        assert answer.envelope["status"] == ("Error" if answer.status == 400 else "OK")
    for name in ("customer", "user", "invoice", "item"):
        listed = await live.get(f"{name}?order={name}_id:DESC")
        assert listed.status == 200
        json.dumps(listed.response, allow_nan=False)


async def test_the_last_of_repeated_keys_counts(live: Client) -> None:
    made = await live.send("POST", "/api/v3/customer", body=b'{"company":"First","company":"Last"}')

    assert (await live.get(f"customer/{made.response['id']}")).response["company"] == "Last"
