"""What ChargeOver's objects are: one `Resource` per object, in a file of its own in `objects`.

Data, not behaviour. The only place that knows a field's name. Names are loaded when they are first asked for: the
very first frame needs nothing of the package but `start_lists`.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` takes longer to load than all of this
if TYPE_CHECKING:
    from cotui.catalog.field import Choice as Choice
    from cotui.catalog.field import Field as Field
    from cotui.catalog.field import FieldType as FieldType
    from cotui.catalog.field import Shortcut as Shortcut
    from cotui.catalog.model import Action as Action
    from cotui.catalog.model import Column as Column
    from cotui.catalog.model import Effect as Effect
    from cotui.catalog.model import More as More
    from cotui.catalog.model import Relation as Relation
    from cotui.catalog.model import Resource as Resource
    from cotui.catalog.resources import RESOURCES as RESOURCES
else:
    __all__ = [
        "RESOURCES",
        "Action",
        "Choice",
        "Column",
        "Effect",
        "Field",
        "FieldType",
        "More",
        "Relation",
        "Resource",
        "Shortcut",
    ]

    def __getattr__(name):
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        if name == "RESOURCES":
            from cotui.catalog import resources as home
        elif name in ("Choice", "Field", "FieldType", "Shortcut"):
            from cotui.catalog import field as home
        else:
            from cotui.catalog import model as home
        found = globals()[name] = getattr(home, name)
        return found
