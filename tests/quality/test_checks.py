"""The whole tree is typed, linted, formatted and layered as agreed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = Path(sys.executable).parent

CHECKS = {
    "types": [sys.executable, "-m", "mypy", "--strict", "-p", "cotui"],
    "lint": [sys.executable, "-m", "ruff", "check", "--no-cache", "."],
    "format": [sys.executable, "-m", "ruff", "format", "--no-cache", "--check", "."],
    "layers": [str(SCRIPTS / "lint-imports"), "--no-cache"],
}


@pytest.mark.long
@pytest.mark.parametrize("name", CHECKS)
def test_check_passes(name: str, tmp_path: Path) -> None:
    environment = {**os.environ, "MYPY_CACHE_DIR": str(tmp_path)}
    done = subprocess.run(
        CHECKS[name], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
