"""Colour themes of ours beside Textual's own, the one place they are written: `[interface] theme` names one."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

THEMES: Final[tuple[Theme, ...]] = ()
