"""What a page deep in a list of a million invoices costs, next to the first page.

    python -m tests.benchmarks.paging [--customers 100000] [--offset 900000] [--repeat 15] [--cache DIR] [--short]

The database is built once (some minutes, about two gigabytes) and kept. Pages of 100 are asked of a real
`cotui sandbox` over HTTP; first before anything was counted, then after `_count`, which cotui always asks for.
"""

from __future__ import annotations

import base64
import http.client
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.benchmarks import options
from tests.e2e.servers import Account, SandboxProcess

WANTED = 25.0

#: what is asked -> where, order; the filters let nearly everything through, or nothing would be at the offset
QUERIES = {
    "order by id": ("", "invoice_id:ASC"),
    "order by id desc": ("", "invoice_id:DESC"),
    "order by customer": ("", "customer_id:ASC"),
    "order by date desc": ("", "date:DESC"),
    "id >= 2": ("invoice_id:GTE:2", ""),
    "customer >= 2 order by customer": ("customer_id:GTE:2", "customer_id:ASC"),
    "date >= 2000-01-01 order by date": ("date:GTE:2000-01-01", "date:ASC"),
    "status != void": ("invoice_status_str:NOTEQUALS:void", ""),
    "status != void order by date desc": ("invoice_status_str:NOTEQUALS:void", "date:DESC"),
}


class Client:
    """One connection to the sandbox, so that only the answers are timed."""

    def __init__(self, account: Account) -> None:
        address = urlsplit(account.url)
        key = base64.b64encode(f"{account.username}:{account.password}".encode()).decode()
        self._headers = {"Authorization": f"Basic {key}"}
        self._path = address.path
        self._connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=600)

    def get(self, path: str, where: str, **parameters: str | int) -> tuple[float, bytes]:
        """Milliseconds, and the body."""
        if where:
            parameters["where"] = where
        start = time.perf_counter()
        self._connection.request("GET", f"{self._path}/{path}?{urlencode(parameters)}", headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        took = (time.perf_counter() - start) * 1000
        if answer.status != 200:
            raise SystemExit(f"{path} {where}: {answer.status} {body[:300]!r}")
        return took, body

    def page(self, where: str, order: str, offset: int) -> float:
        """Milliseconds for one page, which must be full."""
        ordered = {"order": order} if order else {}
        took, body = self.get("invoice", where, limit=100, offset=offset, **ordered)
        if body.count(b'"invoice_id"') < 100:
            raise SystemExit(f"{where} {order}: fewer than 100 rows at {offset:,}; more customers are needed")
        return took


def database(customers: int, folder: Path) -> Path:
    """The database, built when it is not there."""
    from cotui.sandbox.demo.cache import demo_database

    print(f"database of {customers:,} customers in {folder} …", file=sys.stderr, flush=True)
    return demo_database(customers, 1, datetime.now(UTC).date(), folder, max_age=10_000)


def measure(ask: Callable[[int], float], offset: int, repeat: int) -> tuple[float, float]:
    """Medians at offset 0 and at `offset`, taken in turns."""
    near, far = [], []
    for _ in range(repeat):
        near.append(ask(0))
        far.append(ask(offset))
    return statistics.median(near), statistics.median(far)


def main() -> None:
    parser = options.parser(__doc__)
    parser.add_argument("--customers", type=int, default=100_000, help="about ten invoices each")
    parser.add_argument("--offset", type=int, default=900_000)
    parser.add_argument("--repeat", type=int, default=15)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "cotui-benchmarks")
    chosen = options.options(parser, customers=600, offset=4_000, repeat=2)
    path = database(chosen.customers, chosen.cache)
    with (
        tempfile.TemporaryDirectory() as home,
        closing(SandboxProcess(Path(home), "--database", str(path), "--rate-limit", "off")) as sandbox,
    ):
        client = Client(sandbox.account)
        print("| query | counted | offset 0 ms | far ms | ratio |  |\n|---|---|---|---|---|---|")
        for counted in (False, True):
            for name, (where, order) in QUERIES.items():
                if counted:
                    client.get("invoice/_count", where)
                near, far = measure(
                    lambda at, w=where, o=order: client.page(w, o, at), chosen.offset, chosen.repeat
                )  # type: ignore[misc]
                ratio = far / near
                verdict = "met" if ratio <= WANTED else "MISSED"
                print(
                    f"| {name} | {'yes' if counted else 'no'} | {near:.1f} | {far:.1f} | {ratio:.1f} | {verdict} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
