"""How cotui feels next to a bare Textual table: start, keys, memory, idle, measured from outside.

    python -m tests.benchmarks.startup_and_keys [--runs 7] [--termbench ../shared/termbench] [--json out.json]

Runs termbench's own baseline and cotui interleaved in random order and prints medians and their ratios. Sandboxes
for the HTTP figures are started here. Only ratios within one run say anything: machines are noisy.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.benchmarks import options
from tests.e2e.servers import SandboxProcess

PROJECT = Path(__file__).parents[2]
COTUI = Path(sys.executable).with_name("cotui")
#: the first customer of the demo data: it is there when the first rows are
FIRST_ROW = "Northwind Analytics"
LATENCY = "40"

SMALL, LARGE = "Textual DataTable 100", "Textual DataTable 2000"
HTTP, HOLD = "cotui, HTTP", "cotui invoices, HTTP with 40 ms"
DEMO, FIRST = "cotui --demo", "cotui --demo, very first run"

SETTLE = {"name": "settle", "keys": [], "quiet": 500}
DOWN = {"name": "down", "keys": ["down"], "repeat": 12}
PAGE = {"name": "page", "keys": ["pagedown"], "repeat": 6, "quiet": 200}
HELD = {"name": "hold", "hold": "down", "rate": 30, "seconds": 3}
IDLE = {"name": "idle", "idle": 5}

Summary = dict[str, dict[str, dict[str, float]]]


@dataclass(frozen=True)
class Figure:
    """One line of the table: a value of cotui's, the baseline's, and what is wanted of them."""

    name: str
    program: str
    value: Callable[[Summary], float]
    limit: float
    baseline: str = ""
    unit: str = ""
    #: what of the baseline's is compared; the same as of the program's when left out
    against: Callable[[Summary], float] | None = None

    def row(self, programs: dict[str, Summary]) -> tuple[str, ...]:
        measured = self.value(programs[self.program])
        if not self.baseline:
            return (
                self.name,
                f"≤ {self.limit:g}{self.unit}",
                f"{measured:,.1f}{self.unit}",
                "",
                _verdict(measured <= self.limit),
            )
        base = (self.against or self.value)(programs[self.baseline])
        ratio = measured / base
        return (
            self.name, f"≤ {self.limit:g}", f"{ratio:.2f}",
            f"{measured:,.1f} / {base:,.1f}{self.unit}", _verdict(ratio <= self.limit),
        )  # fmt: skip


def _verdict(met: bool) -> str:
    return "met" if met else "MISSED"


def of(step: str, metric: str) -> Callable[[Summary], float]:
    """The median of one metric of one step."""
    return lambda summary: summary[step][metric]["median"]


def _first_screen(summary: Summary) -> float:
    return of("startup", "bytes_settled")(summary) + of("settle", "bytes")(summary)


FIGURES = (
    Figure("start to first rows, HTTP", HTTP, of("startup", "ready_ms"), 1.6, SMALL, " ms"),
    Figure("start to first rows, --demo", DEMO, of("startup", "ready_ms"), 2.0, SMALL, " ms"),
    Figure(
        "start to first rows, --demo, very first run", FIRST, of("startup", "ready_ms"), 3.5, SMALL, " ms"
    ),
    Figure("bytes of the first settled screen", HTTP, _first_screen, 0.8, SMALL),
    Figure("cursor down inside the view: bytes", HTTP, of("down", "bytes"), 0.4, SMALL),
    Figure("cursor down inside the view: latency", HTTP, of("down", "settle_ms"), 0.8, SMALL, " ms"),
    Figure("page down into loaded rows: bytes", HTTP, of("page", "bytes"), 0.6, LARGE),
    Figure("down held 3 s, 40 ms latency: backlog", HOLD, of("hold", "backlog_ms"), 150, "", " ms"),
    Figure("memory at first rows", HTTP, of("startup", "rss_mb"), 1.7, SMALL, " MiB"),
    Figure("idle for 5 s: bytes a second", HTTP, of("idle", "bytes_per_s"), 0),
    Figure("idle for 5 s: share of a core", HTTP, of("idle", "cpu_percent"), 1, "", " %"),
)


@contextmanager
def programs(termbench: Path, root: Path) -> Iterator[list[dict[str, Any]]]:
    """What to run, and the servers it needs."""
    own = {
        "COTUI_CONFIG": str(root / "config.toml"),
        "COTUI_STATE_DIR": str(root / "state"),
        "COTUI_CACHE_DIR": str(root / "cache"),
    }
    common = {"quit": ["q"], "quiet": 120, "timeout": 60, "ready": FIRST_ROW}
    table = {**common, "quit": ["ctrl-q"], "cwd": str(termbench), "ready": "INV-0000001.*"}
    baseline = f"{sys.executable} baseline/table.py"
    fresh = f"COTUI_CACHE_DIR=$(mktemp -d {root}/cacheXXXXXX) exec {COTUI} --demo"
    with (
        closing(SandboxProcess(root / "plain", "--rate-limit", "off")) as plain,
        closing(SandboxProcess(root / "slow", "--latency", LATENCY, "--rate-limit", "off")) as slow,
    ):
        yield [
            {**table, "name": SMALL, "command": f"{baseline} 100", "steps": [SETTLE, DOWN, IDLE]},
            {**table, "name": LARGE, "command": f"{baseline} 2000", "steps": [SETTLE, PAGE, HELD]},
            {
                **common, "name": HTTP, "command": str(COTUI), "env": own | plain.account.environment,
                "steps": [SETTLE, DOWN, PAGE, IDLE],
            },
            {
                **common, "name": HOLD, "command": f"{COTUI} invoices", "env": own | slow.account.environment,
                "ready": r"1–\d+ of [\d,]+", "steps": [SETTLE, HELD],
            },
            {**common, "name": DEMO, "command": f"{COTUI} --demo", "env": own, "steps": [SETTLE]},
            {**common, "name": FIRST, "command": ["sh", "-c", fresh], "env": own, "steps": []},
        ]  # fmt: skip


def load(folder: Path) -> ModuleType:
    """termbench as a module."""
    spec = importlib.util.spec_from_file_location("termbench", folder / "termbench.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["termbench"] = module
    spec.loader.exec_module(module)
    return module


def table(results: dict[str, Any], figures: Sequence[Figure]) -> str:
    """What was measured, as a line about the machine and a Markdown table."""
    meta = results["meta"]
    speed = meta["calibration_ms"]
    summaries = {program["name"]: program["summary"] for program in results["programs"]}
    rows = [("figure", "wanted", "measured", "cotui / baseline", "")]
    for figure in figures:
        try:
            rows.append(figure.row(summaries))
        except KeyError:
            rows.append((figure.name, f"≤ {figure.limit:g}", "not measured", "", ""))
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|---" * len(rows[0]) + "|")
    about = (
        f"Python {meta['python']}, {meta['cores']} cores, {meta['runs']} runs; a fixed loop took "
        f"{speed['median']:.1f} ms (p5 {speed['p5']:.1f}, p95 {speed['p95']:.1f})\n"
    )
    return "\n".join([about, *lines])


#: steps that the short form keeps
SHORT = ("settle", "down", "open dialog", "close dialog")


def kept(programs: list[dict[str, Any]], names: Sequence[str] | None) -> list[dict[str, Any]]:
    """Programs with no other steps than those; all when nothing is said."""
    for program in programs if names else ():
        program["steps"] = [step for step in program["steps"] if step["name"] in names]
    return programs


def options_of(description: str | None) -> argparse.Namespace:
    """The options of a script that measures from outside."""
    parser = options.parser(description)
    parser.add_argument("--termbench", type=Path, default=PROJECT.parent / "shared" / "termbench")
    parser.add_argument("--runs", type=int, default=7, help="interleaved runs of each program (default: 7)")
    parser.add_argument("--only", help="regular expression: run only the programs whose names match")
    parser.add_argument("--json", type=Path, help="write every figure of every run to this file")
    parser.set_defaults(warmup=1, steps=None)
    chosen = options.options(parser, runs=1, warmup=0, steps=SHORT)
    options.need(chosen.termbench)
    return chosen


def main() -> None:
    asked = options_of(__doc__)
    termbench = load(asked.termbench)
    with (
        tempfile.TemporaryDirectory(prefix="cotui-bench-") as folder,
        programs(asked.termbench.resolve(), Path(folder)) as chosen,
    ):
        results = termbench.compare(
            {"program": kept(chosen, asked.steps), "warmup": asked.warmup}, asked.runs, asked.only
        )
    if asked.json:
        asked.json.write_text(json.dumps(results, indent=1))
    print(table(results, FIGURES))


if __name__ == "__main__":
    main()
