"""Holds a program where it imports a module, until the test has looked at it."""

from __future__ import annotations

import os
from pathlib import Path

# It waits where the module is executed: while it is looked for no other thread can import anything.
_HOOK = """\
import importlib.util
import os
import select
import sys


class Gate:
    def find_spec(self, name, path=None, target=None):
        if name != os.environ["GATED_MODULE"]:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        execute = spec.loader.exec_module

        def wait_and_execute(module):
            with open(os.environ["GATE"]) as gate:
                # a signal that comes just before a read that blocks would not be heard
                while not select.select([gate], [], [], 0.02)[0]:
                    pass
                if gate.read():
                    raise RuntimeError("the gate is closed")
            execute(module)

        spec.loader.exec_module = wait_and_execute
        return spec


sys.meta_path.insert(0, Gate())
try:
    from clock_at_start import set_clock
except ImportError:
    pass  # the clock of this run is the machine's
else:
    set_clock()
"""


class Gate:
    """In front of the import of one module. It stands in a folder that must be empty.

    Args:
        folder: for the gate's own files.
        module: whose import waits.
    """

    def __init__(self, folder: Path, module: str = "textual") -> None:
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(_HOOK)
        self._fifo = folder / "gate"
        os.mkfifo(self._fifo)
        self._end = -1
        #: what the program has to be started with
        self.environment = {
            "PYTHONPATH": os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep),
            "GATE": str(self._fifo), "GATED_MODULE": module,
        }  # fmt: skip

    def reached(self) -> None:
        """Wait until the program stands before it."""
        self._end = os.open(self._fifo, os.O_WRONLY)

    def open(self) -> None:
        """Let the program go on."""
        self._close()

    def refuse(self) -> None:
        """Let the import fail."""
        os.write(self._end, b"no")
        self._close()

    def _close(self) -> None:
        if self._end >= 0:
            os.close(self._end)
            self._end = -1
