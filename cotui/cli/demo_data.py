"""The demo's data. Imports next to nothing: another process makes the data while this one loads the rest."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from cotui.cli.exits import CommandError, Exit
from cotui.sandbox.cache import CacheError, start_building
from cotui.settings.paths import cache_dir

if TYPE_CHECKING:
    from cotui.sandbox.cache import Building


def begin(customers: int, seed: int, env: Mapping[str, str] | None = None) -> Building:
    """Begin to make the data, in another process unless it is there already.

    Raises:
        CommandError: it cannot be made.
    """
    directory = cache_dir(os.environ if env is None else env)
    try:
        return start_building(customers, seed, date.today(), directory)
    except CacheError as error:
        raise CommandError(str(error), Exit.CONFIG) from None
