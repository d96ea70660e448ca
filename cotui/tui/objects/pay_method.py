"""A customer's ways to pay on screen: opening one shows the card, bank account or token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cotui.catalog.model import key_of
from cotui.tui.base.object_register import ObjectHooks

if TYPE_CHECKING:
    from cotui.api import Record
    from cotui.tui.base.frame_screen import FrameScreen


def _open(screen: FrameScreen[Any], record: Record) -> None:
    number = key_of(record.raw.get("record_id"))
    if number is None:
        screen.say("its number is none that can be asked for", "warning")
        return
    screen.cotui.open_record(str(record.raw["kind"]), number, tab=screen.tab)


HOOKS = ObjectHooks(open_row=_open)
