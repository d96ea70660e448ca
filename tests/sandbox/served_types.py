"""Which JSON types fields are served as."""

from __future__ import annotations

from cotui.catalog import Field, FieldType

#: keys of very old accounts, which the sandbox is not
OLD = {"bill_email", "ship_email"}
JSON_TYPES: dict[FieldType, tuple[type, ...]] = {
    FieldType.ID: (int,),
    FieldType.INTEGER: (int,),
    FieldType.NUMBER: (int, float),
    FieldType.MONEY: (int, float),
    FieldType.BOOLEAN: (bool,),
    FieldType.TAGS: (list,),
    FieldType.OBJECTS: (list, dict),
}


def check_types(fields: tuple[Field, ...], row: dict[str, object]) -> None:
    for item in fields:
        value = row.get(item.name)
        if value is None:
            continue
        if item.name == "gateway_status":
            assert value in (0, 1)
            continue
        if item.name == "is_taxed":
            assert value in ("0", "1")  # recorded
            continue
        wanted = JSON_TYPES.get(item.type, (str,))
        assert type(value) in wanted, (item.name, value)
        if item.type in (FieldType.MONEY, FieldType.NUMBER) and isinstance(value, float):
            assert not value.is_integer(), f"{item.name}: whole numbers are served as integers"
