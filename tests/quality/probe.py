"""What tests see where they run; run by test_surroundings.py, in runs of their own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.e2e.harness import clean_environment

CHILD = """
import json, os, signal, time
from datetime import UTC, datetime
import cotui
print(json.dumps({
    "now": datetime.now(UTC).timestamp(), "time": time.time(), "local": datetime.now().isoformat(),
    "offset": time.localtime().tm_gmtoff, "umask": os.umask(0o022), "product": cotui.__file__,
    "ignored": [int(n) for n in signal.valid_signals() if signal.getsignal(n) is signal.SIG_IGN],
    "blocked": [int(n) for n in signal.pthread_sigmask(signal.SIG_BLOCK, ())],
    "names": sorted(os.environ),
}))
"""


@pytest.mark.parametrize("way", ["inherited", "clean"])
def test_probe(way: str, tmp_path: Path) -> None:
    env = clean_environment(tmp_path) if way == "clean" else None
    done = subprocess.run([sys.executable, "-c", CHILD], env=env, capture_output=True, text=True, check=True)
    from textual import constants

    own = {
        "now": datetime.now(UTC).timestamp(),
        "time": time.time(),
        "local": datetime.now().isoformat(),
        "term": os.environ["TERM"],
        "survives": [int(n) for n in signal.valid_signals() if callable(signal.getsignal(n))],
        "animations": constants.TEXTUAL_ANIMATIONS,
        "debug": constants.DEBUG,
    }
    with Path(os.environ["TESTS_PROBE"]).open("a") as file:
        file.write(json.dumps({"way": way, "own": own, "child": json.loads(done.stdout)}) + "\n")
