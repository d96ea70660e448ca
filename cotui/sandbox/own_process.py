"""Starting a module of this package in another process, which a second core runs meanwhile."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess

_PACKAGE = Path(__file__).parent.parent.parent


def can_start() -> bool:
    """Whether there is an interpreter to start; there is none where Python is built into another program."""
    return bool(sys.executable)


def start(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Starts a module that needs this package and the standard library only; stdout and stderr are pipes.

    Nothing of the running program is imported again, so it may be started from any thread and any program.

    Raises:
        OSError: the process cannot be started.
    """
    import subprocess

    # skips what `site` would load
    inherited = os.environ.get("PYTHONPATH")
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(_PACKAGE), inherited] if inherited else [str(_PACKAGE)]),
        "PYTHONIOENCODING": "utf-8",
    }
    return subprocess.Popen(  # noqa: S603 - our own interpreter and numbers
        [sys.executable, "-S", "-m", module, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
