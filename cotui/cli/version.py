"""What `cotui --version --verbose` tells: all that decides how cotui looks here, for a report of a fault.

It works without a terminal and without a configuration, imports none of the libraries it names, and tells neither
accounts nor keys.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator, Mapping
from typing import Final

from cotui.settings.paths import cache_dir, config_path, state_dir
from cotui.settings.problems import SettingsError, plain
from cotui.tui.terminal.distance import escape_delay

#: environment variables that decide how the terminal is spoken to
_DECIDING: Final = (
    "TERM", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "VTE_VERSION", "XTERM_VERSION", "TMUX", "STY",
    "SSH_TTY", "NO_COLOR", "ESCDELAY", "TEXTUAL_DRIVER", "TEXTUAL_COLOR_SYSTEM", "COLUMNS", "LINES", "LANG", "LC_ALL",
    "LC_CTYPE", "PYTHONIOENCODING", "PYTHONUTF8",
)  # fmt: skip


def circumstances(driver: str = "", environ: Mapping[str, str] = os.environ) -> Iterator[tuple[str, str]]:
    """Names and values, in the order to show them.

    Args:
        driver: the option `--driver`; empty where it was not given.
        environ: the environment.
    """
    yield "Python", f"{platform.python_version()} ({sys.executable})"
    for library in ("Textual", "httpx"):
        yield library, _version_of(library.lower())
    yield "platform", platform.platform()
    set_here = [f"{name}={plain(environ[name])}" for name in _DECIDING if name in environ]
    yield "environment", " ".join(set_here) or "nothing that decides"
    yield "terminal", _terminal()
    yield "encoding", f"{sys.stdout.encoding}, file names {sys.getfilesystemencoding()}"
    path = config_path(environ)
    yield "configuration", f"{path}{'' if path.exists() else ' (none)'}"
    yield "state", str(state_dir(environ))
    yield "cache", str(cache_dir(environ))
    yield "driver", _driver(driver, environ)
    seconds, reason = escape_delay(environ)
    yield "Esc alone", f"after {seconds * 1000:g} ms ({reason})"


def _version_of(package: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def _terminal() -> str:
    streams = {"stdin": sys.stdin, "stdout": sys.stdout, "stderr": sys.stderr}
    no_terminal = [name for name, stream in streams.items() if stream is None or not stream.isatty()]
    if no_terminal:
        return f"none at {', '.join(no_terminal)}"
    size = os.get_terminal_size(sys.stdout.fileno())
    return f"{size.columns} columns, {size.lines} lines"


def _driver(option: str, environ: Mapping[str, str]) -> str:
    from cotui.settings.load import load_settings
    from cotui.tui.terminal.choice import choose

    note = ""
    wanted = option
    if not wanted:
        try:
            wanted = load_settings(environ).interface.driver
        except SettingsError:
            wanted, note = "auto", "; the configuration has mistakes: cotui config check"
    choice = choose(wanted, environ)
    return f"{'lean' if choice.lean else 'stock'} ({choice.reason}{note})"
