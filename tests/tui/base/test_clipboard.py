"""Copying over SSH: through tmux, by OSC 52, and what is said about it."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.app import App

from cotui.safety.text import to_copy
from cotui.tui.base import clipboard
from cotui.tui.base.cells import cell_len
from cotui.tui.base.clipboard import (
    LONGEST,
    LONGEST_ENCODED,
    copy,
    one_line,
    osc52,
    wrapped_for_screen,
    wrapped_for_tmux,
)


class Terminal(App[None]):
    """Keeps what was written to the terminal beside frames."""

    ENABLE_COMMAND_PALETTE = False


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    from textual.drivers.headless_driver import HeadlessDriver

    sent: list[str] = []
    monkeypatch.setattr(HeadlessDriver, "write", lambda self, data: sent.append(data))
    return sent


def install_tmux(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """A `tmux` that does what `script` says, first in the path; its notes go to the returned folder."""
    program = folder / "tmux"
    program.write_text(f"#!{sys.executable}\nimport sys, os\nfolder = {str(folder)!r}\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


TAKES_ALL = """
open(os.path.join(folder, "arguments"), "a").write(" ".join(sys.argv[1:]) + "\\n")
open(os.path.join(folder, "text"), "wb").write(sys.stdin.buffer.read())
"""
IN_TMUX = {"TMUX": "/tmp/tmux-0/default,1,0"}


def decoded(sequence: str) -> str:
    return base64.b64decode(sequence.removeprefix("\x1b]52;c;").removesuffix("\x07")).decode()


async def run(text: str, environ: dict[str, str]) -> clipboard.CopyResult:
    app = Terminal()
    async with app.run_test():
        return await copy(app, text, environ=environ)


async def test_outside_tmux_the_terminal_is_asked(written: list[str]) -> None:
    result = await run("Grüße, 中\n", {})
    assert [decoded(item) for item in written if "]52" in item] == ["Grüße, 中"]
    assert result.sent
    assert "OSC 52" in result.how
    assert "tmux" not in str(result)


async def test_over_ssh_the_user_s_own_tmux_is_thought_of(written: list[str]) -> None:
    result = await run("x", {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"})
    assert result.sent
    assert "on your own machine" in result.hint
    assert "set-clipboard on" in result.hint


async def test_inside_tmux_its_buffer_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: list[str]
) -> None:
    install_tmux(tmp_path, monkeypatch, TAKES_ALL)
    result = await run("it's $HOME `id`", IN_TMUX)
    assert (tmp_path / "arguments").read_text() == "load-buffer -w -\n"
    assert (tmp_path / "text").read_text() == "it's $HOME `id`"
    sequences = [item for item in written if "]52" in item]
    assert sequences == [osc52(b"it's $HOME `id`"), wrapped_for_tmux(b"it's $HOME `id`")]
    assert "through tmux" in result.how
    assert "prefix" in result.hint


def test_the_wrapped_form_doubles_every_escape() -> None:
    assert wrapped_for_tmux(b"hi") == "\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\"


@pytest.mark.parametrize("script", ["sys.exit(1)", "sys.stdin.close(); sys.exit(1)"])
async def test_a_tmux_that_refuses_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: list[str], script: str
) -> None:
    install_tmux(tmp_path, monkeypatch, script)
    result = await run("x" * 50_000, IN_TMUX)
    assert result.sent
    assert "did not help" in result.how
    assert "set -g set-clipboard on" in result.hint
    assert len([item for item in written if "]52" in item]) == 2


async def test_no_tmux_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: list[str]) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = await run("x", IN_TMUX)
    assert "did not help" in result.how


async def test_a_tmux_that_hangs_is_given_up_and_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: list[str]
) -> None:
    script = 'open(os.path.join(folder, "pid"), "w").write(str(os.getpid()))\nimport time\ntime.sleep(600)'
    install_tmux(tmp_path, monkeypatch, script)
    monkeypatch.setattr(clipboard, "TMUX_TIMEOUT", 1.5)
    before = time.monotonic()
    result = await run("x", IN_TMUX)
    assert time.monotonic() - before < 30
    assert "did not help" in result.how
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


async def test_what_is_too_long_is_not_sent_but_said(written: list[str]) -> None:
    assert (
        len(base64.b64encode(b"x" * LONGEST)) <= LONGEST_ENCODED < len(base64.b64encode(b"x" * (LONGEST + 3)))
    )
    assert (await run("x" * LONGEST, {})).sent
    del written[:]
    result = await run("x" * (LONGEST + 1), {})
    assert not result.sent
    assert "56,244 bytes" not in result.how
    assert f"{LONGEST + 1:,} bytes are more than terminals take ({LONGEST:,})" in result.how
    assert [item for item in written if "]52" in item] == []


async def test_what_is_too_long_still_goes_to_tmux(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: list[str]
) -> None:
    install_tmux(tmp_path, monkeypatch, TAKES_ALL)
    result = await run("x" * 200_000, IN_TMUX)
    assert result.sent
    assert "copied to tmux only" in result.how
    assert (tmp_path / "arguments").read_text() == "load-buffer -\n"
    assert (tmp_path / "text").stat().st_size == 200_000
    assert [item for item in written if "]52" in item] == []


@pytest.mark.parametrize(
    ("text", "lines", "value"),
    [
        ("plain", "plain", "plain"),
        ("a\r\nb\rc\td\n\n", "a\nb\nc\td", "a b c\td"),
        ("a\x1b[201~rm -rf\x07\x9b\x7f\n", "a[201~rm -rf", "a[201~rm -rf"),
        ("中\u202e\u2028x", "中\u202e\nx", "中\u202e x"),
        ("one\x85two\x0bthree", "one\ntwo\nthree", "one two three"),
        ("reboot\n\x1b\x07\r\n\x7f", "reboot", "reboot"),
    ],
)
async def test_what_is_copied_acts_on_nothing_it_is_pasted_into(
    text: str, lines: str, value: str, written: list[str]
) -> None:
    """No controls; a value holds no line break, lines stay lines, and neither ends in one."""
    assert to_copy(text, lines=True) == lines
    assert to_copy(text, lines=False) == value
    await run(text, {})
    assert [decoded(item) for item in written if "]52" in item] == [value]


async def test_half_a_surrogate_pair_does_not_stop_it(written: list[str]) -> None:
    assert (await run("a\ud800b", {})).sent
    assert [decoded(item) for item in written if "]52" in item] == ["a?b"]


# -- with the real tmux --------------------------------------------------------------------------


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[list[str]]:
    """A tmux server of our own, with nobody's configuration."""
    program = shutil.which("tmux")
    if program is None:
        pytest.skip("no tmux on this machine")
    command = [program, "-S", str(tmp_path / "socket"), "-f", os.devnull]
    subprocess.run(
        [*command, "new-session", "-d", "-x", "80", "-y", "24"], check=True, env={**os.environ, "TMUX": ""}
    )
    yield command
    subprocess.run([*command, "kill-server"], check=True)


def buffer(tmux: list[str]) -> str:
    return subprocess.run([*tmux, "show-buffer"], check=True, capture_output=True).stdout.decode()


async def test_the_real_tmux_takes_it(
    tmux: list[str], monkeypatch: pytest.MonkeyPatch, written: list[str]
) -> None:
    monkeypatch.setenv("TMUX", f"{tmux[2]},1,0")
    result = await run("Grüße aus\ntmux", dict(os.environ))
    assert buffer(tmux) == "Grüße aus tmux", "a value has one line"
    assert "through tmux" in result.how


HAS_BUFFERS = """
import json
path = os.path.join(folder, "buffers.json")
buffers = json.load(open(path)) if os.path.exists(path) else {"buffer0": "mine", "buffer1": "s3cret and more"}
words = sys.argv[1:]
if words[0] == "load-buffer":
    buffers[f"buffer{len(buffers)}"] = sys.stdin.read()
elif words[0] == "list-buffers":
    for name, text in buffers.items():
        print(len(text.encode()), name)
elif words[0] == "show-buffer":
    sys.stdout.write(buffers[words[2]])
elif words[0] == "delete-buffer":
    del buffers[words[2]]
json.dump(buffers, open(path, "w"))
"""


async def test_a_secret_leaves_tmux_and_nothing_else_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: list[str]
) -> None:
    folder = install_tmux(tmp_path, monkeypatch, HAS_BUFFERS)
    await run("s3cret", IN_TMUX)
    await clipboard.load_tmux_buffer(b"s3cret", to_terminal=False)  # as tmux keeps what OSC 52 brings
    assert (folder / "buffers.json").read_text().count('"s3cret"') == 2
    assert await clipboard.forget("s3cret", IN_TMUX) == ""
    assert (folder / "buffers.json").read_text() == '{"buffer0": "mine", "buffer1": "s3cret and more"}'


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("sys.exit(1)", "tmux did not answer"),
        (
            'print("6 buffer0") if sys.argv[1] == "list-buffers" else print("s3cret", end="")',
            "still has a copy",
        ),
    ],
)
async def test_what_tmux_keeps_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    install_tmux(tmp_path, monkeypatch, script)
    assert said in await clipboard.forget("s3cret", IN_TMUX)


async def test_without_tmux_there_is_nothing_to_forget() -> None:
    assert await clipboard.forget("s3cret", {}) == ""
    assert await clipboard.forget("", IN_TMUX) == ""


@pytest.mark.parametrize(("environ", "tmux"), [({}, False), (IN_TMUX, True)])
def test_a_dialog_can_say_what_stays(environ: dict[str, str], tmux: bool) -> None:
    said = clipboard.afterwards(environ)
    assert ("tmux forgets it" in said) == tmux
    assert "your terminal's clipboard keeps it" in said.casefold()


# -- GNU screen -------------------------------------------------------------------------------------


def unwrapped(sequence: str) -> str:
    """What GNU screen hands on of a device control string: what is in it."""
    pieces = sequence.split("\x1bP")
    assert pieces[0] == ""
    assert all(piece.endswith("\x1b\\") for piece in pieces[1:])
    return "".join(piece.removesuffix("\x1b\\") for piece in pieces[1:])


@pytest.mark.parametrize("size", [1, 185, 186, 187, 50_000])
def test_screen_gets_strings_that_it_hands_on_whole(size: int) -> None:
    data = b"x" * size
    wrapped = wrapped_for_screen(data)
    assert unwrapped(wrapped) == osc52(data)
    assert all(len(piece) <= 256 - 4 + 2 for piece in wrapped.split("\x1bP"))


async def test_inside_screen_the_terminal_is_asked_through_it(written: list[str]) -> None:
    result = await run("Grüße", {"STY": "4711.pts-0.desk", "SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"})
    assert wrapped_for_screen("Grüße".encode()) in written
    assert result.sent
    assert "through GNU screen" in result.how


async def test_screen_around_tmux_is_thought_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: list[str]
) -> None:
    install_tmux(tmp_path, monkeypatch, TAKES_ALL)
    result = await run("x", {**IN_TMUX, "STY": "4711.pts-0.desk"})
    assert "through tmux" in result.how
    assert wrapped_for_screen(b"x") in written
    assert wrapped_for_tmux(b"x") in written


# -- how it is told ---------------------------------------------------------------------------------


async def test_what_to_do_when_nothing_arrived_is_told_once(written: list[str]) -> None:
    app = Terminal()
    async with app.run_test():
        first = await copy(app, "x", environ={})
        second = await copy(app, "y", environ={})
        large = [await copy(app, "z" * (LONGEST + 1), environ={}) for _ in range(2)]
    assert first.hint.startswith("Not there?")
    assert (second.how, second.hint) == (first.how, "")
    assert all(result.hint for result in large)  # it was not copied


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("text", ["1913.56", "a\nb", "長い名前" * 30, "x" * 5_000])
def test_a_copy_is_told_in_one_line(text: str, width: int) -> None:
    said = one_line("Company", text, "sent to the clipboard", "", width)
    assert "\n" not in said
    assert cell_len(said) <= max(width, len("Company : sent to the clipboard") + 12)
    assert said.endswith(": sent to the clipboard")
