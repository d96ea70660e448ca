"""A record as JSON: what was sent, but for secrets."""

from __future__ import annotations

import json

from cotui.api.records import Record
from cotui.catalog.field import Field, FieldType
from cotui.catalog.model import Resource
from cotui.catalog.objects.invoice import INVOICE
from cotui.tui.records.record_json import build_json_page, record_json
from tests.tui.record_pages import (
    RAW,
    entry,
    invoice,
    page,
    texts,
)


def test_secrets_are_masked_everywhere() -> None:
    field = Field("password", FieldType.TEXT, "Password", "never shown", secret=True)
    part = Field("number", FieldType.TEXT, "Number", "", secret=True)
    cards = Field(
        "cards", FieldType.OBJECTS, "Cards", "", parts=(part, Field("type", FieldType.TEXT, "Type", ""))
    )
    resource = Resource("x", "X", "Xs", "x", "id", (field, cards), (), "", "id")
    record = Record({"id": 1, "password": "hunter2", "cards": [{"number": "4111", "type": "visa"}]}, "id")
    made = page(record, resource=resource, opened={"cards[0]"})
    everything = "\n".join(texts(made) + texts(build_json_page(resource, record, 60)))
    everything += record_json(resource, record) + "".join(item.copies or "" for item in made.entries)
    assert "hunter2" not in everything
    assert "4111" not in everything
    assert "visa" in everything
    assert entry(made, "password").copies is None


def test_json_is_what_was_sent() -> None:
    record = invoice(memo="a\x1b\x9b\u202e\u200b\U000e0041\ud800中")
    assert json.loads(record_json(INVOICE, record)) == dict(record.raw)
    made = build_json_page(INVOICE, record, 200)
    lines = [text.strip() for text in texts(made)]
    assert json.loads("".join(lines)) == dict(record.raw)
    assert [item.name for item in made.entries] == [*RAW]
    assert entry(made, "customer_id").copies == '"35"'
    assert r'"memo": "a\u001b\u009b\u202e\u200b\udb40\udc41\ud800中",' in lines
