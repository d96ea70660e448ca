"""Sets the clock of a program that the tests start as their own is set; nothing to do for a plain run.

The interpreter loads it before the program, by way of `sitecustomize`: this folder is in its `PYTHONPATH`.
"""

from __future__ import annotations

import os
import sys
import time

#: names the variable with the seconds between the clock that is set and the machine's
SHIFT = "TESTS_CLOCK_SHIFT"


def set_clock() -> None:
    """Move this process's clock by the seconds that the environment names."""
    shift = os.environ.get(SHIFT)
    if not shift:
        return
    # it would load all of pytest, where there is one, for a fixture of its own
    hidden = "pytest" not in sys.modules
    if hidden:
        sys.modules["pytest"] = None  # type: ignore[assignment]
    try:
        import time_machine
    finally:
        if hidden:
            del sys.modules["pytest"]
    # where this program is a worker of pytest, that would complain that it could not rewrite this plugin's asserts
    time_machine.__doc__ = "PYTEST_DONT_REWRITE"
    time_machine.travel(time.time() + float(shift)).start()
    time.time()  # it ticks from the first look at it
