"""Short forms for writing catalogue files."""

from __future__ import annotations

from cotui.catalog import Column, FieldType, Resource
from cotui.catalog.build import Section, address_fields, address_remainder, custom_fields, small_list
from tests.catalog.objects.facts import uses

_thing = Section("Thing")


def test_letters_say_what_a_field_is_there_for() -> None:
    for letters in ("", "L", "G", "C", "U", "R", "F", "LGCURF"):
        field = _thing("name", FieldType.TEXT, "Name", "Its name.", letters)
        assert uses(field) == letters
        assert field.group == "Thing"


def test_what_is_in_rows_is_ordered_by_where_its_values_have_an_order() -> None:
    def orderable(type_: FieldType, flags: str, *, deprecated: bool = False) -> bool:
        return _thing("x", type_, "X", "X.", flags, deprecated=deprecated).orderable

    assert orderable(FieldType.TEXT, "L")
    assert not orderable(FieldType.TEXT, "G")
    assert not orderable(FieldType.TAGS, "L")
    assert not orderable(FieldType.TEXT, "L", deprecated=True)


def test_a_key_points_to_the_object_that_it_is_named_after() -> None:
    def target(name: str, type_: FieldType = FieldType.ID, to: str = "") -> str:
        return _thing(name, type_, "X", "X.", to=to).references

    assert target("item_id") == "item"
    assert target("line_items.item_id") == "item"
    assert target("class_id") == "class"
    assert target("nothing_of_ours_id") == ""
    assert target("item_id", FieldType.TEXT) == ""
    assert target("superuser_id", to="user") == "user"


def test_words_people_type_are_written_with_spaces() -> None:
    assert _thing("x", FieldType.TEXT, "X", "X.", "", "one two").aliases == ("one", "two")
    assert _thing.own_key("thing", "ID", "the thing", "LG", "thing").aliases == ("id", "thing")


def test_a_key_and_its_name_name_each_other() -> None:
    name, key = _thing.named_key("class", "Class", "Its class.", "LGCU", aliases="class")
    assert (name.name, uses(name), key.name, uses(key)) == ("class_name", "LG", "class_id", "LGCU")
    assert key.named_by == "class_name"
    code, sign, number = _thing.currency("Its currency", "LGC", "; never changes")
    assert (code.name, sign.name, number.name) == ("currency_iso4217", "currency_symbol", "currency_id")
    assert (number.named_by, number.meaning) == ("currency_iso4217", "Its currency; never changes.")


def test_custom_fields_are_counted_and_the_first_can_be_filtered() -> None:
    fields = custom_fields("LG", filters=2, count=3)
    assert [(field.name, uses(field)) for field in fields] == [
        ("custom_1", "LGF"),
        ("custom_2", "LGF"),
        ("custom_3", "LG"),
    ]
    assert len(custom_fields("LG")) == 20


def test_states_and_countries_of_addresses_can_be_filtered() -> None:
    def filters(**more: bool) -> list[str]:
        return [field.name for field in address_fields("bill", "billing", "LG", **more) if field.filterable]

    assert filters() == ["bill_state", "bill_country"]
    assert filters(by_country=False) == ["bill_state"]


def test_plain_words_mean_one_address_only() -> None:
    plain = {
        word for field in address_fields("bill", "billing", "LG", aliased=True) for word in field.aliases
    }
    longer = {word for field in address_fields("ship", "shipping", "LG") for word in field.aliases}
    assert {"city", "state", "zip", "country"} <= plain
    assert {"shipping_city", "shipping_state"} <= longer
    assert not plain & longer


def test_notes_that_can_be_written_are_deprecated() -> None:
    def notes(flags: str) -> bool:
        return next(
            field for field in address_remainder("bill", "billing", notes=flags) if field.name == "bill_notes"
        ).deprecated

    assert notes("LGCU")
    assert not notes("LG")


def test_a_small_list_has_its_own_key_first() -> None:
    name = _thing("name", FieldType.TEXT, "Name", "Its name.", "LG")
    made = small_list(
        "item", "Thing", "Things", "the thing", name, title="name", columns=(Column("name", "Name", 9),)
    )
    assert isinstance(made, Resource)
    assert (made.path, made.primary_key, made.default_order) == ("item", "item_id", "item_id:ASC")
    assert [field.name for field in made.fields] == ["item_id", "name"]
    assert [column.field for column in made.columns] == ["item_id", "name"]
