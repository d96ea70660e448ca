"""Configuration, profiles, credentials, and what the program remembers.

`config.toml` is the user's: read, checked, and at most appended to. `state.json` is the program's.
The public names are loaded when they are first used, so that a start pays only for what it needs.
"""

from __future__ import annotations

from cotui.lazy import LazyImports

with LazyImports(__name__):
    from cotui.settings.checks import check as check
    from cotui.settings.example import example_config as example_config
    from cotui.settings.load import Interface as Interface
    from cotui.settings.load import Settings as Settings
    from cotui.settings.load import load_settings as load_settings
    from cotui.settings.paths import cache_dir as cache_dir
    from cotui.settings.paths import config_path as config_path
    from cotui.settings.paths import state_dir as state_dir
    from cotui.settings.paths import state_path as state_path
    from cotui.settings.problems import ConfigError as ConfigError
    from cotui.settings.problems import Problem as Problem
    from cotui.settings.problems import SettingsError as SettingsError
    from cotui.settings.profiles import ENVIRONMENT as ENVIRONMENT
    from cotui.settings.profiles import Profile as Profile
    from cotui.settings.save import ProfileExistsError as ProfileExistsError
    from cotui.settings.save import Saved as Saved
    from cotui.settings.save import save_profile as save_profile
    from cotui.settings.schema import json_schema as json_schema
    from cotui.settings.secrets import Secret as Secret
    from cotui.settings.secrets import SecretError as SecretError
    from cotui.settings.secrets import resolve_secret as resolve_secret
    from cotui.settings.secrets import store_secret as store_secret
    from cotui.settings.state import AccountState as AccountState
    from cotui.settings.state import ScreenState as ScreenState
    from cotui.settings.state import StateStore as StateStore
