"""Reports on screen: their list comes whole, and opening one shows its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cotui.tui.base.object_register import ObjectHooks
from cotui.tui.lists.list_spec import ReportRowsListSpec, ReportsListSpec

if TYPE_CHECKING:
    from cotui.api import Record
    from cotui.tui.base.frame_screen import FrameScreen


def _open_rows(screen: FrameScreen[Any], record: Record) -> None:
    if not isinstance(record.ref, int):
        screen.say("this report's number is none that can be asked for", "warning")
        return
    name = str(record.shown.get("name") or f"report {record.ref}")
    screen.cotui.open_list(ReportRowsListSpec(screen.cotui.api, record.ref, name), tab=screen.tab)


HOOKS = ObjectHooks(list_spec=ReportsListSpec, open_row=_open_rows)
