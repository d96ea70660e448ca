"""The demo's data. Imports next to nothing: another process makes the data while this one loads the rest."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from cotui.sandbox.database.clock import DEFAULT_TIMEZONE as DEFAULT_TIMEZONE
from cotui.sandbox.database.clock import Clock, NowSource, system_now
from cotui.sandbox.demo.cache import start_building
from cotui.settings.paths import cache_dir

if TYPE_CHECKING:
    from datetime import date

    from cotui.sandbox.demo.cache import Building


def account_today(now: NowSource = system_now) -> date:
    """The day in the demo account's time zone: what its statuses and overdue days follow."""
    return Clock(DEFAULT_TIMEZONE, now).today()


def begin(customers: int, seed: int, env: Mapping[str, str] | None = None) -> Building:
    """Begin to make the data, in another process unless it is there already."""
    return start_building(customers, seed, account_today(), cache_dir(os.environ if env is None else env))
