"""The switches of a test run for day, zone and order: `--clock`, `--rewind`, `--zone` and `--shuffle`.

A plain run has today's date, UTC and the order of the files. With the switches the clock of the tests, of the product
and of every program that they start stands elsewhere and goes on from there:

    pytest --clock 2028-02-29T12:00 --zone Pacific/Auckland
    pytest --clock 2028-12-31T23:59:59.9 --rewind
    pytest --clock any --zone any --shuffle any

`any` takes one by chance; the last lines of the run say with which words it is repeated. Only the time of day is
moved: what measures durations is left alone, and so are the times of files, which the kernel writes.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import time
import zoneinfo
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests import surroundings
from tests.at_start import clock_at_start

ANY = "any"

#: those that chance chooses from: both halves of the world, odd offsets, changes at midnight, both ends of the day
ZONES = (
    "UTC", "America/Los_Angeles", "America/New_York", "America/St_Johns", "America/Havana", "Europe/Berlin",
    "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Kiritimati", "Pacific/Pago_Pago",
)  # fmt: skip

#: times of a day that chance chooses from; the nights on which clocks are changed have something at each of them
_TIMES = ("00:00:00", "00:59:30", "01:59:30", "02:30:00", "12:00:00", "23:30:00", "23:59:30")


def add_options(parser: pytest.Parser) -> None:
    """Name the switches."""
    group = parser.getgroup("cotui", "where and when the tests are")
    group.addoption(
        "--clock", metavar="MOMENT", help="the run begins then: 2028-02-29T12:00 (in --zone), any"
    )
    group.addoption("--rewind", action="store_true", help="with --clock: every test begins then")
    group.addoption("--zone", metavar="ZONE", help="the machine's time zone: Pacific/Auckland, any (UTC)")
    group.addoption(
        "--shuffle", metavar="SEED", help="files, and the tests in them, in this seed's order; any"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Set zone and clock; pytest-xdist's workers have inherited both, and get the options as they are settled here."""
    option = config.option
    if option.rewind and not option.clock:
        raise pytest.UsageError("--rewind is for --clock")
    if hasattr(config, "workerinput"):
        return
    chance = random.SystemRandom()
    if option.zone == ANY:
        option.zone = chance.choice(ZONES)
    surroundings.set_zone(_place(option.zone or "UTC"))
    if option.clock == ANY:
        option.clock = _any_moment(chance)
    if option.shuffle == ANY:
        option.shuffle = str(chance.randrange(10**6))
    if option.clock:
        surroundings.put_on_path(Path(clock_at_start.__file__).parent)
        os.environ[clock_at_start.SHIFT] = str(_moment(option) - time.time())
        clock_at_start.set_clock()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[object]:
    """Begin a test at the moment of the run, where that is wanted."""
    if not item.config.option.rewind:
        return (yield)
    from time_machine import travel

    before = os.environ[clock_at_start.SHIFT]
    os.environ[clock_at_start.SHIFT] = str(_moment(item.config.option) - time.time() + float(before))
    with travel(_moment(item.config.option)):
        outcome = yield
    os.environ[clock_at_start.SHIFT] = before
    return outcome


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Shuffle the files, and the tests in each of them."""
    if config.option.shuffle is None:
        return
    dice = random.Random(config.option.shuffle)
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    groups = list(files.values())
    dice.shuffle(groups)
    for group in groups:
        dice.shuffle(group)
    items[:] = [item for group in groups for item in group]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how the run is repeated."""
    option: argparse.Namespace = config.option
    words = [f"--{name} {value}" for name in ("clock", "zone", "shuffle") if (value := getattr(option, name))]
    if words:
        terminalreporter.write_line(" ".join([*words, *["--rewind"] * option.rewind]))


def _moment(option: argparse.Namespace) -> float:
    """When the run begins, in Unix seconds."""
    try:
        return datetime.fromisoformat(option.clock).timestamp()
    except ValueError:
        raise pytest.UsageError(f"--clock {option.clock} is no moment such as 2028-02-29T12:00") from None


def _place(zone: str) -> str:
    """The C library's name of a zone: its file, of the system or of the package tzdata, or the rule itself."""
    package = importlib.util.find_spec("tzdata")
    folders = [*zoneinfo.TZPATH]
    if package is not None and package.origin:
        folders.append(str(Path(package.origin).parent / "zoneinfo"))
    for folder in folders:
        if (path := Path(folder, zone)).is_file():
            return f":{path}"
    if zone == "UTC" or any(sign.isdigit() for sign in zone):
        return zone  # as in NZST-12NZDT,M9.5.0,M4.1.0/3
    raise pytest.UsageError(f"--zone {zone}: neither this system nor tzdata knows it")


def _any_moment(chance: random.Random) -> str:
    """A moment of the next years, half of them on a day on which something ends or begins."""
    day = datetime.now().date() + timedelta(days=chance.randrange(4 * 365))
    match chance.randrange(6):
        case 0:
            day = (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        case 1:
            day = day.replace(month=12, day=31)
        case 2:
            day = _change_after(day)
    return f"{day.isoformat()}T{chance.choice(_TIMES)}"


def _change_after(day: date) -> date:
    """The next day on which clocks are changed here, if there is one within a year."""
    for number in range(366):
        begin = datetime.combine(day + timedelta(days=number), datetime.min.time()).astimezone()
        end = datetime.combine(day + timedelta(days=number + 1), datetime.min.time()).astimezone()
        if begin.utcoffset() != end.utcoffset():
            return begin.date()
    return day
