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
#: where a payload may leave the choice to ChargeOver (create-a-subscription, scheduling-payments-for-invoices)
ANY_PAY_METHOD = (*PAY_METHOD, Choice("any", "Any stored method"))

#: how often subscriptions are billed (create-a-subscription); what ChargeOver calls most of them is not known
PAY_CYCLE = (
    Choice("dly", "Daily", ("day",)),
    Choice("1wk", "Weekly", ("week",)),
    Choice("2wk", "Every other week", ("biweekly",)),
    Choice("116", "On the 1st and the 16th", ("semimonthly",)),
    Choice("4wk", "Every four weeks"),
    Choice("30d", "Every 30 days"),
    Choice("mon", "Monthly", ("month",)),
    Choice("8wk", "Every eight weeks"),
    Choice("2mn", "Every two months"),
    Choice("12w", "Every twelve weeks"),
    Choice("qtr", "Quarterly", ("quarter",)),
    Choice("six", "Every six months", ("semiannual",)),
    Choice("yrl", "Yearly", ("year", "annual", "annually")),
    Choice("2yr", "Every two years"),
    Choice("3yr", "Every three years"),
    Choice("4yr", "Every four years"),
    Choice("5yr", "Every five years"),
    Choice("10y", "Every ten years"),
)
#: for what cycle prices are meant (create-an-item)
PRICE_CYCLE = (*PAY_CYCLE, Choice("evy", "Every billing cycle"))

BANK_ACCOUNT_TYPE = (
    Choice("chec", "Personal checking", ("checking",)),
    Choice("busi", "Business checking", ("business",)),
    Choice("savi", "Savings", ("savings",)),
)
