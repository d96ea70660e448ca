"""`python -m cotui`."""

from __future__ import annotations

from cotui.cli.main import entry

if __name__ == "__main__":
    entry()
