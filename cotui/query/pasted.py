"""Request lines and addresses pasted into the filter: `…/customer?where=…&order=…`, percent-encoded."""

from __future__ import annotations

import re

from cotui.query.ast import Query
from cotui.query.errors import QueryError
from cotui.query.wire import from_wire

_VERB = re.compile(r"\s*(?:GET\s+)?(?=\S)")
_PARAMETER = re.compile(r"(?:where|order|limit|offset|expand|_\w+)=", re.IGNORECASE)
_ENCODED = re.compile(r"%[0-9a-fA-F]{2}|&(?:where|order|limit|offset|expand|_\w+)=", re.IGNORECASE)


def query_string(text: str) -> str | None:
    """The query string in `text`; None when `text` is no address and no percent-encoded parameters.

    Something with a blank in it is none: addresses have no blanks, typed filters do.
    """
    found = _VERB.match(text)
    rest = text[found.end() :].rstrip() if found else ""
    if not rest or any(char.isspace() for char in rest):
        return None
    path, question, parameters = rest.partition("?")
    if question and _PARAMETER.match(parameters) and (not path or "/" in path):
        return parameters
    return rest if _PARAMETER.match(rest) and _ENCODED.search(rest) else None


def read_query_string(parameters: str, size: int) -> Query:
    """The query in a query string, read as existing clients write it. Other parameters are passed over.

    Args:
        parameters: what stands behind the question mark.
        size: length of the whole text, which errors mark as a whole: offsets do not survive decoding.

    Raises:
        QueryError: the conditions or the order are malformed.
    """
    from urllib.parse import parse_qsl  # only here: most filters are typed

    given = dict(parse_qsl(parameters, keep_blank_values=True))
    try:
        return from_wire(given.get("where", ""), given.get("order", ""), lenient=True)
    except QueryError as error:
        raise QueryError(error.message, 0, size, error.expected) from error
