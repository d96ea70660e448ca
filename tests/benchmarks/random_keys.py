"""Random keys over a slow link: does what the terminal shows stay what it should show, and the memory flat?

    python -m tests.benchmarks.random_keys [--minutes 30] [--seed N] [--kbit 128] [--rtt 150] [--driver lean]

The demo, read only, in a terminal behind an emulated link. Now and then the keys rest; then the terminal loses all
its cells, Ctrl+L has everything painted anew, and every cell has to be as it was. Prints what differed, the memory
of the process, and the most that was ever on its way. Exit code 1 when anything is not as wanted.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import random
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks import options
from tests.benchmarks.memory import resident
from tests.e2e.harness import KEYS, LAUNCHER, clean_environment
from tests.e2e.screen import EmulatedScreen
from tests.tui.terminal.emulator import Cell

#: how often what is done, and its keys; letters that could end the program or write are in none of them
HABITS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (24, ("down",)),
    (14, ("up",)),
    (6, ("down",) * 12),
    (8, ("pagedown",)),
    (5, ("pageup",)),
    (2, ("end",)),
    (2, ("home",)),
    (3, ("right", "right")),
    (2, ("left",)),
    (7, ("enter",)),
    (9, ("esc",)),
    (3, ("]",)),
    (2, ("[",)),
    (2, ("E",)),
    (3, ("v",)),
    (2, ("tab",)),
    (2, ("o",)),
    (2, ("space", "down")),
    (2, ("?", "pagedown", "esc")),
    (2, (":", *"inv", "down", "esc")),
    (1, ("C", "down", "down", "esc")),
    (1, ("a", "down", "esc")),
    (2, ("esc", "esc", "1")),
    (1, ("esc", "esc", "2")),
    (2, ("esc", "esc", "3")),
    (1, ("esc", "esc", "4")),
    (1, ("esc", "esc", "1", "/", *"id >= 41 id <= 60", "enter")),
    (1, ("esc", "esc", "1", "/", *"country = Canada", "enter")),
    (1, ("esc", "esc", "1", "/", "ctrl+u", "enter")),
    (1, ("f", *"an", "enter", "esc")),
)
#: a held key: presses, and seconds between them
HELD, EVERY = 60, 1 / 30
SIZES = ((120, 40), (120, 40), (100, 30), (80, 24), (140, 45))
#: F12, which does nothing
UNUSED = "\x1b[24~"
#: seconds without a byte after which the screen is taken for finished
QUIET = 1.5
#: bytes on their way at most: two seconds of 128 kbit/s
BACKLOG = 32 * 1024
#: growth of the memory from a quarter of the time, when everything has been used once, to the end
GROWTH = 1.2
#: bytes that wait in front of the link as in an SSH server, before the program is made to wait
BUFFER = 65536

_REQUESTS = re.compile(r" *\d+/\d+ req/min")


@dataclass
class Link:
    """One direction: bytes arrive after a delay, not more at a time than the line takes.

    Attributes:
        delay: seconds on the way.
        rate: bytes a second; 0 for no limit.
        waiting: bytes that have been sent and have not arrived.
    """

    delay: float
    rate: float = 0.0
    waiting: int = 0
    _free_at: float = 0.0
    _pieces: deque[tuple[float, bytes]] = field(default_factory=deque)

    def send(self, data: bytes) -> None:
        """Put something on its way."""
        now = time.monotonic()
        step = max(1, int(self.rate / 50)) if self.rate else len(data)
        for start in range(0, len(data), step):
            piece = data[start : start + step]
            self._free_at = max(self._free_at, now) + (len(piece) / self.rate if self.rate else 0.0)
            self._pieces.append((self._free_at + self.delay, piece))
        self.waiting += len(data)

    def arrived(self) -> Iterator[bytes]:
        """What has arrived by now."""
        while self._pieces and self._pieces[0][0] <= time.monotonic():
            piece = self._pieces.popleft()[1]
            self.waiting -= len(piece)
            yield piece

    @property
    def next(self) -> float:
        """When the next piece arrives."""
        return self._pieces[0][0] if self._pieces else float("inf")


class FarTerminal:
    """cotui with its terminal at the other end of a slow link.

    Args:
        words: of the command line.
        home: an empty folder.
        size: columns and rows.
        delay: seconds each way.
        rate: bytes a second towards the terminal.
    """

    def __init__(
        self, words: list[str], home: Path, size: tuple[int, int], delay: float, rate: float
    ) -> None:
        self.screen = EmulatedScreen(*size)
        self._down, self._up = Link(delay, rate), Link(delay)
        self._master, slave = pty.openpty()
        self._set_size(size)
        # xterm is known to do all that the driver can make use of
        env = clean_environment(home, XTERM_VERSION="XTerm(379)")
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", LAUNCHER, sys.executable, "-m", "cotui", *words],
            stdin=slave, stdout=slave, stderr=slave, env=env, cwd=home, start_new_session=True,
        )  # fmt: skip
        os.close(slave)
        self.bytes = self.most_waiting = 0
        self.ended = False

    def _set_size(self, size: tuple[int, int]) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def resize(self, size: tuple[int, int]) -> None:
        """The window gets another size; the process is told as by an SSH server."""
        self.screen.resize(*size)
        self._set_size(size)

    def press(self, *keys: str) -> None:
        """Press keys at the far end."""
        self._up.send(b"".join(KEYS.get(key) or key.encode() for key in keys))

    def run(self, seconds: float) -> bool:
        """Let time pass; whether a byte arrived."""
        until = time.monotonic() + seconds
        arrived = False
        while not self.ended and (now := time.monotonic()) < until:
            wanted = [self._master] if self._down.waiting < BUFFER else []
            rest = max(0.0, min(until, self._down.next, self._up.next) - now)
            if select.select(wanted, [], [], rest)[0]:
                try:
                    data = os.read(self._master, 4096)
                except OSError:
                    self.ended = True
                    break
                self.bytes += len(data)
                self._down.send(data)
                self.most_waiting = max(self.most_waiting, self._down.waiting)
            for piece in self._down.arrived():
                arrived = True
                if answer := self.screen.feed(piece):
                    self._up.send(answer)
            for piece in self._up.arrived():
                os.write(self._master, piece)
        return arrived

    def rest(self) -> float:
        """Wait until nothing arrives any more; seconds until the last byte did."""
        start = last = time.monotonic()
        while not self.ended and time.monotonic() - last < QUIET:
            if self.run(0.1) or self._down.waiting or self._up.waiting:
                last = time.monotonic()
        return last - start

    def close(self) -> None:
        """End it."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)


def difference(before: list[list[Cell]], after: list[list[Cell]]) -> list[str]:
    """Lines that are not the same; how many requests are left in this minute changes by itself."""
    found = []
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        texts = ["".join(cell.text for cell in line) for line in (old, new)]
        if old == new or (number == 0 and _REQUESTS.sub("", texts[0]) == _REQUESTS.sub("", texts[1])):
            continue
        x = next(x for x, cell in enumerate(old) if cell != new[x])
        found.append(f"    line {number}, column {x}: {old[x]} became {new[x]}")
        found += [f"      before |{texts[0]}|", f"      after  |{texts[1]}|"]
    return found


def soak(terminal: FarTerminal, seconds: float, every: float, chance: random.Random) -> bool:
    """Press keys for some time; whether all went well."""
    terminal.rest()
    weights, habits = [weight for weight, _ in HABITS], [keys for _, keys in HABITS]
    begun, pressed, looks, wrong, slowest = time.monotonic(), 0, 0, 0, 0.0
    memory: list[float] = []
    recent: deque[str] = deque(maxlen=60)
    next_look = begun + every
    while not terminal.ended and time.monotonic() - begun < seconds:
        kind = chance.random()
        if kind < 0.01:
            # a window that keeps its size loses nothing, and nobody is told of it
            size = chance.choice([size for size in SIZES if size != terminal.screen.size])
            recent.append(f"<{size[0]}x{size[1]}>")
            terminal.resize(size)
        elif kind < 0.03:
            key = chance.choice(("down", "up", "pagedown"))
            recent.append(f"{key}*{HELD}")
            for _ in range(HELD):
                terminal.press(key)
                terminal.run(EVERY)
            pressed += HELD
        else:
            keys = chance.choices(habits, weights)[0]
            recent.extend(keys)
            for key in keys:
                terminal.press(key)
                terminal.run(chance.uniform(0.05, 0.2))
            pressed += len(keys)
        terminal.run(chance.expovariate(2.0))
        if time.monotonic() < next_look:
            continue
        slowest = max(slowest, terminal.rest())
        terminal.press(UNUSED)  # what the last line said goes with the next key
        terminal.rest()
        before = terminal.screen.picture
        terminal.screen.resize(*terminal.screen.size)  # all cells are lost
        terminal.press("\x0c")
        terminal.rest()
        looks += 1
        with contextlib.suppress(AssertionError):  # it has ended, which is told below
            memory.append(resident(terminal.process.pid)[0])
        if found := difference(before, terminal.screen.picture):
            wrong += 1
            print(f"  DIFFERENT after {pressed} keys: {' '.join(recent)}", *found[:15], sep="\n", flush=True)
        next_look = time.monotonic() + every
    took = time.monotonic() - begun
    print(
        f"{took / 60:.1f} min, {pressed} keys, {terminal.bytes:,} bytes ({terminal.bytes / max(1, pressed):.0f} a key)"
    )
    if terminal.ended or not memory:
        print(f"the program ended by itself: {terminal.process.wait()}\n{terminal.screen.text}")
        return False
    peak, growth = resident(terminal.process.pid)[1], memory[-1] / memory[len(memory) // 4]
    print(f"looks {looks}, different {wrong}, wanted 0: {_verdict(not wrong)}")
    print(
        f"memory MiB: first {memory[0]:.1f}, last {memory[-1]:.1f}, highest {max(memory):.1f}, peak {peak:.1f};",
        end="",
    )
    print(f" a quarter of the time to the end {growth:.2f}, wanted ≤ {GROWTH}: {_verdict(growth <= GROWTH)}")
    print(
        f"most on its way {terminal.most_waiting:,} bytes, wanted ≤ {BACKLOG:,}:"
        f" {_verdict(terminal.most_waiting <= BACKLOG)}; at rest {slowest:.1f} s after the last key at the latest"
    )
    return not wrong and growth <= GROWTH and terminal.most_waiting <= BACKLOG


def _verdict(met: bool) -> str:
    return "met" if met else "MISSED"


def main() -> None:
    parser = options.parser(__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--kbit", type=float, default=128, help="kbit/s towards the terminal (default: 128)")
    parser.add_argument("--rtt", type=float, default=150, help="milliseconds there and back (default: 150)")
    parser.add_argument("--every", type=float, default=20, help="seconds between two looks (default: 20)")
    parser.add_argument("--driver", default="lean", choices=["lean", "stock"])
    chosen = options.options(parser, minutes=0.1, every=3.0, seed=1, kbit=2000, rtt=20)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the program is ended on the way out
    print(f"seed {chosen.seed}, {chosen.kbit:g} kbit/s, {chosen.rtt:g} ms", flush=True)
    with tempfile.TemporaryDirectory(prefix="cotui-soak-") as home:
        words = ["--demo", "--customers", "2000", "--read-only", "--driver", chosen.driver]
        terminal = FarTerminal(words, Path(home), SIZES[0], chosen.rtt / 2000, chosen.kbit * 125)
        try:
            well = soak(terminal, chosen.minutes * 60, chosen.every, random.Random(chosen.seed))
        finally:
            terminal.close()
    sys.exit(not well and not chosen.short)


if __name__ == "__main__":
    main()
