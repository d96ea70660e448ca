"""The two lines of a confirmation that say on whose behalf a write is done."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from cotui.tui.base.inputs import TypedLine
from cotui.tui.base.line import TextBlock


class BehalfLines(Vertical):
    """`on_behalf_addr` and `on_behalf_details` (section 16 of the API notes); hidden, and empty, until asked for."""

    DEFAULT_CSS = """
    BehalfLines { display: none; height: auto; }
    BehalfLines.open { display: block; }
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._address = TypedLine(id="address", placeholder="IP address of the customer", max_length=200)
        #: who asked for it
        self.details_line = TypedLine(
            id="details", placeholder="name, e-mail or id of the customer", max_length=200
        )

    def compose(self) -> ComposeResult:
        yield TextBlock("On behalf of, only if the customer asked for it:", "said")
        yield from (self._address, self.details_line)

    @property
    def address(self) -> str:
        return self._address.value.strip()

    @property
    def details(self) -> str:
        return self.details_line.value.strip()

    @property
    def problem(self) -> str:
        """Why it can't be sent, in words; "" when it can."""
        if self.address:
            import ipaddress

            try:
                ipaddress.ip_address(self.address)
            except ValueError:
                return f"“{self.address}” is no IP address"
        return ""

    def toggle(self) -> bool:
        """Show them, or hide and empty them; whether they are shown."""
        self.toggle_class("open")
        if self.has_class("open"):
            self._address.focus()
            self.call_after_refresh(self.scroll_visible, animate=False)
            return True
        for line in (self._address, self.details_line):
            line.value = ""
        return False
