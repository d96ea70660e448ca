"""The same screens in real terminals: the demo with Textual's own driver and with ours, and what each terminal can do.

    python -m tests.benchmarks.terminals [--only REGEX] [--abilities] [--keep FOLDER]

In every terminal that is installed (`terminal_engines.py`) the demo gets the same keys twice, once with each driver,
and after each step the pixels have to be the same. `--abilities` measures instead
what `cotui/tui/engine/terminal/abilities.py` believes of each: two ways to the same picture must look the same.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import re
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks import options
from tests.benchmarks.terminal_abilities import probes
from tests.benchmarks.terminal_engines import ENGINES, PATIENCE, Engine, Place, Window, relay, save
from tests.e2e.harness import KEYS, LAUNCHER, clean_environment

#: what of a terminal's environment programs look at to learn which it is
_TELLING = re.compile(
    r"TERM|COLORTERM|TERM_.*|.*_VERSION|TMUX.*|STY|KITTY_.*|ALACRITTY_.*|SSH_(?:TTY|CONNECTION)|COLORFGBG|MLTERM|WINDOWID"
)
#: where the cursor is: every terminal answers that, once it has read what came before; Textual does not ask it
_ASKED, _ANSWER = b"\x1b[6n", re.compile(rb"\x1b\[\d+;\d+R")

#: name of a step, and the keys pressed in it
STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("list", ()),
    ("cursor", ("down", "down", "up")),
    ("page down", ("pagedown",)),
    ("scrolled by one", ("down",)),
    ("scrolled back", ("home",)),
    ("record", ("enter",)),
    ("record, further down", ("pagedown",)),
    ("next record", ("]",)),
    ("back to the list", ("esc",)),
    ("keys", ("?",)),
    ("keys closed", ("esc",)),
    ("palette", (":",)),
    ("palette, typed", ("i", "n", "v")),
    ("palette closed", ("esc",)),
    ("columns", ("c",)),
    ("columns closed", ("esc",)),
    ("hostile and wide text", ("/", *"id >= 41 id <= 60", "enter")),
    ("over wide text", ("down", "down", "down", "down")),
    ("dialog over wide text", ("?",)),
    ("dialog closed", ("esc",)),
    ("wide record", ("enter",)),
    ("next wide record", ("]",)),
    ("next wide record's end", ("end",)),
    ("wide list", ("esc",)),
    ("invoices", ("3",)),
    ("last invoices", ("end",)),
    ("invoices before", ("pageup", "up", "up")),
)


class Inside:
    """A terminal with the relay in it: shows bytes, and tells what it answers."""

    def __init__(self, engine: Engine, place: Place) -> None:
        path = place.folder / "relay"
        path.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX) as waiting:
            waiting.bind(str(path))
            waiting.listen(1)
            waiting.settimeout(PATIENCE)
            self.window: Window = engine.start(place, relay(path))
            try:
                self.link, _ = waiting.accept()
            except TimeoutError:
                self.window.close()
                raise
        hello = b""
        while not hello.endswith(b"\n"):
            hello += self.link.recv(1)
        told = json.loads(hello)
        self.environ: Mapping[str, str] = {
            name: value for name, value in told["environ"].items() if _TELLING.fullmatch(name)
        }
        self.size = (told["columns"], told["rows"])
        self.answers_status = True

    def show(self, data: bytes) -> None:
        """Let it show something."""
        self.link.sendall(data)

    def typed(self, timeout: float = 0.0) -> bytes:
        """What it sends, where there is something within `timeout` seconds."""
        ready, _, _ = select.select([self.link], [], [], timeout)
        return self.link.recv(65536) if ready else b""

    def settle(self) -> bytes:
        """Wait until it has read everything; returns what it sent meanwhile."""
        said = b""
        if self.answers_status:
            self.show(_ASKED)
            deadline = time.monotonic() + 5
            while not _ANSWER.search(said):
                said += self.typed(0.2)
                if time.monotonic() > deadline:
                    self.answers_status = False
                    break
        return _ANSWER.sub(b"", said, count=1)

    def look(self) -> bytes:
        """What it shows once that does not change any more."""
        before, alike = b"", 0
        for _ in range(60):
            now = self.window.look()
            alike = alike + 1 if now == before else 0
            if alike == 2:
                return now
            before = now
            time.sleep(0.08)
        return before

    def refreshed(self) -> bytes:
        """As `look`, after it has drawn all its cells anew."""
        self.window.refresh()
        time.sleep(0.3)
        return self.look()

    def close(self) -> None:
        """End it."""
        self.link.close()
        self.window.close()


class Demo:
    """cotui's demo behind a terminal."""

    def __init__(self, inside: Inside, driver: str, home: Path, cache: Path) -> None:
        self._inside = inside
        self._master, slave = pty.openpty()
        columns, rows = inside.size
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        env = clean_environment(home, COTUI_CACHE_DIR=str(cache))
        env = {name: value for name, value in env.items() if name not in ("TERM", "COLORTERM")}
        command = [sys.executable, "-m", "cotui", "--demo", "--customers", "300", "--driver", driver]
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", LAUNCHER, *command],
            stdin=slave, stdout=slave, stderr=slave, env={**env, **inside.environ}, cwd=home, start_new_session=True,
        )  # fmt: skip
        os.close(slave)
        self.bytes = 0

    def press(self, key: str) -> None:
        """Press a key."""
        os.write(self._master, KEYS.get(key) or key.encode())

    def rest(self, quiet: float = 0.4) -> bool:
        """Pass bytes to and fro until nothing happens any more; False when the program has ended."""
        worked, since = self._worked(), time.monotonic()
        link = self._inside.link.fileno()
        deadline = since + 30
        while time.monotonic() < deadline:
            ready, _, _ = select.select([self._master, link], [], [], 0.05)
            now = time.monotonic()
            if self._master in ready:
                try:
                    data = os.read(self._master, 65536)
                except OSError:
                    return False
                self.bytes += len(data)
                self._inside.show(data)
                since = now
            if link in ready:
                os.write(self._master, self._inside.typed())
                since = now
            if self._worked() > worked + 1:
                worked, since = self._worked(), now
            if now - since > quiet:
                if said := self._inside.settle():
                    os.write(self._master, said)
                    since = now
                    continue
                return True
        raise TimeoutError("the program does not come to rest")

    def _worked(self) -> int:
        with contextlib.suppress(OSError):
            words = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
            return int(words[11]) + int(words[12])
        return 0

    def close(self) -> None:
        """End it, if it has not ended."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        os.close(self._master)


@contextmanager
def opened(engine: Engine) -> Iterator[Inside]:
    """A terminal that is ready."""
    with tempfile.TemporaryDirectory(prefix="cotui-") as folder:
        Path(folder).chmod(0o700)
        with closing(Place(Path(folder))) as place, closing(Inside(engine, place)) as inside:
            yield inside


@dataclass
class Shots:
    """What one driver brought onto a terminal."""

    looks: dict[str, bytes]
    refreshed: dict[str, bytes]
    sent: int
    restored: bytes


def play(engine: Engine, driver: str, cache: Path, again: frozenset[str] = frozenset()) -> Shots:
    """Give the demo all keys in a fresh terminal.

    Args:
        engine: the terminal.
        driver: of cotui.
        cache: where the demo's data is kept.
        again: steps after which the terminal is asked to draw its cells anew.
    """
    with tempfile.TemporaryDirectory(prefix="cotui-home-") as home, opened(engine) as inside:
        inside.show(b"this was here before\r\n")
        with closing(Demo(inside, driver, Path(home), cache)) as demo:
            looks, refreshed = {}, {}
            for name, keys in STEPS:
                for key in keys:
                    demo.press(key)
                    if len(keys) < 8:
                        demo.rest(0.1)
                if not demo.rest():
                    raise RuntimeError(f"cotui ended in step {name!r}")
                looks[name] = inside.look()
                if name in again:
                    refreshed[name] = inside.refreshed()
            demo.press("q")
            with contextlib.suppress(OSError):
                demo.rest()
            inside.settle()
            if len(set(looks.values())) < 8:
                raise RuntimeError("its window shows nothing")
            return Shots(looks, refreshed, demo.bytes, inside.look())


def compare(engine: Engine, cache: Path, keep: Path | None) -> list[str]:
    """Steps after which the two drivers don't look alike."""
    stock, lean = play(engine, "stock", cache), play(engine, "lean", cache)
    different = frozenset(name for name, _ in STEPS if stock.looks[name] != lean.looks[name])
    if different:
        # pixels of a letter that reaches into its neighbour's cell differ with the order of drawing
        stock, lean = play(engine, "stock", cache, different), play(engine, "lean", cache, different)
        different = frozenset(name for name in different if stock.refreshed[name] != lean.refreshed[name])
    if keep:
        for name in different:
            for driver, shots in (("stock", stock), ("lean", lean)):
                words = re.sub(r"\W+", "-", f"{engine.name} {name} {driver}")
                save(shots.refreshed.get(name, shots.looks[name]), keep / words)
    wrong = [name for name, _ in STEPS if name in different]
    if stock.restored != lean.restored:
        wrong.append("after the end")
    print(f"  bytes: stock {stock.sent:,}, lean {lean.sent:,}", flush=True)
    return wrong


def measure(engine: Engine) -> dict[str, Any]:
    """What it announces, answers and can do."""
    with opened(engine) as inside:
        facts: dict[str, Any] = {"size": inside.size, "environ": dict(inside.environ)}
        for name, asked in {
            "mode 2026": b"\x1b[?2026$p", "mode 2048": b"\x1b[?2048$p", "DA1": b"\x1b[c", "DA2": b"\x1b[>c",
            "XTVERSION": b"\x1b[>q", "kitty keys": b"\x1b[?u",
        }.items():  # fmt: skip
            inside.show(asked)
            facts[name] = inside.settle().decode(errors="replace")
        inside.show(b"\x1b[?1049h\x1b[?25l")
        everything = set[bytes]()
        for name, one, other in probes(*inside.size):
            looks = []
            for way in (one, other):
                inside.show(b"\x1b[m\x1b[r" + way.encode() + b"\x1b[m")
                inside.settle()
                looks.append(inside.look())
            facts[name] = looks[0] == looks[1]
            everything.update(looks)
        if len(everything) < 8:
            raise RuntimeError("its window shows nothing")
        return facts


def main() -> None:
    parser = options.parser(__doc__)
    parser.add_argument("--only", default="", help="regular expression: only the terminals whose names match")
    parser.add_argument("--abilities", action="store_true", help="measure what each can do instead")
    parser.add_argument("--keep", type=Path, help="folder for looks that differ")
    chosen = options.options(parser)
    options.need("Xvfb", "xwd", "xrefresh")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # all that was started is ended on the way out
    if chosen.keep:
        chosen.keep.mkdir(parents=True, exist_ok=True)
    failed = False
    with tempfile.TemporaryDirectory(prefix="cotui-cache-") as cache:
        for engine in ENGINES.values():
            if not re.search(chosen.only, engine.name):
                continue
            if not engine.installed:
                print(f"{engine.name}: not installed")
                continue
            print(f"{engine.name} {engine.told_version()}", flush=True)
            try:
                if chosen.abilities:
                    for name, fact in measure(engine).items():
                        print(f"  {name}: {'yes' if fact is True else 'NO' if fact is False else fact!r}")
                    continue
                wrong = compare(engine, Path(cache), chosen.keep)
            except (OSError, RuntimeError, subprocess.SubprocessError) as error:
                wrong = [f"could not be run: {error}"]
            failed = failed or bool(wrong)
            print(f"  {'DIFFERENT: ' + ', '.join(wrong) if wrong else 'the same at every step'}", flush=True)
            if chosen.short:
                break  # one terminal is enough to see that it runs
    sys.exit(failed)


if __name__ == "__main__":
    main()
