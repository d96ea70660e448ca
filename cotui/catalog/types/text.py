"""Texts of one line."""

from __future__ import annotations

from cotui.catalog.field import FieldType


class Text(FieldType):
    """As `FieldType` says."""

    grows = True
    rank = 0
    searched = True


TYPE = Text()
