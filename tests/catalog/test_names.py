"""Objects go by every name that people have for them; none has two."""

from __future__ import annotations

import pytest

from cotui.catalog import RESOURCES
from cotui.catalog.names import command_word, kind_named, names_of, near_names, object_named
from cotui.query import parse


@pytest.mark.parametrize(
    ("id_", "names"),
    [
        ("customer", "customers customer clients"),
        ("user", "users contacts contact"),
        ("transaction", "payments payment transactions refunds"),
        ("package", "subscriptions subscription packages billing_package subs"),
        ("item", "items item products product"),
        ("note", "notes note"),
        ("creditcard", "credit_cards creditcards creditcard cards CARD credit-card"),
        ("ach", "ach bank_accounts bankaccount"),
        ("tokenized", "tokens token tokenized"),
        ("coupon", "coupons coupon"),
        ("admin", "workers worker admins admin"),
        ("terms", "terms payment_terms"),
        ("currency", "currencies currency"),
        ("country", "countries country"),
        ("class", "classes class"),
        ("campaign", "campaigns campaign lead_sources"),
        ("brand", "brands brand"),
        ("item_category", "categories category item_categories"),
        ("usage", "usage usages"),
        ("log_system", "log system_log logs"),
        ("resthook", "webhooks hooks rest_hooks"),
        ("report", "reports report"),
    ],
)
def test_every_name_that_people_use(id_: str, names: str) -> None:
    assert [name for name in names.split() if object_named(name) is not RESOURCES[id_]] == []


def test_no_name_is_two_objects() -> None:
    owners: dict[str, set[str]] = {}
    for resource in RESOURCES.values():
        for name in names_of(resource):
            owners.setdefault(name.replace("_", "").replace(" ", ""), set()).add(resource.id)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}
    assert all(object_named(command_word(resource)) is resource for resource in RESOURCES.values())


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("contatcs", "contacts"),
        ("subscripton", "subscription"),
        ("credit cadrs", "credit_cards"),
        ("curency", "currency"),
    ],
)
def test_a_wrong_name_has_a_near_one(wrong: str, near: str) -> None:
    assert object_named(wrong) is None
    assert near_names(wrong)[0] == near


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("refunds", "refunds"), ("Refund", "refunds"), ("credits", "credits"), ("declines", "declines"),
        ("decline", "declines"), ("failed_payments", "failed payments"), ("declined-payment", "declined payments"),
        ("payments", ""), ("transactions", ""), ("credit cards", ""), ("cards", ""), ("", ""), ("zzz", ""),
    ],
)  # fmt: skip
def test_a_name_of_some_records_gives_those(name: str, kind: str) -> None:
    assert kind_named(name)[0] == kind


def test_the_filters_of_such_names_are_understood() -> None:
    kinds = [(resource, text) for resource in RESOURCES.values() for text in resource.kinds.values()]
    assert kinds
    assert all(parse(text, resource).conditions for resource, text in kinds)


@pytest.mark.parametrize("nothing", ["", "   ", "zzzzzz", "x" * 100_000, "\x1b[2J"])
def test_what_is_like_none_has_none(nothing: str) -> None:
    assert object_named(nothing) is None
    assert near_names(nothing) == []
