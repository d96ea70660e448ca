"""Invoices as files."""

from __future__ import annotations

from tests.sandbox.browser import Browser, text, title
from tests.sandbox.client import Client


async def test_invoices_have_pages_and_files(watched: Client, browser: Browser) -> None:
    row = (await watched.get("invoice/3")).response
    page = await browser.open(row["url_permalink"])
    assert (page.status, title(page)) == (200, "Invoice #3")
    assert "Overdue" in text(page)
    file = await browser.open(row["url_pdflink"])
    assert (file.status, file.headers["content-type"]) == (200, "application/pdf")
    assert file.body.startswith(b"%PDF-1.4")
    assert file.body.rstrip().endswith(b"%%EOF")
    table = int(file.body.rsplit(b"startxref\n", 1)[1].split()[0])
    assert file.body[table:].startswith(b"xref\n")
    for number, entry in enumerate(file.body[table:].splitlines()[3:8], 1):
        assert file.body[int(entry[:10]) :].startswith(b"%d 0 obj" % number)
    assert (await browser.open("/r/invoice/pdf/nothing")).status == 404
