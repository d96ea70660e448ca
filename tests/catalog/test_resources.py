"""The catalogue holds together: names are unique, columns, relations and references lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace

import pytest

from cotui.catalog import RESOURCES, Effect, Field, FieldType, Resource
from cotui.catalog.model import Column
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.report import REPORT
from cotui.catalog.objects.user import USER
from tests.tables import every

EVERY = every("resource", RESOURCES.values())
SCREENS = (CUSTOMER, USER, INVOICE, REPORT)
WIRE_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")


def all_fields(fields: tuple[Field, ...]) -> list[Field]:
    return [inner for field in fields for inner in (field, *all_fields(field.parts))]


def test_the_four_screens_come_first() -> None:
    assert list(RESOURCES)[:4] == ["customer", "user", "invoice", "report"]
    assert RESOURCES["customer"] is CUSTOMER
    assert "nothing" not in RESOURCES
    assert len(list(RESOURCES.values())) == len(RESOURCES)


@EVERY
def test_a_resource_is_filed_under_its_id(resource: Resource) -> None:
    assert RESOURCES[resource.id] is resource
    assert resource.path in (resource.id, f"_{resource.id}")
    key = resource.field(resource.primary_key)
    assert key.type is FieldType.ID
    assert key.references == resource.id
    assert resource.find("id") is key
    assert resource.field(resource.title_field).readable


@EVERY
def test_names_of_fields_are_unique_and_readable(resource: Resource) -> None:
    names = [name.casefold() for field in resource.fields for name in (field.name, *field.aliases)]
    assert len(names) == len(set(names))
    for field in resource.fields:
        assert WIRE_NAME.fullmatch(field.name), field.name
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", alias) for alias in field.aliases), field.aliases
        parts = [part.name for part in field.parts]
        assert len(parts) == len(set(parts))


@EVERY
def test_every_field_explains_itself_in_one_sentence(resource: Resource) -> None:
    for field in all_fields(resource.fields):
        assert field.label, field.name
        assert field.meaning.endswith("."), field.name
        assert field.meaning[0].isupper(), field.name
    assert all(field.group for field in resource.fields)


@EVERY
def test_fields_of_one_group_stand_together(resource: Resource) -> None:
    groups = [field.group for field in resource.fields]
    changes = [group for index, group in enumerate(groups) if index == 0 or groups[index - 1] != group]
    # The reader of a record page meets each heading once only if equal headings are neighbours.
    assert len(changes) == len(set(changes)), changes


@EVERY
def test_dotted_names_exist_for_filtering_only(resource: Resource) -> None:
    for field in resource.fields:
        if "." in field.name:
            assert field.filterable
            elsewhere = (field.listed, field.readable, field.creatable, field.updatable, field.orderable)
            assert not any(elsewhere), field.name


@EVERY
def test_what_is_ordered_by_is_a_plain_value_of_list_rows(resource: Resource) -> None:
    for field in resource.orderable:
        assert field.listed, field.name
        assert field.type not in (FieldType.OBJECTS, FieldType.TAGS, FieldType.MULTILINE), field.name


@EVERY
def test_enumerations_have_choices_whose_words_are_unambiguous(resource: Resource) -> None:
    for field in all_fields(resource.fields):
        assert (field.type is FieldType.ENUM) <= bool(field.choices), field.name
        words = [choice.value for choice in field.choices]
        words += [word.word for word in field.shortcuts]
        for choice in field.choices:
            words += [alias for alias in choice.aliases if alias != choice.value]
        folded = [word.casefold() for word in words]
        assert len(folded) == len(set(folded)), (field.name, folded)


@EVERY
def test_shortcuts_lead_to_a_value_of_a_filterable_field(resource: Resource) -> None:
    for field in resource.fields:
        for shortcut in field.shortcuts:
            target = resource.field(shortcut.field)
            assert target.filterable
            assert shortcut.value in {choice.value for choice in target.choices}


@EVERY
def test_columns_are_fields_of_list_rows(resource: Resource) -> None:
    names = [column.field for column in resource.columns]
    assert len(names) == len(set(names))
    for column in resource.columns:
        assert resource.field(column.field).name == column.field
        assert resource.field(column.field).listed
        assert len(column.heading) <= column.width
    drops = [column.drop for column in resource.columns if column.drop]
    assert len(drops) == len(set(drops))
    assert len([column for column in resource.columns if column.grows]) == 1


def width(columns: list[Column]) -> int:
    """Cells a table needs: two between columns."""
    return sum(column.width for column in columns) + 2 * len(columns)


@EVERY
def test_columns_fit_120_cells_and_lose_the_least_important_until_60(resource: Resource) -> None:
    columns = list(resource.columns)
    assert width(columns) <= 120
    while width(columns) > 60:
        columns.remove(max(columns, key=lambda column: column.drop))
    assert len(columns) >= 2
    assert all(column in columns for column in resource.columns if column.drop == 0)


@EVERY
def test_relations_lead_to_existing_resources_and_filters(resource: Resource) -> None:
    for relation in resource.relations:
        target = RESOURCES[relation.target]
        assert resource.field(relation.source_field).readable
        if relation.through:
            list_name, _, part = relation.through.partition(".")
            parts = {item.name: item for item in resource.field(list_name).parts}
            assert parts[part].references == relation.target
            assert not relation.rather or resource.relation(relation.rather)
        elif relation.when[0]:
            assert relation.when[1] in {choice.value for choice in resource.field(relation.when[0]).choices}
        elif relation.to_one:
            assert resource.field(relation.source_field).references == relation.target
        else:
            assert target.field(relation.target_field).filterable
        assert all(target.field(name).filterable for name, _ in relation.where)


def test_a_relation_has_one_key_wherever_it_is_and_an_object_none_twice() -> None:
    keys: dict[str, set[str]] = {}
    for resource in RESOURCES.values():
        own = [relation.key for relation in resource.relations if relation.key]
        assert len(own) == len(set(own)), resource.id
        for relation in resource.relations:
            if relation.key:
                keys.setdefault(relation.name, set()).add(relation.key)
    assert {name: found for name, found in keys.items() if len(found) > 1} == {}


@EVERY
def test_references_name_resources(resource: Resource) -> None:
    for field in all_fields(resource.fields):
        assert not field.references or field.references in RESOURCES, field.name


@EVERY
def test_the_default_order_is_one_the_resource_can_be_ordered_by(resource: Resource) -> None:
    if resource.default_order:
        name, _, direction = resource.default_order.partition(":")
        assert resource.field(name).orderable
        assert direction in ("ASC", "DESC")


@EVERY
def test_secrets_are_never_read(resource: Resource) -> None:
    for field in resource.fields:
        if re.search(r"password|^(number|routing|cvv)$", field.name):
            assert field.secret
            assert not field.readable


@EVERY
def test_actions_say_what_they_do(resource: Resource) -> None:
    names = [action.name for action in resource.actions]
    assert len(names) == len(set(names))
    keys = [action.key for action in resource.actions if action.key]
    assert len(keys) == len(set(keys))
    for action in resource.actions:
        assert action.does.endswith(".")
        assert action.method in ("POST", "PUT", "DELETE")
        assert (action.method == "DELETE") <= (action.effect is Effect.DESTROYS)
        assert resource.action(action.name) is action
        assert (
            all(field.creatable or field.updatable for field in action.payload)
            or action.effect is Effect.READS
        )


@EVERY
def test_what_screens_are_told_of_it_makes_sense(resource: Resource) -> None:
    keys = [item.key for item in (*resource.relations, *resource.actions) if item.key]
    assert len(keys) == len({*keys, "a", "n", "e"}) - 3  # each once, and none of those that all objects have
    names = [*resource.needed, *resource.known_by, *filter(None, [resource.email_field])]
    assert all(resource.find(name) for name in names)
    assert all(resource.field(name).filterable for name in resource.known_by)
    assert set(resource.tones.values()) <= {"good", "warn", "bad", "faint"}


@EVERY
def test_amounts_of_a_list_come_with_their_currency(resource: Resource) -> None:
    listed = {item.name for item in resource.fields if item.listed}
    if any(item.name in listed and item.type is FieldType.MONEY for item in resource.fields):
        # or amounts in yen are shown with two decimals
        assert "currency_iso4217" in listed


def test_an_object_can_say_what_it_is_ordered_by() -> None:
    some = replace(USER, ordered_by=("user_id", "last_name"))
    assert [item.name for item in some.orderable] == ["user_id", "last_name"]
    assert some.field("last_name").filterable
    with pytest.raises(ValueError, match="user: ordered_by names no field of it: surname, x"):
        replace(USER, ordered_by=("user_id", "x", "surname"))


def test_actions_are_the_documented_ones() -> None:
    def wire_names(resource: Resource) -> set[str]:
        return {action.wire_name for action in resource.actions if action.method == "POST"}

    assert wire_names(CUSTOMER) == {"setActive", "setInactive", "setPayMethod", "email"}
    assert wire_names(USER) == {"password", "getLoginURL"}
    assert wire_names(INVOICE) == {"void", "pay", "email", "print", "schedule", "pdf", "approve"}
    assert wire_names(REPORT) == {"reportData"}
    assert USER.action("getLoginURL").older == "login"
    assert [action.name for action in CUSTOMER.actions if action.unverified] == ["email"]
    with pytest.raises(KeyError):
        CUSTOMER.action("explode")


@pytest.mark.parametrize(
    ("resource", "typed", "wire"),
    [
        (CUSTOMER, "country", "bill_country"),
        (CUSTOMER, "State", "bill_state"),
        (CUSTOMER, "status", "customer_status_str"),
        (CUSTOMER, "name", "company"),
        (CUSTOMER, "contact", "superuser_name"),
        (CUSTOMER, "email", "superuser_email"),
        (CUSTOMER, "CUSTOM_7", "custom_7"),
        (USER, "customer", "customers.customer_id"),
        (USER, "surname", "last_name"),
        (INVOICE, "number", "refnumber"),
        (INVOICE, "status", "invoice_status_str"),
        (INVOICE, "customer", "customer_id"),
        (INVOICE, "invoice_date", "date"),
        (INVOICE, "item", "line_items.item_id"),
    ],
)
def test_people_may_type_their_own_words(resource: Resource, typed: str, wire: str) -> None:
    assert resource.field(typed).name == wire


def test_an_object_is_loaded_when_it_is_asked_for() -> None:
    code = (
        "import sys, cotui.catalog as c; c.RESOURCES['customer']; assert len(c.RESOURCES) > 4;"
        "print(sorted(m for m in sys.modules if m.startswith('cotui.catalog.')))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert "cotui.catalog.objects.customer'" in loaded
    assert "invoice'" not in loaded
    assert "report_columns" not in loaded


@EVERY
def test_keys_are_named_by_a_text_of_the_same_rows(resource: Resource) -> None:
    keys = [field for field in resource.fields if field.named_by]
    for key in keys:
        naming = resource.field(key.named_by)
        assert naming.name == key.named_by
        assert (key.type, naming.type) == (FieldType.ID, FieldType.TEXT)
        assert (key.listed, key.readable) == (naming.listed, naming.readable)
    assert len({key.named_by for key in keys}) == len(keys)


def test_invoices_of_one_currency_can_be_asked_for() -> None:
    key = INVOICE.field("currency_id")
    assert key.filterable
    assert key.named_by == INVOICE.field("cur").name == INVOICE.field("currency").name == "currency_iso4217"
