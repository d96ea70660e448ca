"""The filter language: what people type, what it means, and what ChargeOver reads. Pure functions.

The typed language is loaded when it is first used: a start without a filter needs `Query` only.
"""

from __future__ import annotations

from cotui.lazy import LazyImports
from cotui.query.errors import QueryError
from cotui.query.model import Condition, Op, Order, Query, Wire
from cotui.query.wire import escape, from_wire, to_wire, unescape

__all__ = [
    "Condition",
    "Op",
    "Order",
    "Query",
    "QueryError",
    "Wire",
    "escape",
    "from_wire",
    "to_wire",
    "unescape",
]

with LazyImports(__name__):
    from cotui.query.completion import Completion as Completion
    from cotui.query.completion import complete as complete
    from cotui.query.highlighting import Span as Span
    from cotui.query.highlighting import SpanKind as SpanKind
    from cotui.query.highlighting import spans as spans
    from cotui.query.parser import LONGEST as LONGEST
    from cotui.query.parser import depends_on_day as depends_on_day
    from cotui.query.parser import parse as parse
    from cotui.query.rendering import render as render
    from cotui.query.suggest import Suggestion as Suggestion
    from cotui.query.suggest import SuggestionKind as SuggestionKind
    from cotui.query.syntax import render_value as render_value
    from cotui.query.unmatched import unmatched as unmatched
    from cotui.query.vocabulary import learned as learned
