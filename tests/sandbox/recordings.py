"""Where answers of real accounts are kept, beside the repository; tests skip without them."""

from __future__ import annotations

from pathlib import Path

FIXTURES = Path(__file__).resolve().parents[3] / "shared" / "fixtures"
