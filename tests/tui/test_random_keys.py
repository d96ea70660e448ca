"""Random keys on a line where all kinds of things go wrong: nothing ends the app, nothing grows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.random_faults import soak

#: seconds for each seed; by hand it runs for longer: python -m tests.benchmarks.random_faults
SECONDS = 60


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
async def test_nothing_ends_the_app(seed: int, tmp_path: Path) -> None:
    found = await soak(tmp_path, seed, SECONDS)
    assert found.keys
    assert not found.crashes, "\n".join(found.crashes)
    assert found.descriptors[-1] <= found.descriptors[len(found.descriptors) // 3] + 3
