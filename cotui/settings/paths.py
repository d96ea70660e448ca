"""Where cotui keeps its files: the user's configuration, what the program remembers, and its cache.

None of these raises. Where there is no home directory to put them in, the path begins with `~`, and whoever reads or
writes there is told so by `cotui.safety`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from cotui.safety.places import expand

_APP: Final = "cotui"
#: variables that name other places
CONFIG: Final = "COTUI_CONFIG"
STATE: Final = "COTUI_STATE_DIR"
CACHE: Final = "COTUI_CACHE_DIR"


def config_path(env: Mapping[str, str] | None = None) -> Path:
    """`config.toml`: COTUI_CONFIG when set, else in platformdirs' configuration directory."""

    def usual() -> Path:
        from platformdirs import user_config_path

        return user_config_path(_APP, appauthor=False) / "config.toml"

    return _place(env, CONFIG, usual, "~/.config/cotui/config.toml")


def credentials_path(config: Path) -> Path:
    """The file cotui itself keeps passwords in where there is no keyring: beside the configuration."""
    return config.parent / "credentials.toml"


def state_dir(env: Mapping[str, str] | None = None) -> Path:
    """Directory of what the program remembers: COTUI_STATE_DIR when set, else platformdirs' choice."""

    def usual() -> Path:
        from platformdirs import user_state_path

        return user_state_path(_APP, appauthor=False)

    return _place(env, STATE, usual, "~/.local/state/cotui")


def state_path(env: Mapping[str, str] | None = None) -> Path:
    """The file of `StateStore`."""
    return state_dir(env) / "state.json"


def audit_dir(env: Mapping[str, str] | None = None) -> Path:
    """Directory of the audit file, below what the program remembers."""
    return state_dir(env) / "audit"


def cache_dir(env: Mapping[str, str] | None = None) -> Path:
    """Directory of what can be made again: COTUI_CACHE_DIR when set, else platformdirs' choice."""

    def usual() -> Path:
        from platformdirs import user_cache_path

        return user_cache_path(_APP, appauthor=False)

    return _place(env, CACHE, usual, "~/.cache/cotui")


def _place(
    env: Mapping[str, str] | None, variable: str, usual: Callable[[], Path], without_home: str
) -> Path:
    env = os.environ if env is None else env
    if chosen := env.get(variable, ""):
        return expand(chosen, env)
    try:
        found = usual()
    except (RuntimeError, KeyError, OSError):  # as platformdirs says that there is no home directory
        return expand(without_home, env)
    return found if found.is_absolute() else expand(without_home, env)
