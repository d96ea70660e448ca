"""JSON from servers that do not always send JSON."""

from __future__ import annotations

import codecs
from typing import Any, Final

from cotui.api.errors import ApiError, NotJson, TooLarge, Truncated
from cotui.api.transport.json_slices import (
    AT_ONCE,
    MAX_VALUES,
    CutOffError,
    TooManyValuesError,
    decode_in_slices,
)

_TOO_DEEP = "The answer is nested too deeply to be read"
_BOM = b"\xef\xbb\xbf"
#: levels of lists and objects in each other, at most: what walks through a value calls itself for each. How many of them
#: a parser reads depends on Python's version.
_DEEPEST: Final = 200
#: digits of a number that is computed with
_MOST_DIGITS: Final = 400


def decode_json(body: bytes) -> Any:
    """The JSON value in `body`.

    A byte order mark, bytes that are not UTF-8, raw control characters in strings and lone surrogates
    are forgiven (the last become U+FFFD, since nothing can be done with them). Numbers that JSON does not have, or
    that are too large to compute with, stay the text they are: `NaN`, `Infinity`, `1e999`.

    Raises:
        Truncated: the value stops in the middle.
        NotJson: it is something else, such as a web page.
    """
    import msgspec

    text = body.removeprefix(_BOM)
    if not text.strip():
        raise NotJson("The answer is empty", meaning="The server, or a proxy before it, sent no data at all.")
    if text.lstrip()[:1] == b"<":
        raise NotJson("The server answered with a web page instead of data")
    if len(text) > AT_ONCE:
        return _decode_large(text)
    value = None
    cut_off = readable = too_deep = False
    # Both parsers keep the body in their error, so theirs is never chained to ours.
    try:
        value = msgspec.json.decode(text)
        readable = True
    except RecursionError:
        too_deep = True
    except msgspec.DecodeError as error:
        cut_off = "truncated" in str(error)
    except UnicodeDecodeError:
        pass
    if not readable and not too_deep:
        try:
            value = _lenient(text)
            readable = True
        except RecursionError:
            too_deep = True
        except ValueError:
            pass
    if too_deep or (readable and _is_too_deep(value, text)):
        raise NotJson(_TOO_DEEP)
    if not readable:
        raise Truncated() if cut_off else NotJson()
    return value


def _decode_large(text: bytes) -> Any:
    failure: ApiError
    try:
        value = decode_in_slices(text, _decode_slice)
        if not _is_too_deep(value, text):
            return value
        failure = NotJson(_TOO_DEEP)
    except TooManyValuesError:
        failure = TooLarge(f"The answer holds more than {MAX_VALUES:,} values")
    except RecursionError:
        failure = NotJson(_TOO_DEEP)
    except CutOffError:
        failure = Truncated()
    except ValueError:
        failure = NotJson() if text.rstrip()[-1:] in (b"]", b"}", b'"') else Truncated()
    raise failure


def _decode_slice(text: bytes) -> Any:
    import msgspec

    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError):
        pass
    return _lenient(text)


def _is_too_deep(value: Any, text: bytes) -> bool:
    if text.count(b"[") + text.count(b"{") <= _DEEPEST:
        return False
    level = [value]
    for _ in range(_DEEPEST):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if type(outer) is dict else outer)
            if type(inner) is dict or type(inner) is list
        ]
        if not level:
            return False
    return True


def _lenient(text: bytes) -> Any:
    """The value by the standard library's more forgiving parser, every string made encodable."""
    import json

    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    pieces = [decoder.decode(text[at : at + AT_ONCE]) for at in range(0, len(text), AT_ONCE)]
    body = "".join([*pieces, decoder.decode(b"", final=True)])
    return _encodable(
        json.loads(body, strict=False, parse_constant=str, parse_float=_finite, parse_int=_whole)
    )


def _finite(text: str) -> float | str:
    number = float(text)
    return number if number - number == 0 else text


def _whole(text: str) -> int | str:
    return int(text) if len(text) <= _MOST_DIGITS else text


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        # Pairs become one character, lone halves become U+FFFD.
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    if isinstance(value, dict):
        return {_encodable(key): _encodable(item) for key, item in value.items()}
    return value
