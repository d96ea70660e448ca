"""What commands say of a filter and an order beside the rows."""

from __future__ import annotations

import pytest

from cotui.catalog import RESOURCES
from cotui.cli.query_notes import tell_mixed, tell_narrowed, tell_unmatched
from cotui.query import Query, parse

INVOICE, TRANSACTION = RESOURCES["invoice"], RESOURCES["transaction"]


@pytest.mark.parametrize(
    ("text", "currencies", "said"),
    [
        (
            "order by balance",
            2,
            "cotui: ordered by bare numbers of several currencies; better: order by currency, balance\n",
        ),
        ("order by balance", 1, ""),
        ("order by date", 2, ""),
        ("", 2, ""),
    ],
)
def test_an_order_by_amounts_of_several_currencies_is_said_to_be_one_of_bare_numbers(
    text: str, currencies: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tell_mixed(parse(text, INVOICE), INVOICE, currencies)
    assert capsys.readouterr().err == said


def test_what_nothing_matches_is_told_with_what_it_may_have_meant(capsys: pytest.CaptureFixture[str]) -> None:
    tell_unmatched(parse('method = "Paid by Chek"', TRANSACTION), TRANSACTION)
    assert 'Did you mean method = "Paid by Check"?' in capsys.readouterr().err
    tell_unmatched(Query(), TRANSACTION)
    assert not capsys.readouterr().err


def test_what_the_server_did_needs_no_word(capsys: pytest.CaptureFixture[str]) -> None:
    class ReadByTheServer:
        """A list that is filtered and ordered where it is kept."""

    tell_narrowed(ReadByTheServer(), INVOICE)  # type: ignore[arg-type]  # of no class that has done anything here
    assert not capsys.readouterr().err
