"""`cotui --demo`: no account, no network; and no byte of its hostile records commands the terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cotui.sandbox.demo.hostile import TEXTS
from tests.e2e.conftest import Start
from tests.e2e.harness import Program

pytestmark = pytest.mark.xdist_group("e2e-demo")

WORDS = ("--demo", "--customers", "120")

# what cotui sends by itself: styles, positions, modes and their queries, the kitty keyboard protocol
_OWN = re.compile(
    r"\x1b\[[\d;]*m"
    r"|\x1b\[(?:\d+(?:;\d+)?)?[ABCDGHJKSTXbr]"  # places, erasing, repeating, scrolling
    r"|\x1b\[5n"  # whether the terminal has come so far
    r"|\x1b\[\?(?:7|25|9|1000|1002|1003|1004|1005|1006|1015|1016|1049|2004|2026|2048|7778)(?:h|l|\$p)"
    r"|\x1b\[[<>]\d*u"
    r"|\x1b\]22;[a-z-]+\x07"  # shape of the mouse pointer
    r"|[\b\r\n]"
)
_COMMANDS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u2060\ufeff]")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """One directory for the demo's data, so that it is made once."""
    return {"COTUI_CACHE_DIR": str(tmp_path_factory.mktemp("cache"))}


def test_from_the_first_screen_to_a_record_and_back(start: Start, cache: dict[str, str]) -> None:
    program = start(*WORDS, env=cache)
    program.wait_for("1–26 of 120")
    assert "demo" in program.line(0)
    program.type("/company = nobody\r")
    program.wait_for("No customers match this filter")
    program.press("/", "ctrl+u")
    program.type("country = Canada\r")
    program.wait_for(lambda text: re.search(r"country = Canada +1–\d+ of \d+$", text, re.M))
    program.press("enter")
    program.wait_for("Main contact", without="loading the rest")
    program.press("]")
    program.wait_for(lambda text: re.search(r"\b2 of \d+", text), without="loading the rest")
    program.press("esc")
    program.wait_for("country = Canada")
    program.quit()


@pytest.mark.long
def test_the_data_is_made_once(start: Start, cache: dict[str, str]) -> None:
    made: list[dict[Path, int]] = []
    for _ in range(2):
        program = start(*WORDS, env=cache)
        program.wait_for("of 120")
        program.quit()
        files = [path for path in Path(cache["COTUI_CACHE_DIR"]).rglob("*") if path.is_file()]
        made.append({path: path.stat().st_ino for path in files})
    assert made[0] == made[1] != {}


def nothing_hostile(program: Program) -> None:
    """Every control character that was sent belongs to a sequence of our own."""
    sent = program.raw.decode()
    assert "\ufffd" not in sent
    rest = _OWN.sub("", sent)
    found = _COMMANDS.search(rest)
    assert found is None, repr(rest[max(0, found.start() - 60) : found.end() + 60])
    for name in ("osc_clipboard", "osc_title", "osc_link", "csi", "dcs", "c1"):
        text = TEXTS[name]
        assert text not in sent, name
        assert "\x1b[31mRed Alert" not in sent


@pytest.mark.long
def test_hostile_records_do_not_command_the_terminal(start: Start, cache: dict[str, str]) -> None:
    program = start(*WORDS, env=cache, size=(200, 40))  # wide: the record is shown beside the list
    program.wait_for("of 120")
    program.type("/id >= 41 id <= 48\r")
    program.wait_for("1–8 of 8")
    text = program.wait_for(lambda text: "Bracket & Sons" in text and "[@click=app." in text)
    assert "[/foo] Bracket" in text, "shown as it is, neither swallowed nor obeyed"
    program.press("enter")
    for number in range(1, 9):
        program.wait_for(f"{number} of 8", without="loading the rest")
        program.press("pagedown", "x", "pagedown", "x")
        if number < 8:
            program.press("]")
    program.press("esc")
    program.wait_for("1–8 of 8")
    # users with hostile names, narrow and wide, and the list of everything found in loaded rows
    program.type("2")
    program.wait_for("User name")
    program.type("/customer >= 41 customer <= 48\r")
    program.wait_for(lambda text: "customer <= 48" in text and "␛" in text)
    program.resize(60, 16)
    program.wait_for("enter open")
    program.quit()
    nothing_hostile(program)
