"""Requests a second and latencies of the sandbox over HTTP, next to localstripe and json-server.

    python -m tests.benchmarks.sandbox_http [--customers 100000] [--seconds 5] [--database FILE]
        [--localstripe PYTHON] [--json-server FILE]

Needs `wrk`. `--localstripe` names the interpreter of an environment that localstripe is installed in, `--json-server`
the script of json-server 0.17 (node_modules/json-server/lib/cli/bin.js); a peer that is not named is left out.

All hold as many customers; json-server holds invoices too, localstripe cannot (an invoice of it needs a subscription,
made over HTTP). Each server runs alone, one after the other, with the same client: 8 connections, 2 threads, for
throughput; 1 connection for latencies. A job that takes more than 0.2 s is asked for three times, one after another.
Writes are asked for last. A peer's figure stands where it can do the job at all: localstripe neither filters nor
orders, and pages only from a record that it has to find first. The first request of a job is told apart: what a
server remembers of it makes later ones faster.

Memory is told as private and file-backed: the latter is the database's file as it lies in the system's cache.
"""

from __future__ import annotations

import base64
import contextlib
import json
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cotui.sandbox.http.resetting import build_file
from tests.benchmarks import options

CONNECTIONS = 8
#: Invoices for each customer, as the demo data has them on average.
INVOICES = 10
#: Seconds of one request above which requests are sent one after another.
SLOW = 0.2
#: What is asked for, in the order of the table: those that write come last.
JOBS = (
    "list",
    "list deep",
    "get by id",
    "get by external key",
    "get by token",
    "count with filter",
    "create",
    "bulk of 25",
)

LOCALSTRIPE = """
import sys
from localstripe import resources, server
dump, event, webhook = resources.Store.dump_to_disk, resources.Event, resources.schedule_webhook
resources.Store.dump_to_disk = lambda self: None
resources.Event = resources.schedule_webhook = lambda *words: None
for number in range(int(sys.argv[2])):
    made = resources.Customer(email=f"{number}@example.com", description=f"Customer {number}")
    if number == 0:
        print(made.id, flush=True)
resources.Store.dump_to_disk, resources.Event, resources.schedule_webhook = dump, event, webhook
sys.argv = ["localstripe", "--port", sys.argv[1], "--from-scratch"]
resources.Store.try_load_from_disk = lambda self: None
import aiohttp.web, logging
logging.disable(logging.CRITICAL)
print("ready", flush=True)
server.start()
"""


@dataclass
class Job:
    """A request to repeat."""

    path: str
    method: str = "GET"
    body: str = ""


@dataclass
class Server:
    """A server that runs, and how it does the jobs it can do."""

    name: str
    url: str
    pid: int
    headers: Mapping[str, str]
    jobs: dict[str, Job] = field(default_factory=dict)


@dataclass(frozen=True)
class Figures:
    """Requests a second at 8 connections; milliseconds (median, 99th percentile, of the first request) at one."""

    rate: float
    median: float
    slow: float
    first: float = float("nan")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextlib.contextmanager
def running(
    command: list[str], ready: str | None = None
) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """A process, and the lines it wrote until one begins as said (the first when nothing is said)."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            lines = []
            for line in process.stdout:
                lines.append(line.strip())
                if ready is None or line.startswith(ready):
                    break
            yield process, lines
        finally:
            process.terminate()


@contextlib.contextmanager
def cotui(database: Path, customers: int) -> Iterator[Server]:
    """The sandbox over a database file."""
    words = ("--database", str(database), "--rate-limit", "off", "--quiet", "--customers", str(customers))
    with running([sys.executable, "-m", "cotui", "sandbox", *words]) as (process, lines):
        said = json.loads(lines[0])
        basic = base64.b64encode(f"{said['username']}:{said['password']}".encode()).decode()
        server = Server("cotui", said["url"], process.pid, {"Authorization": f"Basic {basic}"})
        customer = ask(server, "/customer?where=external_key:ISNOT:NULL&limit=1")["response"][0]
        where = "where=invoice_status_str:NOTEQUALS:closed-void&order=date:DESC&limit=100"
        items = [{"request_method": "GET", "uri": f"/api/v3/customer/{number}"} for number in range(1, 26)]
        server.jobs = {
            "list": Job(f"/invoice?{where}"),
            "list deep": Job(f"/invoice?{where}&offset={customers * INVOICES * 9 // 10}"),
            "get by id": Job(f"/customer/{customers // 2}"),
            "get by external key": Job(f"/customer/external_key:{customer['external_key']}"),
            "get by token": Job(f"/customer/token:{customer['token']}"),
            "count with filter": Job("/invoice/_count?where=invoice_status_str:EQUALS:open-overdue"),
            "create": Job("/customer", "POST", json.dumps({"company": "New", "bill_country": "Canada"})),
            "bulk of 25": Job("/_bulk", "POST", json.dumps(items)),
        }
        yield server


@contextlib.contextmanager
def localstripe(python: Path, customers: int) -> Iterator[Server]:
    """localstripe, filled in its own process, without the events of its customers.

    With them every customer made takes time proportional to all that there are: hours for 100,000.
    """
    port = free_port()
    command = [str(python), "-c", LOCALSTRIPE, str(port), str(customers)]
    with running(command, "ready") as (process, lines):
        basic = base64.b64encode(b"sk_test_1:").decode()
        headers = {"Authorization": f"Basic {basic}"}
        server = Server("localstripe", f"http://127.0.0.1:{port}/v1", process.pid, headers)
        wait_for(server, f"/customers/{lines[0]}")
        server.jobs = {
            "list": Job("/customers?limit=100"),
            "get by id": Job(f"/customers/{lines[0]}"),
            "create": Job("/customers", "POST", json.dumps({"description": "New"})),
        }
        yield server


@contextlib.contextmanager
def json_server(script: Path, customers: int, directory: Path) -> Iterator[Server]:
    """json-server over a file with as many customers and invoices."""
    database = directory / "db.json"
    with database.open("w") as file:
        file.write('{"customer":[')
        for number in range(1, customers + 1):
            row = {
                "id": number,
                "company": f"Customer {number}",
                "external_key": f"k{number}",
                "country": "Canada",
            }
            file.write(("," if number > 1 else "") + json.dumps(row))
        file.write('],"invoice":[')
        for number in range(1, customers * INVOICES + 1):
            day = f"20{number % 20 + 10}-{number % 12 + 1:02}-{number % 28 + 1:02}"
            row = {
                "id": number,
                "customer_id": number % customers + 1,
                "date": day,
                "total": number % 1000,
                "status": ("open", "paid", "void")[number % 3],
            }
            file.write(("," if number > 1 else "") + json.dumps(row))
        file.write("]}")
    port = free_port()
    command = [
        "node",
        "--max-old-space-size=6000",
        str(script),
        "--port",
        str(port),
        "--quiet",
        str(database),
    ]
    with _quiet(command) as process:
        server = Server("json-server", f"http://127.0.0.1:{port}", process.pid, {})
        wait_for(server, "/customer/1")
        where = "status_ne=void&_sort=date&_order=desc&_limit=100"
        server.jobs = {
            "list": Job(f"/invoice?{where}&_start=0"),
            "list deep": Job(f"/invoice?{where}&_start={customers * 6}"),
            "get by id": Job(f"/customer/{customers // 2}"),
            "get by external key": Job(f"/customer?external_key=k{customers // 2}"),
            "create": Job("/customer", "POST", json.dumps({"company": "New", "country": "Canada"})),
        }
        yield server


@contextlib.contextmanager
def _quiet(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def ask(server: Server, path: str) -> dict[str, object]:
    """One answer."""
    request = urllib.request.Request(server.url + path, headers=dict(server.headers))
    with urllib.request.urlopen(request, timeout=120) as answer:
        return dict(json.load(answer))


def wait_for(server: Server, path: str) -> None:
    """Until it answers; it is asked again for as long as it runs and refuses to be connected to."""
    while (status := Path(f"/proc/{server.pid}/status")).exists() and "zombie" not in status.read_text():
        try:
            ask(server, path)
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.1)
            continue
        return
    raise SystemExit(f"{server.name} does not answer")


def measure(server: Server, job: Job, seconds: int, directory: Path) -> Figures:
    """Figures of one job."""
    times = [timed(server, job) for _ in range(3)]
    if min(times[1:]) > SLOW:
        # One thread answers one after another: more connections would only wait in a queue, and go on being
        # answered long after the client has gone.
        median = statistics.median(times)
        return Figures(1 / median, median * 1000, max(times) * 1000, times[0] * 1000)
    script = directory / "job.lua"
    headers = dict(server.headers) | ({"Content-Type": "application/json"} if job.body else {})
    lines = [f'wrk.method = "{job.method}"', f"wrk.body = {json.dumps(job.body)}"]
    lines += [f'wrk.headers["{name}"] = "{value}"' for name, value in headers.items()]
    script.write_text("\n".join(lines))
    many = run_wrk(server, job, seconds, CONNECTIONS, script)
    timed(server, job)  # whatever still waits is answered before
    one = run_wrk(server, job, seconds, 1, script)
    timed(server, job)
    return Figures(many.rate, one.median, one.slow, times[0] * 1000)


def timed(server: Server, job: Job) -> float:
    """Seconds that one request takes."""
    headers = dict(server.headers) | ({"Content-Type": "application/json"} if job.body else {})
    request = urllib.request.Request(
        server.url + job.path, data=job.body.encode() or None, headers=headers, method=job.method
    )
    start = time.perf_counter()
    with urllib.request.urlopen(request, timeout=600) as answer:
        answer.read()
    return time.perf_counter() - start


def run_wrk(server: Server, job: Job, seconds: int, connections: int, script: Path) -> Figures:
    """One run; a run with answers that are no success counts for nothing."""
    command = [
        "wrk",
        f"-t{min(2, connections)}",
        f"-c{connections}",
        f"-d{seconds}s",
        "--latency",
        "--timeout",
        "60s",
    ]
    said = subprocess.run(
        [*command, "-s", str(script), server.url + job.path], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in said:
        raise SystemExit(f"{server.name} does not do {job.path}:\n{said}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if rate is None:
        raise SystemExit(said)
    return Figures(float(rate[1]), _milliseconds(said, "50%"), _milliseconds(said, "99%"))


def _milliseconds(said: str, percentile: str) -> float:
    found = re.search(rf"^\s+{percentile}\s+([\d.]+)(us|ms|s|m)$", said, re.M)
    if found is None:
        return float("nan")
    return float(found[1]) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[found[2]]


def resident(pid: int) -> str:
    """Memory that a process holds."""
    status = Path(f"/proc/{pid}/status").read_text()
    private, mapped = (re.search(rf"{name}:\s+(\d+)", status) for name in ("RssAnon", "RssFile"))
    assert private is not None
    assert mapped is not None
    return f"{int(private[1]) // 1024} + {int(mapped[1]) // 1024} MiB"


def run(server: Server, seconds: int, directory: Path) -> dict[str, Figures]:
    """Figures of all jobs that a server can do, and its memory meanwhile."""
    memory = [resident(server.pid)]
    found = {}
    for name in JOBS:
        if job := server.jobs.get(name):
            found[name] = measure(server, job, seconds, directory)
            memory.append(resident(server.pid))
            sys.stderr.write(f"{server.name} {name}: {found[name]}, {memory[-1]}\n")
    print(f"{server.name}: memory (private + file) {memory[0]} before, {memory[-1]} after")
    return found


def read_again(server: Server, seconds: int, directory: Path) -> None:
    """Asks for all reads once more, and tells the memory after them."""
    for job in server.jobs.values():
        if job.method == "GET":
            measure(server, job, seconds, directory)
    print(f"{server.name}: memory {resident(server.pid)} after all reads once more")


def main() -> None:
    """Runs the servers one after another and prints a table."""
    parser = options.parser(__doc__)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument(
        "--database", type=Path, help="made when it does not exist; it is copied, not changed"
    )
    parser.add_argument("--localstripe", type=Path)
    parser.add_argument("--json-server", type=Path)
    chosen = options.options(parser, customers=200, seconds=1)
    options.need("wrk")
    if chosen.json_server:
        options.need("node")
    results: dict[str, dict[str, Figures]] = {}
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        database = directory / "account.db"
        if chosen.database:
            build_file(chosen.database, chosen.customers, 1, lambda _: date.today())
            shutil.copy(chosen.database, database)
        with cotui(database, chosen.customers) as server:
            results["cotui"] = run(server, chosen.seconds, directory)
            read_again(server, chosen.seconds, directory)
        if chosen.localstripe:
            with localstripe(chosen.localstripe, chosen.customers) as server:
                results["localstripe"] = run(server, chosen.seconds, directory)
        if chosen.json_server:
            with json_server(chosen.json_server, chosen.customers, directory) as server:
                results["json-server"] = run(server, chosen.seconds, directory)
    print("| job | " + " | ".join(f"{name}: req/s, median, p99, first ms" for name in results) + " |")
    print("|---" * (len(results) + 1) + "|")
    for job in JOBS:
        cells = []
        for found in results.values():
            figures = found.get(job)
            cells.append(
                "–"
                if figures is None
                else f"{figures.rate:,.{0 if figures.rate > 10 else 2}f},"
                f" {figures.median:.2f}, {figures.slow:.2f}, {figures.first:.1f}"
            )
        print(f"| {job} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
