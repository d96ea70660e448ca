"""The tests' own ground: the switches reach every program, and nothing of the place they run in reaches the tests."""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import shlex
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import cotui
from tests import clock
from tests.surroundings import without_clock

ROOT = Path(__file__).resolve().parents[2]
PROBE = "tests/quality/probe.py"

#: what a shell does before it starts the run: signals ignored as by nohup, `&` and some CIs; a umask
HARSH = "trap '' HUP INT QUIT TERM TSTP TTIN TTOU USR1 WINCH CHLD; umask 077; exec "
#: what developers, terminals and CIs have in their environment
STRANGE = {
    "TERM": "dumb", "NO_COLOR": "1", "FORCE_COLOR": "1", "COLUMNS": "33", "LINES": "7", "LC_ALL": "C",
    "LANGUAGE": "de", "TZ": "Asia/Tokyo", "COTUI_URL": "elsewhere", "COTUI_PROFILE": "x", "HTTPS_PROXY": "http://x:9",
    "no_proxy": "*", "TMUX": "/x,1,1", "SSH_TTY": "/dev/pts/9", "EDITOR": "false", "XDG_CONFIG_HOME": "/nonexistent",
    "TEXTUAL_DEBUG": "1", "TEXTUAL_ANIMATIONS": "full", "PYTHONWARNINGS": "error", "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONIOENCODING": "latin-1", "SSL_CERT_FILE": "/nonexistent", "NETRC": "/nonexistent",
}  # fmt: skip


def inner(words: Sequence[str], *, before: str = "exec ", **env: str) -> str:
    """A run of pytest; what it printed."""
    line = shlex.join([sys.executable, "-m", "pytest", "-n", "0", *words])
    outside = {name: value for name, value in without_clock(os.environ).items() if name[:6] != "TESTS_"}
    done = subprocess.run(
        ["/bin/sh", "-c", before + line], cwd=ROOT, env=outside | env,
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def probed(folder: Path, *words: str, before: str = "exec ", **env: str) -> list[dict[str, Any]]:
    """What a run saw: with the environment of the tests, and with one as programs in terminals get it."""
    found = folder / "found"
    inner([PROBE, *words], before=before, TESTS_PROBE=str(found), **env)
    seen = [json.loads(line) for line in found.read_text().splitlines()]
    assert [item["way"] for item in seen] == ["inherited", "clean"]
    return seen


@pytest.mark.sample("2028-02-29T23:59:59-Pacific/Auckland-2028-02-29T10:59:59")
@pytest.mark.parametrize(
    ("moment", "zone", "utc"),
    [
        ("2028-02-29T23:59:59", "Pacific/Auckland", "2028-02-29T10:59:59"),
        ("2028-07-01T00:00:00", "PST8PDT,M3.2.0,M11.1.0", "2028-07-01T07:00:00"),
    ],
)
def test_the_clock_and_the_zone_are_every_program_s(tmp_path: Path, moment: str, zone: str, utc: str) -> None:
    begin = datetime.fromisoformat(utc).replace(tzinfo=UTC).timestamp()
    for seen in probed(tmp_path, "--clock", moment, "--zone", zone, "--rewind"):
        own, child = seen["own"], seen["child"]
        for seen_at in (child["time"], child["now"], own["now"], own["time"]):
            assert begin <= seen_at < begin + 60
        assert child["time"] <= own["time"], "the program was started before"
        offset = datetime.fromisoformat(moment) - datetime.fromisoformat(utc)
        assert child["offset"] == offset.total_seconds()
        assert own["local"] > child["local"] >= moment


@pytest.mark.long
def test_nothing_of_the_place_reaches_the_tests(tmp_path: Path) -> None:
    for seen in probed(tmp_path, before=HARSH, **STRANGE):
        own, child = seen["own"], seen["child"]
        assert set(child["ignored"]) <= {signal.SIGPIPE, signal.SIGXFSZ}, "which Python ignores itself"
        assert child["blocked"] == []
        assert child["umask"] == 0o022
        assert child["offset"] == 0
        assert Path(child["product"]) == Path(cotui.__file__)
        strange = STRANGE.keys() - {"TERM", "TZ", "TEXTUAL_ANIMATIONS", "PYTHONWARNINGS"}
        assert strange & set(child["names"]) == set()
        assert (own["term"], own["animations"], own["debug"]) == ("xterm-256color", "none", False)
        # what was ignored does not end the run either
        assert {signal.SIGHUP, signal.SIGTERM, signal.SIGINT} <= set(own["survives"])


def shuffled(seed: str | None) -> list[str]:
    """Three files of nine tests in the order of a seed."""
    items = [
        SimpleNamespace(path=Path(f"test_{file}.py"), nodeid=f"{file}{test}")
        for file in "abc"
        for test in range(9)
    ]
    config = SimpleNamespace(option=SimpleNamespace(shuffle=seed))
    clock.pytest_collection_modifyitems(config, items)  # type: ignore[arg-type]
    return [item.nodeid for item in items]


def test_an_order_has_a_seed() -> None:
    plain, one, again, other = (shuffled(seed) for seed in (None, "1", "1", "2"))
    assert one == again
    assert plain == sorted(one) == sorted(other)
    assert plain != one != other
    assert len(list(itertools.groupby(one, key=lambda name: name[0]))) == 3, "a file's tests stay together"


def test_switches_that_make_no_sense_are_named() -> None:
    with pytest.raises(pytest.UsageError, match="--clock soon"):
        clock._moment(argparse.Namespace(clock="soon"))
    with pytest.raises(pytest.UsageError, match="--zone Nowhere"):
        clock._place("Nowhere/At_All")


@pytest.mark.parametrize("zone", clock.ZONES)
def test_chance_chooses_moments_that_are(zone: str) -> None:
    assert clock._place(zone)
    dice = random.Random(zone)
    for _ in range(20):
        datetime.fromisoformat(clock._any_moment(dice))
