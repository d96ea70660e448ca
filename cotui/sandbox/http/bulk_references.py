"""References between the requests of a batch: `"customer_jsonpath": "the_customer:$.response.id"`.

A key `X_jsonpath` anywhere in a payload becomes `X_id`, holding what the JSONPath expression selects first from
the answer (the whole envelope) to the earlier request of that name. Expressions are those of RFC 9535, except
what could take forever with text from a client: functions that run regular expressions, and queries inside
filters that select more than one value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from cotui.sandbox.errors import missing_or_invalid, shown

if TYPE_CHECKING:
    from jsonpath import JSONPathEnvironment
    from jsonpath.filter import BaseExpression
    from jsonpath.match import JSONPathMatch

_SUFFIX = "_jsonpath"
#: Characters of an expression at most.
_LONGEST = 200
#: Values that the expressions of a batch may look at; a page of a hundred customers holds ten thousand.
_MOST_STEPS = 100_000
#: What reading an expression counts.
_READING = 20


class _RefusedError(Exception):
    """An expression that might take too long, or did."""


class Steps:
    """What the expressions of one batch may still look at."""

    def __init__(self) -> None:
        self._left = _MOST_STEPS

    def take(self, count: int = 1) -> None:
        """Counts values looked at. Raises _RefusedError where there is nothing left."""
        self._left -= count
        if self._left < 0:
            raise _RefusedError("too many steps")


def resolve_references(payload: Any, envelope_of: Callable[[str], Any], steps: Steps) -> Any:
    """A payload with its references replaced by what they point to.

    Args:
        envelope_of: the answer to an earlier request, by its name; None when there is none or it failed.
        steps: what the batch has left.

    Raises:
        BadRequestError: a reference names no earlier request that succeeded, its expression is none or selects
            no id, or the id is given twice.
    """
    if isinstance(payload, list):
        return [resolve_references(item, envelope_of, steps) for item in payload]
    if not isinstance(payload, dict):
        return payload
    resolved: dict[str, Any] = {}
    for key, value in payload.items():
        name = f"{key.removesuffix(_SUFFIX)}_id"
        if not key.endswith(_SUFFIX) or key == _SUFFIX:
            resolved[key] = resolve_references(value, envelope_of, steps)
        elif name in payload:
            raise missing_or_invalid(key, f"{name} is given too")
        else:
            resolved[name] = _id(key, value, envelope_of, steps)
    return resolved


def _id(key: str, reference: Any, envelope_of: Callable[[str], Any], steps: Steps) -> int | str:
    if not isinstance(reference, str) or len(reference) > _LONGEST:
        raise missing_or_invalid(key, f"not a text of {_LONGEST} characters at most: {shown(reference)}")
    name, _, expression = reference.partition(":")
    envelope = envelope_of(name)
    if envelope is None:
        raise missing_or_invalid(key, f"no earlier request with the id {shown(name)} succeeded")
    from jsonpath import JSONPathError

    try:
        found = _first(expression, envelope, steps)
    except (JSONPathError, _RefusedError, RecursionError, ValueError) as error:
        raise missing_or_invalid(
            key, f"not an expression that is carried out here: {shown(expression)}"
        ) from error
    if isinstance(found, bool) or not isinstance(found, int | str):
        raise missing_or_invalid(key, f"the expression {shown(expression)} selects no id")
    return found


def _first(expression: str, document: Any, steps: Steps) -> object:
    """The first value that an expression selects; None when it selects nothing."""
    from jsonpath.path import JSONPath
    from jsonpath.selectors import Filter

    steps.take(_READING)
    query = _environment().compile(expression)
    if not isinstance(query, JSONPath):
        raise _RefusedError("several queries joined")
    steps = Steps()
    matches: Iterable[JSONPathMatch] = [_root(document, steps)]
    for segment in query.segments:
        for selector in segment.selectors:
            if isinstance(selector, Filter):
                _check_filter(selector.expression)
                selector.expression = _CountedFilter(selector.expression, steps)  # type: ignore[assignment]  # it does all that is asked of it
        matches = segment.resolve(matches)
    return next((match.obj for match in matches), None)


class _CountedFilter:
    """A filter's expression whose evaluations are counted."""

    def __init__(self, expression: BaseExpression, steps: Steps) -> None:
        self._expression = expression
        self._steps = steps

    def evaluate(self, context: Any) -> object:
        self._steps.take()
        return self._expression.evaluate(context)


def _check_filter(expression: BaseExpression) -> None:
    from jsonpath.filter import FilterQuery

    if isinstance(expression, FilterQuery) and not expression.path.singular_query():
        raise _RefusedError("a query for several values in a filter")
    for child in expression.children():
        _check_filter(child)


def _root(document: Any, steps: Steps) -> JSONPathMatch:
    from jsonpath import JSONPathMatch

    class Match(JSONPathMatch):
        """A value that an expression looks at."""

        def new_child(self, obj: object, key: int | str) -> JSONPathMatch:
            steps.take()
            return super().new_child(obj, key)

    return Match(filter_context={}, obj=document, parent=None, path="$", parts=(), root=document)


@cache
def _environment() -> JSONPathEnvironment:
    # imported by the first reference: most batches have none
    from jsonpath import JSONPathEnvironment

    environment = JSONPathEnvironment(strict=True, filter_caching=False)
    for name in ("match", "search"):
        del environment.function_extensions[name]
    return environment
