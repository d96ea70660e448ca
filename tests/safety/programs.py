"""Programs that tests start and kill."""

from __future__ import annotations

import subprocess
import sys


def run(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


#: writes a file and is killed at the n-th call that reaches the disk
KILLED = """
import os, signal, sys
from pathlib import Path
from cotui.safety import writing
from cotui.safety.writing import create, write_atomically

path, at = Path(sys.argv[1]), int(sys.argv[2])
calls = 0

def counted(function, after):
    def call(*arguments, **options):
        global calls
        calls += 1
        if calls == at and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*arguments, **options)
        if calls == at and after:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    return call

if sys.argv[4] == "named":
    writing._DESCRIPTORS = "/nowhere"
for name in ("open", "fsync", "chmod", "link", "replace", "fstat"):
    setattr(os, name, counted(getattr(os, name), after=sys.argv[3] == "after"))
if path.exists():
    write_atomically(path, b"new" * 10_000, mode=0o640)
else:
    create(path, b"new" * 10_000)
print("survived")
"""
