"""Enumerations that several objects share."""

from __future__ import annotations

from cotui.catalog.field import Choice

DELIVERY = (Choice("email", "By e-mail", ("mail",)), Choice("print", "On paper", ("paper", "post")))

PAY_METHOD = (
    Choice("crd", "Credit card", ("card", "creditcard")),
    Choice("ach", "Bank account", ("bank", "echeck")),
    Choice("tok", "External token", ("token", "tokenized")),
    Choice("inv", "Invoice only", ("invoice", "none")),
)

PAY_CYCLE = (
    Choice("1wk", "Weekly", ("week",)),
    Choice("2wk", "Every other week", ("biweekly",)),
    Choice("mon", "Monthly", ("month",)),
    Choice("2mn", "Every two months"),
    Choice("qtr", "Quarterly", ("quarter",)),
    Choice("six", "Every six months", ("semiannual",)),
    Choice("yrl", "Yearly", ("year", "annual", "annually")),
    Choice("evy", "Every billing cycle"),
)

BANK_ACCOUNT_TYPE = (
    Choice("chec", "Personal checking", ("checking",)),
    Choice("busi", "Business checking", ("business",)),
    Choice("savi", "Savings", ("savings",)),
)
