"""Terminals that are installed here: how each is started without a person in front of it, and how it is looked at.

They run on an X server without a screen, and pixels are taken: what a user would see. Those of Wayland run in weston, in
a window of that X server; those that run in a terminal themselves (tmux, screen, mosh, ssh) in xterm. tmux could tell its
cells as text, but leaves out those that were erased in a colour (3.3a, `capture-pane -e`).
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

#: seconds after which something that should have happened has failed
PATIENCE = 20.0
COLUMNS, ROWS = 100, 30
#: columns and rows of the X server's screen in pixels, larger than any of the windows
PIXELS = (1400, 1000)

VTE = """
import gi, os, sys
gi.require_version("Gtk", "3.0"); gi.require_version("Vte", "2.91")
from gi.repository import GLib, Gtk, Pango, Vte
terminal = Vte.Terminal(); terminal.set_font(Pango.FontDescription("DejaVu Sans Mono 10"))
terminal.set_size(100, 30); terminal.set_cursor_blink_mode(Vte.CursorBlinkMode.OFF)
window = Gtk.Window(type=Gtk.WindowType.POPUP); window.add(terminal); window.show_all()
terminal.connect("child-exited", lambda *_: Gtk.main_quit())
terminal.spawn_async(Vte.PtyFlags.DEFAULT, None, sys.argv[1:], None, 0, None, None, -1, None, None)
Gtk.main()
"""


@dataclass
class Place:
    """Where everything of one run is: a folder, an X server, a server for SSH.

    Attributes:
        folder: of this run; removed by who made it.
    """

    folder: Path
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _display: str = ""
    _ssh: list[str] = field(default_factory=list)

    @property
    def environ(self) -> dict[str, str]:
        """For everything that is started: nothing that a terminal around this script has set."""
        wanted = ("PATH", "HOME", "USER", "LOGNAME", "LD_LIBRARY_PATH")
        return {
            **{name: os.environ[name] for name in wanted if name in os.environ},
            "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "SHELL": "/bin/sh", "XDG_RUNTIME_DIR": str(self.folder),
            "LIBGL_ALWAYS_SOFTWARE": "1", "NO_AT_BRIDGE": "1", "GSETTINGS_BACKEND": "memory",
        }  # fmt: skip

    def start(self, words: Sequence[str], **more: str) -> subprocess.Popen[bytes]:
        """Start something that ends with this run at the latest; what it says goes into a file."""
        with (self.folder / "said").open("ab") as said:
            process = subprocess.Popen(
                words, env=self.environ | more, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                cwd=self.folder, start_new_session=True,
            )  # fmt: skip
        self._running.append(process)
        return process

    def end(self, process: subprocess.Popen[bytes]) -> None:
        """End something that `start` started, with what it started itself."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._running.remove(process)

    def close(self) -> None:
        """End everything."""
        for process in reversed(self._running.copy()):
            self.end(process)

    def display(self) -> str:
        """The X server, started when it is first asked for."""
        if not self._display:
            read, write = os.pipe()
            words = [
                "Xvfb",
                "-displayfd",
                str(write),
                "-screen",
                "0",
                f"{PIXELS[0]}x{PIXELS[1]}x24",
                "-noreset",
            ]
            words += ["-nolisten", "tcp"]
            with (self.folder / "said").open("ab") as said:
                server = subprocess.Popen(
                    words,
                    env=self.environ,
                    pass_fds=[write],
                    stdout=said,
                    stderr=said,
                    start_new_session=True,
                )
            self._running.append(server)
            os.close(write)
            with os.fdopen(read) as answer:
                self._display = f":{answer.readline().strip()}"
        return self._display

    def ssh(self) -> list[str]:
        """How to reach this machine by SSH: a server of our own with keys of our own, made when first asked for."""
        if not self._ssh:
            port = _free_port()
            for name in ("host", "user"):
                words = [
                    "ssh-keygen",
                    "-q",
                    "-t",
                    "ed25519",
                    "-N",
                    "",
                    "-f",
                    str(self.folder / f"{name}_key"),
                ]
                subprocess.run(words, check=True)
            allowed = self.folder / "authorized_keys"
            allowed.write_text((self.folder / "user_key.pub").read_text())
            allowed.chmod(0o600)
            config = self.folder / "sshd_config"
            config.write_text(
                f"Port {port}\nListenAddress 127.0.0.1\nHostKey {self.folder}/host_key\nUsePAM no\nStrictModes no\n"
                f"AuthorizedKeysFile {allowed}\nPermitRootLogin yes\nPidFile none\nAcceptEnv LANG LC_* COLORTERM\n"
            )
            sshd = shutil.which("sshd") or "/usr/sbin/sshd"
            with contextlib.suppress(OSError):
                Path("/run/sshd").mkdir(exist_ok=True)  # sshd wants it even where it does not use it
            self.start([sshd, "-D", "-e", "-f", str(config)])
            self._ssh = [
                "ssh", "-q", "-F", "none", "-p", str(port), "-i", f"{self.folder}/user_key", "-o", "IdentitiesOnly=yes",
                "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "SendEnv=LANG LC_ALL",
            ]  # fmt: skip
            wait_until(lambda: subprocess.run([*self._ssh, "localhost", "true"], check=False).returncode == 0)
        return self._ssh


def _free_port() -> int:
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_until(holds: Callable[[], object], timeout: float = PATIENCE) -> None:
    """Wait for something outside that cannot be waited for otherwise."""
    deadline = time.monotonic() + timeout
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError("what was waited for did not happen")
        time.sleep(0.05)


class Window:
    """A terminal that has been started: looks at it."""

    def __init__(self, place: Place, process: subprocess.Popen[bytes]) -> None:
        self._place = place
        self._process = process

    def look(self) -> bytes:
        """What it shows now, to be compared with another look."""
        words = ["xwd", "-root", "-silent", "-display", self._place.display()]
        return subprocess.run(words, check=True, capture_output=True).stdout

    def refresh(self) -> None:
        """Have it draw all its cells anew, without what letters of neighbours left in them."""
        subprocess.run(["xrefresh", "-display", self._place.display()], check=True)

    def close(self) -> None:
        """End it."""
        self._place.end(self._process)


def save(look: bytes, to: Path) -> None:
    """Keep a look for a person."""
    dump = to.with_suffix(".xwd")
    dump.write_bytes(look)
    subprocess.run(["convert", f"xwd:{dump}", str(to.with_suffix(".png"))], check=True)
    dump.unlink()


Command = Sequence[str]


@dataclass(frozen=True)
class Engine:
    """A way to show a program.

    Attributes:
        name: of the terminal, and what is particular about this way of running it.
        programs: what has to be installed.
        version: the command that tells its version.
        start: starts the command in it.
    """

    name: str
    programs: tuple[str, ...]
    version: Command
    start: Callable[[Place, Command], Window]

    @property
    def installed(self) -> bool:
        """Whether it can be run here."""
        return all(shutil.which(program) for program in self.programs)

    def told_version(self) -> str:
        """What it says of its version."""
        done = subprocess.run(
            self.version,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "DISPLAY": ""},
        )
        found = re.search(r"\d+[\d.]*[a-z]?(?:-\d+)?", done.stdout.decode(errors="replace"))
        return found[0] if found else "?"


Around = Callable[[Place, Command], Command]


def _tmux(term: str) -> Around:
    def around(place: Place, command: Command) -> Command:
        config = place.folder / "tmux.conf"
        config.write_text(
            f"set -g default-terminal {term}\nset -g status off\nset -g escape-time 0\nset -g focus-events on\n"
            "set -ga terminal-overrides ',xterm*:Tc'\n"
        )
        return [
            "tmux",
            "-S",
            str(place.folder / "tmux"),
            "-f",
            str(config),
            "new-session",
            shlex.join(command),
        ]

    return around


def _screen(*settings: str) -> Around:
    def around(place: Place, command: Command) -> Command:
        config = place.folder / "screenrc"
        lines = ("startup_message off", "defutf8 on", "altscreen on", "vbell off", *settings)
        config.write_text("\n".join(lines) + "\n")
        sockets = place.folder / "screens"
        sockets.mkdir(mode=0o700, exist_ok=True)
        return ["env", f"SCREENDIR={sockets}", "screen", "-U", "-c", str(config), *command]

    return around


def _by_ssh(place: Place, command: Command) -> Command:
    return [*place.ssh(), "-t", "localhost", shlex.join(command)]


def _by_mosh(place: Place, command: Command) -> Command:
    return ["mosh", f"--ssh={shlex.join(place.ssh())}", "localhost", "--", *command]


_SIZE = f"{COLUMNS}x{ROWS}+0+0"


def _on_x(*words: str, **more: str) -> Callable[[Place, Command], Window]:
    def start(place: Place, command: Command) -> Window:
        return Window(place, place.start([*words, *command], DISPLAY=place.display(), **more))

    return start


def _xterm(term: str = "xterm-256color", around: Around | None = None) -> Callable[[Place, Command], Window]:
    def start(place: Place, command: Command) -> Window:
        words = ["xterm", "-fa", "DejaVu Sans Mono", "-fs", "9", "-geometry", _SIZE, "-tn", term, "-e"]
        return _on_x(*words)(place, around(place, command) if around else command)

    return start


def _on_wayland(*words: str) -> Callable[[Place, Command], Window]:
    def start(place: Place, command: Command) -> Window:
        (place.folder / "weston.ini").write_text("[core]\nidle-time=0\n")
        weston = [
            "weston", "--backend=x11-backend.so", "--shell=kiosk-shell.so", "--use-pixman", "--socket=terminals",
            f"--config={place.folder}/weston.ini", "--width=820", "--height=520",
        ]  # fmt: skip
        compositor = place.start(weston, DISPLAY=place.display())
        wait_until((place.folder / "terminals").exists)
        terminal = place.start([*words, *command], WAYLAND_DISPLAY="terminals")
        window = Window(place, compositor)
        close = window.close

        def both() -> None:
            place.end(terminal)
            close()

        window.close = both  # type: ignore[method-assign]
        return window

    return start


_TMUX_V, _SCREEN_V, _XTERM_V = ("tmux", "-V"), ("screen", "--version"), ("xterm", "-version")
_ON_X = ("Xvfb", "xwd", "xrefresh")
_IN_XTERM = (*_ON_X, "xterm")

ENGINES: Mapping[str, Engine] = {
    engine.name: engine
    for engine in (
        Engine("xterm", _IN_XTERM, _XTERM_V, _xterm()),
        Engine("xterm 16 colours", _IN_XTERM, _XTERM_V, _xterm("xterm")),
        Engine("tmux", (*_IN_XTERM, "tmux"), _TMUX_V, _xterm(around=_tmux("tmux-256color"))),
        Engine("tmux as screen", (*_IN_XTERM, "tmux"), _TMUX_V, _xterm(around=_tmux("screen-256color"))),
        Engine("screen", (*_IN_XTERM, "screen"), _SCREEN_V, _xterm(around=_screen("term screen"))),
        Engine(
            "screen 256 colours", (*_IN_XTERM, "screen"), _SCREEN_V, _xterm(around=_screen("term screen-256color"))
        ),
        Engine(
            "screen bce", (*_IN_XTERM, "screen"), _SCREEN_V,
            _xterm(around=_screen("defbce on", "term screen-256color-bce")),
        ),
        Engine("ssh", (*_IN_XTERM, "ssh"), ("ssh", "-V"), _xterm(around=_by_ssh)),
        Engine("mosh", (*_IN_XTERM, "mosh"), ("mosh", "--version"), _xterm(around=_by_mosh)),
        Engine(
            "st", (*_ON_X, "stterm"), ("stterm", "-v"), _on_x("stterm", "-f", "DejaVu Sans Mono:size=9", "-g", _SIZE, "-e")
        ),
        Engine(
            "rxvt-unicode", (*_ON_X, "urxvt"), ("urxvt", "-help"),
            _on_x("urxvt", "-fn", "xft:DejaVu Sans Mono:size=9", "-geometry", _SIZE, "-e"),
        ),
        Engine(
            "kitty", (*_ON_X, "kitty"), ("kitty", "--version"),
            _on_x(
                "kitty", "--config=NONE", "-o", f"initial_window_width={COLUMNS}c", "-o", f"initial_window_height={ROWS}c",
                "-o", "remember_window_size=no", "-o", "font_family=DejaVu Sans Mono", "-o", "enable_audio_bell=no",
                "-o", "update_check_interval=0",
            ),
        ),
        Engine(
            "alacritty", (*_ON_X, "alacritty"), ("alacritty", "--version"),
            _on_x(
                "alacritty", "-o", f"window.dimensions.columns={COLUMNS}", "-o", f"window.dimensions.lines={ROWS}",
                "-o", "window.position.x=0", "-o", "window.position.y=0", "-o", "font.normal.family=DejaVu Sans Mono", "-e",
            ),
        ),
        Engine("zutty", (*_ON_X, "zutty"), ("zutty", "-h"), _on_x("zutty", "-geometry", f"{COLUMNS}x{ROWS}", "-e")),
        Engine("mlterm", (*_ON_X, "mlterm"), ("mlterm", "--version"), _on_x("mlterm", "--sbmod=none", "-g", _SIZE, "-e")),
        Engine(
            "vte", (*_ON_X, "/usr/bin/python3"),
            ("/usr/bin/python3", "-c", "import gi; gi.require_version('Vte','2.91'); from gi.repository import Vte;"
             "print(Vte.MAJOR_VERSION, Vte.MINOR_VERSION, Vte.MICRO_VERSION, sep='.')"),
            _on_x("/usr/bin/python3", "-c", VTE),
        ),
        Engine(
            "foot", (*_ON_X, "weston", "foot"), ("foot", "--version"),
            _on_wayland("foot", "--config=/dev/null", "-o", "font=DejaVu Sans Mono:size=8"),
        ),
    )
}  # fmt: skip


def relay(socket: Path) -> list[str]:
    """The command to run inside an engine."""
    return [sys.executable, str(Path(__file__).with_name("terminal_relay.py")), str(socket)]
