"""cotui as its users run it: a process of its own in a real pseudo-terminal.

A `Program` is started in a terminal of a given size; a thread plays the terminal and keeps its screen. Tests
type keys and wait for what appears. A wait ends as soon as it is there; its limit only bounds a failure.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from cotui.tui.engine import key_queue
from tests import surroundings
from tests.e2e.screen import ALTERNATE_SCREEN, CURSOR, FOCUS, IN_BAND_RESIZE, MOUSE, PASTE, EmulatedScreen

#: seconds after which something that should have happened has failed; generous, machines are busy
PATIENCE = 30.0

KEYS = {
    "enter": b"\r", "tab": b"\t", "esc": b"\x1b", "space": b" ", "backspace": b"\x7f",
    "up": b"\x1b[A", "down": b"\x1b[B", "right": b"\x1b[C", "left": b"\x1b[D",
    "home": b"\x1b[H", "end": b"\x1b[F", "pageup": b"\x1b[5~", "pagedown": b"\x1b[6~",
    "ctrl+c": b"\x03", "ctrl+q": b"\x11", "ctrl+s": b"\x13", "ctrl+u": b"\x15", "ctrl+z": b"\x1a",
}  # fmt: skip

# Makes the terminal the controlling one of the new process, then becomes the program. Done there and not
# between fork and exec, because this process has threads.
# Signals that the parent ignores stay ignored, those that the tests' own parent ignores do not.
LAUNCHER = """\
import fcntl, os, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
ignored = [int(number) for number in sys.argv[1].split()]
for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
    if number in ignored or signal.getsignal(number) is signal.SIG_IGN and number not in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_IGN if number in ignored else signal.SIG_DFL)
os.execv(sys.argv[2], sys.argv[2:])
"""

#: what the thread that plays the terminal is told
_STOP, _HOLD, _GO_ON = b"x", b"h", b"g"


def clean_environment(home: Path, **more: str) -> dict[str, str]:
    """An environment with nothing of the developer's: own home, own directories, no proxy, no account."""
    return (
        surroundings.for_programs()
        | {
            "HOME": str(home),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "PYTHONWARNINGS": "error::ResourceWarning",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "COTUI_CONFIG": str(home / "config" / "config.toml"),
            "COTUI_STATE_DIR": str(home / "state"),
            "COTUI_CACHE_DIR": str(home / "cache"),
        }
        | more
    )


class Program:
    """`python -m cotui …` in a terminal.

    Args:
        words: the command line.
        env: the environment.
        size: columns and lines.
        module: run instead of cotui.
        command: run instead of all this.
        errors: where what it tells on standard error goes; the terminal when None.
        ignored: signals that it is to ignore from the beginning.
    """

    def __init__(
        self,
        words: Sequence[str],
        env: Mapping[str, str],
        size: tuple[int, int] = (100, 30),
        module: str = "cotui",
        errors: int | None = None,
        command: Sequence[str] = (),
        ignored: Sequence[signal.Signals] = (),
    ) -> None:
        self.screen = EmulatedScreen(*size)
        self.raw = bytearray()
        self._changed = threading.Condition()
        self._typing = threading.Lock()
        self._answers: deque[bytes] = deque()
        self._ended = False
        self._master, slave = pty.openpty()
        self._set_size(*size)
        self._modes_before = termios.tcgetattr(slave)
        # kept open, so that the terminal can still be asked about its modes when the program has gone
        self._slave = slave
        command = [*command] or [sys.executable, "-m", module, *words]
        numbers = " ".join(str(int(number)) for number in ignored)
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", LAUNCHER, numbers, *command],
            stdin=slave, stdout=slave, stderr=slave if errors is None else errors, env=dict(env), cwd=env["HOME"],
            start_new_session=True,
        )  # fmt: skip
        self._wake, self._stop = os.pipe()
        self._held = False
        self._reader = threading.Thread(target=self._play, name="terminal", daemon=True)
        self._reader.start()

    # -- the terminal's side -----------------------------------------------------------------

    def _play(self) -> None:
        while True:
            ready, _, _ = select.select([self._wake] if self._held else [self._master, self._wake], [], [])
            if self._wake in ready:
                told = os.read(self._wake, 1)
                with self._changed:
                    self._held = told == _HOLD
                    self._changed.notify_all()
                if told == _STOP:
                    break
            elif not self._take(65536):
                break
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _take(self, most: int) -> bool:
        """Show what the program wrote; False when the other side is gone."""
        try:
            data = os.read(self._master, most)
        except OSError as error:
            if error.errno not in (errno.EIO, errno.EBADF):
                raise
            return False
        with self._changed:
            self.raw += data
            answer = self.screen.feed(data)
            self._changed.notify_all()
        if answer:
            self._answers.append(answer)
            self._answer()
        return True

    def _answer(self) -> None:
        """Answer what the program asked: no terminal does so in the middle of what is being pasted."""
        while self._answers and self._typing.acquire(blocking=False):
            try:
                while self._answers:
                    self._send(self._answers.popleft())
            finally:
                self._typing.release()

    def hold(self) -> None:
        """The link takes nothing any more, as when a phone loses its network: every buffer on the way is full."""
        self._tell(_HOLD)
        with self._changed:
            assert self._changed.wait_for(lambda: self._held, PATIENCE)
        filler = os.open(os.ttyname(self._slave), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
        # a moment later the kernel may have moved some of it on, and there is room again
        while select.select([], [filler], [], 0.05)[1]:
            with contextlib.suppress(BlockingIOError):
                os.write(filler, bytes(1024))  # which no terminal shows
        os.close(filler)

    def let_through(self, count: int) -> None:
        """Of what is held the link takes some bytes, and then nothing again."""
        before = len(self.raw)
        while len(self.raw) < before + count and select.select([self._master], [], [], PATIENCE)[0]:
            self._take(before + count - len(self.raw))

    def release(self) -> None:
        """The link takes everything again."""
        self._tell(_GO_ON)

    def _tell(self, what: bytes) -> None:
        os.write(self._stop, what)

    def _write(self, data: bytes) -> None:
        with self._typing:
            self._send(data)
        self._answer()

    def _send(self, data: bytes) -> None:
        with contextlib.suppress(OSError):  # the program has gone
            while data:
                data = data[os.write(self._master, data[:1024]) :]

    def _set_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def print(self, text: str) -> None:
        """Another program writes onto the same terminal."""
        os.write(self._slave, text.encode())

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the terminal's window."""
        with self._changed:
            self.screen.resize(columns, lines)
        self._set_size(columns, lines)

    @property
    def master(self) -> int:
        """Our side of the terminal, to ask it something."""
        return self._master

    # -- the user's side ---------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys: names of `KEYS` or single characters."""
        self._write(b"".join(KEYS.get(key) or key.encode() for key in keys))

    def alone(self, key: str) -> None:
        """Press a key as somebody does who has looked first: what answers a question counts only so.

        Call it when the effect of the keys before is on the screen: those have arrived then.
        """
        time.sleep(key_queue.WORD * 1.2)
        self.press(key)

    def type(self, text: str) -> None:
        """Type a text, character by character."""
        self._write(text.encode())

    def send(self, data: bytes) -> None:
        """Send what a terminal sends by itself, or what a link makes of it."""
        self._write(data)

    def paste(self, text: str) -> None:
        """Paste a text, as a terminal does that was asked to mark what is pasted."""
        assert PASTE in self.screen.modes, "the program did not ask for bracketed paste"
        self._write(b"\x1b[200~" + text.encode() + b"\x1b[201~")

    def terminate(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """The line breaks: the terminal is gone, as when an SSH connection dies."""
        self._tell(_STOP)
        self._reader.join()
        os.close(self._slave)
        os.close(self._master)
        self._slave = self._master = -1

    # -- waiting and looking -----------------------------------------------------------------

    @property
    def text(self) -> str:
        """What is on the screen now."""
        with self._changed:
            return self.screen.text

    def line(self, number: int) -> str:
        """One line of the screen; negative numbers count from the bottom."""
        with self._changed:
            return self.screen.lines[number]

    def wait_for(
        self, wanted: str | Callable[[str], object], *, without: str = "", timeout: float = PATIENCE
    ) -> str:
        """Wait until a text is on the screen, or a predicate of the screen's text holds.

        Args:
            wanted: what to wait for.
            without: a text that must be gone as well.
            timeout: seconds after which this fails.

        Returns:
            The screen's text.
        """
        deadline = time.monotonic() + timeout
        with self._changed:
            while True:
                text = self.screen.text
                there = wanted in text if isinstance(wanted, str) else wanted(text)
                if there and not self.screen.drawing and not (without and without in text):
                    return text
                left = deadline - time.monotonic()
                if self._ended or left <= 0:
                    how = f"ended with {self.process.poll()}" if self._ended else f"after {timeout:g} s"
                    raise AssertionError(f"{wanted!r} is not on the screen ({how}):\n{_framed(text)}")
                self._changed.wait(left)

    def wait_exit(self, timeout: float = PATIENCE) -> int:
        """Wait until the program has ended; returns its exit code, negative for a signal."""
        try:
            code = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running after {timeout:g} s:\n{_framed(self.text)}") from None
        if not self._held:
            self.drain()
        return code

    def wait_stopped(self, timeout: float = PATIENCE) -> None:
        """Wait until it has been stopped, as by Ctrl+Z, and all that it wrote before has been read."""
        deadline = time.monotonic() + timeout
        while os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WNOHANG) is None:
            assert time.monotonic() < deadline, f"not stopped after {timeout:g} s:\n{_framed(self.text)}"
            time.sleep(0.01)
        self.drain()

    def drain(self) -> None:
        """Read all that was written: the kernel keeps it when the program has ended or stopped."""
        if self._master < 0:
            return
        marker = b"\x1b[?7778l"  # a mode nobody knows; written last, so it is read last
        os.write(self._slave, marker)
        with self._changed:
            assert self._changed.wait_for(lambda: marker in self.raw[-64:], PATIENCE)

    def left_over(self) -> list[str]:
        """What of the terminal is not as the program found it; empty when all is restored."""
        modes = self.screen.modes
        wrong = [
            name
            for name, on in {
                "alternate screen": ALTERNATE_SCREEN in modes,
                "hidden cursor": CURSOR not in modes,
                "no line wrap": 7 not in modes,
                "bracketed paste": PASTE in modes,
                "mouse": any(mode in modes for mode in MOUSE),
                "focus reports": FOCUS in modes,
                "in-band resize": IN_BAND_RESIZE in modes,
                "kitty keys": bool(self.screen.kitty_flags),
                "half a frame": self.screen.drawing,
            }.items()
            if on
        ]
        if termios.tcgetattr(self._slave) != self._modes_before:
            wrong.append("line discipline")
        return wrong

    def quit(self, key: str = "ctrl+q") -> None:
        """Quit by key, and see that all is well: exit code 0, terminal restored, nothing printed after it."""
        if len(key) == 1:
            self.alone(key)
        else:
            self.press(key)
        code = self.wait_exit()
        assert code == 0, f"exit code {code}:\n{self.last_words}"
        assert self.left_over() == []
        assert self.last_words == ""

    @property
    def last_words(self) -> str:
        """What was printed on the normal screen after the full-screen one was left: a traceback, a message."""
        _, left, after = bytes(self.raw).rpartition(b"\x1b[?1049l")
        if not left:
            after = bytes(self.raw)
        lasting = EmulatedScreen(200, 200)
        lasting.feed(after)
        return lasting.text.strip()

    def close(self) -> None:
        """End it, whatever state it is in."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        with contextlib.suppress(OSError):
            self._tell(_STOP)
        self._reader.join()
        for descriptor in (self._wake, self._stop, self._master, self._slave):
            if descriptor >= 0:
                os.close(descriptor)


def _framed(text: str) -> str:
    return "\n".join(f"  | {line}" for line in text.splitlines())
