"""What a user does in one go, for several tests."""

from __future__ import annotations

from tests.e2e.harness import Program


def apply_filter(program: Program, text: str) -> None:
    """Type a filter in place of the one there, look at what is typed, apply it."""
    program.press("/")
    program.wait_for("tab complete")
    program.press("ctrl+u")
    program.type(text)
    program.wait_for(lambda screen: text in screen.splitlines()[1])
    program.press("enter")
    program.wait_for("enter open", without="tab complete")


def say_yes(program: Program, wanted: str) -> None:
    """Agree, and wait for a text."""
    program.wait_for("Yes, send")
    program.alone("y")
    program.wait_for(wanted)
