"""The main job, over HTTP: lists, filter, order, end, record, report. What is shown is checked at the server."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import CUSTOMERS, Start
from tests.e2e.servers import SandboxProcess

pytestmark = pytest.mark.xdist_group("e2e-sandbox")

CANADA = "bill_country:EQUALS:Canada"


def test_four_screens_show_what_the_account_holds(start: Start, sandbox: SandboxProcess) -> None:
    account = sandbox.account
    program = start(env=account.environment, size=(120, 40))
    program.wait_for(f"1–36 of {CUSTOMERS}")
    for key, name in (("2", "user"), ("3", "invoice")):
        program.press(key)
        program.wait_for(f"1–36 of {account.get(f'{name}/_count'):,}")
    newest = account.get("invoice", order="date:DESC", limit=1)[0]
    program.wait_for(lambda text: newest["date"][:10] in text.splitlines()[3])
    program.press("4")
    program.wait_for(lambda text: "Open Customer Balances" in text and "Payments by Date" in text)
    program.press("enter")
    program.wait_for(lambda text: "Currency code" in text and "1–" in text.splitlines()[1])
    program.press("esc")
    program.wait_for("Payments by Date", without="Currency code")
    program.press("1")
    program.wait_for(f"1–36 of {CUSTOMERS}")
    program.quit()


@pytest.mark.long
def test_filter_order_end_and_record(start: Start, sandbox: SandboxProcess) -> None:
    account = sandbox.account
    matching = account.get("customer/_count", where=CANADA)
    assert matching > 26, "the demo data has too few Canadians for this test"
    last, before_last = account.get("customer", where=CANADA, order="company:DESC", limit=2)
    program = start(env=account.environment, size=(120, 30))
    program.wait_for(f"of {CUSTOMERS}")

    program.press("/")
    program.type("cou")
    program.wait_for("bill_country")  # offered by completion
    program.press("tab")
    program.wait_for("has no value")
    program.type("= Canada")
    program.wait_for("enter applies · where=bill_country:EQUALS:Canada")
    program.press("enter")
    program.wait_for(f"1–26 of {matching}")

    program.press("right", "right", "o")
    (first,) = account.get("customer", where=CANADA, order="company:ASC", limit=1)
    # the rows in the new order, not only its heading: a key that acts on rows needs some
    program.wait_for(lambda text: "Company ↑" in text and f" {first['customer_id']} " in text.splitlines()[3])
    program.press("end")
    program.wait_for(lambda text: f"–{matching} of {matching}" in text and f" {last['customer_id']} " in text)
    program.press("enter")
    text = program.wait_for(f"{matching} of {matching}", without="loading the rest")
    assert str(last["customer_id"]) in text
    program.press("[")
    text = program.wait_for(f"{matching - 1} of {matching}", without="loading the rest")
    assert str(before_last["customer_id"]) in text
    program.press("x")
    program.wait_for('"customer_id": ')
    program.press("esc")
    program.wait_for("Displayed as")
    program.press("esc")
    program.wait_for(f"–{matching} of {matching}")

    # a mistake is explained, and what was typed stays
    program.press("/")
    program.type("or x")
    program.press("enter")
    program.wait_for(lambda text: "no OR" in text and "company or x" in text)
    program.press("esc")
    program.wait_for("the filter was changed but not applied")
    assert "/ goes back to country = Canada order by company or x" in program.text
    program.press("ctrl+q")
    program.wait_for("Quit and discard what you typed?")
    program.quit("y")


@pytest.mark.long
def test_a_filter_is_there_again_at_the_next_start(start: Start, sandbox: SandboxProcess) -> None:
    account = sandbox.account
    matching = account.get("invoice/_count", where="invoice_status_state:EQUALS:o")
    program = start("invoices", env=account.environment)
    program.wait_for(f"of {account.get('invoice/_count'):,}")
    program.type("/status = open\r")
    program.wait_for(f"1–26 of {matching:,}")
    program.quit()
    program = start("invoices", env=account.environment)
    text = program.wait_for(f"1–26 of {matching:,}")
    assert "status = open" in text
    program.quit()


@pytest.mark.long
def test_wrong_keys_are_told_apart_from_an_empty_account(start: Start, sandbox: SandboxProcess) -> None:
    program = start(env={**sandbox.account.environment, "COTUI_PASSWORD": "wrong"})
    text = program.wait_for("r tries again")
    assert "does not accept these keys" in text
    assert "keys refused" in program.line(0)
    program.quit()
