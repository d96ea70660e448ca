"""`cotui show customer` on random accounts: every fact is what SQL says, or openly less."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.service import Service, hard
from tests.answers import scenario
from tests.answers.judging_customer import judged
from tests.answers.oracle import Oracle
from tests.answers.running import Shell
from tests.depth import examples, seed

#: customers of an account
CUSTOMERS = 10
#: accounts: 500 customers in the long form
SEEDS = [seed() % 10**6 * 100 + number for number in range(examples(50, 1))]
#: accounts that things go wrong on, each with as many seeds of what goes wrong
FAULTY = SEEDS[: examples(20, 1)]
#: which parts of a page come from which object
SECTIONS = {
    "invoice": {"open_invoices", "invoices"},
    "transaction": {"payments"},
    "package": {"subscriptions"},
    "user": {"contacts"},
    "creditcard": {"pay_methods"},
    "ach": {"pay_methods"},
    "tokenized": {"pay_methods"},
    "note": {"notes"},
}

pytestmark = pytest.mark.deep


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """A read that failed is sent again at once."""
    monkeypatch.setattr("cotui.api.transport.retry.RetryPolicy.wait", lambda *_: 0.0)


@pytest.fixture(params=SEEDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    made = scenario.account(request.param, CUSTOMERS, long=1)
    yield made
    made.close()


@pytest.fixture(params=FAULTY)
def some(request: pytest.FixtureRequest) -> Iterator[Store]:
    made = scenario.account(request.param, CUSTOMERS, long=1)
    yield made
    made.close()


def oracle_of(store: Store) -> Oracle:
    return Oracle(store, scenario.zone_today(store))


def test_all_is_as_sql_says(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell, oracle = Shell(store, tmp_path, capsys), oracle_of(store)
    wrong: list[str] = []
    whole = 0
    for number in oracle.customers():
        code, said, err = shell("show", "customer", str(number))
        wrong += judged(said, oracle, number)
        if code != (0 if said["complete"] else 6) or bool(err.strip()) == said["complete"]:
            wrong.append(f"customer {number}: exit code {code}, complete {said['complete']}, said {err!r}")
        if said["requests"] != shell.line.requests:
            wrong.append(f"customer {number}: {said['requests']} requests, and it were {shell.line.requests}")
        whole += said["complete"]
    assert not wrong, "\n".join(wrong)
    # what is long may be read in part; the others are there whole
    assert whole >= CUSTOMERS - 1


@pytest.mark.parametrize(
    "service",
    [
        Service(no_bulk=True),
        Service(max_page_size=20),
        Service(max_page_size=500),
        hard(["ids-as-text", "old-masks"]),
        hard(["bulk-without-queries"]),
        hard(["unreadable"]),
        hard(["no-bulk", "unreadable", "page-of-20"]),
    ],
    ids=["no bulk", "20", "500", "ids", "no queries", "unreadable", "hard"],
)
def test_hard_accounts_say_no_less(
    some: Store, service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str], no_pause: None
) -> None:
    shell, oracle = Shell(some, tmp_path, capsys, service=service), oracle_of(some)
    wrong: list[str] = []
    for number in oracle.customers():
        code, said, _ = shell("show", "customer", str(number))
        wrong += judged(said, oracle, number)
        if code != (0 if said["complete"] else 6):
            wrong.append(f"customer {number}: exit code {code}, complete {said['complete']}")
        for subject in service.unreadable & SECTIONS.keys():
            for section in SECTIONS[subject]:
                state = said["sections"].get(section, {"state": ""})["state"]
                if state == "complete":
                    wrong.append(f"customer {number}: {section} complete without {subject}")
    assert not wrong, "\n".join(wrong)


def test_records_without_some_keys_give_no_wrong_number(
    some: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = Shell(some, tmp_path, capsys, service=hard(["missing-keys"]))
    oracle = oracle_of(some)
    wrong: list[str] = []
    for number in oracle.customers():
        _, said, _ = shell("show", "customer", str(number))
        wrong += judged(said, oracle, number, gaps=True)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("way", [Service(), Service(no_bulk=True)], ids=["bulk", "single"])
@pytest.mark.parametrize("share", [0.1, 0.4, 1.0])
def test_what_goes_wrong_is_never_a_smaller_number(
    some: Store,
    way: Service,
    share: float,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    no_pause: None,
) -> None:
    oracle = oracle_of(some)
    wrong: list[str] = []
    happened: set[str] = set()
    for number in oracle.customers():
        shell = Shell(some, tmp_path, capsys, service=way, seed=number, share=share)
        code, said, err = shell("show", "customer", str(number))
        found = judged(said, oracle, number)
        for kind, subject in shell.line.broken:
            states = {
                said["sections"][name]["state"]
                for name in SECTIONS.get(subject, set()) & said["sections"].keys()
            }
            if states == {"complete"}:
                continue  # another read brought the same, and what it says was judged above
            if states and (code != 6 or said["complete"] or not err.strip()):
                found.append(f"{kind} {subject}: exit code {code}, complete {said['complete']}, said {err!r}")
        happened |= {kind for kind, _ in shell.line.injected}
        wrong += [f"{line} [{shell.line.told}]" for line in found]
    assert not wrong, "\n".join(wrong)
    assert happened or share < 1
