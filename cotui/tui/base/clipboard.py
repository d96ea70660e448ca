"""Copying to the clipboard of the machine the user sits at, which over SSH is not this one.

No terminal says whether it took a text, so every known way is tried and the answer says what was
done and what to do if nothing arrived. Measured ways out of tmux: `tmux load-buffer -w -` works with
tmux's own defaults (3.2 and later); OSC 52 needs `set-clipboard on`; OSC 52 wrapped for tmux needs
`allow-passthrough on`. GNU screen hands on what stands in a device control string, in pieces, and drops OSC 52 itself.
"""

from __future__ import annotations

import asyncio
import os
from base64 import b64encode
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from cotui.safety import children
from cotui.safety.text import clean, to_copy
from cotui.tui.base.cells import cell_len, fit

if TYPE_CHECKING:
    from textual.app import App

#: most terminals and tmux drop a longer OSC 52, counted in base64 characters
LONGEST_ENCODED = 74_994
#: the same in bytes of text
LONGEST = LONGEST_ENCODED // 4 * 3
#: characters of what is copied at all, into tmux
LARGEST = 2_000_000
#: seconds that tmux may take; it is a process on this machine
TMUX_TIMEOUT = 1.0

#: how often tmux is asked whether it still has a copy: what a terminal was sent may arrive late
_TMUX_LOOKS: Final = 3
#: characters of a string that every GNU screen hands on whole
_SCREEN_STRING: Final = 252
_BY_HAND = "or select the text on the screen with the mouse (hold shift; option on a Mac)"


@dataclass(frozen=True, slots=True)
class CopyResult:
    """What became of a copy: whether the text left cotui, how, and what to do when it did not arrive."""

    sent: bool
    how: str
    hint: str

    def __str__(self) -> str:
        return f"{self.how}. {self.hint}" if self.hint else self.how


async def copy(
    app: App[Any], text: str, *, lines: bool = False, environ: Mapping[str, str] = os.environ
) -> CopyResult:
    """Copy a text, by every way that may lead to the user's clipboard.

    Takes up to `TMUX_TIMEOUT` seconds inside tmux, so call it from a worker.

    Args:
        lines: it is made of lines, such as a whole record; a value is not, because each line break in it would send
            off what it is pasted into.
    """
    if len(text) > LARGEST:
        size = f"{len(text):,} characters are more than can be copied ({LARGEST:,})"
        return CopyResult(False, f"{size}: not copied", "cotui get prints the whole record.")
    text = to_copy(text, lines=lines)
    note_copy = getattr(app, "note_copy", None)
    if note_copy is not None:
        note_copy(text)
    data = text.encode("utf-8", "replace")
    in_tmux = bool(environ.get("TMUX"))
    if len(data) > LONGEST:
        return await _copy_large(data, in_tmux)
    in_screen = bool(environ.get("STY"))
    # tmux first: where both arrive, the plain sequence sets the same text again.
    buffered = await load_tmux_buffer(data, to_terminal=True) if in_tmux else False
    app.copy_to_clipboard(data.decode("utf-8"))
    if in_tmux:
        _write(app, wrapped_for_tmux(data))
    if in_screen:
        _write(app, wrapped_for_screen(data))
    if not in_tmux:
        through = " through GNU screen" if in_screen else ""
        how = f"sent to your terminal's clipboard{through} (OSC 52)"
        return _told_once(app, CopyResult(True, how, _terminal_hint(environ)))
    if buffered:
        how = "sent to your terminal's clipboard through tmux"
        hint = f"Not there? tmux's paste key (prefix, then ]) has it too; {_BY_HAND}."
    else:
        how = "sent to your terminal's clipboard (OSC 52), though tmux did not help"
        hint = f"Not there? Run: tmux set -g set-clipboard on; {_BY_HAND}."
    return _told_once(app, CopyResult(True, how, hint))


def _told_once(app: App[Any], result: CopyResult) -> CopyResult:
    """Leave out what to do when nothing arrived, where this session has been told."""
    told: set[str] = app.__dict__.setdefault("_copy_hints_told", set())
    if result.hint in told:
        return replace(result, hint="")
    told.add(result.hint)
    return result


def one_line(what: str, text: str, how: str, hint: str, width: int) -> str:
    """What is said of a copy: a line of `width` cells, and what to do when nothing arrived, where that is new.

    Args:
        what: what was copied, "" where its text says it.
        text: what was copied, as much of it as there is room for.
    """
    start = clean(f"{what} ".lstrip())
    room = max(12, width - cell_len(f"{start}: {how}"))
    head = clean(text[: 4 * room].split("\n")[0])
    shown = fit(head, min(room, cell_len(head)))
    return f"{start}{shown}: {how}" + (f". {hint}" if hint else "")


async def _copy_large(data: bytes, in_tmux: bool) -> CopyResult:
    size = f"{len(data):,} bytes are more than terminals take ({LONGEST:,})"
    if in_tmux and await load_tmux_buffer(data, to_terminal=False):
        return CopyResult(
            True, f"{size}: copied to tmux only", "Paste it with tmux's paste key (prefix, then ])."
        )
    return CopyResult(False, f"{size}: not copied", f"Copy a smaller part, {_BY_HAND}.")


def _terminal_hint(environ: Mapping[str, str]) -> str:
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return (
            "Not there? The terminal must allow OSC 52; "
            f"if tmux runs on your own machine, run there: tmux set -g set-clipboard on; {_BY_HAND}."
        )
    return f"Not there? The terminal must allow OSC 52; {_BY_HAND}."


def osc52(data: bytes) -> str:
    """The sequence that asks a terminal to put this into its clipboard."""
    return f"\x1b]52;c;{b64encode(data).decode('ascii')}\x07"


def wrapped_for_tmux(data: bytes) -> str:
    """The same, wrapped so that tmux hands it on unread where `allow-passthrough` is on."""
    return f"\x1bPtmux;{osc52(data).replace(chr(27), chr(27) * 2)}\x1b\\"


def wrapped_for_screen(data: bytes) -> str:
    """The same for GNU screen, in strings of its own that it hands on one after the other.

    The oldest screens take 256 characters of a string, with the two before and behind it.
    """
    whole = osc52(data)
    pieces = [whole[at : at + _SCREEN_STRING] for at in range(0, len(whole), _SCREEN_STRING)]
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)


def _write(app: App[Any], sequence: str) -> None:
    driver = app._driver  # Textual has no public way to send a sequence of one's own
    if driver is not None:
        driver.write(sequence)


async def load_tmux_buffer(data: bytes, *, to_terminal: bool) -> bool:
    """Put bytes into tmux's paste buffer, and on to the outer terminal's clipboard if wanted; whether tmux did it."""
    arguments = ["load-buffer", *(["-w"] if to_terminal else []), "-"]
    return await _tmux(arguments, data) is not None


def afterwards(environ: Mapping[str, str] = os.environ) -> str:
    """What becomes of a secret that was copied when its dialog closes, for the dialog to say."""
    kept = "your terminal's clipboard keeps it until you copy something else"
    if environ.get("TMUX"):
        return f"When this closes tmux forgets it; {kept}."
    return f"{kept[0].upper()}{kept[1:]}."


async def forget(text: str, environ: Mapping[str, str] = os.environ) -> str:
    """Take a secret that was copied out of tmux's paste buffers again; what is left to its user to do, or "".

    OSC 52 ends in such a buffer too, where tmux takes it. A terminal's own clipboard is left: no terminal says whether
    it still holds this text, and what its user has copied since must not be lost. GNU screen keeps no copy.

    Takes up to `TMUX_TIMEOUT` seconds for each step, so call it from a worker.
    """
    data = to_copy(text, lines=True).encode("utf-8", "replace")
    if not environ.get("TMUX") or not data:
        return ""
    for _ in range(_TMUX_LOOKS):
        held = await _buffers_with(data)
        if held is None:
            return "tmux did not answer, so it may keep a copy: tmux delete-buffer removes it"
        if not held:
            return ""
        for name in held:
            await _tmux(["delete-buffer", "-b", name])
    return "tmux still has a copy: tmux delete-buffer removes it"


async def _buffers_with(data: bytes) -> list[str] | None:
    """The names of tmux's buffers that hold exactly this; None when tmux did not say."""
    listed = await _tmux(["list-buffers", "-F", "#{buffer_size} #{buffer_name}"])
    if listed is None:
        return None
    found = []
    for line in listed.decode("utf-8", "replace").splitlines():
        size, _, name = line.partition(" ")
        if size == str(len(data)) and await _tmux(["show-buffer", "-b", name]) == data:
            found.append(name)
    return found


async def _tmux(arguments: Sequence[str], data: bytes = b"") -> bytes | None:
    """What tmux answers to a command; None when there is none, it fails, or takes longer than `TMUX_TIMEOUT`."""
    try:
        process = await children.start_in_loop(["tmux", *arguments], answers=True)
    except OSError:
        return None
    try:
        async with asyncio.timeout(TMUX_TIMEOUT):
            output, _ = await process.communicate(data)
    except (TimeoutError, OSError):
        return None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return output if process.returncode == 0 else None
