"""Every action that has a name, for `[keys]` of the configuration."""

from __future__ import annotations

from collections.abc import Iterator

from textual.binding import Binding

from cotui.tui.app import CotuiApp
from cotui.tui.dialogs.base import Dialog
from cotui.tui.dialogs.columns import ColumnsDialog
from cotui.tui.screens.browse import BrowseScreen
from cotui.tui.screens.record import RecordScreen
from cotui.tui.screens.setup import SetupScreen
from cotui.tui.widgets.filter_input import FilterInput
from cotui.tui.widgets.find_bar import FindBar
from cotui.tui.widgets.page_view import PageView
from cotui.tui.widgets.record_table import RecordTable
from cotui.tui.widgets.record_view import RecordView

_HOLDERS = (
    CotuiApp,
    BrowseScreen,
    RecordTable,
    FilterInput,
    FindBar,
    RecordScreen,
    RecordView,
    PageView,
    ColumnsDialog,
    Dialog,
    SetupScreen,
)


def named_bindings() -> Iterator[Binding]:
    """Every binding with a name (`Binding.id`), once, in the order of the screens."""
    seen: set[str] = set()
    for holder in _HOLDERS:
        for binding in holder.BINDINGS:
            if isinstance(binding, Binding) and binding.id and binding.id not in seen:
                seen.add(binding.id)
                yield binding
