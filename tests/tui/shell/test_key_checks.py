"""Keys of the user's own that mean two things on one screen."""

from __future__ import annotations

from cotui.tui.shell.key_checks import clashes


def test_a_key_of_two_actions_on_one_screen_is_told_with_both_and_where() -> None:
    found = {
        (clash.action, clash.other): clash for clash in clashes({"browse.filter": "F", "browse.find": "F"})
    }
    assert found["browse.filter", "browse.find"].where == "lists"
    refunds = found["browse.find", "relation.refunds"]
    assert (refunds.key, refunds.label, refunds.where) == ("F", "Refunds", "the list of payments")


def test_actions_that_trade_keys_or_stay_on_theirs_do_not_clash() -> None:
    own = {"browse.find": "y", "browse.copy": "f", "app.help": "f1,question_mark", "record.copy": "y"}
    assert list(clashes(own)) == []
