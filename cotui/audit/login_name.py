"""Who sits at the terminal."""

from __future__ import annotations

import os


def operator_name() -> str:
    """Login name of the user of this process; the number where the system knows no name for it.

    The environment is not asked first, as `getpass.getuser` does: anybody can set LOGNAME.
    """
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
