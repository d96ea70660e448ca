"""Windows where tasks begin at once."""

from __future__ import annotations

import pytest

from tests.api.paging.test_loaded_rows import *  # noqa: F403
from tests.api.paging.test_page_loader import *  # noqa: F403
from tests.api.paging.test_pages import *  # noqa: F403
from tests.api.paging.test_scroll_debounce import *  # noqa: F403
from tests.api.paging.test_viewport import *  # noqa: F403
from tests.api.paging.test_window import *  # noqa: F403
from tests.eager import EAGER, TOO_OLD, _eager_tasks  # noqa: F401

if EAGER is None:
    pytest.skip(TOO_OLD, allow_module_level=True)
