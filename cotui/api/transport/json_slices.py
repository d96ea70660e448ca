"""JSON of many megabytes, decoded a slice at a time.

A decoder keeps every other thread waiting while it is at it, the one that takes keys among them: a large answer is
taken apart first, and each call gets so little of it that nobody notices. Meant to run in a thread of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

#: bytes that are decoded in one go
AT_ONCE: Final = 256 * 1024
#: values of an answer; the largest page of ChargeOver's has fewer than half as many
MAX_VALUES: Final = 500_000
#: escapes in its texts
_MAX_ESCAPES: Final = 2_000_000
#: commas in a slice, and bytes of one that has several members
_COMMAS: Final = 4_000
_BYTES: Final = 1024 * 1024
#: levels that are taken apart: an answer, its rows, their fields and parts
_LEVELS: Final = 8
_TEXT: Final = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
#: up to the next sign that begins, ends or divides; within a member only what begins and ends
_NEXT: Final = re.compile(rb'[^"\[\]{},]*+(?:%b[^"\[\]{},]*+)*+[\[\]{},]' % _TEXT, re.DOTALL)
_INSIDE: Final = re.compile(rb'[^"\[\]{}]*+(?:%b[^"\[\]{}]*+)*+[\[\]{}]' % _TEXT, re.DOTALL)
_NAME: Final = re.compile(rb"\s*+(%b)\s*+:" % _TEXT, re.DOTALL)


class TooManyValuesError(Exception):
    """More values than an answer may hold."""


class CutOffError(ValueError):
    """The text ends in the middle of a value."""


def decode_in_slices(text: bytes, decode: Callable[[bytes], Any]) -> Any:
    """The JSON value in a large text.

    Args:
        text: JSON; what is wrong with it comes to light in the slices.
        decode: decodes one slice.

    Raises:
        TooManyValuesError: it holds more than `MAX_VALUES`.
        CutOffError: it is not whole.
        RecursionError: it is large and nested too deeply.
    """
    if text.count(b",") + text.count(b"[") > MAX_VALUES or text.count(b"\\") > _MAX_ESCAPES:
        raise TooManyValuesError
    return _part(text.strip(), decode, _LEVELS)


def _part(text: bytes, decode: Callable[[bytes], Any], levels: int) -> Any:
    if text[:1] not in (b"[", b"{") or text.count(b",") <= _COMMAS:
        return decode(text)
    if not levels:
        raise RecursionError
    if text[:1] == b"[":
        items: list[Any] = []
        for piece, alone in _slices(text):
            items.extend([_part(piece, decode, levels - 1)] if alone else decode(b"[%b]" % piece))
        return items
    members: dict[str, Any] = {}
    for piece, alone in _slices(text):
        name = _NAME.match(piece) if alone else None
        if name is None:
            members.update(decode(b"{%b}" % piece))
        else:
            members[decode(name[1])] = _part(piece[name.end() :].strip(), decode, levels - 1)
    return members


def _slices(text: bytes) -> Iterator[tuple[bytes, bool]]:
    """The members of a list or an object: many small ones at a time, and each large one alone."""
    start = place = 1
    commas = 0
    for end in _members(text):
        inside = text.count(b",", place, end) + 1
        if inside > _COMMAS or end - place > AT_ONCE:
            if place > start:
                yield _given(text[start : place - 1]), False
            yield _given(text[place:end]), True
            start, commas = end + 1, 0
        else:
            commas += inside
            if commas > _COMMAS or end - start > _BYTES:
                yield _given(text[start:end]), False
                start, commas = end + 1, 0
        place = end + 1
    if place > start:
        yield _given(text[start : place - 1]), False


def _given(piece: bytes) -> bytes:
    if not (piece := piece.strip()):
        raise ValueError("there is nothing between two commas")
    return piece


def _members(text: bytes) -> Iterator[int]:
    """Where each member ends: at a comma, or at the end of the whole."""
    depth, at = 0, 1
    while found := (_INSIDE if depth else _NEXT).match(text, at):
        at = found.end()
        sign = text[at - 1]
        if sign in b"[{":
            depth += 1
        elif sign == 0x2C:
            yield at - 1
        elif depth:
            depth -= 1
        else:
            yield at - 1
            if at != len(text):
                raise ValueError("something follows the value")
            return
    raise CutOffError("the text ends in the middle of a value")
