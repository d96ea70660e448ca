"""Which command is meant, and what the options of the screens are."""

from __future__ import annotations

from argparse import Namespace

import pytest

from cotui.cli.arguments import screen_options, screen_parser, split_command
from cotui.cli.exits import Exit
from cotui.cli.main import main


@pytest.mark.parametrize(
    ("words", "command", "rest"),
    [
        ("", "", ""),
        ("customers", "", "customers"),
        ("list customers", "list", "customers"),
        ("--profile acme list customers", "list", "--profile acme customers"),
        ("--profile list", "", "--profile list"),
        ("--demo --seed 3 get customers 1", "get", "--demo --seed 3 customers 1"),
        ("--profile=acme config check", "config", "--profile=acme check"),
        ("customers list", "", "customers list"),
        ("-- list", "", "-- list"),
    ],
)
def test_which_command_is_meant(words: str, command: str, rest: str) -> None:
    assert split_command(words.split()) == (command, rest.split())


def test_no_words_mean_the_same_as_parsing_none() -> None:
    assert vars(screen_options([])) == vars(screen_parser().parse_args([]))


def test_options_of_the_screens() -> None:
    line = "invoices --profile acme --read-only --demo --customers 7 --seed 3 --driver stock"
    assert screen_options(line.split()) == Namespace(
        screen="invoices",
        profile="acme",
        read_only=True,
        demo=True,
        customers=7,
        seed=3,
        driver="stock",
        version=False,
        verbose=False,
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("custmers", 'did you mean "customers"'),
        ("lst customers", 'did you mean "list"'),
        ("contacts", 'did you mean "users"'),
        ("subscription", 'did you mean "subscriptions"'),
        ("transactions", 'did you mean "payments"'),
        ("notes", 'on screen ":" and "Go to notes" shows them, here "cotui list notes"'),
        ("creditcrads", 'here "cotui list credit_cards"'),
        ("nonsense", "screens are customers, users, invoices, reports"),
        ("--customers 0 --demo", "0 is less than 1"),
        ("--customers many", "whole number"),
        ("--nonsense", "--nonsense"),
        ("config nonsense", "nonsense"),
        ("get customers", "REF"),
        ("count", "required: RESOURCE\n"),
        ("list", "required: RESOURCE\n"),
    ],
)
def test_what_cannot_be_understood(line: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(line.split()) == Exit.USAGE
    out, err = capsys.readouterr()
    assert said in err
    assert out == ""
