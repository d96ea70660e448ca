"""Tests again in a loop whose tasks begin at once, as in programs that use Python 3.12's eager tasks.

A module that imports the tests of another together with `_eager_tasks` runs them in such a loop.
"""

from __future__ import annotations

import asyncio

import pytest

#: None on Python 3.11
EAGER = getattr(asyncio, "eager_task_factory", None)
TOO_OLD = "eager tasks came with Python 3.12"
needs_eager_tasks = pytest.mark.skipif(EAGER is None, reason=TOO_OLD)


@pytest.fixture(autouse=True)
async def _eager_tasks() -> None:
    assert EAGER is not None
    asyncio.get_running_loop().set_task_factory(EAGER)
