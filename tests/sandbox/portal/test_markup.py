"""Text in pages is text."""

from __future__ import annotations

from cotui.sandbox.database.store import Store
from tests.sandbox.browser import BASE, text
from tests.sandbox.client import Client

EVIL = "</title><script>alert(1)</script>\"'&"


async def test_everything_is_escaped(live: Client, live_store: Store) -> None:
    with live_store.write() as connection:
        for table, column in (
            ("customers", "company"),
            ("invoices", "refnumber"),
            ("invoices", "memo"),
            ("creditcards", "mask_number"),
            ("ach_accounts", "type"),
            ("tokenized", "name"),
            ("users", "name"),
            ("packages", "nickname"),
            ("transactions", "transaction_method"),
            ("items", "name"),
        ):
            connection.execute(f"UPDATE {table} SET {column} = ?", (EVIL,))
    record = (await live.get("customer/3")).response
    invoice = (await live.get("invoice/3")).response
    paths = [record["url_statementlink"], record["url_paymethodlink"], invoice["url_paylink"]]
    paths += [f"/admin/r/{name}/view/1" for name in ("customer", "user", "invoice", "package", "item")]
    for path in paths:
        page = await live.send("GET", path.removeprefix(BASE))
        assert page.status == 200, path
        assert b"<script" not in page.body
        assert page.headers["content-security-policy"].startswith("default-src 'none'")
        assert EVIL in text(page)
