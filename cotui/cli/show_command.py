"""`cotui show`: the answer about a record, as sentences or JSON; what is missing on stderr and in the exit code."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Final, TextIO

from cotui.cli.exits import CommandError, Exit

if TYPE_CHECKING:
    from argparse import Namespace

    from cotui.api import Api
    from cotui.catalog import Resource
    from cotui.cli.account_memory import AccountMemory
    from cotui.desk.account_day import AccountDay
    from cotui.desk.answers.reading import AnswerReading

#: columns of a text
WIDTH: Final = 80
#: what stands before the rows of a table, and before the lines of a sentence that follow its first
_INSIDE, _FURTHER = "  ", "    "


def show_job(options: Namespace, memory: AccountMemory) -> Callable[[Api, TextIO], Awaitable[None]]:
    """What the command does, once there is an account.

    Raises:
        CommandError: there is no answer about such an object, or this is no reference.
    """
    from cotui.cli.data_arguments import read_reference, read_resource
    from cotui.desk.answers.objects import ANSWERS, NAMES

    resource = read_resource(options.resource)
    if resource.id not in ANSWERS:
        names = ", ".join(NAMES.values())
        raise CommandError(
            f"there is no answer about {resource.plural.casefold()}, only about: {names}.\n"
            f"cotui get prints the record's fields.",
            Exit.USAGE,
        )
    reference = read_reference(options.ref, resource)

    async def job(api: Api, out: TextIO) -> None:
        from cotui.desk.answers.reading import AnswerReading

        memory.abilities()
        day = memory.known_day(api)
        reading = AnswerReading(api, resource, reference, day=day)
        await reading.read()
        memory.learned(api, day)
        _check(reading, resource, reference)
        if options.format == "json":
            _write_json(out, api, reading, resource, day)
        else:
            _write_text(out, reading)
        page = reading.page()
        if not page.complete:
            raise CommandError(
                "printed, but not all could be read:\n" + "\n".join(page.missing), Exit.INCOMPLETE
            )

    return job


def _check(reading: AnswerReading, resource: Resource, reference: int | str) -> None:
    """See that there is something to print.

    Raises:
        ApiError: there is no such record, or nothing of it could be read.
    """
    from cotui.api import NotFound
    from cotui.cli.data_arguments import search_hint

    error = reading.failure
    if isinstance(error, NotFound):
        what = f"There is no {resource.label.lower()} {reference}"
        raise NotFound(
            what, todo=search_hint(resource), status=error.status, server_message=error.server_message
        )
    if error is not None and not any(section.rows for section in reading.sections.values()):
        raise error


def _write_text(out: TextIO, reading: AnswerReading) -> None:
    from cotui.cli.record_writers import EncodableText
    from cotui.desk.answers.spoken import sentences

    fitting = EncodableText(out.encoding)
    for sentence in sentences(reading.page()):
        first = _INSIDE if sentence.inside else ""
        for line in wrapped(fitting(sentence.text), first, _FURTHER if sentence.inside else _INSIDE):
            out.write(f"{line}\n")
    out.flush()
    fitting.tell()


def wrapped(text: str, first: str = "", further: str = "", width: int = WIDTH) -> Iterator[str]:
    """A sentence in lines of so many cells, broken at blanks; a word that is longer than a line is broken in itself.

    Args:
        first, further: what the first line and those after it begin with.
    """
    from cotui.tui.base.cells import cell_len, cut

    line, begun = first, False
    for word in text.split(" "):
        rest = word
        if begun and cell_len(line) + 1 + cell_len(rest) <= width:
            line += f" {rest}"
            continue
        if begun:
            yield line
            line, begun = further, False
        while cell_len(line) + cell_len(rest) > width:
            part = cut(rest, width - cell_len(line)) or rest[:1]
            yield line + part
            rest, line = rest[len(part) :], further
        line, begun = line + rest, True
    yield line.rstrip()


def _write_json(out: TextIO, api: Api, reading: AnswerReading, resource: Resource, day: AccountDay) -> None:
    from cotui.desk.answers.objects import NAMES
    from cotui.desk.json_text import json_text
    from cotui.settings.profiles import ENVIRONMENT

    page = reading.page()
    name = api.connection.name
    values = {
        "schema": f"cotui.{NAMES[resource.id]}/1",
        "as_of": reading.read_at.isoformat(timespec="seconds") if reading.read_at is not None else None,
        "today": day.today().isoformat(),
        "timezone": day.timezone,
        "timezone_source": day.source,
        "profile": None if name == ENVIRONMENT else name,
        "host": api.connection.host,
        "complete": page.complete,
        "requests": page.requests,
        **reading.json(),
    }
    out.write(json_text(values, out.encoding, indent=1) + "\n")
    out.flush()
