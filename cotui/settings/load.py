"""Read the configuration and the environment into `Settings`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from cotui.safety import children
from cotui.safety.faults import FileFault, show_path
from cotui.safety.places import is_homeless, usable
from cotui.safety.writing import remove_left_behind
from cotui.settings.checks import problems_of
from cotui.settings.definitions import INTERFACE, KEYS
from cotui.settings.document import Document, read_document
from cotui.settings.own_keys import own_keys
from cotui.settings.paths import CONFIG, config_path, credentials_path
from cotui.settings.problems import ConfigError, Problem, SettingsError
from cotui.settings.profiles import ENVIRONMENT, Profile, profile_from


@dataclass(frozen=True, slots=True)
class Interface:
    """The `[interface]` table; the meanings are in `definitions.INTERFACE`."""

    theme: str = ""
    start_screen: str = INTERFACE.default("start_screen")
    preview: Literal["auto", "on", "off"] = INTERFACE.default("preview")
    mouse: bool = INTERFACE.default("mouse")
    driver: Literal["auto", "lean", "stock"] = INTERFACE.default("driver")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the user chose."""

    path: Path
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    #: profile to open when none is named; empty when the user has to say
    default_profile: str = ""
    interface: Interface = field(default_factory=Interface)
    #: action name to its keys, separated by commas as Textual's key map wants them
    keys: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()

    def profile(self, name: str = "") -> Profile | None:
        """The profile of this name, or the default one; None when there is no profile at all.

        Raises:
            SettingsError: there is no profile of this name, or several and none is the default.
        """
        names = ", ".join(self.profiles)
        if name:
            if name not in self.profiles:
                there = f"there are: {names}" if names else f"there is none yet in {show_path(self.path)}"
                raise SettingsError(f'There is no profile "{name}"; {there}.')
            return self.profiles[name]
        if self.default_profile:
            return self.profiles[self.default_profile]
        if self.profiles:
            raise SettingsError(
                f"There are several profiles ({names}): name one with --profile, "
                f"or set default_profile in {show_path(self.path)}."
            )
        return None


def load_settings(env: Mapping[str, str] | None = None, path: Path | None = None) -> Settings:
    """Read `config.toml` and add the profile of the environment.

    Args:
        env: the environment; the process's own when None.
        path: the file; `paths.config_path(env)` when None. It may be missing.

    Raises:
        ConfigError: the file has mistakes that are more than warnings; all of them are in it.
    """
    env = os.environ if env is None else env
    path = config_path(env) if path is None else path
    found: list[Problem] = []
    if nowhere(path, env):
        document = Document(path)
        found += [] if env.get("COTUI_URL", "") else [no_home(path)]
    else:
        for kept in (path, credentials_path(path)):
            remove_left_behind(kept)  # it may hold a password
        document = read_document(path)
    found += problems_of(document)
    errors = [problem for problem in found if problem.severity == "error"]
    if errors:
        raise ConfigError(errors)
    profiles = _profiles(document, env)
    if env is os.environ:
        children.withhold(profile.password_env for profile in profiles.values())
    return Settings(
        path=path,
        profiles=profiles,
        default_profile=_default(document, profiles, env),
        interface=_interface(document),
        keys=_keys(document),
        warnings=tuple(found),
    )


def nowhere(path: Path, env: Mapping[str, str]) -> bool:
    """Whether there is no place for a configuration: nobody named one, and there is no home directory."""
    return not env.get(CONFIG, "") and is_homeless(path)


def no_home(path: Path) -> Problem:
    """The warning that there is no place for a configuration."""
    try:
        usable(path, "is not read")
    except FileFault as fault:
        return Problem(path, 0, "", "warning", f"{fault.why} ({CONFIG})")
    raise AssertionError("a path without a home directory is not usable")


def _profiles(document: Document, env: Mapping[str, str]) -> dict[str, Profile]:
    tables = document.values.get("profiles", {})
    profiles = {name: profile_from(name, values) for name, values in tables.items()}
    if url := env.get("COTUI_URL", ""):
        profiles[ENVIRONMENT] = Profile(
            name=ENVIRONMENT,
            url=url,
            username=env.get("COTUI_USERNAME", ""),
            password_env="COTUI_PASSWORD",  # noqa: S106 - the variable's name
        )
    return profiles


def _default(document: Document, profiles: Mapping[str, Profile], env: Mapping[str, str]) -> str:
    """COTUI_PROFILE, the environment's own profile, default_profile, or the only one there is."""
    if wanted := env.get("COTUI_PROFILE", ""):
        if wanted not in profiles:
            names = ", ".join(profiles) or "none"
            raise SettingsError(f'COTUI_PROFILE names "{wanted}", but the profiles are: {names}.')
        return wanted
    if env.get("COTUI_URL", ""):
        return ENVIRONMENT
    chosen = document.values.get("default_profile", "")
    if isinstance(chosen, str) and chosen:
        return chosen
    return next(iter(profiles)) if len(profiles) == 1 else ""


def _interface(document: Document) -> Interface:
    names = Interface.__dataclass_fields__
    table = document.values.get("interface", {})
    return Interface(**{name: value for name, value in table.items() if name in names})


def _keys(document: Document) -> dict[str, str]:
    return {own.action: ",".join(own.names) for own in own_keys(document.values.get(KEYS.name))}
