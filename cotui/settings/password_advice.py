"""What to do about a profile that has no password."""

from __future__ import annotations

import re
from pathlib import Path

from cotui.safety.faults import show_path
from cotui.settings.document import dotted
from cotui.settings.problems import plain
from cotui.settings.profiles import ENVIRONMENT, Profile


def password_advice(profile: Profile, config: Path) -> str:
    """Lines that say how to give a profile its password."""
    variable = plain(profile.password_env)
    if profile.name == ENVIRONMENT and variable == "COTUI_PASSWORD":
        return f"Set {variable} as well."
    if variable:
        return f"Set the environment variable {variable}."
    if profile.password_file:
        return f"Write the password into {plain(profile.password_file, 300)} and chmod 600 it."
    short = re.sub(r"[^A-Za-z0-9]+", "-", profile.name).strip("-") or "account"
    return (
        f"Put one of these lines below [{dotted(('profiles', profile.name))}] in {show_path(config)}:\n"
        f'  password_command = ["pass", "show", "chargeover/{short}"]  # prints the password\n'
        f'  password_env = "{short.upper().replace("-", "_")}_KEY"  # a variable that holds it\n'
        f'  password_file = "~/.secrets/{short}"  # a file that only you can read'
    )
