"""The table of a report as a resource."""

from __future__ import annotations

from cotui.catalog.objects.report import REPORT
from cotui.catalog.report_columns import TWIN, infer_columns
from cotui.catalog.report_table import report_resource
from cotui.query import Condition, Op, parse


def test_a_report_is_a_resource_with_open_fields() -> None:
    fields = infer_columns([{"company": "A", "x": "$ 1", f"x{TWIN}": 1}])
    resource = report_resource(58, "Payments", fields)
    assert resource.path == "_report/58"
    assert resource.open_fields
    assert resource.primary_key == ""
    assert [column.field for column in resource.columns] == ["company", "x"]
    assert [column.grows for column in resource.columns] == [True, False]
    assert resource.title_field == "company"
    empty = report_resource(58, "Payments", ())
    assert empty.columns == ()
    assert not list(REPORT.filterable)


def test_columns_whose_names_differ_in_case_only_do_not_end_the_report() -> None:
    fields = infer_columns([{"Total": 1, "total": 2}])
    assert [field.name for field in fields] == ["Total", "total"]
    resource = report_resource(1, "x", fields)
    assert [column.field for column in resource.columns] == ["Total", "total"]
    assert resource.field("total") is fields[1]
    assert resource.field("Total") is fields[0]
    assert resource.find("TOTAL") in fields


def test_the_currency_of_a_report_s_rows_goes_by_the_name_it_has_everywhere() -> None:
    columns = infer_columns([{"invoice_total": 1, "currency_iso4217": "EUR"}])
    query = parse("currency = EUR", report_resource(1, "", columns))
    assert query.conditions == (Condition("currency_iso4217", Op.EQUALS, "EUR"),)
    own = infer_columns([{"currency": "Euro", "currency_iso4217": "EUR"}])
    assert parse("currency = Euro", report_resource(1, "", own)).conditions[0].field == "currency"


def test_its_rows_lead_to_the_records_that_its_columns_name() -> None:
    row = {
        "tenant_tenant_id": 7,
        "tenant_company": "A",
        "transaction_parent_transaction_id": "",
        "invoice_invoice_id": "12",
        "transaction_transaction_id": 9,
        "customer_id": 8,
        "gateway_id": 1,
        "account_tenant": 5,
    }
    resource = report_resource(1, "x", infer_columns([row]))
    found = {relation.key: (relation.target, relation.source(row)) for relation in resource.relations}
    assert found == {"c": ("customer", 7), "i": ("invoice", 12), "$": ("transaction", 9)}
    assert report_resource(1, "x", infer_columns([{"company": "A"}])).relations == ()


def test_of_several_columns_of_one_kind_the_row_s_own_counts() -> None:
    row = {
        "transaction_parent_transaction_id": 51,
        "parent_tenant_id": 1,
        "tenant_tenant_id": 7,
        "original_invoice_id": 3,
        "transaction_transaction_id": 52,
    }
    resource = report_resource(1, "x", infer_columns([row]))
    found = [(relation.key, relation.source(row)) for relation in resource.relations]
    assert found == [("c", 7), ("i", 3), ("$", 52)]
