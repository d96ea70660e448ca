"""Whatever happens to the program or to its link, the terminal is left as it was, and the screen is whole again."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import DRIVERS, Start
from tests.e2e.driven import EDITED, PICTURE
from tests.e2e.faulty import FaultyServer
from tests.e2e.harness import Program, clean_environment
from tests.e2e.screen import CURSOR

PROJECT = Path(__file__).parents[2]
#: drivers
BOTH = pytest.mark.parametrize("driver", DRIVERS)
OURS = pytest.mark.parametrize("driver", ["lean"])
LISTED = "1–26 of 250"

Drive = Callable[[str], Program]


@pytest.fixture
def drive(tmp_path: Path) -> Iterator[Drive]:
    """Starts `driven.py` on a driver, and waits for its first page."""
    running: list[Program] = []

    def run(driver: str) -> Program:
        environment = clean_environment(tmp_path, PYTHONPATH=str(PROJECT))
        program = Program([driver], environment, module="tests.e2e.driven")
        running.append(program)
        program.wait_for(page(1))
        return program

    yield run
    for program in running:
        program.close()


def page(number: int) -> Callable[[str], bool]:
    """Whether all of the screen is this page."""
    wanted = [f"line {line} of page {number}" for line in range(1, 31)]
    return lambda text: text.splitlines() == wanted


def listed(start: Start, server: FaultyServer, driver: str) -> Program:
    """cotui with its first list, at rest."""
    program = start("--driver", driver, env=server.account.environment)
    program.wait_for(lambda text: LISTED in text and "Company number 26 " in text)
    program.press("down")
    program.wait_for("enter open")
    return program


def restored(program: Program) -> None:
    """Nothing is left of the program on the terminal."""
    assert program.left_over() == []
    assert program.last_words == ""


@BOTH
@pytest.mark.long
def test_left_by_key(start: Start, server: FaultyServer, driver: str) -> None:
    listed(start, server, driver).quit()


@pytest.mark.sample("SIGTERM")
@BOTH
@pytest.mark.parametrize(
    "number",
    [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGUSR1],
    ids=lambda number: number.name,
)
def test_ended_by_a_signal(start: Start, server: FaultyServer, driver: str, number: signal.Signals) -> None:
    program = listed(start, server, driver)
    program.terminate(number)
    assert program.wait_exit() == 128 + number
    restored(program)


@BOTH
@pytest.mark.long
def test_ctrl_c_is_a_key_like_any_other(start: Start, server: FaultyServer, driver: str) -> None:
    program = listed(start, server, driver)
    program.type("\x03")
    program.press("down", "enter")
    program.wait_for("3 of 250", without=LISTED)
    program.quit()


@BOTH
def test_an_exception_is_told_on_the_normal_screen(drive: Drive, driver: str) -> None:
    program = drive(driver)
    program.press("x")
    assert program.wait_exit() == 1
    assert program.left_over() == []
    assert "LookupError: what was looked for is not there" in program.last_words


@BOTH
@pytest.mark.long
def test_stopped_and_continued(start: Start, server: FaultyServer, driver: str) -> None:
    program = listed(start, server, driver)
    before = program.text
    for _ in range(2):
        program.terminate(signal.SIGTSTP)
        program.wait_stopped()
        restored(program)
        program.print("the shell was here\r\n" * 3)
        program.terminate(signal.SIGCONT)
        program.wait_for(lambda text: text == before)
    program.press("end")
    program.wait_for("Company number 250 ")
    program.quit()


@BOTH
def test_another_program_had_the_terminal(drive: Drive, driver: str) -> None:
    program = drive(driver)
    program.press("n", "e")
    program.wait_for(EDITED)
    program.drain()
    assert program.left_over() == []
    program.press("\n")
    program.wait_for(page(2))
    program.press("n")
    program.wait_for(page(3))
    program.quit()


@BOTH
@pytest.mark.long
def test_what_others_print_is_painted_over_when_asked(
    start: Start, server: FaultyServer, driver: str
) -> None:
    program = listed(start, server, driver)
    before = program.text
    program.print("\x1b[3;1H\x1b[7mBroadcast message from root\r\n\r\n\x1b[2Kthe system is going down")
    if driver == "lean":  # Textual's frames go to the next line by line feeds: within a region they scroll it
        program.print("\x1b[8;20r")
    program.wait_for("the system is going down")
    program.type("\x0c")
    program.wait_for(lambda text: text == before)
    program.quit()


@pytest.mark.long
def test_modes_that_others_changed_are_set_again_when_asked(start: Start, server: FaultyServer) -> None:
    program = listed(start, server, "lean")
    before = set(program.screen.modes)
    program.print("\x1b[?25h\x1b[?7h\x1b[?6h\x1b[?1000l\x1b[?1006l\x1b[?2004l\x1b)0\x0e")
    program.wait_for(lambda _: CURSOR in program.screen.modes)
    program.type("\x0c")
    program.wait_for(lambda _: program.screen.modes - {47} == before)
    assert program.raw.count(b"\x0f\x1b(B\x1b)B") == 1  # letters are letters, not pieces of boxes
    program.quit()


@OURS
@pytest.mark.long
def test_a_picture_passes_and_all_is_painted_behind_it(drive: Drive, driver: str) -> None:
    # Textual leaves on the screen what a picture did to it
    program = drive(driver)
    program.print("\x1b[2J")  # as pictures do that are as large as the screen
    program.wait_for(lambda text: not text.strip())
    program.press("p")
    program.wait_for(page(1))
    assert program.raw.count(PICTURE.encode()) == 1
    program.press("n")
    program.wait_for(page(2))
    program.quit()


@OURS
def test_quitting_on_a_link_that_takes_nothing(drive: Drive, driver: str) -> None:
    # Textual waits for the link for ever
    program = drive(driver)
    program.hold()
    program.press("n", "q")
    program.wait_exit()
    program.release()
    program.drain()
    assert program.left_over() == []


@OURS
def test_a_signal_on_a_link_that_takes_nothing(start: Start, server: FaultyServer, driver: str) -> None:
    # Textual waits for the link for ever
    program = listed(start, server, driver)
    asked = len(server.requests)
    program.hold()
    program.press("2")
    server.wait_for_requests(asked + 1)
    program.terminate(signal.SIGTERM)
    assert program.wait_exit() == 128 + signal.SIGTERM
    program.release()
    program.drain()
    assert program.left_over() == []


@OURS
def test_the_link_is_gone_while_a_frame_is_written(start: Start, server: FaultyServer, driver: str) -> None:
    # Textual waits for the link for ever
    program = listed(start, server, driver)
    asked = len(server.requests)
    program.hold()
    program.press("2")
    server.wait_for_requests(asked + 1)
    program.hang_up()
    assert program.wait_exit() == 128 + signal.SIGHUP


@OURS
def test_of_frames_on_a_link_that_takes_nothing_only_the_last_arrives(drive: Drive, driver: str) -> None:
    # Textual sends them all
    program = drive(driver)
    program.press("n")
    program.wait_for(page(2))
    program.hold()
    before = len(program.raw)
    for _ in range(9 * 100):
        program.press("n")
    program.press("n", "n")
    program.release()
    program.wait_for(page(4))
    assert len(bytes(program.raw[before:]).replace(b"\0", b"")) < 100 * 1000
    program.quit()


@pytest.mark.sample("60x20")
@OURS
@pytest.mark.parametrize("size", [(60, 20), (100, 30), (140, 45)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.long
def test_resized_in_the_middle_of_a_frame(
    start: Start, server: FaultyServer, driver: str, size: tuple[int, int]
) -> None:
    # Textual waits for the link
    program = listed(start, server, driver)
    asked = len(server.requests)
    program.hold()
    program.press("2")
    server.wait_for_requests(asked + 1)
    program.let_through(4096)
    program.resize(90, 25)
    program.resize(*size)
    program.release()
    program.type("1")
    rows = size[1] - 4
    program.wait_for(lambda text: f"1–{rows} of 250" in text and f"Company number {rows} " in text)
    program.press("down")
    whole = program.wait_for("enter open")
    program.type("\x0c")
    program.press("up", "down")
    program.wait_for(lambda text: text == whole)
    program.quit()
