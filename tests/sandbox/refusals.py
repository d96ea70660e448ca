"""Servers that are refused as tests start them."""

from __future__ import annotations

import pytest

from cotui.cli.sandbox_command import serve


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What is said to these options."""
    assert serve(["--customers", "0", *words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = said.err.splitlines()
    assert line.startswith("cotui sandbox: ")
    assert line.isprintable()
    return line
