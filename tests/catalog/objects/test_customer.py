"""Customers: pages `get-a-specific-customer`, `query-for-customers` and `create-a-customer`."""

from __future__ import annotations

from cotui.catalog.objects.customer import CUSTOMER
from tests.catalog.objects.facts import numbered, otherwise, required, values, where

FIELDS = {
    "LGF": "customer_id token customer_status_str customer_status_state write_datetime mod_datetime",
    "LGCF": "parent_customer_id",
    "LGCURF": "company",
    "LGCUF": "external_key superuser_id superuser_email bill_state bill_country ship_state ship_country "
    + numbered(1, 5),
    "LGCU": "language_id class_id admin_id campaign_id terms_id tax_ident tags invoice_delivery dunning_delivery "
    "no_taxes no_dunning superuser_name superuser_first_name superuser_last_name superuser_phone "
    "bill_addr1 bill_addr2 bill_addr3 bill_city bill_postcode ship_addr1 ship_addr2 ship_addr3 ship_city "
    "ship_postcode " + numbered(6, 20),
    "LGC": "currency_id brand_id superuser_username",
    "CU": "campaign_details",
    "LG": "display_as currency_iso4217 currency_symbol class_name admin_name admin_email superuser_token "
    "superuser_title bill_block ship_block write_ipaddr mod_ipaddr terms_name terms_days url_statementlink "
    "url_paymethodlink url_self customer_status_id customer_status_name default_paymethod default_creditcard_id "
    "default_ach_id no_latefees no_procfees total balance paid mrr arr",
}


def test_where_it_is() -> None:
    assert where(CUSTOMER) == ("/api/v3/customer", "customer_id", "customer_id:ASC")


def test_fields_are_read_written_and_filtered_by_as_documented() -> None:
    assert otherwise(CUSTOMER.fields, FIELDS) == {}


def test_a_new_one_needs_a_name_only() -> None:
    assert required(CUSTOMER.fields) == "company"


def test_statuses() -> None:
    active, inactive = "active-current active-overdue", "inactive-manual inactive-activity"
    assert values(CUSTOMER, "customer_status_str") == f"{active} {inactive}"
    assert values(CUSTOMER, "customer_status_state") == "a i"
    assert CUSTOMER.tones["active-overdue"] == "bad"


def test_old_spellings_are_marked() -> None:
    assert {field.name for field in CUSTOMER.fields if field.deprecated} >= {
        "display_as",
        "bill_addr3",
        "ship_addr3",
    }
