"""What the words of the headless commands mean: options, resource, filter, fields, reference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from cotui.cli.account_memory import told
from cotui.cli.arguments import add_account_arguments
from cotui.cli.exits import CommandError, Exit, exit_table
from cotui.cli.out import say
from cotui.desk.export import FORMATS, exported_fields
from cotui.safety.text import has_half_characters, lines_joined, plain_blanks, unseen_words, without_unseen

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from cotui.catalog import Field, Resource
    from cotui.desk.named_rows import Companies

#: rows when --limit is not given
DEFAULT_LIMIT: Final = 100
_STATEMENT_FORMATS: Final = ("table", "csv", "json")
#: how an answer is printed
SHOWN_AS: Final = ("text", "json")
_REFERENCE: Final = "id, external_key:VALUE or token:VALUE"
#: words that a name of objects has at most
_MOST_WORDS: Final = 3
#: a filter for the help of each command: of customers, and of the columns of the demo's report 58
_EXAMPLES: Final = {
    "list": "country = Canada order by company",
    "count": "country = Canada status = overdue",
    "report": "transaction_date in this month",
}


def build_parser(command: str) -> ArgumentParser:
    from argparse import RawDescriptionHelpFormatter

    from cotui.cli.parser import Parser

    descriptions = {
        "list": "Print the records that match a filter.",
        "get": "Print one record.",
        "show": "Print what is asked about a record: what is owed and why, what was paid, what comes next.",
        "count": "Print how many records match a filter.",
        "report": "Print the list of reports or, given a report's number or name, its rows.",
        "statement": "Print what a customer was charged and paid, by date, with what was owed after each.",
    }
    parser = Parser(
        prog=f"cotui {command}",
        description=descriptions[command],
        epilog=exit_table(),
        formatter_class=RawDescriptionHelpFormatter,
    )
    if command == "statement":
        _add_statement(parser)
        add_account_arguments(parser)
        return parser
    if command == "show":
        parser.add_argument(
            "resource", metavar="OBJECT", help="customer, invoice, payment, subscription or user"
        )
        parser.add_argument("ref", metavar="REF", help=_REFERENCE)
        parser.add_argument("--format", choices=SHOWN_AS, default="text", help="%(choices)s (%(default)s)")
        add_account_arguments(parser)
        return parser
    if command == "report":
        parser.add_argument("report", nargs="?", metavar="REPORT", help="number or name of the report")
    else:
        parser.add_argument(
            "resource",
            metavar="RESOURCE",
            help="customers, invoices, payments, items, notes, cards …",
        )
    if command == "get":
        parser.add_argument("ref", metavar="REF", help=_REFERENCE)
    else:
        parser.add_argument(
            "filter",
            nargs="*",
            default=[],  # without one, argparse calls the filter required
            metavar="FILTER",
            help=f"e.g. '{_EXAMPLES[command]}'; also in ChargeOver's own syntax",
        )
    if command in ("list", "report"):
        parser.add_argument(
            "--limit",
            type=_limit,
            default=DEFAULT_LIMIT,
            metavar="N|all",
            help="most rows to print (%(default)s); when it cuts something, stderr says so",
        )
    if command != "count":
        parser.add_argument("--format", choices=FORMATS, default="table", help="%(choices)s (%(default)s)")
        parser.add_argument("--fields", default="", metavar="A,B", help="only these fields, in this order")
        if command != "report":
            parser.add_argument(
                "--no-names",
                dest="names",
                action="store_false",
                help="numbers of customers only; else a table has their names, CSV a column for them, JSON _names",
            )
        parser.add_argument(
            "--raw",
            action="store_true",
            help="control characters in CSV and tables as they are, not as marks; for a pipe or a file, not a terminal",
        )
    add_account_arguments(parser)
    return parser


def _add_statement(parser: ArgumentParser) -> None:
    parser.add_argument("customer", metavar="CUSTOMER", help=_REFERENCE)
    parser.add_argument(
        "--since",
        default="",
        metavar="DATE",
        help="begin on this day (2026-08-01, --since=-90d) with what was owed before; all is read all the same",
    )
    parser.add_argument(
        "--format", choices=_STATEMENT_FORMATS, default="table", help="%(choices)s (%(default)s)"
    )


def _limit(text: str) -> int | None:
    if text == "all":
        return None
    if text.isascii() and text.isdigit() and int(text) > 0:
        return int(text)
    from argparse import ArgumentTypeError

    raise ArgumentTypeError(f'{text!r} is neither a number from 1 nor "all"')


def meant(text: str) -> str:
    """A word of the command line without what nobody can see, which a paste brought along; what it was is told.

    Half of a character, which is what a byte that is no text becomes, stays: it is refused where it is looked at.
    """
    if has_half_characters(text):
        return text
    plain, blanks = plain_blanks(text)
    if what := ", ".join(filter(None, (unseen_words(lines_joined(plain)), blanks))):
        say(f"what can't be seen was left out: {what}")
    return without_unseen(plain)


def read_rows(word: str, words: Sequence[str]) -> tuple[Resource, str]:
    """The object that the words of the command line name, and the filter of its rows.

    A name may be of several words (`credit cards`), and one of some rows only (`refunds`), whose condition stands before
    those that were typed.

    Raises:
        CommandError: it names none.
    """
    from cotui.catalog.names import kind_named, object_named

    first = object_named(word)
    for more in range(min(len(words), _MOST_WORDS - 1), 0, -1):
        name, letters = " ".join([word, *words[:more]]), "".join(words[:more])
        known = letters.isalpha() and object_named(name) is not None
        if known and (first is None or first.find(words[0]) is None):
            word, words = name, words[more:]
            break
    wanted = meant(" ".join(words))
    return read_resource(word), f"{kind_named(word)[1]} {wanted}".strip()


def read_resource(word: str) -> Resource:
    """The object that a word of the command line names. Raises CommandError where it names none."""
    from cotui.catalog import RESOURCES
    from cotui.catalog.names import command_word, near_names, object_named

    found = object_named(word)
    if found is not None and found.id != "report":
        return found
    if found is not None:
        raise CommandError("reports have a command of their own: cotui report", Exit.USAGE)
    if near := near_names(word):
        raise CommandError(f'there is no resource "{word}"; did you mean {" or ".join(near)}?', Exit.USAGE)
    names = ", ".join(command_word(resource) for id_, resource in RESOURCES.items() if id_ != "report")
    raise CommandError(f'there is no resource "{word}"; there are: {names}', Exit.USAGE)


def check_filter(text: str, resource: Resource) -> None:
    """See that a filter can be understood, before anything is asked; what the account calls its keys may be missing.

    Raises:
        CommandError: it can't be.
    """
    from cotui.query import QueryError, parse

    try:
        parse(text, resource)
    except QueryError as error:
        if not error.unlearned:
            raise told(error, text) from None


def with_names(
    options: Namespace, resource: Resource, fields: Sequence[Field], *, single: bool = False
) -> Companies:
    """The fields to print with the names of customers, as far as they are wanted."""
    from cotui.desk.named_rows import Companies, companies

    if not options.names:
        return Companies(fields, {})
    return companies(fields, resource, options.format, chosen=bool(options.fields), single=single)


def choose_fields(options: Namespace, resource: Resource, *, single: bool = False) -> Sequence[Field]:
    """The fields to print: those asked for, else those that a format has by itself."""
    if options.fields:
        return [_field(name.strip(), resource) for name in meant(options.fields).split(",")]
    return exported_fields(resource, options.format, single=single)


def _field(name: str, resource: Resource) -> Field:
    field = resource.find(name)
    if field is None:
        from cotui.desk.named_rows import company_fields

        field = next((item for item in company_fields(resource) if item.name == name.casefold()), None)
        if field is not None:
            return field
    if field is None or field.secret or "." in field.name:
        from difflib import get_close_matches

        names = [item.name for item in resource.fields if not item.secret and "." not in item.name]
        close = get_close_matches(name, names, n=3)
        hint = f"did you mean {' or '.join(close)}?" if close else f"there are: {', '.join(names)}"
        raise CommandError(f'{resource.label.lower()} has no field "{name}"; {hint}', Exit.USAGE)
    return field


def read_reference(text: str, resource: Resource) -> int | str:
    """The reference to one record. Raises CommandError where it is none."""
    text = meant(text).strip()
    if is_number(text):
        return int(text)
    from cotui.api.calls import REFERENCE_KINDS

    kind, _, value = text.partition(":")
    if kind in REFERENCE_KINDS and value:
        return text
    kinds = " or ".join(f"{kind}:…" for kind in REFERENCE_KINDS)
    raise CommandError(f'REF is a number, {kinds}, not "{text}".\n{search_hint(resource)}', Exit.USAGE)


def search_hint(resource: Resource) -> str:
    """How to find a record whose number is not known."""
    from cotui.catalog import FieldType
    from cotui.catalog.names import command_word

    title = resource.find(resource.title_field)
    by_title = title is not None and title.filters and title.type is FieldType.TEXT
    words = f"'{resource.title_field} ~ …'" if by_title else "FILTER"
    return f"Search with: cotui list {command_word(resource)} {words}"


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 20
