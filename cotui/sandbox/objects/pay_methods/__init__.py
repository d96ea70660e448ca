"""Stored ways to pay, one folder for all: cards, bank accounts and tokens of vaults."""

from __future__ import annotations

from cotui.sandbox.objects.endpoint import Endpoint
from cotui.sandbox.objects.pay_methods import write
from cotui.sandbox.objects.pay_methods.serve import ACCOUNT, CARD, TOKEN

ENDPOINTS = (
    Endpoint(
        "creditcard",
        CARD,
        create=write.create_creditcard,
        delete=write.deletion("creditcards", "creditcard_id"),
    ),
    Endpoint("ach", ACCOUNT, create=write.create_ach, delete=write.deletion("ach_accounts", "ach_id")),
    Endpoint(
        "tokenized", TOKEN, create=write.create_tokenized, delete=write.deletion("tokenized", "tokenized_id")
    ),
)
