"""Which characters may be shown is decided in `cotui.safety.text`, and nobody else has a set of them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import cotui
from cotui.safety.text import clean

ROOT = Path(cotui.__file__).parent
#: the policy itself, and what it is made of
OWNERS = {"safety/text.py", "safety/marks.py"}
#: what reads the terminal's own bytes, what measures how wide it draws, what compares texts without their accents:
#: none decides what is shown
OTHER_MATTERS = {"tui/engine/terminal/", "sandbox/demo/", "query/matching.py"}
#: questions about characters that the policy answers
QUESTIONS = {"isprintable", "category", "bidirectional", "combining"}


def sources() -> list[tuple[str, ast.Module]]:
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name not in OWNERS and not any(name.startswith(other) for other in OTHER_MATTERS):
            found.append((name, ast.parse(path.read_text())))
    return found


def is_set(text: str) -> bool:
    """Whether a text is a set of unsafe characters, or the part of a regular expression that is one."""
    inner = re.sub(
        r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))",
        lambda found: chr(int(found[1] or found[2] or found[3], 16)),
        text,
    )
    unsafe = {
        sign
        for sign in inner
        if sign not in "\t\n\r" and clean(sign) != sign and not "\u2400" <= sign <= "\u2426"
    }
    ranges = re.search(r"[\x00-\x1f\x7f]-[\x00-\x1f\x7f-\x9f]", inner)
    return bool(ranges) or len(unsafe - {"\x1b", "\x07", "\x0f"}) > 1


def offences(tree: ast.Module) -> list[int]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in QUESTIONS:
            owner = node.value
            if node.attr == "isprintable" or (isinstance(owner, ast.Name) and owner.id == "unicodedata"):
                found.append(node.lineno)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and is_set(node.value):
            found.append(node.lineno)
        if isinstance(node, ast.Compare) and any(
            isinstance(part, ast.Constant) and part.value in ("\x7f", "\x80", "\x9f", "\xa0")
            for part in node.comparators
        ):
            found.append(node.lineno)
    return found


@pytest.mark.long
def test_nobody_else_says_which_characters_are_unsafe() -> None:
    found = [f"cotui/{name}:{line}" for name, tree in sources() for line in offences(tree)]
    assert not found, "ask cotui.safety.text instead"


def test_the_check_sees_what_was_there_before() -> None:
    before = [
        'X = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]")',
        'X = re.compile(r"[\\x00-\\x1f]")',
        'X = "\\u200c\\u200d"',
        'Y = "".join(c if c.isprintable() else "?" for c in text)',
        "Z = unicodedata.category(char) in ('Cc', 'Cs')",
        'Z = "\\x7f" <= char < "\\xa0"',
        'Z = re.compile("[\\u202a-\\u202e\\u2066]")',
    ]
    assert [line for line in before if not offences(ast.parse(line))] == []
