"""Telephone numbers, as people write them."""

from __future__ import annotations

from cotui.catalog.field import FieldType


class Phone(FieldType):
    """A text of a usual length."""

    width = report_width = 16


TYPE = Phone()
