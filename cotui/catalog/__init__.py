"""What ChargeOver's objects are: one `Resource` per object, in a file of its own.

Data, not behaviour. The only place that knows a field's name. Everything is loaded when it is first asked for: the
first frame needs the names of the lists only, and a session that shows customers needs no invoices to start.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` takes longer to load than the rest of this
if TYPE_CHECKING:
    from cotui.catalog.customer import CUSTOMER as CUSTOMER
    from cotui.catalog.invoice import INVOICE as INVOICE
    from cotui.catalog.model import Action as Action
    from cotui.catalog.model import Choice as Choice
    from cotui.catalog.model import Column as Column
    from cotui.catalog.model import Effect as Effect
    from cotui.catalog.model import Field as Field
    from cotui.catalog.model import FieldType as FieldType
    from cotui.catalog.model import Relation as Relation
    from cotui.catalog.model import Resource as Resource
    from cotui.catalog.model import Shortcut as Shortcut
    from cotui.catalog.report import REPORT as REPORT
    from cotui.catalog.report import report_resource as report_resource
    from cotui.catalog.report_columns import infer_columns as infer_columns
    from cotui.catalog.resources import RESOURCES as RESOURCES
    from cotui.catalog.user import USER as USER
else:
    #: names that this package gives, and the file each is in
    _FILES = {
        **{name: name.lower() for name in ("CUSTOMER", "INVOICE", "REPORT", "USER", "RESOURCES")},
        **dict.fromkeys(("Action", "Choice", "Column", "Effect", "Field", "FieldType"), "model"),
        **dict.fromkeys(("Relation", "Resource", "Shortcut"), "model"),
        "infer_columns": "report_columns",
        "report_resource": "report",
    }
    __all__ = list(_FILES)

    def __getattr__(name: str) -> object:
        if name not in _FILES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        found = globals()[name] = getattr(import_module(f"{__name__}.{_FILES[name]}"), name)
        return found
