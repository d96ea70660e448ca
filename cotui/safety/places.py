"""Paths as people write them: with `~`, and with whatever else an environment variable can hold."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from cotui.safety.faults import FileFault


def expand(text: str | os.PathLike[str], env: Mapping[str, str] | None = None) -> Path:
    """A path with `~` and `~name` replaced by home directories.

    Never raises: where nobody knows the home directory the path stays as it is, and every function of this package
    refuses it with the reason (see `usable`).

    Args:
        env: where HOME is looked up; the process's own environment when None.
    """
    written = os.fspath(text)
    if not written.startswith("~"):
        return Path(written)
    name, _, rest = written[1:].partition("/")
    found = _home_of(name) if name else _home(os.environ if env is None else env)
    return Path(found, rest.lstrip("/")) if found else Path(written)


def whole(path: str | os.PathLike[str]) -> Path:
    """A path from the root on; as it is where the directory that the program was started in is gone. Never raises."""
    try:
        return Path(os.getcwd(), path)
    except OSError:
        return Path(path)


def is_homeless(path: str | os.PathLike[str]) -> bool:
    """Whether a path begins with a `~` that could not be replaced."""
    return os.fspath(path).startswith("~")


def usable(path: str | os.PathLike[str], deed: str) -> str:
    """The path as the system takes it.

    Args:
        path: an expanded path.
        deed: what is to be done with it, in vain: "cannot be read".

    Raises:
        FileFault: it can name nothing at all.
    """
    text = os.fspath(path)
    if text.startswith("~"):
        raise FileFault(path, deed, errno.ENOENT, *_homeless(text[1:].partition("/")[0]))
    if "\0" in text:
        raise FileFault(path, deed, errno.EINVAL, "its name holds a NUL character", "give another name")
    if not text:
        raise FileFault(path, deed, errno.EINVAL, "its name is empty", "give a name")
    try:
        os.fsencode(text)
    except UnicodeEncodeError:
        reason = f"its name cannot be written in this system's encoding ({sys.getfilesystemencoding()})"
        raise FileFault(path, deed, errno.EILSEQ, reason, "give another name, or set LANG") from None
    return text


def _homeless(name: str) -> tuple[str, str]:
    """Reason and remedy where a home directory is not known."""
    if name:
        return "nobody of that name is known here", "give the whole path"
    state = "no whole path" if os.environ.get("HOME", "") else "not set"
    return (
        f"user {os.getuid()} has no home directory here (HOME is {state})",
        "set HOME, or name another place",
    )


def _home(env: Mapping[str, str]) -> str:
    """The home directory of the user of this process; empty when there is none."""
    found = env.get("HOME", "")
    if os.path.isabs(found):
        return found
    import pwd

    try:
        found = pwd.getpwuid(os.getuid()).pw_dir
    except (KeyError, OSError):
        return ""
    return found if os.path.isabs(found) else ""


def _home_of(name: str) -> str:
    import pwd

    try:
        found = pwd.getpwnam(name).pw_dir
    except (KeyError, OSError, ValueError):  # ValueError: a name that no system could know
        return ""
    return found if os.path.isabs(found) else ""
