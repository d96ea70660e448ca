"""A server that misbehaves: each fault has its words on the screen, the app lives on, `r` recovers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import Start
from tests.e2e.faulty import FaultyServer, Mode
from tests.e2e.harness import Program, clean_environment

pytestmark = pytest.mark.xdist_group("e2e-faults")

#: fault -> what the screen says about it: what happened, and what to do
WORDS = {
    "refused": ("refuses the connection", "Check the address and port"),
    Mode.CLOSED_IN_BODY: ("broke off", "Try again."),
    Mode.HTML: ("a web page instead of data", "whether this network wants you to log in"),
    Mode.TRUNCATED: ("The answer was cut off", "a smaller page_size"),
    Mode.FAILING: ("HTTP 500", "Something ␛]0;owned␇ broke"),
    Mode.LIMITED: ("limit of requests is reached", "Too many requests"),
    Mode.WRONG_SHAPE: ("instead of a list", "Check the address in the profile"),
    Mode.REFUSING: ("HTTP 400", "The column asked for does not exist"),
    Mode.UNAUTHORIZED: ("does not accept these keys", "Check both API keys"),
}


class Faulty:
    """One fault's server and the program that meets it."""

    def __init__(self, fault: Mode | str, home: Path) -> None:
        home.mkdir()
        self.server = FaultyServer()
        if isinstance(fault, Mode):
            self.server.mode = fault
        else:
            self.server.refuse()
        self.program = Program([], clean_environment(home, **self.server.account.environment))

    def mend(self) -> None:
        self.server.mode = Mode.WELL
        if not self.server.listening:
            self.server.listen()

    def close(self) -> None:
        self.program.close()
        self.server.close()


@pytest.fixture(scope="module")
def faulty(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Mode | str, Faulty]]:
    """All of them started together: most of their time they wait between attempts."""
    home = tmp_path_factory.mktemp("faults")
    all_of_them: dict[Mode | str, Faulty] = {}
    try:
        tested = {
            item.callspec.params.get("fault")
            for item in request.session.items
            if isinstance(item, pytest.Function) and hasattr(item, "callspec")
        }
        for number, fault in enumerate(fault for fault in WORDS if fault in tested):
            all_of_them[fault] = Faulty(fault, home / str(number))
        yield all_of_them
    finally:
        for one in all_of_them.values():
            one.close()


@pytest.mark.sample("refused")
@pytest.mark.parametrize("fault", WORDS, ids=lambda fault: getattr(fault, "name", fault))
def test_a_fault_is_explained_and_r_recovers(fault: Mode | str, faulty: dict[Mode | str, Faulty]) -> None:
    one = faulty[fault]
    text = one.program.wait_for("r tries again")
    for words in WORDS[fault]:
        assert words in text
    assert "Company number" not in text
    one.mend()
    one.program.press("r")
    one.program.wait_for(lambda text: "1–26 of 250" in text and "Company number 26" in text)
    assert b"\x1b]0;" not in one.program.raw, "the server's words reached the terminal raw"
    one.program.quit()


def test_a_fault_among_loaded_rows_keeps_them(start: Start, server: FaultyServer) -> None:
    program = start(env=server.account.environment)
    program.wait_for("1–26 of 250")
    server.mode = Mode.HTML
    program.press("end")
    program.wait_for("is not here: The server answered with a web page instead of data")
    program.press("home")
    program.wait_for("Company number 1 ")
    server.mode = Mode.WELL
    program.press("end")
    program.press("r")
    program.wait_for("Company number 250")
    program.quit()


@pytest.mark.long
def test_a_storm_of_429_passes_by_itself(start: Start, server: FaultyServer) -> None:
    server.mode, server.faults_left = Mode.LIMITED, 5
    program = start(env=server.account.environment)
    program.wait_for(lambda text: "1–26 of 250" in text and "Company number 26" in text)
    assert len(server.requests) == 7
    program.quit()


@pytest.mark.long
def test_while_the_server_is_slow_the_keys_work(start: Start, server: FaultyServer) -> None:
    server.mode = Mode.HELD
    program = start(env=server.account.environment)
    program.wait_for("Loading customers")
    program.press("/")
    program.type("company = Acme")
    program.wait_for("where=company:EQUALS:Acme")
    program.press("esc")
    program.wait_for("the filter was changed but not applied")
    server.release()
    text = program.wait_for("Company number 20")
    assert "company = Acme" in text, "what was typed is gone"
    program.press("ctrl+q")
    program.wait_for("Quit and discard what you typed?")
    program.quit("y")


def test_a_server_that_never_answers_is_given_up(start: Start, server: FaultyServer, tmp_path: Path) -> None:
    server.mode = Mode.SILENT
    account = server.account
    config = tmp_path / "config" / "config.toml"
    config.parent.mkdir()
    config.write_text(
        f'[profiles.slow]\nurl = "{account.url}"\nusername = "{account.username}"\n'
        'password_env = "KEY"\ntimeout = 1\n'
    )
    program = start(env={"KEY": account.password})
    program.wait_for("Loading customers")
    text = program.wait_for("r tries again")
    assert "sent nothing for 1 seconds" in text
    server.mode = Mode.WELL
    program.press("r")
    program.wait_for("Company number 26")
    program.quit()
