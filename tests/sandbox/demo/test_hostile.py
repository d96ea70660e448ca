"""Text that breaks programs: each trap is there as it is, and can be kept."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

from cotui.safety.text import is_visible
from cotui.sandbox.demo.hostile import TEXTS


def test_databases_and_json_keep_every_one() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        for text in TEXTS.values():
            assert connection.execute("SELECT ?", (text,)).fetchone() == (text,)
            assert json.loads(json.dumps(text)) == text
            assert text.encode().decode() == text


def test_traps_are_what_they_are_called() -> None:
    assert len(TEXTS["long"]) == 10_000
    assert TEXTS["null"] == "null"
    assert TEXTS["formula"].startswith("=")
    assert TEXTS["formula_at"].startswith("@")
    assert {"\x1b]52", "\x1b]0", "\x1b[2J", "\x1bP"} <= {
        start
        for start in ("\x1b]52", "\x1b]0", "\x1b[2J", "\x1bP")
        if any(start in text for text in TEXTS.values())
    }
    assert any("\x80" <= sign <= "\x9f" for sign in TEXTS["c1"])
    assert "\u202e" in TEXTS["bidi_override"]
    assert TEXTS["wire"].endswith("\\")
    for name in ("osc_clipboard", "csi", "c0", "c1", "bidi_override", "zero_width"):
        assert not is_visible(TEXTS[name]), name


def test_they_differ_and_their_file_is_harmless() -> None:
    import cotui.sandbox.demo.hostile as module

    assert len(set(TEXTS.values())) == len(TEXTS)
    with open(str(module.__file__), encoding="utf-8") as file:
        assert file.read().replace("\n", "").isprintable()
