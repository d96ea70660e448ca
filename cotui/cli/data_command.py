"""`cotui list`, `get`, `show`, `count`, `report` and `statement`: data on stdout, everything else on stderr."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TextIO

from cotui.catalog.field import CURRENCY
from cotui.cli.account import (
    TransportFactory,
    exit_code,
    explain,
    find_credentials,
    open_api,
    require_profile,
)
from cotui.cli.account_memory import AccountMemory
from cotui.cli.completeness import account_for
from cotui.cli.data_arguments import (
    build_parser,
    check_filter,
    choose_fields,
    is_number,
    meant,
    read_reference,
    read_resource,
    read_rows,
    search_hint,
    with_names,
)
from cotui.cli.exits import CommandError, Exit
from cotui.cli.out import data_file
from cotui.cli.out import say as _say
from cotui.cli.query_notes import tell_mixed, tell_narrowed, tell_unmatched
from cotui.cli.record_writers import write_record, writer
from cotui.cli.signals import run

if TYPE_CHECKING:
    from argparse import Namespace

    from cotui.api import Api, NotFound, Reading, Record
    from cotui.catalog import Field, Resource
    from cotui.cli.record_writers import Writer
    from cotui.desk.named_rows import Companies, NamedRows

#: requests per minute of headless commands on the demo
_DEMO_RATE = 100_000


def run_data_command(
    command: str,
    words: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    transport: TransportFactory | None = None,
) -> int:
    """Run one of the headless commands; returns the exit code.

    Args:
        command: "list", "get", "show", "count", "report" or "statement".
        words: the command line without it.
        env: the environment; the process's own when None.
        transport: what requests go through instead of the network.
    """
    options = build_parser(command).parse_intermixed_args(words)
    if getattr(options, "raw", False) and data_file().isatty():
        raise CommandError(
            "--raw is for a pipe or a file: a terminal would act on what it prints", Exit.USAGE
        )
    memory = AccountMemory(env, demo=options.demo)
    job = _JOBS[command](options, memory)
    api = _open(options, env, transport, memory)
    from cotui.api import ApiError

    try:
        run(_run(api, job))
    except ApiError as error:
        raise CommandError(explain(error), exit_code(error)) from None
    finally:
        memory.save()  # also where whoever reads the output has left
    return Exit.OK


async def _run(api: Api, job: Job) -> None:
    from cotui.cli.waiting import WaitNotice

    stop = api.worker.status.subscribe(_Narrator(api))
    teller = WaitNotice(api, _say)
    try:
        await job(api, data_file())
    finally:
        stop()
        teller.close()
        await api.aclose()


def _open(
    options: Namespace,
    env: Mapping[str, str] | None,
    transport: TransportFactory | None,
    memory: AccountMemory,
) -> Api:
    from cotui.settings import load_settings

    if options.demo:
        from cotui.cli.demo_data import begin

        building = begin(options.customers, options.seed, env)
        from cotui.cli.demo import demo_api

        # nobody else uses the demo, so nothing has to be saved for others
        return demo_api(building, rate_limit=_DEMO_RATE, tell=_say)
    settings = load_settings(env)
    for warning in settings.warnings:
        _say(str(warning))
    found = find_credentials(settings, require_profile(settings, options.profile), env)
    memory.timezone = found.profile.timezone
    api = open_api(found.profile, found.password, transport=transport)
    memory.watch(api)
    return api


# --- what each command does ---

Job = Callable[["Api", TextIO], Awaitable[None]]


def _list_job(options: Namespace, memory: AccountMemory) -> Job:
    resource, wanted = read_rows(options.resource, options.filter)
    check_filter(wanted, resource)
    fields = choose_fields(options, resource)

    async def job(api: Api, out: TextIO) -> None:
        from cotui.api import read_all, source_of

        headings = {column.field: column.heading for column in resource.columns}
        target = writer(options.format, out, whole=not options.fields, headings=headings, raw=options.raw)
        query = await memory.query(wanted, resource, api)
        shown = with_names(options, resource, fields)
        if shown.columns or query.conditions or query.order:
            memory.abilities()
        source = source_of(api, resource, query)
        source.tell = lambda words, _: _say(words)
        reading = read_all(source, most=options.limit)
        currencies: set[str] = set()

        def fields_of(rows: Sequence[Record]) -> Sequence[Field]:
            currencies.update(
                found for row in rows if isinstance(found := row.raw.get(CURRENCY), str) and found
            )
            return shown.fields

        await _print(reading, target, fields_of, _naming(api, resource, shown, options.limit))
        tell_narrowed(source, resource)
        tell_mixed(query, resource, len(currencies))
        if not reading.rows:
            if options.format == "table":
                _say("nothing matches")
            tell_unmatched(query, resource)

    return job


def _naming(api: Api, resource: Resource, shown: Companies, most: int | None = None) -> NamedRows | None:
    """What adds names to rows; None where there is none to add."""
    if not shown.columns:
        return None
    from cotui.desk.named_rows import NamedRows

    return NamedRows(api, resource, shown, _say, most=most)


async def _print(
    reading: Reading,
    target: Writer,
    fields_of: Callable[[Sequence[Record]], Sequence[Field]],
    naming: NamedRows | None = None,
) -> None:
    """Print rows as they come, with the fields that `fields_of` names, and account for those that did not come."""
    from cotui.api import ApiError

    failure: ApiError | None = None
    try:
        async for rows in reading:
            named = rows if naming is None else await naming.take(rows, reading)
            if named:
                target.write(named, fields_of(named))
    except ApiError as error:
        if not reading.rows:
            raise
        failure = error
    if naming is not None and (named := await naming.rest()):
        target.write(named, fields_of(named))
    if not reading.rows:
        target.write([], fields_of([]))
    target.close()
    account_for(reading, failure, _say)


def _get_job(options: Namespace, memory: AccountMemory) -> Job:
    resource = read_resource(options.resource)
    fields = choose_fields(options, resource, single=True)
    reference = read_reference(options.ref, resource)

    async def job(api: Api, out: TextIO) -> None:
        from cotui.api import NotFound
        from cotui.desk.one_record import one_record

        shown = with_names(options, resource, fields, single=True)
        naming = _naming(api, resource, shown)
        if naming is not None:
            memory.abilities()
        try:
            record = await one_record(api, resource, reference)
        except NotFound as error:
            what = f"There is no {resource.label.lower()} {reference}"
            raise _missing(error, what, search_hint(resource)) from None
        if naming is not None:
            (record,) = [*await naming.take([record]), *await naming.rest()]
        if options.format == "table":
            write_record(out, record, shown.fields, raw=options.raw)
            return
        form = "jsonl" if options.format == "json" else options.format
        target = writer(form, out, whole=not options.fields, raw=options.raw)
        target.write([record], shown.fields)
        target.close()

    return job


def _count_job(options: Namespace, memory: AccountMemory) -> Job:
    resource, wanted = read_rows(options.resource, options.filter)
    check_filter(wanted, resource)

    async def job(api: Api, out: TextIO) -> None:
        from cotui.api import read_all, source_of

        query = await memory.query(wanted, resource, api)
        if query.conditions:
            memory.abilities()
        source = source_of(api, resource, query)
        source.tell = lambda words, _: _say(words)
        number = await source.count()
        if number is None:  # a filter that no row shows the effect of, and that can't be counted by
            number = len(await read_all(source).all())
        out.write(f"{number}\n")
        tell_narrowed(source, resource)
        if not number:
            tell_unmatched(query, resource)

    return job


def _report_job(options: Namespace, memory: AccountMemory) -> Job:
    from cotui.catalog.objects.report import REPORT
    from cotui.catalog.report_table import report_resource

    wanted = None if options.report is None else meant(options.report)
    text = meant(" ".join(options.filter))
    if wanted is None and options.fields:
        raise CommandError("--fields needs a report", Exit.USAGE)

    async def job(api: Api, out: TextIO) -> None:
        from cotui.api import NotFound, ReportSource, read_all
        from cotui.api.paging.sources import column_to_order_by
        from cotui.api.report_columns import report_columns

        target = writer(options.format, out, whole=not options.fields, raw=options.raw)
        if wanted is None:
            target.write((await api.reports()).rows, REPORT.fields)
            target.close()
            return
        report_id = int(wanted) if is_number(wanted) else await _report_called(api, wanted)
        try:
            columns = await report_columns(api, report_id)
        except NotFound as error:
            raise _missing(error, f"There is no report {report_id}", "cotui report lists them.") from None
        query = await memory.query(text, report_resource(report_id, "", columns), api)
        first = column_to_order_by(column.name for column in columns)
        source = ReportSource(api, report_id, query, first_column=first)
        found = _ReportFields(options, report_id)
        try:
            await _print(read_all(source, most=options.limit), target, found.of)
        finally:
            found.say_late()

    return job


class _ReportFields:
    """The fields of a report that are printed: those that its first rows have."""

    def __init__(self, options: Namespace, report_id: int) -> None:
        self._options = options
        self._report_id = report_id
        self._fields: Sequence[Field] = ()
        self._names: set[str] = set()
        self._late: set[str] = set()
        self._judged = 0

    def of(self, rows: Sequence[Record]) -> Sequence[Field]:
        """The fields; the first rows say which."""
        if not self._fields and rows:
            from cotui.catalog.report_columns import infer_columns
            from cotui.catalog.report_table import report_resource

            columns = infer_columns([record.raw for record in rows])
            self._judged = len(rows)
            self._names = {column.name for column in columns}
            self._fields = choose_fields(self._options, report_resource(self._report_id, "", columns))
        else:
            self._late.update(name for record in rows for name in record.raw if name not in self._names)
        return self._fields

    def say_late(self) -> None:
        """Which columns are not in the output, because the first rows did not have them."""
        if self._late and self._options.format in ("table", "csv") and not self._options.fields:
            from cotui.safety.text import clean

            late = clean(", ".join(sorted(self._late)))
            _say(f"columns that first appear after row {self._judged} are left out: {late}")


def _show_job(options: Namespace, memory: AccountMemory) -> Job:
    from cotui.cli.show_command import show_job

    return show_job(options, memory)


def _missing(error: NotFound, what: str, todo: str) -> NotFound:
    """The error with words for somebody who has no list on the screen."""
    return type(error)(what, todo=todo, status=error.status, server_message=error.server_message)


async def _report_called(api: Api, name: str) -> int:
    """The number of the report with this name, in any case."""
    rows = (await api.reports()).rows
    found = [record for record in rows if str(record.raw.get("name", "")).casefold() == name.casefold()]
    numbers = [record.ref for record in found if isinstance(record.ref, int)]
    if len(numbers) == 1:
        return numbers[0]
    if numbers:
        raise CommandError(f"{len(numbers)} reports are called that: give its number.", Exit.USAGE)
    raise CommandError(f'There is no report "{name}": cotui report lists them.', Exit.NOT_FOUND)


def _statement_job(options: Namespace, memory: AccountMemory) -> Job:
    from cotui.cli.statement_command import statement_job

    job: Job = statement_job(options, memory)
    return job


_JOBS = {
    "list": _list_job,
    "get": _get_job,
    "show": _show_job,
    "count": _count_job,
    "report": _report_job,
    "statement": _statement_job,
}


# --- narration ---


class _Narrator:
    """Tells a waiting user why nothing comes."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._paused = False

    def __call__(self) -> None:
        status = self._api.worker.status
        seconds = status.paused_for
        if seconds > 0 and not self._paused and status.pause is not None:
            why = (
                "the minute's requests are used up"
                if status.pause.reason == "budget"
                else "the server asks to wait"
            )
            _say(f"{why}; going on in {seconds:.0f} s")
        self._paused = seconds > 0
