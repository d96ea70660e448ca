"""Exit codes are what scripts rely on: none ever changes its meaning."""

from __future__ import annotations

from cotui.cli.exits import CommandError, Exit, exit_table


def test_codes_are_these_for_ever() -> None:
    assert {code.name: int(code) for code in Exit} == {
        "OK": 0,
        "API": 1,
        "USAGE": 2,
        "CONFIG": 3,
        "NOT_FOUND": 4,
        "REFUSED": 5,
        "INCOMPLETE": 6,
        "UNKNOWN": 7,
        "PARTLY": 8,
        "NOT_CONFIRMED": 9,
        "FAULT": 70,
        "OUTPUT": 74,
        "HANGUP": 129,
        "INTERRUPTED": 130,
        "PIPE": 141,
        "TERMINATED": 143,
    }


def test_signals_have_the_codes_that_shells_give_them() -> None:
    assert [int(code) - 128 for code in (Exit.HANGUP, Exit.INTERRUPTED, Exit.PIPE, Exit.TERMINATED)] == [
        1,
        2,
        13,
        15,
    ]


def test_help_tells_all_of_them_a_line_each() -> None:
    heading, *lines = exit_table().splitlines()
    assert heading == "exit codes:"
    assert [line.split(maxsplit=1) for line in lines] == [[str(int(code)), code.meaning] for code in Exit]


def test_an_error_knows_its_code() -> None:
    error = CommandError("no such thing", Exit.NOT_FOUND)
    assert (str(error), error.code) == ("no such thing", 4)
