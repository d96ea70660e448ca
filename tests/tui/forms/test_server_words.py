"""Which field a refusal is about."""

from __future__ import annotations

import pytest

from cotui.catalog.editing import creation
from cotui.catalog.objects.user import USER
from cotui.tui.forms.server_words import field_named
from tests.tui.forms.test_draft import CREATE


@pytest.mark.parametrize(
    ("message", "where"),
    [
        ('A customer already exists with the external_key value "a1"', "external_key"),
        ('A user already exists with the username value "jane"', "superuser_username"),
        ("A required parameter was missing: company", "company"),
        ("Missing or invalid parameter: parent_customer_id", "parent_customer_id"),
        ("Missing or invalid parameter: terms_external_key", "terms_id"),
        ('"x@y" is no address', "superuser_email"),
        ("The tax number is wrong.", "tax_ident"),
        ("The currency of a customer cannot be changed.", ""),
        ("Missing or invalid parameter.", ""),
        ("", ""),
    ],
)
def test_a_refusal_is_placed_at_the_field_it_names(message: str, where: str) -> None:
    sent = {"company": "Acme", "superuser_email": "x@y", "superuser_username": "jane", "tax_ident": "1"}
    assert field_named(message, CREATE, sent) == where


def test_a_refusal_about_a_user() -> None:
    made = creation(USER)
    assert made is not None
    message = 'A user already exists with the username value "jane"'
    assert field_named(message, made.payload, {"username": "jane"}) == "username"
