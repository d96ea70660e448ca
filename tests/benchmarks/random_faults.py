"""Random keys on a line where all kinds of things go wrong: does anything end the app, do memory and descriptors stay?

    python -m tests.benchmarks.random_faults [--minutes 20] [--seed N]

The app without a terminal, on a sandbox in this process, which it also writes to. Keys come alone, in bursts and in
the same turn of the event loop; answers come late, broken, or not at all. The app is ended now and then, and begun
again. Prints what ended it otherwise, with the keys before it, and how often which screen was there and which was never.
Exit code 1 when anything ended it, or something grew.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import os
import pkgutil
import random
import sys
import tempfile
import time
import traceback
from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from textual.events import Key, Paste, Resize
from textual.geometry import Size

import cotui.tui
from cotui.tui.actions.menu_entries import entries
from cotui.tui.engine.life import LivingScreen
from cotui.tui.forms.form import FormScreen
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.shell.app import CotuiApp
from tests.benchmarks import options
from tests.benchmarks.memory import resident
from tests.tui.writing import Account, account

#: how often what is pressed
HABITS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (20, ("down",)),
    (12, ("up",)),
    (8, ("pagedown",)),
    (6, ("pageup",)),
    (4, ("end",)),
    (4, ("home",)),
    (30, ("enter",)),
    (40, ("escape",)),
    (10, ("escape", "escape")),
    (4, ("right_square_bracket",)),
    (4, ("left_square_bracket",)),
    (3, ("v",)),
    (4, ("r",)),
    (3, ("x",)),
    (3, ("E",)),
    (6, ("tab",)),
    (3, ("right", "o")),
    (6, ("space",)),
    (2, ("V",)),
    (2, ("A", "A")),
    (6, ("question_mark",)),
    (8, ("colon",)),
    (6, ("ctrl+u",)),
    (2, ("colon", "question_mark", "ctrl+u", "pageup")),
    (4, ("C",)),
    (3, ("J", "K", "space")),
    (8, ("1",)),
    (8, ("2",)),
    (8, ("3",)),
    (6, ("4",)),
    (6, ("u",)),
    (6, ("i",)),
    (6, ("c",)),
    (4, ("m",)),
    (3, ("slash", *"id > 3 ")),
    (2, ("slash", *"country = ", "tab")),
    (4, ("f", "a", "n")),
    (12, ("a",)),
    (8, ("e",)),
    (5, ("n",)),
    (4, ("p",)),
    (5, ("L",)),
    (8, ("y",)),
    (3, ("Y",)),
    (8, ("ctrl+s",)),
    (3, ("f2",)),
    (2, ("f3",)),
    (3, ("f4",)),
    (2, ("f5",)),
    (3, ("ctrl+g",)),
    (3, ("ctrl+t",)),
    (3, ("k",)),
    (2, ("b",)),
    (3, ("M", "T", "t")),
    (3, ("s", "d", "z", "n")),
    (3, ("l", "h", "j")),
    # the way to what single keys seldom reach: several records, a line of an invoice, fields that clash
    (3, ("space", "down", "space", "a", "enter", "2", "enter")),
    (2, ("f4", "n", "f2", "enter")),
    (2, ("ctrl+g", "ctrl+s", "ctrl+s")),
    (2, ("2", "enter", "E")),
    (2, ("ctrl+c",)),
    (2, ("ctrl+l",)),
    (1, ("q",)),
    (1, ("ctrl+q",)),
)
SIZES = ((120, 40), (100, 30), (80, 24), (150, 45), (40, 12), (20, 6), (5, 3), (1, 1))
#: how often what becomes of an answer
FAULTS: tuple[tuple[int, str], ...] = (
    (70, "none"),
    (6, "late"),
    (3, "timeout"),
    (3, "dropped"),
    (3, "no connection"),
    (2, "429"),
    (3, "500"),
    (2, "404"),
    (2, "page"),
    (2, "truncated"),
    (1, "null"),
    (1, "odd"),
    (1, "empty"),
)
#: screens that others are made of, and that come up by themselves as well
SHOWN_BASES = {FormScreen}
#: presses after which the app begins again
KEYS = 400
#: growth of the memory from a third of the time, when all has been used, to the end
GROWTH = 1.25


class BadLine(httpx.AsyncBaseTransport):
    """The way to the sandbox, and back as the dice want it."""

    def __init__(self, inner: httpx.AsyncBaseTransport, dice: random.Random) -> None:
        self._inner = inner
        self._dice = dice
        self.seen: Counter[str] = Counter()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        fault = self._dice.choices([name for _, name in FAULTS], [weight for weight, _ in FAULTS])[0]
        self.seen[fault] += 1
        wait = self._dice.choice((0.0, 0.0, 0.0, 0.001, 0.01, 0.05, 0.2))
        for _ in range(self._dice.randrange(6)):
            await asyncio.sleep(0)
        await asyncio.sleep(wait if fault != "late" else 1.0)
        if fault == "no connection" or (fault in ("timeout", "dropped") and self._dice.random() < 0.5):
            raise _broken(fault, request)
        if fault in ("429", "500", "404"):
            return httpx.Response(
                int(fault), json={"code": int(fault), "status": "Error", "message": "\x1b[2Jno"}
            )
        answer = await self._inner.handle_async_request(request)
        await answer.aread()
        if fault in ("timeout", "dropped"):
            raise _broken(fault, request)
        return _changed(fault, answer)

    async def aclose(self) -> None:
        await self._inner.aclose()


def _broken(fault: str, request: httpx.Request) -> httpx.TransportError:
    kinds = {
        "timeout": httpx.ReadTimeout,
        "dropped": httpx.RemoteProtocolError,
        "no connection": httpx.ConnectError,
    }
    return kinds[fault]("", request=request)


def _changed(fault: str, answer: httpx.Response) -> httpx.Response:
    whole: dict[str, object] = {"code": 200, "status": "OK", "message": ""}
    match fault:
        case "page":
            return httpx.Response(200, html="<!DOCTYPE html><h1>Hotel WiFi</h1>")
        case "truncated":
            return httpx.Response(200, content=answer.content[: len(answer.content) // 2])
        case "null":
            return httpx.Response(200, json={**whole, "response": None})
        case "odd":
            return httpx.Response(
                200, json={**whole, "response": [{"customer_id": "..", "x": [1, {"y": None}]}, {}]}
            )
        case "empty":
            return httpx.Response(200, json={**whole, "response": []})
    return answer


@dataclass
class Soak:
    """What was found."""

    seed: int
    keys: int = 0
    ends: int = 0
    crashes: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    descriptors: list[int] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    #: presses that each screen, by the name of its class, was on top for
    screens: Counter[str] = field(default_factory=Counter)


async def soak(folder: Path, seed: int, seconds: float) -> Soak:
    """Press keys for so long."""
    dice = random.Random(seed)
    found = Soak(seed)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with account(folder, screen=dice.choice(("customers", "users", "invoices", "reports"))) as made:
            await _one(made, dice, until, found)
        gc.collect()
        found.memory.append(resident(os.getpid())[0])
        found.descriptors.append(len(os.listdir("/proc/self/fd")))
    return found


async def _one(made: Account, dice: random.Random, until: float, found: Soak) -> None:
    """One app, until it ends or has had its keys."""
    line = BadLine(made.line, dice)
    made.api._client._transport = line
    app, recent = made.app, deque[str](maxlen=40)
    try:
        async with app.run_test(size=SIZES[0], notifications=True):
            for _ in range(KEYS):
                if not app.is_running or app._exit or time.monotonic() > until:
                    break
                await _press(app, dice, recent, found)
                if app.top is not None:
                    found.screens[type(app.top).__name__] += 1
    except BaseException as fault:
        if not isinstance(fault, Exception):
            raise
        found.crashes.append(f"{' '.join(recent)}\n{''.join(traceback.format_exception(fault)[-6:])}")
    if app._return_code not in (None, 0) and not found.crashes:
        found.crashes.append(f"code {app._return_code}: {' '.join(recent)}")
    found.ends += 1
    found.faults += line.seen
    await made.api.aclose()


async def _press(app: CotuiApp, dice: random.Random, recent: deque[str], found: Soak) -> None:
    kind = dice.random()
    if kind < 0.02:
        size = Size(*dice.choice(SIZES))
        recent.append(f"<{size.width}x{size.height}>")
        if app._driver is not None:
            app._driver._size = size  # type: ignore[attr-defined]
        app.post_message(Resize(size, size))
    elif kind < 0.03:
        recent.append("<paste>")
        app.post_message(Paste(dice.choice(("acme", "1\n2\n3", "x" * 5000, "\x1b[31m\u202e"))))
    elif kind < 0.07:
        recent.append(_act(app, dice))
    elif kind < 0.08:
        recent.append("<back>")
        _back(app)
    else:
        keys = dice.choices([keys for _, keys in HABITS], [weight for weight, _ in HABITS])[0]
        for key in keys:
            recent.append(key)
            app.post_message(Key(key, key if len(key) == 1 else " " if key == "space" else None))
            found.keys += 1
            await _turns(dice)
    await _turns(dice)


def _act(app: CotuiApp, dice: random.Random) -> str:
    """Begin any action on the record under the cursor, or on that and the next: what the palette and the menu do."""
    screen = app.top
    record = screen.table.record if isinstance(screen, BrowseScreen) and screen.ready else None
    if not isinstance(screen, BrowseScreen) or record is None or record.id is None:  # a row of a report
        return "<no act>"
    resource, ref = screen.listing.resource, record.id
    many = isinstance(ref, int) and dice.random() < 0.3
    refs = [ref, ref + 1] if isinstance(ref, int) and many else [ref]
    names = [entry.name for entry in entries(resource)]
    if not names:
        return "<no act>"
    name = "" if many else dice.choice(names)
    app.act(screen, resource, name, refs)
    return f"<{resource.id}.{name} {refs}>"


def _back(app: CotuiApp) -> None:
    """To the list, whatever was typed."""
    for screen in reversed(app.screen_stack[1:] if app.top is not None else []):
        if isinstance(screen, LivingScreen):
            screen.dismiss(None)


async def _turns(dice: random.Random) -> None:
    if dice.random() < 0.5:
        for _ in range(dice.randrange(30)):
            await asyncio.sleep(0)
    else:
        await asyncio.sleep(dice.choice((0.0, 0.002, 0.01, 0.03, 0.1)))


def screens() -> set[str]:
    """Names of all screens that there are, as far as they can come up where an account is known."""
    for module in pkgutil.walk_packages(cotui.tui.__path__, "cotui.tui."):
        importlib.import_module(module.name)
    kinds, found = [LivingScreen], set[type]()
    while kinds:
        for kind in kinds.pop().__subclasses__():
            found.add(kind)
            kinds.append(kind)
    bases = {base for kind in found for base in kind.__bases__} - SHOWN_BASES
    return {kind.__name__ for kind in found - bases if kind.__module__.startswith("cotui.")} - {"SetupScreen"}


def main() -> None:
    parser = options.parser(__doc__)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked = options.options(parser, minutes=0.1)
    print(f"seed {asked.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="cotui-soak-") as home:
        found = asyncio.run(soak(Path(home), asked.seed, asked.minutes * 60))
    third = len(found.memory) // 3
    growth = found.memory[-1] / found.memory[third]
    print(f"{found.keys} keys, {found.ends} apps, {len(found.crashes)} crashes; {dict(found.faults)}")
    print(
        f"memory MiB: {found.memory[0]:.1f}, {found.memory[third]:.1f} to {found.memory[-1]:.1f} ({growth:.2f})"
    )
    print(f"descriptors: {found.descriptors[third]} to {found.descriptors[-1]}")
    print("screens:", ", ".join(f"{name} {times}" for name, times in found.screens.most_common()))
    print("never seen:", ", ".join(sorted(screens() - {*found.screens})) or "none")
    for crash in found.crashes:
        print("CRASH after", crash)
    grown = growth > GROWTH or found.descriptors[-1] > found.descriptors[third] + 3
    sys.exit(bool(found.crashes) or (grown and not asked.short))


if __name__ == "__main__":
    main()
