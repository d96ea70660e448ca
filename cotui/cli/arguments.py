"""The command line's words: which command was meant, and the parser of that command alone.

Only the parser that is needed is built, and `argparse` itself is loaded only when there is something
to parse: a plain `cotui` must be on the screen as fast as it can.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, cast

from cotui.catalog.start_lists import START_LISTS
from cotui.settings.definitions import DRIVERS

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

#: command, and what it does in a line
COMMANDS: Final = {
    "list": "print the records that match a filter",
    "get": "print one record",
    "show": "print the answer about a customer, invoice, payment, subscription or user",
    "count": "print how many records match a filter",
    "report": "print the list of reports, or one report's rows",
    "statement": "print what a customer was charged and paid, with the balance after each",
    "audit": "print what was changed through cotui, by whom and how it ended",
    "sandbox": "serve a local ChargeOver to develop against",
    "config": "check, show and explain the configuration",
}

#: options that may stand before the command and take a value
_WITH_VALUE = {"--profile", "--customers", "--seed", "--driver"}

#: customers and random seed of the demo data; the same as `cotui.sandbox.demo.generate`'s, without importing it
DEMO_CUSTOMERS: Final = 500
DEMO_SEED: Final = 1


def split_command(words: Sequence[str]) -> tuple[str, list[str]]:
    """The command and the remaining words; "" when none is named, which means the terminal UI.

    Options may stand before the command: `cotui --profile acme list customers`.
    """
    skip = False
    for index, word in enumerate(words):
        if skip or word in _WITH_VALUE:
            skip = not skip
        elif word == "--":
            break
        elif not word.startswith("-"):
            if word in COMMANDS:
                return word, [*words[:index], *words[index + 1 :]]
            break
    return "", list(words)


def screen_parser() -> ArgumentParser:
    """The parser of `cotui [SCREEN]`; its help is the program's."""
    from argparse import RawDescriptionHelpFormatter

    from cotui.cli.exits import exit_table
    from cotui.cli.parser import Parser

    commands = "\n".join(f"  {name:<10}{words}" for name, words in COMMANDS.items())
    parser = Parser(
        prog="cotui",
        description="Customers, invoices, payments and all else of a ChargeOver account, in the terminal.",
        usage="cotui [SCREEN] [options]\n       cotui COMMAND [--help] …",
        epilog=f"commands:\n{commands}\n\n{_ENVIRONMENT}\n{exit_table()}",
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "screen",
        nargs="?",
        default="",
        metavar="SCREEN",
        help=f"open on one of: {', '.join(START_LISTS)}",
    )
    add_account_arguments(parser)
    parser.add_argument(
        "--read-only", action="store_true", help="leave out every action that changes something"
    )
    parser.add_argument(
        "--driver",
        choices=DRIVERS,
        default="",
        help="what draws: cotui's own lean driver, Textual's stock one, or lean wherever it is exact (auto); "
        "without it the setting interface.driver counts",
    )
    parser.add_argument("-V", "--version", action="store_true", help="print the version and exit")
    parser.add_argument(
        "--verbose",
        action="store_true",
        help="with --version: also what cotui runs on, where its files are and which driver draws",
    )
    return parser


_ENVIRONMENT = """\
environment:
  COTUI_URL, COTUI_USERNAME, COTUI_PASSWORD   an account without a configuration file
  COTUI_PROFILE                               the profile to use
  COTUI_CONFIG                                the configuration file
  COTUI_STATE_DIR, COTUI_CACHE_DIR            where cotui keeps its own files
  COTUI_TRACEBACK                             1 shows where a fault of cotui's own is, without any values
"""


def add_account_arguments(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("account")
    group.add_argument("--profile", default="", metavar="NAME", help="profile of the configuration to use")
    group.add_argument(
        "--demo", action="store_true", help="use made-up data; needs no account and no network"
    )
    group.add_argument(
        "--customers",
        type=_at_least(1),
        default=DEMO_CUSTOMERS,
        metavar="N",
        help="customers in the demo (%(default)s)",
    )
    group.add_argument(
        "--seed",
        type=_at_least(0),
        default=DEMO_SEED,
        metavar="N",
        help="random seed of the demo (%(default)s)",
    )


def screen_options(words: Sequence[str]) -> Namespace:
    if not words:
        from types import SimpleNamespace

        # the same as parsing nothing, without loading argparse; a test keeps the two equal
        nothing = SimpleNamespace(
            screen="",
            profile="",
            demo=False,
            customers=DEMO_CUSTOMERS,
            seed=DEMO_SEED,
            read_only=False,
            driver="",
            version=False,
            verbose=False,
        )
        return cast("Namespace", nothing)  # it is only read, as a Namespace is
    parser = screen_parser()
    options, unknown = parser.parse_known_args(words)
    if options.verbose and not options.version:
        parser.error("--verbose only says more about --version")
    if options.screen and options.screen not in START_LISTS:
        from cotui.settings.problems import plain

        parser.error(f'there is no screen or command "{plain(options.screen)}"{_nearest(options.screen)}')
    if unknown:
        parser.error(f"unrecognized arguments: {' '.join(unknown)}")
    return options


def _nearest(word: str) -> str:
    from difflib import get_close_matches

    from cotui.catalog.names import command_word, near_names, object_named

    found = object_named(word)
    close = [] if found else get_close_matches(word, [*START_LISTS, *COMMANDS], n=1)
    if found is None and not close and (near := near_names(word)):
        found = object_named(near[0])
    names = {id_: name for name, id_ in START_LISTS.items()}
    if found is not None and found.id in names:
        close = [names[found.id]]
    if close:
        return f'; did you mean "{close[0]}"?'
    if found is not None:
        name = command_word(found)
        return f': on screen ":" and "Go to {found.plural.casefold()}" shows them, here "cotui list {name}"'
    return f": screens are {', '.join(START_LISTS)}"


def _at_least(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        value = int(text)
        if value < least:
            from argparse import ArgumentTypeError

            raise ArgumentTypeError(f"{value} is less than {least}")
        return value

    number.__name__ = "whole number"
    return number
