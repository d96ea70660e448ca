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
    """Agree, and wait for a text.

    A key that comes in the instant in which the question is drawn counts as typed ahead, and one right behind another
    letter as part of a word; both is said.
    """
    program.wait_for("Yes, send")
    program.press("y")
    if "Press it again" in program.wait_for(lambda text: wanted in text or "Press it again" in text):
        program.press("y")
        program.wait_for(wanted)
