"""What all tests share: no real home directory, no account from the environment, no deadlines."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("cotui", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("cotui")

# read once when Textual is imported
os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ["TZ"] = "UTC"


@pytest.fixture(autouse=True)
def _own_directories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("COTUI_")]:
        monkeypatch.delenv(name)
    for name in ("CONFIG", "STATE_DIR", "CACHE_DIR"):
        target = tmp_path / "cotui" / ("config.toml" if name == "CONFIG" else name.lower())
        monkeypatch.setenv(f"COTUI_{name}", str(target))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
