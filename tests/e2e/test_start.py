"""The first moments: something is on the screen before anything is loaded, and nothing of it stays if all fails."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import DRIVERS, Start
from tests.e2e.faulty import FaultyServer, Mode
from tests.e2e.gate import Gate
from tests.e2e.harness import Program
from tests.e2e.screen import ALTERNATE_SCREEN, CURSOR

SIZES = [(60, 16), (71, 17), (80, 24), (100, 30), (120, 40), (200, 50)]
PROFILE = """\
[profiles."{name}"]
url = "{url}"
username = "public"
password_env = "KEY"
production = true
rate_limit = 1000
"""


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    made = Gate(tmp_path / "gate")
    yield made
    made.open()


def held(
    start: Start, gate: Gate, *words: str, env: dict[str, str], size: tuple[int, int] = (100, 30)
) -> Program:
    """cotui in the middle of its start."""
    program = start(*words, env=env | gate.environment, size=size)
    gate.reached()
    return program


def configured(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config" / "config.toml"
    path.parent.mkdir()
    path.write_text(text)
    path.chmod(0o600)


@pytest.mark.sample("60x16")
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_what_is_there_first_stands_where_it_stays(
    start: Start, gate: Gate, server: FaultyServer, size: tuple[int, int]
) -> None:
    server.mode = Mode.HELD
    program = held(start, gate, "customers", "--read-only", env=server.account.environment, size=size)
    first = program.wait_for("Loading customers …").splitlines()
    assert len(program.raw) <= 200
    assert first[0].startswith(" cotui  environment  read-only ")
    assert sum(bool(line) for line in first) == 2
    gate.open()
    program.wait_for("req/min")
    assert program.line(0).startswith(f"{first[0]} ")  # the budget stands behind it
    loading = next(number for number, line in enumerate(first) if "Loading" in line)
    assert program.line(loading).startswith(first[loading])
    program.quit()


@pytest.mark.parametrize("driver", DRIVERS)
@pytest.mark.long
def test_messages_can_go_elsewhere(
    start: Start, gate: Gate, server: FaultyServer, tmp_path: Path, driver: str
) -> None:
    """`cotui 2> log` draws on the terminal, from the first frame on, and nothing of that is in the log."""
    log = tmp_path / "log"
    with log.open("w") as errors:
        program = start(
            "--driver", driver, env=server.account.environment | gate.environment, errors=errors.fileno()
        )
    gate.reached()
    program.wait_for("Loading")
    gate.open()
    program.wait_for("1–26 of 250")
    program.quit()
    assert log.read_text() == ""


@pytest.mark.long
def test_the_profile_is_named_as_soon_as_it_is_known(
    start: Start, gate: Gate, server: FaultyServer, tmp_path: Path
) -> None:
    configured(tmp_path, PROFILE.format(name="acme", url=server.account.url))
    program = held(start, gate, env={"KEY": "private"}, size=(120, 40))
    first = program.wait_for("acme").splitlines()[0]
    assert (
        first
        == " cotui  acme  PRODUCTION   1 Customers  2 Users  3 Invoices  4 Reports  5 Payments  6 Subscriptions"
    )
    gate.open()
    program.wait_for("1–36 of 250")
    assert program.line(0).startswith(f"{first}  ")
    program.quit()


@pytest.mark.long
def test_a_name_of_wide_characters_is_left_to_the_interface(
    start: Start, gate: Gate, server: FaultyServer, tmp_path: Path
) -> None:
    configured(tmp_path, PROFILE.format(name="世界", url=server.account.url))
    program = held(start, gate, env={"KEY": "private"})
    assert program.wait_for("Loading").splitlines()[0] == " cotui"
    gate.open()
    program.wait_for("1–26 of 250")
    program.quit()


def test_keys_are_neither_shown_nor_lost(start: Start, gate: Gate, server: FaultyServer) -> None:
    program = held(start, gate, env=server.account.environment)
    before = program.wait_for("Loading")
    program.type("jj\r")
    gate.open()
    assert "jj" not in program.wait_for("3 of 250", without="loading the rest")
    assert "jj" not in before
    assert b"jj" not in program.raw
    program.press("esc")
    program.wait_for("1–26 of 250")
    program.quit()


def test_ctrl_c_ends_it(start: Start, gate: Gate, server: FaultyServer) -> None:
    program = held(start, gate, env=server.account.environment)
    program.wait_for("Loading")
    program.type("\x03")
    assert program.wait_exit() == 130
    assert program.left_over() == []
    assert program.last_words == ""


@pytest.mark.sample("SIGTERM")
@pytest.mark.parametrize(
    "number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT], ids=lambda number: number.name
)
def test_a_signal_ends_it(start: Start, gate: Gate, server: FaultyServer, number: signal.Signals) -> None:
    program = held(start, gate, env=server.account.environment)
    program.wait_for("Loading")
    program.terminate(number)
    assert program.wait_exit() == 128 + number
    assert program.left_over() == []
    assert program.last_words == ""


def test_a_fault_is_told_on_the_normal_screen(start: Start, gate: Gate, server: FaultyServer) -> None:
    program = held(start, gate, env=server.account.environment)
    program.wait_for("Loading")
    gate.refuse()
    assert program.wait_exit() == 70
    assert program.left_over() == []
    assert program.last_words.startswith("cotui: a fault of cotui's own: RuntimeError in cotui/")
    assert "Traceback" not in program.last_words
    assert "private" not in program.last_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("profiles = 3\n", "cotui: {path}:1: error: profiles: expected a table"),
        ('[profiles.a]\nurl = "http://example.com"\nusername = "u"\npassword = "p"\n', "cotui: "),
        ('[profiles.a]\nurl = "a"\nusername = "u"\npassword_command = ["false"]\n', "cotui: password_command false ended"),
    ],
    ids=["configuration", "address", "password command"],
)  # fmt: skip
def test_what_is_wrong_can_be_read(start: Start, tmp_path: Path, text: str, words: str) -> None:
    configured(tmp_path, text)
    program = start()
    assert program.wait_exit() == 3
    assert program.raw.startswith(b"\x1b[?1049h"), "nothing was shown at first"
    assert program.left_over() == []
    assert program.last_words.startswith(words.format(path=tmp_path / "config" / "config.toml"))


ASKING = """\
import sys
with open("/dev/tty", "r+b", buffering=0) as terminal:
    terminal.write(b"Passphrase: ")
    print(terminal.readline().decode().strip())
"""


@pytest.mark.long
def test_a_password_command_may_ask_on_the_terminal(
    start: Start, gate: Gate, server: FaultyServer, tmp_path: Path
) -> None:
    (tmp_path / "ask.py").write_text(ASKING)
    command = f'password_command = ["{sys.executable}", "{tmp_path / "ask.py"}"]\n'
    text = PROFILE.format(name="acme", url=server.account.url).replace('password_env = "KEY"\n', command)
    configured(tmp_path, text)
    program = held(start, gate, env={})
    program.wait_for("Passphrase:")
    assert {CURSOR, ALTERNATE_SCREEN} <= program.screen.modes
    program.type("privatx\x7fe\r")  # edited as in any line
    gate.open()
    program.wait_for("1–26 of 250")
    program.press("down")
    program.quit()


@pytest.mark.long
def test_without_screens_nothing_is_shown(start: Start) -> None:
    for words in (
        ["--help"],
        ["--version"],
        ["-V"],
        ["list", "--help"],
        ["--version", "--verbose"],
        ["nowhere"],
    ):
        program = start(*words)
        program.wait_exit()
        assert b"\x1b" not in program.raw.removesuffix(b"\x1b[?7778l"), words


@pytest.mark.parametrize("words", [(), ("--demo",)])
def test_a_terminal_that_can_show_no_screens_is_told_so(start: Start, words: tuple[str, ...]) -> None:
    program = start(
        *words, env={"TERM": "dumb", "COTUI_URL": "acme", "COTUI_USERNAME": "a", "COTUI_PASSWORD": "b"}
    )
    assert program.wait_exit() == 2
    assert b"\x1b" not in program.raw.removesuffix(b"\x1b[?7778l")
    assert program.last_words.startswith("cotui: this terminal can't show the screens: TERM says dumb")
