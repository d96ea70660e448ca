"""Users, whom the documentation calls contacts: pages `query-for-contacts`, `add-a-contact`, `update-a-contact`,
`send-a-password-reset-set-a-password` and `log-in-a-user`."""

from __future__ import annotations

from cotui.catalog.objects.user import USER
from tests.catalog.objects.facts import numbered, otherwise, requests, required, undocumented, where

FIELDS = {
    "LGF": "user_id",
    "LGCUF": "external_key username first_name last_name email phone user_type_id",
    "LGCU": "name middle_name_glob name_suffix title mobile " + numbered(1, 20),
    "LGC": "customer_id",
    "CU": "password",
    "LG": "token display_as user_type_name write_datetime mod_datetime url_self",
    "G": "customers",
    "F": "customers.customer_id",
}


def test_where_it_is() -> None:
    assert where(USER) == ("/api/v3/user", "user_id", "user_id:ASC")


def test_fields_are_read_written_and_filtered_by_as_documented() -> None:
    assert otherwise(USER.fields, FIELDS) == {}
    assert undocumented(USER.fields, FIELDS) == set()
    assert required(USER.fields) == ""


def test_actions() -> None:
    assert requests(USER) == {
        "password": "POST /user/7/_action/password",
        "setPassword": "POST /user/7/_action/password",
        "getLoginURL": "POST /user/7/_action/getLoginURL",
        "delete": "DELETE /user/7",
    }
    assert not USER.action("password").payload
    assert required(USER.action("setPassword").payload) == "password"
    assert USER.action("getLoginURL").older == "login"


def test_both_ways_of_a_password_send_an_email_and_a_link_does_not() -> None:
    assert [action.name for action in USER.actions if action.email] == ["password", "setPassword"]


def test_where_a_login_link_leads() -> None:
    (destination,) = USER.action("getLoginURL").payload
    assert not destination.required
    assert [choice.value for choice in destination.choices] == [
        "subscriptions",
        "invoices",
        "payments",
        "info",
        "paymethods",
        "paymethods-creditcard",
        "paymethods-ach",
        "password",
    ]
