"""Starting a module of this package in another process, which a second core runs meanwhile."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cotui.safety import children

if TYPE_CHECKING:
    import subprocess

_PACKAGE = Path(__file__).parents[3]


def can_start() -> bool:
    """Whether there is an interpreter to start; there is none where Python is built into another program."""
    return bool(sys.executable)


def start(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Starts a module that needs this package and the standard library only; stdout and stderr are pipes.

    Nothing of the running program is imported again, so it may be started from any thread and any program.

    Raises:
        OSError: the process cannot be started.
    """
    inherited = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([str(_PACKAGE), inherited] if inherited else [str(_PACKAGE)])
    # -S skips what `site` would load
    return children.start(
        [sys.executable, "-S", "-m", module, *arguments],
        children.few(PYTHONPATH=path, PYTHONIOENCODING="utf-8"),
    )
