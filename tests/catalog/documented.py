"""By which fields the vendor's pages let lists be filtered."""

from __future__ import annotations

#: by the object's name in URLs
FILTERS = {
    "customer": """customer_id parent_customer_id token superuser_id external_key company superuser_email bill_state
        bill_country ship_state ship_country custom_1 custom_2 custom_3 custom_4 custom_5 write_datetime mod_datetime
        customer_status_str customer_status_state""",
    "user": """user_id external_key first_name last_name email phone user_type_id username customers.customer_id""",
    "invoice": """invoice_id refnumber customer_id bill_state ship_state bill_country ship_country invoice_status_str
        invoice_status_state package_token package_id invoice_index date currency_id token custom_1 custom_2 custom_3
        line_items.item_id line_items.custom_1 line_items.custom_2 line_items.custom_3
        line_items.item.categories.item_category_id transaction.transaction_id quote.quote_id write_datetime
        mod_datetime balance total subtotal""",  # the last three are used live, and in no list of the vendor's
    "transaction": """transaction_id customer_id gateway_id currency_id creditcard_id ach_id tokenized_id token
        external_key gateway_status gateway_transid amount fee transaction_type transaction_method transaction_detail
        transaction_datetime transaction_status.state transaction_status.str applied_to.package_id
        applied_to.package_external_key applied_to.invoice_id""",
    "package": """package_id customer_id token brand_id paymethod paycycle nickname bill_state ship_state
        package_status_str package_status_state external_key write_datetime mod_datetime cancel_datetime quote.quote_id
        line_items.external_key line_items.custom_1 line_items.item_id customer.superuser_email customer.users.email
        """
    + " ".join(f"custom_{number}" for number in range(1, 21)),
    "item": "item_id name external_key accounting_sku item_type custom_1 custom_2 custom_3",
    "creditcard": "creditcard_id customer_id external_key token",
    "ach": "ach_id customer_id external_key token",
    "tokenized": "customer_id customer_external_key customer_token",
    "note": "context_str context_id",
    "usage": "line_item_id external_key from to",
}
