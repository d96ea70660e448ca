"""`cotui statement CUSTOMER`: what was charged and paid by date, with the balance after each, from the beginning on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TextIO

from cotui.cli.account import explain
from cotui.cli.exits import CommandError, Exit
from cotui.cli.record_writers import EncodableText, TableWriter, writer

if TYPE_CHECKING:
    from argparse import Namespace

    from cotui.api import Api, Record
    from cotui.catalog import Field
    from cotui.cli.account_memory import AccountMemory
    from cotui.desk.statement.balances import Balance, Line, Statement


def statement_job(options: Namespace, memory: AccountMemory) -> Any:
    """What the command does."""
    from cotui.catalog.objects.customer import CUSTOMER
    from cotui.cli.data_arguments import meant, read_reference

    reference = read_reference(options.customer, CUSTOMER)
    wanted = meant(options.since).strip()

    async def job(api: Api, out: TextIO) -> None:
        from cotui.api import NotFound
        from cotui.desk.statement.reader import StatementReader

        since = await _day(wanted, api, memory)
        memory.abilities()
        record: Record | None = None
        if not isinstance(reference, int):
            record = await _customer(api, reference)
        number = reference if record is None else record.ref
        if number is None:
            raise CommandError("The customer's number is none that can be asked for.", Exit.API)
        reader = StatementReader(api, number, record=record, to_the_end=True)
        try:
            await reader.back_to(None)
        except NotFound as error:
            raise _nobody(error, reference) from None
        statement = reader.statement(since)
        _FORMS[options.format](statement, out)
        _account_for(statement)

    return job


async def _customer(api: Api, reference: int | str) -> Record:
    from cotui.api import NotFound
    from cotui.catalog.objects.customer import CUSTOMER

    try:
        return await api.get(CUSTOMER, reference)
    except NotFound as error:
        raise _nobody(error, reference) from None


def _nobody(error: Any, reference: object) -> CommandError:
    from cotui.api import NotFound

    found: NotFound = type(error)(f"There is no customer {reference}", server_message=error.server_message)
    found.todo = "cotui list customers finds them."
    return CommandError(explain(found), Exit.NOT_FOUND)


async def _day(text: str, api: Api, memory: AccountMemory) -> date | None:
    """The day that a word means in the account; asked for only where it depends on today."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    from cotui.catalog.objects.invoice import INVOICE

    query = await memory.query(f'date >= "{text}"', INVOICE, api)
    found = [condition.value for condition in query.conditions]
    if len(found) != 1:
        raise CommandError(f'--since: "{text}" is no day, such as 2026-08-01', Exit.USAGE)
    return date.fromisoformat(found[0][:10])


def _account_for(statement: Statement) -> None:
    """Say what is missing."""
    if statement.troubles or not statement.complete:
        what = "; ".join(statement.troubles) or "the beginning was not reached"
        raise CommandError(f"the statement is incomplete: {what}.", Exit.INCOMPLETE)


# --- the forms ---


def _json(statement: Statement, out: TextIO) -> None:
    from cotui.desk.json_text import json_text
    from cotui.desk.statement.as_json import statement_json

    out.write(json_text(statement_json(statement), out.encoding, indent=2) + "\n")
    out.flush()


def _csv(statement: Statement, out: TextIO) -> None:
    fields = _csv_fields()
    target = writer("csv", out, whole=False)
    target.write([], fields)
    for balance in statement.balances:
        target.write([_csv_row(line, balance) for line in balance.lines], fields)
    target.close()


def _csv_fields() -> list[Field]:
    from cotui.catalog import Field, FieldType

    text, money = FieldType.TEXT, FieldType.MONEY
    return [
        Field("date", FieldType.DATE, "Date", ""),
        Field("kind", text, "Kind", ""),
        Field("id", FieldType.ID, "ID", ""),
        Field("text", text, "What", ""),
        Field("currency", text, "Currency", ""),
        Field("charged", money, "Charged", ""),
        Field("paid", money, "Paid", ""),
        Field("declined", money, "Declined", ""),
        Field("running", money, "Owes then", ""),
        Field("running_at_least", FieldType.BOOLEAN, "At least", ""),
    ]


def _csv_row(line: Line, balance: Balance) -> Record:
    from cotui.api import Record
    from cotui.desk.statement.as_json import decimal_text

    entry, running = line.entry, None if balance.assumed else line.running
    amounts = {"charged": entry.charged, "paid": entry.paid, "declined": entry.declined}
    shown = {
        name: None if amount is None else decimal_text(amount, entry.currency)
        for name, amount in amounts.items()
    }
    return Record(
        {
            "date": None if entry.day is None else entry.day.isoformat(),
            "kind": entry.kind,
            "id": entry.ref,
            "text": entry.text,
            "currency": entry.currency,
            **shown,
            "running": None if running is None else decimal_text(running.amount, running.currency),
            "running_at_least": running is not None and running.at_least,
        }
    )


def _table(statement: Statement, out: TextIO) -> None:
    from cotui.api import Record
    from cotui.catalog.field import CURRENCY
    from cotui.desk.statement import words
    from cotui.safety.text import clean

    fitting = EncodableText(out.encoding)
    title = words.title_of(statement, clean(statement.company))
    for balance in statement.balances:
        parts = (title, balance.currency, words.since_words(statement))
        out.write(fitting(", ".join(filter(None, parts))) + "\n\n")
        fields = _table_fields()
        target = TableWriter(out, {field.name: field.label for field in fields}, uncut=_AMOUNTS)
        rows: list[dict[str, str]] = []
        if before := words.before_words(statement, balance):
            opening = words.amount_words(balance.opening)
            rows.append({"what": f"Before: {before}", "running": opening})
        rows += [
            {
                "date": words.day_words(line),
                "what": words.what_words(line),
                "charged": words.charged_words(line),
                "paid": words.paid_words(line),
                "running": words.running_words(line),
            }
            for line in balance.lines
        ]
        last = "" if balance.owed_then is None else balance.owed_then.number
        charged, paid = words.amount_words(balance.charged), words.amount_words(balance.paid)
        rows.append({"what": "Sum", "charged": charged, "paid": paid, "running": last})
        target.write([Record({**row, CURRENCY: balance.currency}) for row in rows], fields)
        target.close()
        out.write("\n" + fitting(words.verdict(statement, balance)) + "\n")
        if balance is not statement.balances[-1]:
            out.write("\n")
    out.flush()
    fitting.tell()


_AMOUNTS: Final = ("date", "charged", "paid", "running")


def _table_fields() -> Sequence[Field]:
    from cotui.catalog import Field, FieldType

    money, text = FieldType.MONEY, FieldType.TEXT
    return (
        Field("date", text, "Date", ""),
        Field("what", text, "What", ""),
        Field("charged", money, "Charged", ""),
        Field("paid", money, "Paid", ""),
        Field("running", money, "Owes then", ""),
    )


_FORMS: Final = {"table": _table, "csv": _csv, "json": _json}
