"""`cotui show`: sentences or JSON on stdout, what is missing on stderr and in the exit code."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import httpx
import pytest

from cotui.cli.data_command import run_data_command
from cotui.cli.exits import CommandError, Exit
from cotui.cli.show_command import WIDTH, wrapped
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.origin_check import OriginCheck
from cotui.sandbox.http.service import Service, hard
from cotui.tui.base.cells import cell_len
from tests.cli.accounts import ENV, answer
from tests.stores import demo

#: whose name has ten thousand characters, whose would steer a terminal, and whose are two cells wide, in the demo
LONG, HOSTILE, WIDE = 46, 47, 9


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    made = demo(60, 7, date(2026, 11, 30))
    yield made
    made.close()


Show = Callable[..., tuple[str, str, int]]


@pytest.fixture
def show(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> Show:
    monkeypatch.setenv("COTUI_STATE_DIR", str(tmp_path))

    def run(*words: str, service: Service | None = None) -> tuple[str, str, int]:
        """What was printed, what was said, and the exit code."""
        app = create_app(
            store,
            credentials={ENV["COTUI_USERNAME"]: ENV["COTUI_PASSWORD"]},
            service=service,
            origin_check=OriginCheck(frozenset({"acme.chargeover.com"})),
        )
        env, code, said = {**os.environ, **ENV}, int(Exit.OK), ""
        try:
            run_data_command("show", words, env=env, transport=lambda: httpx.ASGITransport(app=app))
        except CommandError as error:
            code, said = error.code, str(error)
        out = capsys.readouterr()
        return out.out, out.err + said, code

    return run


OBJECTS = {"customer": 1, "invoice": 1100, "payment": 1000, "subscription": 6, "user": 1}


@pytest.mark.parametrize(("name", "ref"), OBJECTS.items())
def test_every_object_as_sentences(show: Show, name: str, ref: int) -> None:
    out, said, code = show(name, str(ref))
    assert (said, code) == ("", Exit.OK)
    lines = out.splitlines()
    assert all(cell_len(line) <= WIDTH and line.isprintable() for line in lines)
    assert lines[0].endswith((".", ","))
    assert "" in lines
    assert "None" not in out


@pytest.mark.parametrize(("name", "ref"), OBJECTS.items())
def test_every_object_as_json(show: Show, name: str, ref: int) -> None:
    out, said, code = show(name, str(ref), "--format", "json")
    assert (said, code) == ("", Exit.OK)
    found = json.loads(out)
    assert found["schema"] == f"cotui.{name}/1"
    assert (found["host"], found["profile"], found["complete"]) == ("acme.chargeover.com", None, True)
    assert found["timezone_source"] == "server"
    assert found["requests"] in (1, 2)
    assert found["as_of"].endswith("+00:00")
    date.fromisoformat(found["today"])
    assert found[name]["id"] == ref
    assert {section["state"] for section in found["sections"].values()} == {"complete"}


def test_words_for_objects_and_references(show: Show, store: Store) -> None:
    with store.read() as reader:
        [(token,)] = reader.connection.execute("SELECT token FROM customers WHERE customer_id = 1").fetchall()
    assert show("customers", f"token:{token}")[0] == show("customer", "1")[0]
    assert show("packages", "6")[0] == show("subscription", "6")[0]
    assert show("transaction", "1000")[0] == show("payment", "1000")[0]


def test_there_is_no_such_record(show: Show) -> None:
    for name in OBJECTS:
        out, said, code = show(name, "99999999")
        assert (out, code) == ("", Exit.NOT_FOUND), name
        assert said.startswith("There is no ")
        assert "Search with: cotui list" in said


def test_what_is_no_object_or_reference(show: Show) -> None:
    out, said, code = show("item", "1")
    assert (out, code) == ("", Exit.USAGE)
    assert "only about: customer, invoice, payment, subscription, user" in said
    assert show("customer", "Northwind")[2] == Exit.USAGE


def test_what_may_not_be_read_is_told_in_its_place_and_in_the_exit_code(show: Show) -> None:
    service = hard(["unreadable"])
    out, said, code = show("customer", "1", service=service)
    assert code == Exit.INCOMPLETE
    assert "Payments, not known. These keys may not read payments." in out
    assert "Last paid: not known, these keys may not read payments." in out
    assert "Payments: these keys may not read payments." in said
    found = json.loads(show("customer", "1", "--format", "json", service=service)[0])
    assert not found["complete"]
    assert found["sections"]["payments"] == {
        "state": "refused",
        "read": 0,
        "error": "these keys may not read payments",
    }
    assert found["unapplied"] is None


def test_a_payment_that_may_not_be_read(show: Show) -> None:
    service = hard(["unreadable"])
    assert show("payment", "1000", service=service)[::2] == ("", Exit.REFUSED), "a decline leads nowhere else"
    out, said, code = show("payment", "999", service=service)
    assert code == Exit.INCOMPLETE
    assert "Paid: not known" in out
    assert "Payment: these keys may not read payments." in said


def test_without_batches_and_with_small_pages_it_is_the_same(show: Show) -> None:
    usual = json.loads(show("customer", "1", "--format", "json")[0])
    for switches in (["no-bulk"], ["page-of-20"], ["no-bulk", "page-of-20"]):
        found = json.loads(show("customer", "1", "--format", "json", service=hard(switches))[0])
        changing = {"as_of": 0, "requests": 0}
        assert found | changing == usual | changing, switches


@pytest.mark.parametrize("ref", [LONG, HOSTILE, WIDE])
def test_names_of_any_length_and_shape_stay_in_their_lines(show: Show, ref: int) -> None:
    out, _, code = show("customer", str(ref))
    assert code == Exit.OK
    assert all(cell_len(line) <= WIDTH and line.isprintable() for line in out.splitlines())
    as_json = show("customer", str(ref), "--format", "json")[0]
    assert "\x1b" not in as_json
    json.loads(as_json)


def test_nothing_can_be_asked(capsys: pytest.CaptureFixture[str]) -> None:
    def transport() -> httpx.MockTransport:
        return httpx.MockTransport(lambda _: answer(False, 401, "Invalid or incorrect authorization"))

    with pytest.raises(CommandError) as error:
        run_data_command("show", ["customer", "1"], env={**os.environ, **ENV}, transport=transport)
    assert error.value.code == Exit.REFUSED
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("one two", ["one two"]),
        ("one two three", ["one two", "  three"]),
        ("abcdefghijklmnop", ["abcdefghij", "  klmnop"]),
        ("東京データセ", ["東京データ", "  セ"]),
        ("x " + "y" * 10, ["x", "  yyyyyyyy", "  yy"]),
    ],
)
def test_lines_are_broken_at_blanks_else_anywhere(text: str, lines: list[str]) -> None:
    assert list(wrapped(text, "", "  ", 10)) == lines
