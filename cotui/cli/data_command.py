"""`cotui list`, `get`, `count` and `report`: the account's data on stdout, everything else on stderr."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TextIO

from cotui.cli.account import (
    TransportFactory,
    exit_code,
    explain,
    find_credentials,
    open_api,
    require_profile,
)
from cotui.cli.data_words import (
    build_parser,
    choose_fields,
    is_number,
    read_query,
    read_reference,
    read_resource,
    search_hint,
)
from cotui.cli.exits import CommandError, Exit
from cotui.cli.out import data_file
from cotui.cli.out import say as _say
from cotui.cli.output import write_record, writer
from cotui.cli.paging import Progress, read_pages

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import date

    from cotui.api import Api, NotFound, Page
    from cotui.catalog import Field

#: requests per minute of headless commands on the demo
_DEMO_RATE = 100_000
#: rows of a report in one answer
_REPORT_PAGE = 1000


def run_data_command(
    command: str,
    words: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    transport: TransportFactory | None = None,
) -> int:
    """Run one of the headless commands; returns the exit code.

    Args:
        command: "list", "get", "count" or "report".
        words: the command line without it.
        env: the environment; the process's own when None.
        transport: what requests go through instead of the network.
    """
    import asyncio

    options = build_parser(command).parse_intermixed_args(words)
    job = _JOBS[command](options)
    api = _open(options, env, transport)
    from cotui.api import ApiError

    try:
        asyncio.run(_run(api, job))
    except ApiError as error:
        raise CommandError(explain(error), exit_code(error)) from None
    return Exit.OK


async def _run(api: Api, job: Job) -> None:
    from cotui.cli.waiting import WaitTeller

    stop = api.worker.status.subscribe(_Narrator(api))
    teller = WaitTeller(api, _say)
    try:
        await job(api, data_file())
    finally:
        stop()
        teller.close()
        await api.aclose()


def _open(options: Namespace, env: Mapping[str, str] | None, transport: TransportFactory | None) -> Api:
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
    return open_api(found.profile, found.password, transport=transport)


def _today(options: Namespace) -> date | None:
    """The account's day, where it is known; nothing tells that of a real one."""
    if not options.demo:
        return None
    from cotui.cli.demo_data import account_today

    return account_today()


# --- what each command does ---

Job = Callable[["Api", TextIO], Awaitable[None]]


def _list_job(options: Namespace) -> Job:
    resource = read_resource(options.resource)
    query = read_query(" ".join(options.filter), resource, today=_today(options))
    fields = choose_fields(options, resource)

    async def job(api: Api, out: TextIO) -> None:
        async def fetch(offset: int, limit: int) -> Page:
            return await api.page(resource, query, offset, limit)

        progress = Progress()
        headings = {column.field: column.heading for column in resource.columns}
        target = writer(options.format, out, whole=not options.fields, headings=headings)
        size = api.connection.page_size
        async for rows in read_pages(fetch, progress, limit=options.limit, page_size=size):
            target.write(rows, fields)
        if not progress.rows:
            target.write([], fields)
            if options.format == "table":
                _say("nothing matches")
        target.close()
        await _account_for(progress, lambda: api.count(resource, query))

    return job


def _get_job(options: Namespace) -> Job:
    resource = read_resource(options.resource)
    fields = choose_fields(options, resource, single=True)
    reference = read_reference(options.ref, resource)

    async def job(api: Api, out: TextIO) -> None:
        from cotui.api import NotFound

        try:
            record = await api.get(resource, reference)
        except NotFound as error:
            what = f"There is no {resource.label.lower()} {reference}"
            raise _missing(error, what, search_hint(resource)) from None
        if options.format == "table":
            write_record(out, record, fields)
            return
        target = writer(
            "jsonl" if options.format == "json" else options.format, out, whole=not options.fields
        )
        target.write([record], fields)
        target.close()

    return job


def _count_job(options: Namespace) -> Job:
    resource = read_resource(options.resource)
    query = read_query(" ".join(options.filter), resource, today=_today(options))

    async def job(api: Api, out: TextIO) -> None:
        out.write(f"{await api.count(resource, query)}\n")

    return job


def _report_job(options: Namespace) -> Job:
    from cotui.catalog import REPORT, infer_columns, report_resource

    wanted = options.report
    query = read_query(" ".join(options.filter), report_resource(0, "", ()), today=_today(options))
    if wanted is None and options.fields:
        raise CommandError("--fields needs a report", Exit.USAGE)

    async def job(api: Api, out: TextIO) -> None:
        from cotui.api import NotFound

        target = writer(options.format, out, whole=not options.fields)
        if wanted is None:
            target.write((await api.reports()).rows, REPORT.fields)
            target.close()
            return
        report_id = int(wanted) if is_number(wanted) else await _report_called(api, wanted)

        async def fetch(offset: int, limit: int) -> Page:
            try:
                return await api.report_page(report_id, query, offset, limit)
            except NotFound as error:
                raise _missing(error, f"There is no report {report_id}", "cotui report lists them.") from None

        progress = Progress()
        fields: Sequence[Field] = ()
        names: set[str] = set()
        late: set[str] = set()
        async for rows in read_pages(fetch, progress, limit=options.limit, page_size=_REPORT_PAGE):
            if not fields:
                columns = infer_columns([record.raw for record in rows])
                names = {column.name for column in columns}
                fields = choose_fields(options, report_resource(report_id, "", columns))
            elif options.format in ("table", "csv"):
                late.update(name for record in rows for name in record.raw if name not in names)
            target.write(rows, fields)
        target.close()
        if late and not options.fields:
            from cotui.api.clean import clean

            _say(
                clean(
                    f"columns that first appear after row {_REPORT_PAGE} are left out: {', '.join(sorted(late))}"
                )
            )
        await _account_for(progress, None)

    return job


def _missing(error: NotFound, what: str, todo: str) -> NotFound:
    """The error with words for somebody who has no list on the screen."""
    return type(error)(what, todo=todo, status=error.status, server_message=error.server_message)


async def _report_called(api: Api, name: str) -> int:
    """The number of the report with this name, in any case."""
    rows = (await api.reports()).rows
    found = [record for record in rows if str(record.raw.get("name", "")).casefold() == name.casefold()]
    numbers = [record.id for record in found if isinstance(record.id, int)]
    if len(numbers) == 1:
        return numbers[0]
    if numbers:
        raise CommandError(f"{len(numbers)} reports are called that: give its number.", Exit.USAGE)
    raise CommandError(f'There is no report "{name}": cotui report lists them.', Exit.NOT_FOUND)


_JOBS = {"list": _list_job, "get": _get_job, "count": _count_job, "report": _report_job}


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


async def _account_for(progress: Progress, count: Callable[[], Awaitable[int]] | None) -> None:
    """Say what is not in the output, if anything."""
    from cotui.api import ApiError

    if progress.repeated:
        _say(
            f"records changed while they were read: {progress.repeated} came twice and were left out, "
            "others may be missing"
        )
    if not progress.cut:
        return
    total = progress.total
    if total is None and count is not None:
        try:
            total = await count()
        except ApiError as error:
            _say(f"printed {progress.rows}, there may be more ({error.what}); --limit all prints everything")
            return
    if total is None:
        _say(f"printed {progress.rows}, there may be more; --limit all prints everything")
    elif total > progress.rows:
        _say(f"printed {progress.rows} of {total:,}; --limit all prints everything")
