"""URLs of the API, read as tolerantly as existing clients need.

Clients double slashes (`/api/v3//invoice`), put one before the query (`/customer/?limit=3`), write actions
as `?action=NAME` or `/_action/NAME`, and encode reserved characters or not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote

PREFIX = ("api", "v3")


@dataclass(frozen=True)
class Address:
    """What a URL below /api/v3 points to.

    Attributes:
        subject: object name as sent, e.g. "customer" or "_report"; "" for the root.
        ref: what names one record: an id, "external_key:…" or "token:…"; "" for the whole list.
        command: "_count" for counts; "" otherwise.
        action: name of an action in either spelling; "" when there is none.
        rest: anything after that, which no URL of the API has.
        parameters: query parameters; the last one wins where a name is repeated.
    """

    subject: str = ""
    ref: str = ""
    command: str = ""
    action: str = ""
    rest: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)


def read_address(raw_path: bytes, query_string: bytes) -> Address | None:
    """Takes a URL apart; None when it does not point below /api/v3.

    Args:
        raw_path: the path as sent, still percent-encoded.
        query_string: what follows `?`, still percent-encoded.
    """
    # Bytes that are not UTF-8 become U+FFFD, so that nothing later can fail on them.
    pieces = [
        unquote(piece, errors="replace") for piece in raw_path.decode("utf-8", "replace").split("/") if piece
    ]
    if tuple(pieces[:2]) != PREFIX:
        return None
    pairs = parse_qsl(query_string.decode("utf-8", "replace"), keep_blank_values=True, errors="replace")
    parameters = dict(pairs)
    action = parameters.get("action", "")
    subject, *path = pieces[2:] or [""]
    ref = command = ""
    if path and not path[0].startswith("_"):
        ref = path.pop(0)
    if path and path[0] == "_count":
        command = path.pop(0)
    if len(path) >= 2 and path[0] == "_action":
        action = path[1]
        del path[:2]
    return Address(subject, ref, command, action, "/".join(path), parameters)
