"""Other programs: the one place that starts them. None is handed a secret of ours, or a file that is open here.

What a program is handed of the environment is either a few harmless variables, by name, for programs that work for
us; or, for a command of the user's own, all but the variables that hold passwords. Which those are is known when the
configuration has been read: they are then taken out of this process's environment too, since a library, such as a
keyring's, may start programs by itself. The system's own record of how this process was started (`/proc/PID/environ`)
stays as it was, for its owner to see.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import subprocess
    from asyncio.subprocess import Process

#: variables that hold a password whatever the configuration says
PASSWORDS: Final = ("COTUI_PASSWORD", "COTUI_SANDBOX_PASSWORD")
#: what a program needs to be found, to find its libraries and files, and to write text
_FEW: Final = frozenset(
    ("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "LANG", "LANGUAGE", "TZ", "TZDIR", "TMPDIR", "TEMP", "TMP",
     "LD_LIBRARY_PATH", "LD_PRELOAD", "TMUX", "TMUX_PANE", "TMUX_TMPDIR", "SYSTEMROOT")
)  # fmt: skip
_FEW_BEGINNINGS: Final = ("LC_", "DYLD_", "PYTHON", "XDG_")

#: every variable that is known to hold a password
_secret: set[str] = set(PASSWORDS)
#: what was taken out of this process's environment
_withheld: dict[str, str] = {}


def withhold(names: Iterable[str] = ()) -> None:
    """Take variables that hold passwords out of this process's environment; `variable` still knows them.

    Args:
        names: the variables; those of `PASSWORDS` are always among them.
    """
    _secret.update(name for name in names if name)
    for name in _secret:
        value = os.environ.pop(name, "")
        if value:
            _withheld[name] = value


def variable(name: str, env: Mapping[str, str]) -> str:
    """The value of a variable that may have been withheld; "" where there is none.

    Args:
        env: the environment; what was withheld is looked up for this process's own only.
    """
    return env.get(name, "") or (_withheld.get(name, "") if env is os.environ else "")


def forget() -> None:
    """Know of no variable any more but those of `PASSWORDS`, and of no value: a program begins anew."""
    _secret.clear()
    _secret.update(PASSWORDS)
    _withheld.clear()


def few(**more: str) -> dict[str, str]:
    """The environment of a program that works for us, and more variables for it."""
    return {
        name: value
        for name, value in os.environ.items()
        if (name in _FEW or name.startswith(_FEW_BEGINNINGS)) and name not in _secret
    } | more


def users_own() -> dict[str, str]:
    """The environment of a command of the user's own: what it would have in their shell, but for passwords."""
    return {name: value for name, value in os.environ.items() if name not in _secret}


def start(
    words: Sequence[str], environment: Mapping[str, str], *, reads_terminal: bool = False
) -> subprocess.Popen[bytes]:
    """Start a program, without a shell. Its stdout and stderr are pipes.

    Args:
        words: the program and its arguments; never a secret, since everybody can see them.
        environment: `few()` or `users_own()`.
        reads_terminal: it shares our stdin; otherwise it has nothing to read.

    Raises:
        OSError: it cannot be started.
        ValueError: its words cannot be handed to any program.
    """
    import subprocess

    return subprocess.Popen(  # noqa: S603 - words of ours, or the user's own command
        words,
        stdin=None if reads_terminal else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        close_fds=True,
    )


async def start_in_loop(words: Sequence[str], *, answers: bool) -> Process:
    """Start a program that works for us from an event loop. Its stdin is a pipe.

    Args:
        words: the program and its arguments; never a secret, since everybody can see them.
        answers: its stdout is a pipe; otherwise nobody reads it.

    Raises:
        OSError: it cannot be started.
    """
    import asyncio
    from asyncio.subprocess import DEVNULL, PIPE

    return await asyncio.create_subprocess_exec(
        *words, stdin=PIPE, stdout=PIPE if answers else DEVNULL, stderr=DEVNULL, env=few(), close_fds=True
    )
