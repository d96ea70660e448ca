"""tmux as a terminal: two panes of a private server, fed with bytes, their contents captured."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import uuid
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tests.tui.terminal.emulator import Cell, Emulator

#: seconds after which tmux has failed; generous, machines are busy
PATIENCE: Final = 30.0

#: the program of a pane: connects, then writes what it is sent and says so when the terminal has read it all,
#: which a terminal tells by answering where its cursor is. Its own line discipline stays as Textual has it.
_PLAYER: Final = r"""
import os, socket, sys, termios
attributes = termios.tcgetattr(0)
attributes[3] &= ~(termios.ECHO | termios.ICANON)
termios.tcsetattr(0, termios.TCSANOW, attributes)
link = socket.socket(socket.AF_UNIX)
link.connect(sys.argv[1])
stream = link.makefile("rwb")
while size := stream.readline():
    data = stream.read(int(size)) + b"\x1b[6n"
    while data:
        data = data[os.write(1, data):]
    answer = b""
    while not answer.endswith(b"R"):
        answer += os.read(0, 1)
    stream.write(answer.rpartition(b"[")[2][:-1] + b"\n")
    stream.flush()
"""


def missing() -> str:
    """Why there is no tmux to compare with, "" when there is."""
    return "" if shutil.which("tmux") else "tmux is not installed"


class Pane:
    """One pane.

    Args:
        server: where it is.
        name: of its session.
        columns: cells of a line.
        lines: lines.
        stream: to its program.
    """

    def __init__(self, server: Tmux, name: str, columns: int, lines: int, stream: socket.socket) -> None:
        self._server = server
        self._name = name
        self._size = columns, lines
        self._socket = stream
        self._stream = stream.makefile("rwb")

    def write(self, data: str) -> tuple[int, int]:
        """Write, and wait until tmux has read it; column and line of the cursor then."""
        raw = data.encode("utf-8", "replace")
        self._stream.write(b"%d\n%s" % (len(raw), raw))
        self._stream.flush()
        line, column = map(int, self._stream.readline().split(b";"))
        return column - 1, line - 1

    def set_size(self, columns: int, lines: int) -> None:
        """Give it another size; it is empty then."""
        self._size = columns, lines
        # tmux keeps what a smaller window hides, and halves of wide characters of it come back with the larger one
        self.write("\x1b7\x1b[m\x1b[2J\x1b8")
        self._server.run("resize-window", "-t", self._name, "-x", str(columns), "-y", str(lines))
        self.write("\x1b7\x1b[m\x1b[2J\x1b8")

    def picture(self) -> list[list[Cell]]:
        """All that can be seen in it."""
        columns, lines = self._size
        # Of each line tmux tells only what is left of the last character written, not what was erased in colour
        # behind it. So for a moment there is one column more, and something in it; erased first, as half of a wide
        # character of a window that was wider may be there, which would take its neighbour with it.
        self._server.run("resize-window", "-t", self._name, "-x", str(columns + 1))
        self.write(
            "\x1b7\x1b[m" + "".join(f"\x1b[{y};{columns + 1}H\x1b[K." for y in range(1, lines + 1)) + "\x1b8"
        )
        captured = self._server.run(
            "capture-pane",
            "-p",
            "-e",
            "-N",
            "-t",
            self._name,
            ";",
            "resize-window",
            "-t",
            self._name,
            "-x",
            str(columns),
        )
        # tmux writes two of its attributes with a colon, which pyte does not read
        rows = captured.replace("4:2", "21").replace("5:3", "53").removesuffix("\n").split("\n")
        # on the page pictures may be wider than in tmux: there is room for that
        page = Emulator(2 * columns, len(rows))
        page.feed("\x1b[?7l" + "".join(f"\x1b[{y};1H{row}" for y, row in enumerate(rows, 1)))
        return page.picture()

    def clear(self) -> None:
        """Make it as it was in the beginning."""
        self.write("\x1b[?1049l\x1bc")

    def close(self) -> None:
        """Let its program go."""
        self._stream.close()
        self._socket.close()


class Tmux:
    """A private tmux server with panes of one size.

    Args:
        home: a directory of its own.
        columns: cells of a line.
        lines: lines.
        panes: how many.
    """

    def __init__(self, home: Path, columns: int, lines: int, panes: int = 2) -> None:
        self._name = f"cotui-test-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._environment = {
            "PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8",
            "TERM": "xterm-256color", "TMUX_TMPDIR": str(home), "SHELL": "/bin/sh",
        }  # fmt: skip
        self._listener = socket.socket(socket.AF_UNIX)
        self.panes: list[Pane] = []
        try:
            self._start(home, columns, lines, panes)
        except BaseException:
            self.close()
            raise

    def _start(self, home: Path, columns: int, lines: int, panes: int) -> None:
        # the path of a socket may be as short as 104 bytes, temporary directories are longer
        address = f"\0{self._name}" if sys.platform == "linux" else str(home / "s")
        self._listener.bind(address)
        self._listener.listen()
        self._listener.settimeout(PATIENCE)
        player = home / "player.py"
        player.write_text(_PLAYER.replace("sys.argv[1]", repr(address)))
        program = [sys.executable, "-I", "-S", str(player)]
        size = ("-x", str(columns), "-y", str(lines))
        for number in range(panes):
            name = f"pane{number}"
            self.run("new-session", "-d", "-s", name, *size, *program)
            self.run("set-option", "-g", "status", "off", ";", "resize-window", "-t", name, *size)
            stream, _ = self._listener.accept()
            stream.settimeout(PATIENCE)
            self.panes.append(Pane(self, name, columns, lines, stream))

    def run(self, *command: str) -> str:
        """A command of tmux; what it prints."""
        whole = ["tmux", "-L", self._name, "-f", os.devnull, *command]
        done = subprocess.run(
            whole, env=self._environment, capture_output=True, timeout=PATIENCE, check=False, encoding="utf-8"
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr}")
        return done.stdout

    def close(self) -> None:
        """End the server."""
        for pane in self.panes:
            pane.close()
        self._listener.close()
        with contextlib.suppress(RuntimeError):  # it ends by itself with its last program
            self.run("kill-server")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()
