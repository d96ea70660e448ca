"""Where cotui keeps its files: the user's configuration, what the program remembers, and its cache."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

_APP = "cotui"


def config_path(env: Mapping[str, str] | None = None) -> Path:
    """`config.toml`: COTUI_CONFIG when set, else in platformdirs' configuration directory."""
    chosen = (os.environ if env is None else env).get("COTUI_CONFIG", "")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_config_path

    return user_config_path(_APP, appauthor=False) / "config.toml"


def credentials_path(config: Path) -> Path:
    """The file cotui itself keeps passwords in where there is no keyring: beside the configuration."""
    return config.with_name("credentials.toml")


def state_dir(env: Mapping[str, str] | None = None) -> Path:
    """Directory of what the program remembers: COTUI_STATE_DIR when set, else platformdirs' choice."""
    chosen = (os.environ if env is None else env).get("COTUI_STATE_DIR", "")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_state_path

    return user_state_path(_APP, appauthor=False)


def state_path(env: Mapping[str, str] | None = None) -> Path:
    """The file of `StateStore`."""
    return state_dir(env) / "state.json"


def audit_dir(env: Mapping[str, str] | None = None) -> Path:
    """Directory of the audit file, below what the program remembers."""
    return state_dir(env) / "audit"


def cache_dir(env: Mapping[str, str] | None = None) -> Path:
    """Directory of what can be made again: COTUI_CACHE_DIR when set, else platformdirs' choice."""
    chosen = (os.environ if env is None else env).get("COTUI_CACHE_DIR", "")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path(_APP, appauthor=False)
