"""Every recorded and documented answer is read without an exception of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cotui.api import ApiError, Envelope
from cotui.api.transport.envelope import Reply, bulk_of, made_id, read_envelope, record_of, report_of, rows_of

FIXTURES = Path(__file__).resolve().parents[3] / "shared" / "fixtures"
INDEX = FIXTURES / "INDEX.json"

pytestmark = pytest.mark.skipif(not INDEX.exists(), reason="the recorded answers are not beside the project")

ENTRIES: list[dict[str, Any]] = json.loads(INDEX.read_text())["fixtures"] if INDEX.exists() else []


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["file"] for entry in ENTRIES])
def test_fixture(entry: dict[str, Any]) -> None:
    headers = {name.lower(): value for name, value in (entry.get("response_headers") or {}).items()}
    reply = Reply(entry["status"], headers, (FIXTURES / entry["file"]).read_bytes())
    if entry["status"] >= 400:
        with pytest.raises(ApiError) as caught:
            read_envelope(reply)
        assert caught.value.status == entry["status"]
        assert caught.value.server_message
        return
    envelope = read_envelope(reply)
    assert envelope.code == entry["status"]
    _check_shape(entry, envelope)


def _check_shape(entry: dict[str, Any], envelope: Envelope) -> None:
    name = entry["file"].split("__")[0]
    raw = json.loads((FIXTURES / entry["file"]).read_text())["response"]
    if isinstance(raw, list):
        assert rows_of(envelope) == raw
    elif name == "bulk_response":
        assert len(bulk_of(envelope, len(raw["_bulk"]))) == len(raw["_bulk"])
    elif name == "report_data":
        assert report_of(envelope) == (raw["_report"], raw["_count"])
    elif isinstance(raw, dict) and set(raw) == {"id"}:
        assert made_id(envelope) == int(raw["id"])
    elif isinstance(raw, dict):
        assert record_of(envelope) == raw
    else:
        assert raw is True


def test_there_are_fixtures() -> None:
    assert len(ENTRIES) >= 30
