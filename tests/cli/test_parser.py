"""Options are never abbreviated, words are text, and help goes to standard output."""

from __future__ import annotations

import pytest

from cotui.cli.exits import CommandError, Exit
from cotui.cli.parser import Parser


@pytest.fixture
def parser() -> Parser:
    made = Parser(prog="cotui test")
    made.add_argument("--limit")
    made.add_argument("words", nargs="*")
    return made


def test_an_option_is_not_abbreviated(parser: Parser, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser.parse_args(["--lim", "5"])
    assert ended.value.code == Exit.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert "unrecognized arguments: --lim" in err
    assert err.startswith("usage: cotui test")


@pytest.mark.parametrize("words", [["caf\udce9"], ["--limit", "\udcff"], ["--nonsense\udcff"]])
def test_what_is_not_utf_8_is_said_to_be_that(parser: Parser, words: list[str]) -> None:
    with pytest.raises(CommandError, match="this is not UTF-8 text") as refused:
        parser.parse_args(words)
    assert refused.value.code == Exit.USAGE


def test_help_is_data_and_ends_well(parser: Parser, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser.parse_args(["--help"])
    out, err = capsys.readouterr()
    assert (ended.value.code, err) == (0, "")
    assert "--limit" in out


def test_words_that_could_steer_a_terminal_are_told_without_doing_so(
    parser: Parser, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parser.parse_args(["--\x1b[2J"])
    assert "\x1b" not in capsys.readouterr().err
