"""How records and answers are written where `Service` asks for something else than today's documentation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from zlib import crc32

from starlette.responses import Response

from cotui.sandbox.database.object_model import Json
from cotui.sandbox.http.address import Address
from cotui.sandbox.http.service import Service
from cotui.sandbox.http.year_2015 import as_of_2015, old_mask, parameters_of_2015

#: One key in so many is missing.
_MISSING = 5
#: what is in every envelope since some year after 2015; inside a text its quotation marks would have backslashes
_DETAILS = b',"details":{}'


class Rendering:
    """Writes what is served as a service does.

    Args:
        service: how it behaves.
    """

    def __init__(self, service: Service) -> None:
        self._ids_as_text = service.ids_as_text
        self._is_old = service.compat is not None
        #: steps by which a record is changed: (object, name of its key, record)
        steps: list[Callable[[str, str, Json], Json]] = []
        if not self._is_old and service.old_masks:
            steps.append(lambda name, _, record: _with_old_masks(name, record))
        if service.missing_keys:
            steps.append(_without_keys)
        if service.ids_as_text:
            steps.append(lambda _, key, record: _with_text_ids(record, key))
        self._steps = steps

    def read(self, address: Address) -> Address:
        """An address as its time read it."""
        if not self._is_old:
            return address
        return replace(address, parameters=parameters_of_2015(address.parameters))

    def found(self, name: str, key: str, answer: Any) -> Any:
        """What a GET of an object answers: a record, a list of them, or something else that stays.

        Args:
            name: the object's, in URLs.
            key: its primary key.
        """
        if not self._steps and not self._is_old:
            return answer
        if isinstance(answer, list):
            return [self._record(name, key, row, listed=True) for row in answer]
        return self._record(name, key, answer, listed=False) if isinstance(answer, dict) else answer

    def written(self, answer: Any) -> Any:
        """What a write answers: often the id of what it made."""
        return _with_text_ids(answer, "id") if self._ids_as_text and isinstance(answer, dict) else answer

    def finish(self, response: Response) -> None:
        """Takes out of an answer what its time did not have."""
        if self._is_old:
            response.body = bytes(response.body).replace(_DETAILS, b"")
            response.headers["content-length"] = str(len(response.body))

    def _record(self, name: str, key: str, row: Json, *, listed: bool) -> Json:
        if self._is_old:
            row = as_of_2015(name, row, listed=listed)
        for step in self._steps:
            row = step(name, key, row)
        return row


def _with_old_masks(name: str, record: Json) -> Json:
    if name != "creditcard":
        return record
    return {key: old_mask(key, value) for key, value in record.items() if key != "mask_and_bin_number"}


def _without_keys(_: str, key: str, record: Json) -> Json:
    """The same keys are missing in a record wherever it is served, and others in the next one."""
    number = record.get(key)
    shift = number if isinstance(number, int) else 0
    return {
        name: value
        for name, value in record.items()
        if name == key or (crc32(name.encode()) + shift) % _MISSING
    }


def _with_text_ids(value: Any, key: str) -> Any:
    if isinstance(value, list):
        return [_with_text_ids(item, key) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: str(item)
        if isinstance(item, int) and not isinstance(item, bool) and (name == key or name.endswith("_id"))
        else _with_text_ids(item, key)
        for name, item in value.items()
    }
