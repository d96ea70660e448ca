"""`cotui show invoice`, `payment`, `subscription` and `user` on random accounts, whole and with parts gone wrong."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.service import Service, hard
from tests.answers import scenario
from tests.answers.judging_pages import SHOWN, judged
from tests.answers.oracle import Oracle
from tests.answers.running import Shell
from tests.answers.test_show import CUSTOMERS, FAULTY

#: records of a kind that are looked at in an account
MOST = 15

pytestmark = pytest.mark.deep


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """A read that failed is sent again at once."""
    monkeypatch.setattr("cotui.api.transport.retry.RetryPolicy.wait", lambda *_: 0.0)


@pytest.fixture(params=FAULTY)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    made = scenario.account(request.param, CUSTOMERS)
    yield made
    made.close()


def some(oracle: Oracle, what: str) -> list[int]:
    """Some of the records of a kind, the same in every run."""
    _, table, key = SHOWN[what]
    found = [row[key] for row in oracle.ask(f"SELECT {key} FROM {table} ORDER BY 1")]
    return random.Random(len(found)).sample(found, min(MOST, len(found)))


@pytest.mark.parametrize(
    "service",
    [Service(), Service(no_bulk=True), hard(["ids-as-text", "bulk-without-queries", "page-of-20"])],
    ids=["", "no bulk", "hard"],
)
@pytest.mark.parametrize("what", SHOWN)
def test_all_is_as_sql_says(
    store: Store, what: str, service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = Shell(store, tmp_path, capsys, service=service)
    oracle = Oracle(store, scenario.zone_today(store))
    wrong: list[str] = []
    for number in some(oracle, what):
        code, said, err = shell("show", what, str(number))
        wrong += judged(what, said, oracle, number)
        if code != 0 or not said["complete"]:
            wrong.append(f"{what} {number}: exit code {code}, complete {said['complete']}, {err!r}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("share", [0.3, 1.0])
@pytest.mark.parametrize("way", [Service(), Service(no_bulk=True)], ids=["bulk", "single"])
@pytest.mark.parametrize("what", SHOWN)
def test_what_goes_wrong_is_said(
    store: Store,
    what: str,
    way: Service,
    share: float,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    no_pause: None,
) -> None:
    oracle = Oracle(store, scenario.zone_today(store))
    wrong: list[str] = []
    for number in some(oracle, what):
        shell = Shell(store, tmp_path, capsys, service=way, seed=number, share=share)
        code, said, err = shell("show", what, str(number))
        found = judged(what, said, oracle, number)
        if shell.line.broken and (code != 6 or said["complete"] or not err.strip()):
            found.append(f"{what} {number}: exit code {code}, complete {said['complete']}, {err!r}")
        wrong += [f"{line} [{shell.line.told}]" for line in found]
    assert not wrong, "\n".join(wrong)
