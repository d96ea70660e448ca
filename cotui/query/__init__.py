"""The filter language: what people type, what it means, and what ChargeOver reads. Pure functions.

The typed language is loaded when it is first used: a start without a filter needs `Query` only.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from cotui.query.ast import Condition, Op, Order, Query, Wire
from cotui.query.errors import QueryError
from cotui.query.wire import escape, from_wire, to_wire, unescape

# name: the module that holds it
_LATER = {
    "LONGEST": "parser",
    "parse": "parser",
    "render": "rendering",
    "render_value": "rendering",
    "Completion": "completion",
    "complete": "completion",
    "Suggestion": "suggest",
    "SuggestionKind": "suggest",
    "Span": "colouring",
    "SpanKind": "colouring",
    "spans": "colouring",
    "learned": "words",
}

if TYPE_CHECKING:
    from cotui.query.colouring import Span, SpanKind, spans
    from cotui.query.completion import Completion, complete
    from cotui.query.parser import LONGEST, parse
    from cotui.query.rendering import render, render_value
    from cotui.query.suggest import Suggestion, SuggestionKind
    from cotui.query.words import learned
else:

    def __getattr__(name: str) -> object:
        """The names of the typed language, each from its own file."""
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
        return found


__all__ = [
    "LONGEST",
    "Completion",
    "Condition",
    "Op",
    "Order",
    "Query",
    "QueryError",
    "Span",
    "SpanKind",
    "Suggestion",
    "SuggestionKind",
    "Wire",
    "complete",
    "escape",
    "from_wire",
    "learned",
    "parse",
    "render",
    "render_value",
    "spans",
    "to_wire",
    "unescape",
]
