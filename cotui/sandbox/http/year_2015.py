"""Records as they were served in 2015: with the keys, masks and datetimes that the recordings of a Ruby client hold.

Objects that were not recorded have the keys of today. Clients of then know no others: Java's refuses an envelope with
`details`, and the sandbox's own time zone in datetimes is nothing that any of them reads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from cotui.sandbox.database.object_model import Json, names
from cotui.sandbox.database.served_values import ADDRESS_PARTS

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", re.ASCII)
_REST = re.compile(r"(?:limit=\d+)?\?offset=\d+$", re.ASCII)
_CUSTOM = names("custom_1 custom_2 custom_3")


def _address(prefix: str) -> tuple[str, ...]:
    return tuple(f"{prefix}_{part}" for part in ADDRESS_PARTS)


_TIERSET = names(
    "tierset_id setup base percent paycycle pricemodel write_datetime mod_datetime setup_formatted base_formatted"
    " percent_formatted pricemodel_desc tiers"
)
#: stands between the keys of all records and those of single ones
_SINGLE = "|"
#: what `expand` adds to rows
_EXPANDED = frozenset({"line_items", "applied_to"})
#: The keys of each object, in the recordings' order.
_KEYS: Mapping[str, Sequence[str]] = {
    "customer": (
        *names("superuser_id external_key token company"),
        *_address("bill"),
        *_address("ship"),
        *names("terms_id class_id"),
        *_CUSTOM,
        *names(
            "admin_id campaign_id custtype_id currency_id no_taxes no_dunning write_datetime write_ipaddr mod_datetime"
            " mod_ipaddr terms_name terms_days paid total balance url_paymethodlink currency_symbol currency_iso4217"
            " display_as ship_block bill_block superuser_name superuser_first_name superuser_last_name superuser_phone"
            " superuser_email customer_id | superuser_username tags"
        ),
    ),
    "user": names(
        "user_id external_key first_name middle_name_glob last_name name_suffix title email token phone write_datetime"
        " mod_datetime name display_as username | customers"
    ),
    "invoice": (
        *names("invoice_id currency_id terms_id token refnumber cycle_this_date"),
        *_address("bill"),
        *_address("ship"),
        *_CUSTOM,
        *names(
            "write_datetime void_datetime currency_symbol currency_iso4217 invoice_status_name invoice_status_str"
            " invoice_status_state subtotal total taxes credits payments applied sum_base sum_usage sum_onetime is_paid"
            " balance is_void due_date terms_name terms_days days_overdue is_overdue date delay_datetime bill_block"
            " ship_block url_permalink url_paylink url_pdflink package_id customer_id | line_items"
        ),
    ),
    "package": (
        *names("terms_id currency_id external_key token nickname paymethod paycycle"),
        *_address("bill"),
        *_address("ship"),
        *names("creditcard_id ach_id tokenized_id"),
        *_CUSTOM,
        *names(
            "write_datetime mod_datetime suspendfrom_datetime suspendto_datetime cancel_datetime holduntil_datetime"
            " currency_symbol currency_iso4217 amount_collected amount_invoiced amount_due next_invoice_datetime"
            " package_id customer_id package_status_id package_status_name package_status_str package_status_state"
            " | line_items"
        ),
    ),
    "transaction": names(
        "transaction_id gateway_id currency_id external_key token transaction_date gateway_status gateway_transid"
        " gateway_msg amount fee transaction_type transaction_method transaction_detail transaction_datetime"
        " transaction_ipaddr void_datetime transaction_type_name currency_symbol currency_iso4217 customer_id"
        " | applied_to"
    ),
    "item": (
        *names("item_id item_type tierset_id name description units accounting_sku external_key token"),
        *_CUSTOM,
        *names("write_datetime mod_datetime units_plural tiersets | service_data categories"),
    ),
    "creditcard": names(
        "creditcard_id external_key type token expdate write_datetime write_ipaddr mask_number name expdate_month"
        " expdate_year expdate_formatted type_name customer_id"
    ),
    "tokenized": names("tokenized_id type token customer_id"),
}
#: The keys of parts of records.
_PARTS: Mapping[tuple[str, str], Sequence[str]] = {
    ("user", "customers"): names("customer_id company"),
    ("transaction", "applied_to"): names("invoice_id applied"),
    ("item", "tiersets"): _TIERSET,
    ("invoice", "line_items"): names(
        "invoice_id item_id tierset_id descrip line_rate line_quantity line_usage is_base is_free is_setup is_usage"
        " is_recurring is_taxed custom_1 custom_2 custom_3 item_name item_external_key item_token item_accounting_sku"
        " tax_taxable tax_taxed tax_total line_item_id package_line_id"
    ),
    ("package", "line_items"): names(
        "item_id tierset_id external_key nickname descrip trial_days trial_units custom_1 custom_2 custom_3"
        " subscribe_datetime cancel_datetime expire_datetime expire_recurs license item_name item_external_key"
        " item_accounting_sku item_token item_units line_item_id tierset"
    ),
    ("package.line_items", "tierset"): _TIERSET,
}


def as_of_2015(subject: str, record: Json, *, listed: bool = False) -> Json:
    """A record with the keys and values of then.

    Args:
        subject: the object's name in URLs.
        listed: it is a row of a list.
    """
    keys = _KEYS.get(subject)
    return _converted(subject, record if keys is None else _chosen(keys, record, listed=listed))


def parameters_of_2015(parameters: Mapping[str, str]) -> dict[str, str]:
    """Query parameters without the rest that the Ruby client of then has left behind a value.

    It joined page and conditions without `&` (`customer_id:EQUALS:44limit=100?offset=0`, `limit=1?offset=0`), and was
    answered as if numbers ended at their last digit (recorded 2015).
    """
    return {name: _REST.sub("", value) for name, value in parameters.items()}


def old_mask(name: str, value: Any) -> Any:
    """A card's mask as it was in 2015, of the value of a key: `xxxx-xxxx-xxxx-4242`, where it is `x4242` now."""
    if name == "mask_number" and isinstance(value, str):
        return f"xxxx-xxxx-xxxx-{value[-4:]}"
    return value


def _chosen(keys: Sequence[str], record: Json, *, listed: bool) -> Json:
    """The keys of then; what every record had and none has today is null."""
    end = keys.index(_SINGLE) if _SINGLE in keys else len(keys)
    found = {name: record.get(name) for name in keys[:end]}
    # rows have lines where they were asked for
    more = (name for name in keys[end + 1 :] if name in record and (not listed or name in _EXPANDED))
    return found | {name: record[name] for name in more}


def _converted(subject: str, record: Json) -> Json:
    found: Json = {}
    for name, value in record.items():
        keys = _PARTS.get((subject, name))
        inside = f"{subject}.{name}"
        if isinstance(value, list):
            found[name] = [_part(inside, keys, item) for item in value]
        elif isinstance(value, dict):
            found[name] = _part(inside, keys, value)
        else:
            value = naive(name, value)
            found[name] = old_mask(name, value) if subject == "creditcard" else value
    return found


def _part(inside: str, keys: Sequence[str] | None, value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return _converted(inside, value if keys is None else {name: value.get(name) for name in keys})


def naive(name: str, value: Any) -> Any:
    """A datetime without its offset, of the value of a key."""
    if name.endswith("datetime") and isinstance(value, str) and _MOMENT.fullmatch(value):
        return value[:19].replace("T", " ")
    return value
