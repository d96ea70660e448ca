"""`cotui statement` on random accounts: every entry and every balance is what SQL says, or openly not known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.service import Service, hard
from tests.answers import scenario
from tests.answers.judging_statement import judged
from tests.answers.oracle import Oracle
from tests.answers.running import Shell
from tests.answers.test_show import CUSTOMERS, FAULTY, SEEDS

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


@pytest.mark.parametrize(
    "service",
    [Service(), Service(max_page_size=20), hard(["no-bulk", "ids-as-text"])],
    ids=["", "20", "hard"],
)
def test_all_is_as_sql_says(
    store: Store, service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell, oracle = Shell(store, tmp_path, capsys, service=service), oracle_of(store)
    wrong: list[str] = []
    for number in oracle.customers():
        code, said, _ = shell("statement", str(number))
        wrong += judged(said, oracle, number)
        wrong += [
            f"{number}: {part['currency']} is not proved" for part in said["currencies"] if not part["proved"]
        ]
        if code != 0:
            wrong.append(f"{number}: exit code {code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("days", [0, 30, 200, 2000])
def test_since_a_day_it_begins_with_what_was_owed_then(
    some: Store, days: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell, oracle = Shell(some, tmp_path, capsys), oracle_of(some)
    since = oracle.today - timedelta(days=days)
    wrong: list[str] = []
    for number in oracle.customers():
        _, said, _ = shell("statement", str(number), "--since", since.isoformat())
        wrong += judged(said, oracle, number, since)
        early = [
            entry
            for part in said["currencies"]
            for entry in part["entries"]
            if entry["date"] and entry["date"] < since.isoformat()
        ]
        if early:
            wrong.append(f"{number}: {early} before {since}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("way", [Service(), Service(no_bulk=True)], ids=["bulk", "single"])
@pytest.mark.parametrize("share", [0.1, 0.4, 1.0])
def test_what_goes_wrong_is_said(
    some: Store,
    way: Service,
    share: float,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    no_pause: None,
) -> None:
    oracle = oracle_of(some)
    wrong: list[str] = []
    for number in oracle.customers():
        shell = Shell(some, tmp_path, capsys, service=way, seed=number, share=share)
        code, out, err = shell.text("statement", str(number), "--format", "json")
        if code in (0, 6):
            found = judged(shell.parsed(out), oracle, number)
        else:
            # nothing could be read: nothing is printed, and why is said
            found = [f"exit code {code}: {err!r}, {out!r}"] if out or not err.strip() else []
        if shell.line.broken and code == 0:
            found.append("exit code 0")
        wrong += [f"{number}: {line} [{shell.line.told}]" for line in found]
    assert not wrong, "\n".join(wrong)
