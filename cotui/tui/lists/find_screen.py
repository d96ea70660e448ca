"""A list in whose rows a text can be found."""

from __future__ import annotations

from textual import on
from textual.binding import Binding

from cotui.tui.lists.find import FindBar, FindInRows
from cotui.tui.lists.row_actions import RowActionsScreen


class FindScreen(RowActionsScreen):
    """A list with a line for a text, which is there only while something is searched for."""

    BINDINGS = [
        # also while the text is kept and the keys are the table's
        Binding("ctrl+r", "load_rest", "Load the rest of the rows", show=False, id="find.rest"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._find_bar = FindBar()
        self._finding = FindInRows(self, self._find_bar)

    def rows_chosen(self) -> None:
        """Other rows are shown than before: those that were found, or all again."""
        raise NotImplementedError  # each list says beside its rows what they are

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The rest is read where a text is looked for, and the list is not long."""
        if action == "load_rest":
            return self._finding.few
        return super().check_action(action, parameters)

    def action_find(self) -> None:
        self._finding.open()
        self.refresh_bindings()

    def action_load_rest(self) -> None:
        self._finding.load_rest()

    @on(FindBar.Changed)
    def _find(self, event: FindBar.Changed) -> None:
        self._finding.find(event.text)
        self.rows_chosen()

    @on(FindBar.Closed)
    def _find_closed(self, event: FindBar.Closed) -> None:
        self.table.focus()
        if not event.keep and self._finding.narrowed is not None:
            self._find(FindBar.Changed(""))
