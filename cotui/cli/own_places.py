"""The places that cotui keeps its own files at, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from cotui.safety.faults import FileFault
from cotui.safety.reading import exists, trouble_reading
from cotui.safety.writing import trouble_making
from cotui.settings.paths import (
    CACHE,
    CONFIG,
    STATE,
    audit_dir,
    cache_dir,
    config_path,
    credentials_path,
    state_path,
)


class OwnPlace(NamedTuple):
    """One of them."""

    name: str
    path: Path
    #: the environment variable that names another
    variable: str
    is_directory: bool = False
    #: what happens without it; empty where that is an error
    without: str = ""

    def trouble(self) -> FileFault | None:
        """What is wrong with it; None when it can be used, or made. Never raises, makes nothing."""
        if self.is_directory:
            return trouble_making(self.path)
        return trouble_reading(self.path) or (None if exists(self.path) else trouble_making(self.path.parent))


def own_places(env: Mapping[str, str] | None = None, config: Path | None = None) -> tuple[OwnPlace, ...]:
    """All of them, in the order to tell them in.

    Args:
        env: the environment; the process's own when None.
        config: a `config.toml` instead of cotui's own.
    """
    path = config_path(env) if config is None else config
    return (
        OwnPlace("configuration", path, CONFIG),
        OwnPlace("credentials", credentials_path(path), CONFIG),
        OwnPlace("state", state_path(env), STATE, without="nothing is remembered"),
        OwnPlace("audit", audit_dir(env), STATE, is_directory=True, without="nothing can be changed"),
        OwnPlace("cache", cache_dir(env), CACHE, is_directory=True, without="the demo runs in memory"),
    )
