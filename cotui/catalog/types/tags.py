"""Lists of words, with commas between them. A word that has a comma itself stands in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, tzinfo
from typing import Any

from cotui.catalog.field import Field, FieldType, Values, sent_text
from cotui.catalog.spelling import said, text_of
from cotui.safety.text import without_unseen

# one tag and the comma behind it; a mark within quotation marks is written twice
_QUOTED = r'\s*"((?:[^"]|"")*)"\s*(?:,|\Z)'
_PLAIN = r"([^,]*)(?:,|\Z)"


class Tags(FieldType):
    """Typed with commas between them."""

    orderable = False
    verbatim = False
    nothing: object = []
    served = {"type": "array", "items": {"type": "string"}}
    sent = {"type": ["array", "string", "null"], "items": {"type": "string"}}

    def cell(self, value: Any, field: Field, values: Values) -> str:
        # told apart as they are typed
        return (
            ", ".join(_quoted(text_of(tag)) for tag in value) if isinstance(value, list) else text_of(value)
        )

    def to_text(self, value: Any, field: Field) -> str:
        return tags_text(map(said, value)) if isinstance(value, list) else without_unseen(said(value))

    def parsed(self, text: str, field: Field, today: date) -> object:
        tags, at = [], 0
        while at < len(text):
            found = re.compile(_QUOTED).match(text, at)
            if found is None and text[at:].lstrip().startswith('"'):
                raise ValueError(
                    'words with commas between them; one that has a comma is "quoted, like this"'
                )
            if found is not None:
                tags.append(found[1].replace('""', '"'))
            else:
                found = re.compile(_PLAIN).match(text, at)
                assert found is not None  # it matches anything
                tags.append(found[1].strip())
            at = found.end()
        return list(dict.fromkeys(filter(None, tags)))

    def same(self, first: Any, second: Any, field: Field) -> bool:
        return (first or []) == (second or [])

    def read(self, sent: Any, field: Field, zone: tzinfo) -> Any:
        if isinstance(sent, str):
            sent = sent.split(",")
        if sent is None:
            return []
        if not isinstance(sent, list):
            raise ValueError("not a list of tags")
        words = [sent_text(item) for item in sent]
        return list(dict.fromkeys(word.strip() for word in words if word and word.strip()))


def tags_text(tags: Iterable[str]) -> str:
    """Tags as they are typed, so that each comes back whole."""
    return ", ".join(_quoted(without_unseen(tag)) for tag in tags)


def _quoted(tag: str) -> str:
    if "," in tag or tag.startswith('"') or tag != tag.strip():
        return '"' + tag.replace('"', '""') + '"'
    return tag
