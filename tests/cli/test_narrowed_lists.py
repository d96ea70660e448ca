"""Commands over lists that ChargeOver does not filter or order: it is done here, and said to be."""

from __future__ import annotations

import json

import pytest

from cotui.cli.exits import Exit
from cotui.cli.main import main

DEMO = ["--demo", "--customers", "12"]


@pytest.fixture
def _own_places(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path_factory.mktemp("places")
    for name in ("STATE", "CACHE"):
        monkeypatch.setenv(f"COTUI_{name}_DIR", str(folder / name))


@pytest.mark.usefixtures("_own_places")
@pytest.mark.parametrize(
    ("words", "said", "printed"),
    [
        (["count", "cards", "type = visa"], "were read and filtered here: ChargeOver can't do it", None),
        (["count", "cards", "type = visa customer = 1"], "1 credit card was read and filtered here", None),
        (["list", "terms", "order by days desc", "--format", "jsonl"], "were read and ordered here", "days"),
        (["list", "terms", "--format", "jsonl"], "", "terms_id"),
    ],
)
def test_what_was_done_here_is_said(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str, printed: str | None
) -> None:
    assert main([*words, *DEMO]) == Exit.OK
    out, err = capsys.readouterr()
    assert (said in err) if said else ("here" not in err)
    if printed is None:
        assert int(out) > 0
        return
    values = [json.loads(line)[printed] for line in out.splitlines()]
    assert len(values) > 1
    assert values == sorted(values, reverse=bool(said))


@pytest.mark.usefixtures("_own_places")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["payments", "order by amount desc"], "currencies; better: order by currency, amount desc"),
        (["invoices", "order by balance"], "currencies; better: order by currency, balance"),
        (["payments", "order by currency, amount desc"], ""),
        (["payments", "currency = USD order by amount desc"], ""),
        (["payments", "order by date desc"], ""),
    ],
)
def test_an_order_by_amounts_of_several_currencies_says_so(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert main(["list", *words, "--limit", "all", "--format", "jsonl", *DEMO]) == Exit.OK
    err = capsys.readouterr().err
    assert (said in err) if said else ("bare numbers" not in err)
