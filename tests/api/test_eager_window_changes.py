"""`test_window_changes` where tasks begin at once."""

from __future__ import annotations

import pytest

from tests.api.paging.test_window_changes import *  # noqa: F403
from tests.eager import EAGER, TOO_OLD, _eager_tasks  # noqa: F401

if EAGER is None:
    pytest.skip(TOO_OLD, allow_module_level=True)
