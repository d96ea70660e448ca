"""`cotui audit`: who changed what, from the audit file, for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from cotui.audit.log import AuditLog
from cotui.cli import out
from cotui.cli.exits import CommandError, Exit
from cotui.desk.export import FORMATS
from cotui.safety.faults import FileFault, show_path
from cotui.settings.paths import STATE, audit_dir
from cotui.settings.problems import counted

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from cotui.catalog import Field

#: lines when -n is not given
DEFAULT_LINES: Final = 50
#: how a write can end; the words of `cotui.api.Result`, which loads more than this needs
RESULTS: Final = ("done", "refused", "unknown", "not sent")
#: columns of the table and their headings
_TABLE: Final = {
    "time": "Time",
    "profile": "Profile",
    "operator": "Operator",
    "action": "Action",
    "target": "Target",
    "result": "Result",
    "message": "Message",
}
_CSV: Final = (
    "time", "request_id", "profile", "host", "operator", "action", "object", "id", "target", "method", "path",
    "payload", "result", "status", "message", "made",
)  # fmt: skip


def show_audit(words: Sequence[str], env: Mapping[str, str] | None = None) -> int:
    """Run `cotui audit …`; returns the exit code. Raises CommandError where the file cannot be read."""
    options = build_parser().parse_args(words)
    log = AuditLog(audit_dir(env))
    if options.path:
        out.line(show_path(log.path))
        return Exit.OK
    try:
        log.recover()
    except FileFault as fault:
        out.say(f"writes without an end could not be completed: {fault}")
    try:
        entries = list(log.entries())
    except FileFault as fault:
        raise CommandError(f"the audit file cannot be read: {fault} ({STATE})", Exit.CONFIG) from None
    chosen = [entry for entry in entries if _matches(entry, options)]
    shown = chosen if options.lines is None else chosen[-options.lines :]
    _print(shown, options)
    _account_for(entries, chosen, shown, log)
    return Exit.OK


def build_parser() -> ArgumentParser:
    from argparse import RawDescriptionHelpFormatter

    from cotui.cli.parser import Parser

    parser = Parser(
        prog="cotui audit",
        description="Print what was changed through cotui on this machine, oldest first: every write, who "
        "made it, what it was done to and how it ended.",
        epilog="results:\n"
        "  done      ChargeOver carried it out\n"
        "  refused   ChargeOver said no; nothing was changed\n"
        "  unknown   it was sent, and no clear answer came: it may have been done\n"
        "  not sent  it never reached the account\n\n"
        "The file holds no passwords and no log-in links. Only its owner can read it.",
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--profile", default="", metavar="NAME", help="only writes to this account")
    parser.add_argument("--operator", default="", metavar="NAME", help="only writes of this login name")
    parser.add_argument(
        "--since",
        type=_moment,
        metavar="WHEN",
        help="only from then on: 2026-03-16, 2026-03-16T09:00, today, yesterday, 7d, 12h, 30m",
    )
    parser.add_argument(
        "--action", default="", metavar="NAME", help="only this action: invoice.void, or void of any object"
    )
    parser.add_argument(
        "--target", default="", metavar="TEXT", help="only targets with this in their name, kind or number"
    )
    parser.add_argument("--result", type=_result, metavar="RESULT", help=f"only {', '.join(RESULTS)}")
    parser.add_argument(
        "-n",
        dest="lines",
        type=_lines,
        default=DEFAULT_LINES,
        metavar="N|all",
        help="the last N lines (%(default)s); when that leaves some out, stderr says so",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--format", choices=FORMATS, default="table", help="%(choices)s (%(default)s)")
    form.add_argument(
        "--json", dest="format", action="store_const", const="jsonl", help="the same as --format jsonl"
    )
    form.add_argument(
        "--csv", dest="format", action="store_const", const="csv", help="the same as --format csv"
    )
    parser.add_argument("--path", action="store_true", help="print where the file is, and nothing else")
    return parser


def _moment(text: str) -> datetime:
    """A point in time, of this machine's clock where nothing else is said."""
    now = datetime.now().astimezone()
    midnight = datetime.combine(now.date(), datetime.min.time())
    days = {"today": 0, "yesterday": 1}
    if text in days:
        return (midnight - timedelta(days=days[text])).astimezone()
    units = {"m": "minutes", "h": "hours", "d": "days"}
    number = text[:-1]
    try:
        if text[-1:] in units and number.isascii() and number.isdigit():
            return now - timedelta(**{units[text[-1]]: int(number)})
        if len(text) == len("2026-03-16"):
            return datetime.combine(date.fromisoformat(text), datetime.min.time()).astimezone()
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError):
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(f"{text!r} is neither a day, a time, nor something like 7d") from None


def _result(text: str) -> str:
    word = text.casefold().replace("-", " ").replace("_", " ")
    if word in RESULTS:
        return word
    from argparse import ArgumentTypeError

    raise ArgumentTypeError(f"{text!r} is none of {', '.join(RESULTS)}")


def _lines(text: str) -> int | None:
    if text == "all":
        return None
    if text.isascii() and text.isdigit() and 0 < int(text) < 10**9:
        return int(text)
    from argparse import ArgumentTypeError

    raise ArgumentTypeError(f'{text!r} is neither a number from 1 nor "all"')


def _matches(entry: Mapping[str, Any], options: Namespace) -> bool:
    """Whether a line is asked for. One that cannot be read is, unless something is asked of its fields."""
    for name in ("profile", "operator", "result"):
        wanted = getattr(options, name)
        if wanted and entry.get(name) != wanted:
            return False
    action = str(entry.get("action", ""))
    if options.action and options.action.casefold() not in (
        action.casefold(),
        action.rpartition(".")[2].casefold(),
    ):
        return False
    if options.target and options.target.casefold() not in " ".join(_target(entry).values()).casefold():
        return False
    if options.since is None:
        return True
    then = _time(entry)
    return then is not None and then >= options.since


def _time(entry: Mapping[str, Any]) -> datetime | None:
    try:
        return datetime.fromisoformat(str(entry.get("time"))).astimezone()
    except (ValueError, OverflowError):
        return None


def _target(entry: Mapping[str, Any]) -> dict[str, str]:
    """What it was done to: kind, number and name, as far as the line says."""
    target = entry.get("target")
    if not isinstance(target, Mapping):
        return {}
    return {key: str(target[key]) for key in ("object", "id", "name") if target.get(key) not in (None, "")}


def _print(entries: Sequence[Mapping[str, Any]], options: Namespace) -> None:
    from cotui.api import Record
    from cotui.cli.record_writers import TableWriter, Writer, writer

    target: Writer
    data = out.data_file()
    if options.format == "table":
        fields = _fields(_TABLE)
        target = TableWriter(data, _TABLE, uncut=("target", "message"))
        rows = [Record(_row(entry)) for entry in entries]
        if not rows:
            return
    elif options.format == "csv":
        fields = _fields(_CSV)
        target = writer("csv", data, whole=False)
        rows = [Record(_flat(entry)) for entry in entries]
    else:
        fields = ()
        target = writer(options.format, data, whole=True)
        rows = [Record(entry) for entry in entries]
    target.write(rows, fields)
    target.close()


def _fields(names: Sequence[str] | Mapping[str, str]) -> tuple[Field, ...]:
    from cotui.catalog import Field, FieldType

    return tuple(Field(name, FieldType.TEXT, name, "") for name in names)


def _row(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A line for people, in this machine's time."""
    if "unreadable" in entry:
        return {"result": "unreadable", "message": entry["unreadable"]}
    then = _time(entry)
    named = _target(entry)
    message = str(entry.get("message") or "")
    if entry.get("made") is not None:
        message = f"made {entry['made']}{'; ' if message else ''}{message}"
    return {
        **{name: str(entry.get(name) or "") for name in ("profile", "operator", "action", "result")},
        # with the offset: clocks are put back, and lines are read elsewhere
        "time": then.isoformat(" ", "seconds") if then else str(entry.get("time") or ""),
        "target": named.get("name") or " ".join(named.values()),
        "message": message,
    }


def _flat(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A line for a spreadsheet: what it was done to in columns of its own."""
    named = _target(entry)
    unreadable = {"result": "unreadable", "message": entry["unreadable"]} if "unreadable" in entry else {}
    return {
        **entry,
        **unreadable,
        "object": named.get("object", ""),
        "id": named.get("id", ""),
        "target": named.get("name", ""),
    }


def _account_for(
    entries: Sequence[Mapping[str, Any]],
    chosen: Sequence[Mapping[str, Any]],
    shown: Sequence[Mapping[str, Any]],
    log: AuditLog,
) -> None:
    """Say what is not in the output."""
    if not entries:
        out.say(f"nothing was changed through cotui on this machine yet ({show_path(log.path)})")
    elif not chosen:
        out.say(f"none of {counted(len(entries), 'write')} matches")
    elif len(shown) < len(chosen):
        out.say(f"printed the last {len(shown)} of {len(chosen):,}; -n all prints everything")
    broken = sum("unreadable" in entry for entry in entries)
    if broken:
        out.say(
            f"{counted(broken, 'line')} of {show_path(log.directory)} cannot be read: broken off, or changed by hand"
        )
