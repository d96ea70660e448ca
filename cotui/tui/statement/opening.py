"""From a customer, or from what belongs to one, to his statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cotui.api import Record
    from cotui.catalog import Relation
    from cotui.tui.base.frame_screen import FrameScreen


def show(screen: FrameScreen[Any], relation: Relation, record: Record, customer: int | str) -> None:
    """Show the statement of a customer."""
    del relation, record
    from cotui.tui.statement.screen import StatementScreen

    screen.open_screen(StatementScreen(customer, tab=screen.tab), lambda _: None)
