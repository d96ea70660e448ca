"""What `cotui --version --verbose` tells: all that decides how cotui looks here, for a report of a fault.

It works without a terminal and without a configuration, imports none of the libraries it names, and tells neither
accounts nor keys: what was found out about accounts is told by their numbers.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator, Mapping
from typing import Final

from cotui.cli import out
from cotui.cli.own_places import own_places
from cotui.safety.faults import show_path
from cotui.safety.reading import exists
from cotui.settings.paths import state_path
from cotui.settings.problems import SettingsError, plain
from cotui.tui.engine.terminal.abilities import escape_delay

#: environment variables that decide how the terminal is spoken to
_DECIDING: Final = (
    "TERM", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "VTE_VERSION", "XTERM_VERSION", "TMUX", "STY",
    "SSH_TTY", "NO_COLOR", "ESCDELAY", "TEXTUAL_DRIVER", "TEXTUAL_COLOR_SYSTEM", "COLUMNS", "LINES", "LANG", "LC_ALL",
    "LC_CTYPE", "PYTHONIOENCODING", "PYTHONUTF8",
)  # fmt: skip


def circumstances(driver: str = "", environ: Mapping[str, str] = os.environ) -> Iterator[tuple[str, str]]:
    """Names and values, in the order to show them; `driver` is the option of that name, "" without one."""
    yield "Python", f"{platform.python_version()} ({sys.executable})"
    for library in ("Textual", "httpx"):
        yield library, _version_of(library.lower())
    yield "platform", platform.platform()
    set_here = [f"{name}={plain(environ[name])}" for name in _DECIDING if name in environ]
    yield "environment", " ".join(set_here) or "nothing that decides"
    yield "terminal", _terminal()
    yield "encoding", f"{out.encoding() or 'none'}, file names {sys.getfilesystemencoding()}"
    yield from _places(environ)
    yield "driver", _driver(driver, environ)
    seconds, reason = escape_delay(environ)
    yield "Esc alone", f"after {seconds * 1000:g} ms ({reason})"
    yield from _abilities(environ)


def _abilities(environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What was found out about each account, which is not named: the file is read, and left as it is."""
    from cotui.api.abilities import Abilities
    from cotui.safety.faults import FileFault
    from cotui.safety.parsing import parse_json
    from cotui.safety.reading import read_own

    try:
        state = parse_json(read_own(state_path(environ)))
        accounts = list(state["accounts"].values())
    except (FileFault, ValueError, LookupError, TypeError, AttributeError):
        return
    for number, account in enumerate(accounts, 1):
        kept = account.get("abilities") if isinstance(account, dict) else None
        kept = kept if isinstance(kept, dict) else {}
        facts = {key: text for key, text in kept.items() if isinstance(text, str)}
        found = [f"{fact.name} {fact.value} ({fact.day})" for fact in Abilities(facts)]
        if found:
            yield f"account {number}", plain(", ".join(found), 2_000)


def _places(environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for place in own_places(environ):
        if place.name not in ("configuration", "state", "cache"):
            continue
        path = place.path.parent if place.name == "state" else place.path
        fault = place.trouble()
        nothing = " (none)" if place.name == "configuration" and not exists(path) else ""
        yield place.name, f"{show_path(path)}{f' ({fault.why})' if fault else nothing}"


def _version_of(package: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def _terminal() -> str:
    if no_terminal := out.not_terminals():
        return f"none at {', '.join(no_terminal)}"
    size = os.get_terminal_size()
    return f"{size.columns} columns, {size.lines} lines"


def _driver(option: str, environ: Mapping[str, str]) -> str:
    from cotui.settings.load import load_settings
    from cotui.tui.engine.terminal.choice import choose

    note = ""
    wanted = option
    if not wanted:
        try:
            wanted = load_settings(environ).interface.driver
        except SettingsError:
            wanted, note = "auto", "; the configuration has mistakes: cotui config check"
    choice = choose(wanted, environ)
    return f"{'lean' if choice.lean else 'stock'} ({choice.reason}{note})"
