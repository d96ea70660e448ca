"""Forms that only ask, with a field of every kind."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from cotui.catalog.choices import DELIVERY
from cotui.catalog.field import Field, FieldType
from cotui.tui.forms.form import PayloadForm
from tests.tui.flow import settle


def made(name: str, kind: FieldType, **more: Any) -> Field:
    return Field(name, kind, name.capitalize(), f"Meaning of {name}.", more.pop("group", "One"))._replace(
        **more
    )


FIELDS = (
    made("title", FieldType.TEXT),
    made("body", FieldType.MULTILINE),
    made("amount", FieldType.MONEY),
    made("day", FieldType.DATE, group="Two"),
    made("way", FieldType.ENUM, choices=DELIVERY, group="Two"),
    made("sure", FieldType.BOOLEAN, group="Two"),
    made("code", FieldType.TEXT, secret=True, group="Three"),
    made("lines", FieldType.OBJECTS, group="Three"),
)


class Asked:
    """A form that only asks, and what it gave back."""

    def __init__(self, **more: Any) -> None:
        self.form = PayloadForm("Ask [/]", FIELDS, **more)
        self.answers: list[dict[str, object] | None] = []

    async def open(self, pilot: Pilot[None]) -> None:
        await settle(pilot)
        pilot.app.push_screen(self.form, self.answers.append)
        await settle(pilot)
