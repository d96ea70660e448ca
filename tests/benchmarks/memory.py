"""Memory after scrolling through all of 100,000 rows, next to memory after the first pages.

    python -m tests.benchmarks.memory [--customers 10000]

The real program in a pseudo-terminal, over HTTP to a `cotui sandbox` started here. Page Down is pressed until the
end, each time waiting until every row of the page is on the screen, so nothing is skipped.
"""

from __future__ import annotations

import re
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tests.benchmarks import options
from tests.e2e.harness import Program, clean_environment
from tests.e2e.servers import SandboxProcess

WANTED = 1.2
SIZE = (120, 104)
#: pages of the screen after which the figure to compare with is taken
FIRST_PAGES = 5

_POSITION = re.compile(r"([\d,]+)–([\d,]+) of ([\d,]+)$", re.M)


def resident(pid: int) -> tuple[float, float]:
    """Resident memory of a process, now and at its most, in MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    now, peak = (re.search(rf"{name}:\s+(\d+)", status) for name in ("VmRSS", "VmHWM"))
    assert now
    assert peak
    return int(now[1]) / 1024, int(peak[1]) / 1024


def position(text: str) -> tuple[int, int, int] | None:
    """First and last row on the screen and the number of all, once each of the rows is there."""
    found = _POSITION.search(text)
    if found is None or re.search(r"^ …$", text, re.M):
        return None
    first, last, total = (int(group.replace(",", "")) for group in found.groups())
    return first, last, total


def scroll_to_end(program: Program) -> dict[str, float]:
    """Figures on the way."""
    figures: dict[str, float] = {}
    seen = 0
    pages = 0
    while True:

        def further(text: str, seen: int = seen) -> bool:
            place = position(text)
            return place is not None and place[1] > seen

        first, last, total = position(program.wait_for(further)) or (0, 0, 0)
        if first > seen + 1:
            raise SystemExit(f"rows {seen + 1} to {first - 1} were skipped")
        seen = last
        pages += 1
        if pages == FIRST_PAGES:
            figures["first"], figures["first peak"] = resident(program.process.pid)
        if last >= total:
            break
        program.press("pagedown")
    figures["rows"], figures["pages"] = total, pages
    figures["end"], figures["peak"] = resident(program.process.pid)
    return figures


def main() -> None:
    parser = options.parser(__doc__)
    parser.add_argument("--customers", type=int, default=10_000, help="about ten invoices each")
    chosen = options.options(parser, customers=100)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with closing(
            SandboxProcess(home / "sandbox", "--customers", str(chosen.customers), "--rate-limit", "off")
        ) as sandbox:
            account = sandbox.account
            config = home / "config" / "config.toml"
            config.parent.mkdir()
            config.write_text(
                f'[profiles.bench]\nurl = "{account.url}"\nusername = "{account.username}"\n'
                'password_env = "KEY"\nrate_limit = 10000\n'
            )
            with closing(
                Program(["invoices"], clean_environment(home, KEY=account.password), SIZE)
            ) as program:
                start = time.monotonic()
                figures = scroll_to_end(program)
                took = time.monotonic() - start
    ratio = figures["end"] / figures["first"]
    print(f"{figures['rows']:,.0f} rows in {figures['pages']:,.0f} screens, {took:.0f} s")
    print(
        f"after the first {FIRST_PAGES} screens: {figures['first']:.1f} MiB (peak {figures['first peak']:.1f})"
    )
    print(f"after all of them: {figures['end']:.1f} MiB (peak {figures['peak']:.1f})")
    print(f"ratio {ratio:.2f}, wanted ≤ {WANTED}: {'met' if ratio <= WANTED else 'MISSED'}")


if __name__ == "__main__":
    main()
