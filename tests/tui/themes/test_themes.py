"""A theme is added by one file."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cotui.tui import themes
from cotui.tui.shell.app import CotuiApp

FILE = """
from textual.theme import Theme

THEME = Theme("dusk", primary="#d08770", background="#101020")
"""


async def test_one_file_is_a_theme(app: CotuiApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It can be set in config.toml, and the palette has it."""
    (tmp_path / "dusk.py").write_text(FILE)
    monkeypatch.setattr(themes, "__path__", [*themes.__path__, str(tmp_path)])
    settings = app.session.settings
    app.session.settings = replace(settings, interface=replace(settings.interface, theme="dusk"))
    try:
        made = CotuiApp(app.session)
    finally:
        sys.modules.pop("cotui.tui.themes.dusk", None)
    assert made.theme == "dusk"
    assert made.current_theme.background == "#101020"
    assert "dusk" in made.available_themes
