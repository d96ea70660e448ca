"""Names for numbers."""

from __future__ import annotations

import httpx

from cotui.api import Api, Connection, Record
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.desk.names import CustomerNames, name_of


class Server:
    """Knows customer 1."""

    def __init__(self) -> None:
        self.asked = 0
        self.api = Api(
            Connection("mock", "acme", "key", "secret"), transport=httpx.MockTransport(self.answer)
        )

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        if not request.url.path.endswith("/customer/1"):
            return httpx.Response(404, json={"code": 404, "status": "Error", "message": "", "response": None})
        row = {"customer_id": 1, "company": "Acme\x1b"}
        return httpx.Response(200, json={"code": 200, "status": "OK", "message": "", "response": row})


async def test_a_customer_is_asked_for_once() -> None:
    server, names = Server(), CustomerNames()
    invoice = Record({"invoice_id": 5, "customer_id": 1}, "invoice_id")
    found = [await names.of(server.api, INVOICE, invoice) for _ in range(3)]
    await server.api.aclose()
    assert len(set(found)) == 1
    assert found[0].startswith("Acme")
    assert "\x1b" not in found[0]
    assert server.asked == 1


async def test_what_cannot_be_told_has_no_name() -> None:
    server = Server()
    assert await CustomerNames().of(server.api, CUSTOMER, Record({"customer_id": 1}, "customer_id")) == ""
    assert await CustomerNames().of(server.api, INVOICE, Record({"customer_id": 9})) == ""
    assert await name_of(server.api, INVOICE.field("customer_id"), "9") == ""
    assert (await name_of(server.api, INVOICE.field("customer_id"), "1")).startswith("Acme")
    await server.api.aclose()
