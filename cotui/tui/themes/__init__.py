"""Colour themes beside Textual's: each file here holds one `THEME`, and is named as the theme is."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from cotui.catalog.resources import files_in

if TYPE_CHECKING:
    from textual.theme import Theme


def own_themes() -> list[Theme]:
    """All of them."""
    return [import_module(f"{__name__}.{file}").THEME for file in files_in(tuple(__path__)).values()]
