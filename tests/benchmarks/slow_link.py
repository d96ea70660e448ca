"""What cotui sends and how soon, next to Textual's own driver and to a bare Textual table.

    python -m tests.benchmarks.slow_link [--runs 7] [--termbench ../shared/termbench] [--json out.json]

The app on demo data of 100,000 invoices, at 120x40: bytes of each step against what a painter of changed cells
needs ("ideal"), a held key on an emulated line of 128 kbit/s and 150 ms, CPU per key against `--driver stock`, the
first byte, Esc and exit. All programs run interleaved in random order; figures are medians. Bytes are exact;
of times only ratios within one run say anything, and only on a machine that does nothing else.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.benchmarks.startup_and_keys import (
    COTUI,
    FIRST_ROW,
    SMALL,
    Figure,
    Summary,
    kept,
    load,
    of,
    options_of,
    table,
)
from tests.e2e.servers import SandboxProcess

#: customers whose invoices are a little more than 100,000
CUSTOMERS = 10_200

LEAN, STOCK = "cotui", "cotui, stock driver"
SLOW = "cotui at 128 kbit/s, 150 ms"
HTTP, HTTP_STOCK = "cotui over HTTP", "cotui over HTTP, stock driver"

STEPS: list[dict[str, Any]] = [
    {"name": "settle", "keys": [], "quiet": 600},
    {"name": "down", "keys": ["down"], "repeat": 20, "quiet": 100},
    {"name": "filter", "keys": ["/"], "quiet": 300},
    {"name": "table", "keys": ["esc"], "quiet": 300},
    {"name": "open record", "keys": ["enter"], "quiet": 400},
    {"name": "close record", "keys": ["esc"], "quiet": 400},
    {"name": "open dialog", "keys": ["a"], "quiet": 400},
    {"name": "close dialog", "keys": ["esc"], "quiet": 400},
    {"name": "open palette", "keys": [":"], "quiet": 400},
    {"name": "close palette", "keys": ["esc"], "quiet": 400},
    {"name": "page", "keys": ["pagedown"], "repeat": 6, "quiet": 250},
    {"name": "bottom", "keys": ["down"] * 40, "quiet": 300},
    {"name": "scroll", "keys": ["down"], "repeat": 12, "quiet": 200},
    {"name": "hold", "hold": "down", "rate": 30, "seconds": 3},
]
OPENINGS = ("open record", "close record", "open dialog", "close dialog", "open palette", "close palette")


def _waste(step: str, name: str = "") -> Figure:
    """The bytes of a step against those of a painter of changed cells.

    That is taken from the run with Textual's driver: ours leaves blanks in other text colours, which nobody sees.
    """
    limit = {"down": 1.2, "page": 1.15}.get(step, 1.5)
    return Figure(
        name or f"{step}: bytes, against ideal", LEAN, of(step, "bytes"), limit, STOCK, "", of(step, "ideal")
    )


def _first_screen(summary: Summary) -> float:
    return of("startup", "bytes_settled")(summary) + of("settle", "bytes")(summary)


def _ideal_first(summary: Summary) -> float:
    return of("startup", "ideal")(summary)


FIGURES = (
    Figure("first settled screen: bytes", LEAN, _first_screen, 9000),
    Figure("first settled screen: bytes, against ideal", LEAN, _first_screen, 1.6, STOCK, "", _ideal_first),
    Figure("cursor down inside the view: bytes", LEAN, of("down", "bytes"), 420),
    _waste("down", "cursor down inside the view: bytes, against ideal"),
    Figure("down that scrolls by one: bytes", LEAN, of("scroll", "bytes"), 480),
    _waste("page", "page down: bytes, against ideal"),
    *(_waste(step) for step in OPENINGS),
    Figure("focus from filter bar to table: bytes", LEAN, of("table", "bytes"), 2000),
    Figure(
        "something on the screen, against the table's ready",
        LEAN, of("startup", "first_ms"), 0.10, SMALL, " ms", of("startup", "ready_ms"),
    ),
    Figure("Esc to the first byte, against stock", LEAN, of("close dialog", "first_ms"), 0.4, STOCK, " ms"),
    Figure("down held 3 s at 128 kbit/s, 150 ms: behind", SLOW, of("hold", "backlog_ms"), 250, "", " ms"),
    Figure("down held: bytes a key", LEAN, of("hold", "bytes_per_key"), 480),
    Figure("cursor down: CPU against stock", LEAN, of("down", "cpu_ms"), 1.0, STOCK, " ms"),
    Figure("down held: CPU a key against stock", LEAN, of("hold", "cpu_ms_per_key"), 1.0, STOCK, " ms"),
    Figure("start to first rows over HTTP, against the table", HTTP, of("startup", "ready_ms"), 1.4, SMALL, " ms"),
    Figure("start to first rows over HTTP, against stock", HTTP, of("startup", "ready_ms"), 1.0, HTTP_STOCK, " ms"),
    Figure("exit", LEAN, of("exit", "exit_ms"), 40, "", " ms"),
    Figure("exit over HTTP", HTTP, of("exit", "exit_ms"), 40, "", " ms"),
)  # fmt: skip


@contextmanager
def programs(termbench: Path, root: Path, customers: int) -> Iterator[list[dict[str, Any]]]:
    """What to run, and the servers it needs."""
    own = {
        "COTUI_CONFIG": str(root / "config.toml"),
        "COTUI_STATE_DIR": str(root / "state"),
        "COTUI_CACHE_DIR": str(root / "cache"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }
    common = {"quit": ["q"], "quiet": 150, "timeout": 90}
    demo: dict[str, Any] = {
        **common,
        "env": own,
        "ready": r"1–\d+ of [\d,]{5,}",
        "command": f"{COTUI} --demo --customers {customers} invoices --driver lean",
    }
    #: as Textual has it: Esc waits a tenth of a second
    stock = {"env": own | {"ESCDELAY": "100"}}
    with closing(SandboxProcess(root / "server", "--rate-limit", "off")) as server:
        http = {
            **common,
            "env": own | server.account.environment,
            "ready": FIRST_ROW,
            "command": f"{COTUI} --driver lean",
            "steps": [STEPS[0]],
        }
        yield [
            {
                "name": SMALL,
                **common,
                "cwd": str(termbench),
                "quit": ["ctrl-q"],
                "ready": "INV-0000001.*",
                "command": f"{sys.executable} baseline/table.py 100",
                "steps": [STEPS[0]],
            },
            {**demo, "name": LEAN, "steps": STEPS},
            {**demo, "name": STOCK, "steps": STEPS, **stock, "command": demo["command"].replace("lean", "stock")},
            {
                **demo,
                "name": SLOW,
                "link": {"bandwidth": 16000, "delay_ms": 75},
                "steps": [STEPS[0], {"name": "bottom", "keys": ["down"] * 40, "quiet": 600}, STEPS[-1]],
            },
            {**http, "name": HTTP},
            {**http, "name": HTTP_STOCK, "command": f"{COTUI} --driver stock"},
        ]  # fmt: skip


def measure_first_ideal(termbench: ModuleType, program: dict[str, Any]) -> float:
    """Bytes that a painter of changed cells needs for the first screen, from an empty one."""
    with termbench.Session(program["command"], size=(120, 40), env=program["env"]) as session:
        empty = session.screen.snapshot()
        session.settle(0, 0.6, program["timeout"], program["ready"])
        cost: int = termbench.repaint_cost(empty, session.screen.snapshot())
        session.close(program["quit"])
    return float(cost)


def main() -> None:
    asked = options_of(__doc__)
    termbench = load(asked.termbench)
    with (
        tempfile.TemporaryDirectory(prefix="cotui-bench-") as folder,
        programs(asked.termbench.resolve(), Path(folder), 150 if asked.short else CUSTOMERS) as chosen,
    ):
        results = termbench.compare(
            {"program": kept(chosen, asked.steps), "warmup": asked.warmup}, asked.runs, asked.only
        )
        stock = next(program for program in chosen if program["name"] == STOCK)
        for result in results["programs"]:
            if result["name"] == STOCK:
                ideal = measure_first_ideal(termbench, stock)
                result["summary"]["startup"]["ideal"] = {"median": ideal}
    if asked.json:
        asked.json.write_text(json.dumps(results, indent=1))
    print(table(results, FIGURES))


if __name__ == "__main__":
    main()
