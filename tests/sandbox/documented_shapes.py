"""What ChargeOver's objects look like: keys, kinds of values, and what is null or "" where nothing is set.

Written from the vendor's pages and from recordings of 2015, not from what the sandbox serves. A line has a kind and
the keys of it. `?` after a kind: null where it is unset. `~`: never null, "" where it is unset. `*`: in a single record
only. `custom_1..20` stands for twenty keys.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

_ADDRESS = """
    text?   bill_addr1 bill_addr2 bill_addr3 bill_city bill_state bill_postcode bill_country bill_notes
            ship_addr1 ship_addr2 ship_addr3 ship_city ship_state ship_postcode ship_country ship_notes
    text~   bill_block ship_block
"""
_CURRENCY = """
    int     currency_id
    text    currency_symbol currency_iso4217
"""
_TIERSET = """
    int     tierset_id currency_id
    number  setup base
    decimal percent
    text    paycycle pricemodel setup_formatted base_formatted percent_formatted pricemodel_desc currency_symbol
            currency_iso4217
    time    write_datetime mod_datetime
    list    tiers
"""

SHAPES: dict[str, str] = {
    "customer": f"""{_ADDRESS}{_CURRENCY}
    int     customer_id language_id brand_id terms_id terms_days customer_status_id
    int?    parent_customer_id superuser_id class_id admin_id campaign_id custtype_id default_creditcard_id
            default_ach_id
    text    token display_as company write_ipaddr mod_ipaddr terms_name invoice_delivery dunning_delivery
            customer_status_name customer_status_str customer_status_state
    text?   external_key superuser_username superuser_email superuser_name superuser_first_name superuser_last_name
            superuser_token superuser_title default_paymethod tax_ident custom_1..20
    text~   class_name admin_name admin_email superuser_phone
    bool    no_taxes no_dunning no_latefees no_procfees
    number  total balance paid mrr arr
    time    write_datetime mod_datetime
    url     url_statementlink url_paymethodlink url_self
    list    tags
    """,
    "user": """
    int     user_id user_type_id
    int?    customer_id
    text    token username user_type_name
    text?   external_key middle_name_glob name_suffix email mobile custom_1..20
    text~   first_name last_name name display_as title phone
    time    write_datetime mod_datetime
    url     url_self
    list*   customers
    """,
    "user.customers": """
    digits  customer_id
    text    company
    """,
    "invoice": f"""{_ADDRESS}{_CURRENCY}
    int     invoice_id customer_id brand_id terms_id terms_days days_overdue declines
    int?    invoice_index package_id class_id admin_id
    text    refnumber token brand_name terms_name invoice_status_name invoice_status_str invoice_status_state
    text?   external_key paycycle paycycle_name memo custom_1..20
    text~   class_name admin_name
    date    date due_date
    date?   cycle_pre_from_date cycle_pre_to_date cycle_this_date cycle_post_from_date cycle_post_to_date paid_date
    time    write_datetime mod_datetime
    time?   void_datetime delay_datetime
    number  balance applied total subtotal taxes credits payments writeoffs refunds overdue sum_base sum_usage sum_onetime
    bool    is_paid is_void is_overdue
    url     url_permalink url_pdflink url_paylink url_self
    list*   line_items schedule tags
    """,
    "invoice.line_items": """
    int     line_item_id invoice_id item_id number_of_recurs_this number_of_recurs_line
    int?    admin_id invoice_line_bundle_id tierset_id package_line_id package_obligation_id
            package_line_first_obligation_id tax_id tax_group_id
    text    item_name item_token item_type
    text?   item_accounting_sku item_external_key item_units paycycle package_line_external_key descrip tax_name
            tax_group_name custom_1..10
    number  line_prorate line_rate line_quantity line_usage line_subtotal line_total tax_taxable tax_taxed tax_total
    date?   usage_from usage_to
    bool    is_usage is_setup is_base is_free is_recurring is_latefee is_obligation
    binary  is_taxed
    """,
    "invoice.schedule": """
    int     invoice_schedule_id invoice_id days_overdue
    int?    creditcard_id ach_id tokenized_id
    text    token paymethod amount_or_percent_formatted
    date    due_date date
    number  amount balance
    url     url_paylink url_ttl_paylink
    """,
    "transaction": f"""{_CURRENCY}
    int     transaction_id customer_id brand_id gateway_id gateway_status gateway_err_code
    int?    parent_transaction_id transaction_batch_id creditcard_id ach_id tokenized_id
    text    token transaction_status_name transaction_status_str transaction_status_state transaction_type
            transaction_type_name
    text?   gateway_type gateway_nickname gateway_transid gateway_method gateway_err_detail external_key
            transaction_method transaction_detail transaction_ipaddr memo custom_1..5
    text~   gateway_msg
    number  amount fee applied unapplied
    date    transaction_date
    time    transaction_datetime
    time?   void_datetime
    url     url_self
    list*   applied_to refunds payments
    object* gateway_opts
    """,
    "transaction.applied_to": """
    int     invoice_id
    number  applied
    """,
    "transaction.refunds": "int transaction_id",
    "transaction.payments": "int transaction_id",
    "transaction.gateway_opts": "text auth_code",
    "package": f"""{_ADDRESS}{_CURRENCY}
    int     package_id customer_id brand_id terms_id terms_days days_overdue package_status_id
    int?    class_id creditcard_id ach_id tokenized_id admin_id
    text    brand_name token paymethod paymethod_name terms_name paycycle paycycle_name package_status_name
            package_status_str package_status_state
    text?   external_key custom_1..20
    text~   class_name admin_name nickname paymethod_detail
    number  mrr arr amount_collected amount_invoiced amount_due
    bool    is_overdue
    time    start_datetime write_datetime mod_datetime
    time?   cancel_datetime suspendfrom_datetime suspendto_datetime holduntil_datetime
    time~   next_invoice_datetime
    url     url_self
    list*   line_items
    """,
    "package.line_items": """
    int     line_item_id item_id tierset_id trial_days
    int?    expire_recurs
    text    item_name item_token
    text?   item_external_key item_units item_accounting_sku external_key descrip custom_1..3
    text~   nickname license
    number  trial_units line_quantity
    time    subscribe_datetime
    time?   subscribe_prorate_from_datetime subscribe_prorate_to_datetime cancel_datetime expire_datetime
    object  tierset
    """,
    "package.line_items.tierset": _TIERSET,
    "item": """
    int     item_id tierset_id
    int?    tax_group_id expire_recurs trial_recurs
    text    item_type name token service_dates_type service_dates_visibility revenue_recognition
    text?   description accounting_sku accounting_account_income external_key units tax_group_name custom_1..20
    text~   units_plural
    bool    enabled
    time    write_datetime mod_datetime
    list    tiersets
    list*   categories
    object* service_data
    """,
    "item.tiersets": _TIERSET,
    "item.tiersets.tiers": """
    int     tier_id unit_from unit_to
    number  amount
    """,
    "item.categories": """
    int     item_category_id
    text    name
    """,
    "item.service_data": """
    int     trial_days
    number  trial_units
    bool    is_usage
    """,
    "creditcard": """
    int     creditcard_id customer_id
    text    token mask_number mask_and_bin_number type_name expdate_formatted write_ipaddr
    text?   external_key type address city state postcode country
    text~   name
    date    expdate
    digits  expdate_year expdate_month
    time    write_datetime mod_datetime
    url     url_updatelink
    """,
    "ach": """
    int     ach_id customer_id
    text    type type_name token mask_number mask_routing
    text?   external_key
    text~   name mask_bank
    time    write_datetime mod_datetime
    url     url_verifylink
    """,
    "tokenized": """
    int     tokenized_id customer_id
    text    type token
    text?   name paymethod_hint type_hint gateway
    date?   expdate
    time    write_datetime mod_datetime
    """,
    "note": """
    int     note_id
    int?    user_id admin_id context_id
    text    note token
    text?   context_str external_key
    bool    note_is_pinned
    time    note_datetime
    """,
    "usage": """
    int     usage_history_id line_item_id
    number  usage_value
    text    type token
    text?   external_key custom_1..20
    time?   from to
    """,
    "terms": """
    int     terms_id days
    text    name
    """,
    "currency": """
    int     currency_id rounding
    text    currency iso4217 symbol
    """,
    "brand": """
    int     brand_id
    text    brand
    text?   brand_addr1 brand_addr2 brand_city brand_state brand_postcode brand_country custom_1..5
    text~   brand_block
    """,
    "class": """
    int     class_id
    text    name
    """,
    "admin": """
    int     admin_id login_count
    text    token username timezone name first_name last_name email
    text?   external_key initials nickname twitter facebook linkedin
    time?   login_datetime
    time    write_datetime mod_datetime
    """,
    "language": """
    int     language_id
    text    language iso639
    """,
    "country": """
    int     country_id
    text    name iso2 iso3
    text?   cctld
    """,
    "campaign": """
    int     campaign_id
    text    campaign
    """,
    "coupon": """
    int     coupon_id
    text    coupon name
    """,
    "item_category": """
    int     item_category_id
    text    name token
    text?   external_key
    """,
    "_resthook": """
    int     id
    url     target_url
    text    event
    """,
    "_chargeoverjs": """
    int     chargeoverjs_id
    text    action payload token
    """,
    "_log_system": """
    int     log_id
    text    msg
    time    log_datetime
    """,
}


def _text(pattern: str) -> Callable[[Any], bool]:
    found = re.compile(pattern, re.DOTALL)
    return lambda value: isinstance(value, str) and found.fullmatch(value) is not None


_KINDS: dict[str, Callable[[Any], bool]] = {
    "int": lambda value: type(value) is int,
    # whole numbers are integers
    "number": lambda value: type(value) is int or (type(value) is float and not value.is_integer()),
    "bool": lambda value: type(value) is bool,
    "text": _text(".+"),
    "digits": _text("0|[1-9][0-9]*"),
    "binary": _text("[01]"),
    "decimal": _text(r"[0-9]+\.[0-9]{6}"),
    "date": _text(r"\d{4}-\d\d-\d\d"),
    "time": _text(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d([+-]\d\d:\d\d)?"),
    "url": _text("https?://.+"),
    "list": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


class Shape(NamedTuple):
    """What a key holds: its kind, `?` or `~` or "" for what stands there when nothing is set, and where it is."""

    kind: str
    unset: str
    single: bool

    def admits(self, value: Any) -> bool:
        """Whether a value is one of these."""
        if value is None:
            return self.unset == "?" or (self.kind, self.unset) == ("time", "~")
        return (value == "" and bool(self.unset)) or _KINDS[self.kind](value)


def shape_of(name: str) -> dict[str, Shape]:
    """The keys of an object, or of what stands in one."""
    found: dict[str, Shape] = {}
    shape = Shape("", "", single=False)
    for line in SHAPES[name].splitlines():
        words = line.split()
        if (
            words
            and (head := re.fullmatch(r"([a-z]+)([?~]?)(\*?)", words[0]))
            and head[1] in _KINDS
            and (len(words) > 1)
        ):
            shape = Shape(head[1], head[2], single=bool(head[3]))
            words = words[1:]
        found |= dict.fromkeys((key for word in words for key in _each(word)), shape)
    return found


def _each(word: str) -> Iterator[str]:
    stem, dots, last = word.partition("..")
    if not dots:
        yield word
        return
    stem = stem.removesuffix("1")
    yield from (f"{stem}{number}" for number in range(1, int(last) + 1))
